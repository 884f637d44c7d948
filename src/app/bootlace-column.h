/* bootlace-column.h: one column that stays readable in a wide window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceColumn:
 *
 * Holds one child in the middle, no wider than "maximum-width", with margins that give way when
 * it is narrow.
 */
#define BOOTLACE_TYPE_COLUMN (bootlace_column_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceColumn, bootlace_column, BOOTLACE, COLUMN, GtkWidget)

G_END_DECLS
