/* setup-driver.h: has the board the right driver? (Windows)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-driver-fault.h"
#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupDriverFacts:
 * @nodes: (element-type SetupDriverNode): what Windows knows
 * @vendor: idVendor of the board that is asked about, or 0 for whatever is connected
 * @product: its idProduct
 *
 * What decides about the driver.
 */
typedef struct {
  GPtrArray *nodes;
  guint16 vendor;
  guint16 product;
} SetupDriverFacts;

void setup_driver_facts_clear (SetupDriverFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupDriverFacts, setup_driver_facts_clear)

SetupVerdict *setup_driver_decide (const SetupDriverFacts *facts);
char *setup_driver_dup_place (const SetupDriverNode *node);

/* What follows is there on Windows only. */
gboolean setup_driver_gather (SetupDriverFacts *self, UsbDevice *subject, GError **error);
SetupVerdict *setup_driver_answer (const SetupSituation *situation);

G_END_DECLS
