/* bootlace-title.h: a window's title that is whole or not there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceTitle:
 *
 * The title in a header bar. Where buttons leave too little room for all of it, it is not shown,
 * because “Bootl…” is no name.
 *
 * Properties: "text" (writable).
 */
#define BOOTLACE_TYPE_TITLE (bootlace_title_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceTitle, bootlace_title, BOOTLACE, TITLE, GtkWidget)

G_END_DECLS
