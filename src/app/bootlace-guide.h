/* bootlace-guide.h: something to read that does not change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceGuide:
 *
 * Texts and drawings out of ui/bootlace-guide-NAME.ui, whose object "guide" it shows.
 *
 * Property: "page" (construct-only), the NAME.
 */
#define BOOTLACE_TYPE_GUIDE (bootlace_guide_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceGuide, bootlace_guide, BOOTLACE, GUIDE, GtkWidget)

G_END_DECLS
