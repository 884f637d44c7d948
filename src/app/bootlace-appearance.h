/* bootlace-appearance.h: light, dark and high contrast, as the desktop has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-color-scheme.h"

G_BEGIN_DECLS

#define BOOTLACE_TYPE_COLOR_SCHEME (bootlace_color_scheme_get_type ())
GType bootlace_color_scheme_get_type (void);

/**
 * BootlaceAppearance:
 *
 * Loads the style sheets of a display and follows the desktop's preference.
 *
 * Properties: "color-scheme" (writable; the desktop sets it), "dark" and "high-contrast" (what is
 * shown now).
 */
#define BOOTLACE_TYPE_APPEARANCE (bootlace_appearance_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceAppearance, bootlace_appearance, BOOTLACE, APPEARANCE, GObject)

BootlaceAppearance *bootlace_appearance_new (GdkDisplay *display);

void bootlace_appearance_follow (BootlaceAppearance *self, GDBusConnection *connection);

G_END_DECLS
