/* bootlace-settings.h: what the program remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GSettings *bootlace_settings_new (void);

void bootlace_settings_bind_window (GSettings *settings, GtkWindow *window);
void bootlace_settings_bind_setup_window (GSettings *settings, GtkWindow *window);
void bootlace_settings_remember_folder (GSettings *settings, GFile *file);
GFile *bootlace_settings_recall_folder (GSettings *settings);
void bootlace_settings_remember_recent (GSettings *settings, GPtrArray *entries);
GPtrArray *bootlace_settings_recall_recent (GSettings *settings);

G_END_DECLS
