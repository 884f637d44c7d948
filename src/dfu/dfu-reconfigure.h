/* dfu-reconfigure.h: from run-time mode to DFU mode, DFU 1.1 section 5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-choice.h"
#include "dfu-log.h"
#include "dfu-session.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * DfuOpening:
 * @device: what to open; borrowed
 * @choice: (nullable): which interface and which memory of it; borrowed
 * @timeout: for requests that a device answers at once, in milliseconds
 * @work: (nullable): what the work is cancelled with: from then on the device has only a moment
 *   left for each answer, unless it may hang from that (%DFU_QUIRK_WEDGES); borrowed
 * @interface: gets its DFU interface
 * @was_given_up: gets whether it failed because the device did not answer in that moment
 *
 * How a device is opened, and what came of it.
 */
typedef struct {
  UsbDevice *device;
  const DfuChoice *choice;
  guint timeout;
  GCancellable *work;
  DfuInterface interface;
  gboolean was_given_up;
} DfuOpening;

gboolean dfu_reconfigure_detach (UsbDevice *device,
                                 guint timeout,
                                 DfuLog *log,
                                 GCancellable *cancellable,
                                 GError **error);
UsbDevice *dfu_reconfigure_find (UsbBus *bus,
                                 UsbDevice *device,
                                 guint timeout,
                                 GCancellable *cancellable,
                                 GError **error);
UsbDevice *dfu_reconfigure_wait (UsbBus *bus,
                                 UsbDevice *device,
                                 guint timeout,
                                 DfuLog *log,
                                 GCancellable *cancellable,
                                 GError **error);
guint dfu_reconfigure_get_patience (const GError *refusal);
DfuSession *dfu_reconfigure_open (DfuOpening *opening, GCancellable *cancellable, GError **error);

G_END_DECLS
