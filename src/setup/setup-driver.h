/* setup-driver.h: has the board the right driver? (Windows)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupDriverFacts:
 * @connected: whether there is a device to talk about
 *
 * What decides about the driver.
 */
typedef struct {
  gboolean connected;
} SetupDriverFacts;

SetupVerdict *setup_driver_decide (const SetupDriverFacts *facts);
SetupVerdict *setup_driver_answer (const SetupSituation *situation);

G_END_DECLS
