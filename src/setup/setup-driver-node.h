/* setup-driver-node.h: what Windows knows about one function of a USB device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The device itself, or the parent of a composite device's functions. */
#define SETUP_DRIVER_NO_INTERFACE (-1)

/**
 * SetupDriverNode:
 * @instance_id: Windows' name of it, such as "USB\VID_303A&PID_0002&MI_02\6&1A2B&0&0002"
 * @vendor: idVendor
 * @product: idProduct
 * @interface: bInterfaceNumber (MI), or %SETUP_DRIVER_NO_INTERFACE
 * @name: (nullable): what Windows calls it
 * @service: (nullable): the service that its driver runs as, such as "WinUSB"
 * @problem: why it does not work, a CM_PROB_ code; 0 when it does
 * @is_dfu: whether its interface class is that of DFU, DFU 1.1 section 4.2.1
 * @is_serial: whether its interface class is that of a serial port (CDC)
 *
 * A device node of Windows. A composite device has one for itself, whose driver usbccgp splits it,
 * and one for each of its functions.
 */
typedef struct {
  char *instance_id;
  guint16 vendor;
  guint16 product;
  int interface;
  char *name;
  char *service;
  guint problem;
  gboolean is_dfu;
  gboolean is_serial;
} SetupDriverNode;

SetupDriverNode *setup_driver_node_new (const char *instance_id);
void setup_driver_node_free (SetupDriverNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SetupDriverNode, setup_driver_node_free)

void setup_driver_node_note_compatible_id (SetupDriverNode *self, const char *compatible_id);

gboolean setup_driver_node_is_served (const SetupDriverNode *self);
gboolean setup_driver_node_is_beside (const SetupDriverNode *self, const SetupDriverNode *other);

G_END_DECLS
