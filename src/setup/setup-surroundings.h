/* setup-surroundings.h: what the assistant's answers depend on, followed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * SetupSurroundings:
 *
 * Emits "changed" whenever a device comes, leaves or changes its permissions, or a rule of udev's
 * is changed. Main thread only.
 */
#define SETUP_TYPE_SURROUNDINGS (setup_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (SetupSurroundings, setup_surroundings, SETUP, SURROUNDINGS, GObject)

SetupSurroundings *setup_surroundings_new (UsbBus *bus, const char *root);

const char *setup_surroundings_get_root (SetupSurroundings *self);
gboolean setup_surroundings_has_bus (SetupSurroundings *self);
GPtrArray *setup_surroundings_get_devices (SetupSurroundings *self);

void setup_surroundings_rescan (SetupSurroundings *self);
void setup_surroundings_check_access (SetupSurroundings *self);

G_END_DECLS
