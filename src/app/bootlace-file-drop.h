/* bootlace-file-drop.h: files that are dropped on a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkDropTarget *bootlace_file_drop_new (void);
GFile *bootlace_file_drop_get_file (const GValue *value);

G_END_DECLS
