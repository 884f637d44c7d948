/* bootlace-file-drop.h: files that are dropped on a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*BootlaceFileDropFunc) (GtkWidget *widget, GPtrArray *files);

void bootlace_file_drop_accept (GtkWidget *widget, BootlaceFileDropFunc func);

G_END_DECLS
