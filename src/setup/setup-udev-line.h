/* setup-udev-line.h: what one line of udev's rules does to a USB device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SetupUdevLine:
 * @applies: whether what it asks for and is known is the device's
 * @uncertain: whether it asks for something else as well
 * @names_vendor: whether it asks for a vendor at all
 * @spares_vendor: whether it does not apply because it is for all other vendors
 * @names_usb: whether it asks for the subsystem "usb"
 * @adds_access: whether it gives the device to whoever sits at the computer: the tag "uaccess"
 * @takes_access: whether it takes that tag away
 * @mode: the permissions that it sets, or 0
 * @group: (nullable): the group that it sets
 * @label: (nullable): what others can jump to it by
 * @jump: (nullable): the label at which udev goes on when the line applies
 *
 * What one line does to a USB device that is plugged in. Of the conditions, ids, subsystem, action,
 * type and name of the device are known; all others are taken to be met.
 */
typedef struct {
  gboolean applies;
  gboolean uncertain;
  gboolean names_vendor;
  gboolean spares_vendor;
  gboolean names_usb;
  gboolean adds_access;
  gboolean takes_access;
  guint mode;
  char *group;
  char *label;
  char *jump;
} SetupUdevLine;

void setup_udev_line_clear (SetupUdevLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupUdevLine, setup_udev_line_clear)

void setup_udev_line_read (SetupUdevLine *self, const char *line, guint16 vendor, guint16 product);

G_END_DECLS
