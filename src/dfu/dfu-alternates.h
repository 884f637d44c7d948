/* dfu-alternates.h: what can be meant of a device, by its numbers and names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dfu-session.h"

G_BEGIN_DECLS

/**
 * DfuAlternate:
 * @interface: bInterfaceNumber
 * @number: bAlternateSetting
 * @string_index: iInterface, 0 when it has no name
 * @name: (nullable): what the device calls it, once that was read
 *
 * An alternate setting of a DFU interface; for people, a memory.
 */
typedef struct {
  guint8 interface;
  guint8 number;
  guint8 string_index;
  char *name;
} DfuAlternate;

GPtrArray *dfu_alternates_list (const DfuInterface *interface, UsbDevice *device);
GPtrArray *dfu_alternates_list_all (const DfuInterface *interface, UsbDevice *device);
GPtrArray *dfu_alternates_list_firsts (const DfuInterface *interface, UsbDevice *device);
gboolean dfu_alternates_is_first (GPtrArray *alternates, guint index);

gboolean dfu_alternates_read_names (GPtrArray *alternates,
                                    DfuSession *session,
                                    GCancellable *cancellable,
                                    GError **error);
void dfu_alternates_ask (GPtrArray *alternates, UsbDevice *device, GCancellable *cancellable);

void dfu_alternates_read_all_async (const DfuInterface *interface,
                                    UsbDevice *device,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *dfu_alternates_read_all_finish (GAsyncResult *result, GError **error);

G_END_DECLS
