/* dfu-visit.h: to a device in DFU mode and away from it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-choice.h"
#include "dfu-operation.h"
#include "dfu-quirks.h"
#include "dfu-session.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * DfuTimeouts:
 * @request: for a request that a device answers at once
 * @download: for a block; the ESP ROM erases inside the request, and gets more for a larger part
 *   than the usual 512 KiB
 * @manifest: for the empty block; the ESP ROM reads everything back inside the request
 * @mass_erase: for all of a memory to be erased at once
 * @comeback: for the device to come back after DETACH
 *
 * Upper bounds in milliseconds, one for each kind of waiting.
 */
typedef struct {
  guint request;
  guint download;
  guint manifest;
  guint mass_erase;
  guint comeback;
} DfuTimeouts;

extern const DfuTimeouts dfu_timeouts_default;

/**
 * DfuVisit:
 * @operation: whose phases and log are kept; borrowed
 * @bus: the bus; borrowed
 * @timeouts: upper bounds of waiting
 * @cancellable: (nullable): what the work is cancelled with; afterwards an answer of the device is
 *   waited for only a moment longer, unless it may hang from that (%DFU_QUIRK_WEDGES) or manifests;
 *   borrowed
 * @choice: (nullable): which interface and which memory are meant; borrowed
 * @device: the device as it is now
 * @interface: its DFU interface
 * @quirks: what is special about it
 * @session: (nullable): its session, once it is open
 * @was_left: whether a program (%DFU_QUIRK_PROGRAM) was found in the middle of what an earlier host
 *   has left it with
 *
 * What every operation does around its work: reconfigure the device, open it, and leave it in
 * order. The thread that runs.
 */
typedef struct {
  DfuOperation *operation;
  UsbBus *bus;
  DfuTimeouts timeouts;
  GCancellable *cancellable;
  const DfuChoice *choice;
  UsbDevice *device;
  DfuInterface interface;
  DfuQuirkFlags quirks;
  DfuSession *session;
  gboolean was_left;
} DfuVisit;

void dfu_visit_init (DfuVisit *self,
                     DfuOperation *operation,
                     UsbBus *bus,
                     UsbDevice *device,
                     const DfuTimeouts *timeouts);
void dfu_visit_clear (DfuVisit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DfuVisit, dfu_visit_clear)

void dfu_visit_follow (DfuVisit *self, UsbDevice *device);
gboolean dfu_visit_reconfigure (DfuVisit *self, GCancellable *cancellable, GError **error);
gboolean dfu_visit_wait_for_return (DfuVisit *self,
                                    guint timeout,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean dfu_visit_open (DfuVisit *self, GCancellable *cancellable, GError **error);
void dfu_visit_explain (DfuVisit *self, GError *error);
void dfu_visit_fail (DfuVisit *self, GError *error);
void dfu_visit_leave (DfuVisit *self);

guint16 dfu_visit_get_transfer_size (const DfuVisit *self);

G_END_DECLS
