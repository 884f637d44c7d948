/* bootlace-files.h: what a window does with files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-firmware.h"
#include "bootlace-recent.h"
#include "bootlace-reload.h"

G_BEGIN_DECLS

/**
 * BootlaceFiles:
 *
 * Opens firmware and saves it, asks for names, remembers what was opened and follows what changes.
 *
 * Properties: "firmware", "recent", "reload", "can-save", "message" (how saving went, or %NULL).
 */
#define BOOTLACE_TYPE_FILES (bootlace_files_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFiles, bootlace_files, BOOTLACE, FILES, GObject)

BootlaceFiles *bootlace_files_new (GtkWindow *window, GSettings *settings);

BootlaceFirmware *bootlace_files_get_firmware (BootlaceFiles *self);
BootlaceRecent *bootlace_files_get_recent (BootlaceFiles *self);
BootlaceReload *bootlace_files_get_reload (BootlaceFiles *self);
gboolean bootlace_files_can_save (BootlaceFiles *self);
const char *bootlace_files_get_message (BootlaceFiles *self);

void bootlace_files_choose (BootlaceFiles *self);
void bootlace_files_choose_folder (BootlaceFiles *self);
void bootlace_files_open (BootlaceFiles *self, GPtrArray *files);
void bootlace_files_open_uris (BootlaceFiles *self, const char *const *uris);
void bootlace_files_choose_and_save (BootlaceFiles *self);
void bootlace_files_save (BootlaceFiles *self, GFile *file);
void bootlace_files_dismiss_message (BootlaceFiles *self);
void bootlace_files_close (BootlaceFiles *self);

G_END_DECLS
