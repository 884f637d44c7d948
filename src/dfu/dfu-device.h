/* dfu-device.h: a board that speaks DFU, through all its re-enumerations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-alternates.h"
#include "dfu-interface.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuDevice:
 *
 * One board at one USB port. It stays the same object while the board leaves and comes back in
 * another mode. Main thread only.
 *
 * Properties: "port-path", "name", "present", "accessible", "mode", "usb-device" (the present
 * stay on the bus, or the last one), "held".
 */
#define DFU_TYPE_DEVICE (dfu_device_get_type ())
G_DECLARE_FINAL_TYPE (DfuDevice, dfu_device, DFU, DEVICE, GObject)

DfuDevice *dfu_device_new (UsbDevice *usb_device);

const char *dfu_device_get_port_path (DfuDevice *self);
const char *dfu_device_get_name (DfuDevice *self);
char *dfu_device_dup_serial (DfuDevice *self);
gboolean dfu_device_is_present (DfuDevice *self);
gboolean dfu_device_is_accessible (DfuDevice *self);
DfuMode dfu_device_get_mode (DfuDevice *self);
UsbDevice *dfu_device_get_usb_device (DfuDevice *self);
UsbDevice *dfu_device_get_program (DfuDevice *self);
void dfu_device_tell_program (DfuDevice *self, guint16 vendor, guint16 product);
const DfuInterface *dfu_device_get_interface (DfuDevice *self);

gboolean dfu_device_takes_application (DfuDevice *self);
gboolean dfu_device_accepts (DfuDevice *self, FirmwareImage *image, GError **error);
gboolean dfu_device_accepts_at (DfuDevice *self,
                                FirmwareImage *image,
                                GPtrArray *alternates,
                                const DfuAlternate *chosen,
                                GError **error);

void dfu_device_hold (DfuDevice *self);
void dfu_device_release (DfuDevice *self);
gboolean dfu_device_is_held (DfuDevice *self);

void dfu_device_arrive (DfuDevice *self, UsbDevice *usb_device);
void dfu_device_leave (DfuDevice *self);

G_END_DECLS
