/* dfu-work.h: an operation on one device, from finding it to leaving it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-operation.h"
#include "dfu-visit.h"

G_BEGIN_DECLS

/**
 * DfuWork:
 *
 * What all operations on a device have in common: which device, what is meant of it, and how long
 * it is waited for.
 */
#define DFU_TYPE_WORK (dfu_work_get_type ())
G_DECLARE_DERIVABLE_TYPE (DfuWork, dfu_work, DFU, WORK, DfuOperation)

/**
 * DfuWorkClass:
 * @visit: does the work on a visit that has just begun, unless cancelled, in any thread; returns
 * how it ended well, or %DFU_OUTCOME_NONE with an error set
 */
struct _DfuWorkClass {
  DfuOperationClass parent_class;

  DfuOutcome (*visit) (DfuWork *self, DfuVisit *visit, GCancellable *cancellable, GError **error);
};

void dfu_work_set_timeouts (DfuWork *self, const DfuTimeouts *timeouts);
void dfu_work_set_choice (DfuWork *self, const DfuChoice *choice);

/* For subclasses. */
gpointer dfu_work_new (GType type, UsbBus *bus, UsbDevice *device);

G_END_DECLS
