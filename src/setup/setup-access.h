/* setup-access.h: may this person use the board? (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupAccessFacts:
 * @connected: whether there is a board that speaks DFU
 * @accessible: whether this person may open its node
 *
 * What decides about access.
 */
typedef struct {
  gboolean connected;
  gboolean accessible;
} SetupAccessFacts;

SetupVerdict *setup_access_decide (const SetupAccessFacts *facts);
SetupVerdict *setup_access_answer (const SetupSituation *situation);

G_END_DECLS
