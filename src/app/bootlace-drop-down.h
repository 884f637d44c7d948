/* bootlace-drop-down.h: what a drop-down list says to those who cannot see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_drop_down_describe (GtkDropDown *drop_down, const char *label);
void bootlace_drop_down_name_items (GtkDropDown *drop_down, GtkListItemFactory *button_factory);

G_END_DECLS
