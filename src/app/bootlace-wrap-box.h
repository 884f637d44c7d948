/* bootlace-wrap-box.h: children side by side, or below each other where that is too narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceWrapBox:
 *
 * Fills lines with its children as a text does with words. What is left of a line goes to its
 * first child that expands; a child that is alone in its line gets all of it.
 *
 * Properties: "child-spacing", "line-spacing", "line-indent" (of the lines after the first).
 */
#define BOOTLACE_TYPE_WRAP_BOX (bootlace_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceWrapBox, bootlace_wrap_box, BOOTLACE, WRAP_BOX, GtkWidget)

GtkWidget *bootlace_wrap_box_new (int child_spacing, int line_spacing);

void bootlace_wrap_box_append (BootlaceWrapBox *self, GtkWidget *child);

G_END_DECLS
