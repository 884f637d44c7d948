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

gboolean dfu_reconfigure_detach (UsbDevice *device,
                                 guint timeout,
                                 DfuLog *log,
                                 GCancellable *cancellable,
                                 GError **error);
void dfu_reconfigure_set_grace (DfuSession *session, UsbDevice *device, GCancellable *cancellable);
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
DfuSession *dfu_reconfigure_open (UsbDevice *device,
                                  const DfuChoice *choice,
                                  DfuInterface *interface,
                                  guint timeout,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
