/* bootlace-file-picker.h: asks for a file or a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_file_picker_open_async (GtkWindow *parent,
                                      const char *title,
                                      GFile *folder,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void bootlace_file_picker_open_folder_async (GtkWindow *parent,
                                             const char *title,
                                             GFile *folder,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
void bootlace_file_picker_save_async (GtkWindow *parent,
                                      const char *title,
                                      GFile *folder,
                                      const char *name,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *bootlace_file_picker_finish (GAsyncResult *result, GError **error);

G_END_DECLS
