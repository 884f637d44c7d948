/* bootlace-folder.h: shows a folder in the program that the computer has for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_folder_show_async (GFile *folder,
                                 GtkWidget *widget,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
const char *bootlace_folder_show_finish (GAsyncResult *result);

G_END_DECLS
