/* bootlace-files.h: what a window does with files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-firmware.h"
#include "bootlace-recent.h"
#include "bootlace-reload.h"
#include "bootlace-saving.h"

G_BEGIN_DECLS

/**
 * BootlaceFiles:
 *
 * Opens firmware, asks for names, remembers what was opened, follows what changes and lets it be
 * saved.
 *
 * Properties: "firmware", "recent", "reload", "saving".
 */
#define BOOTLACE_TYPE_FILES (bootlace_files_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFiles, bootlace_files, BOOTLACE, FILES, GObject)

BootlaceFiles *bootlace_files_new (GtkWindow *window, GSettings *settings);

BootlaceFirmware *bootlace_files_get_firmware (BootlaceFiles *self);
BootlaceRecent *bootlace_files_get_recent (BootlaceFiles *self);
BootlaceReload *bootlace_files_get_reload (BootlaceFiles *self);
BootlaceSaving *bootlace_files_get_saving (BootlaceFiles *self);

GFile *bootlace_files_find_folder (BootlaceFiles *self);
void bootlace_files_choose (BootlaceFiles *self);
void bootlace_files_choose_folder (BootlaceFiles *self);
void bootlace_files_open (BootlaceFiles *self, GPtrArray *files);
void bootlace_files_open_uris (BootlaceFiles *self, const char *const *uris);
void bootlace_files_choose_and_save (BootlaceFiles *self);
void bootlace_files_close (BootlaceFiles *self);

G_END_DECLS
