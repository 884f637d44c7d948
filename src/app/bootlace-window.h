/* bootlace-window.h: what, where, go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-board-list.h"
#include "bootlace-files.h"
#include "bootlace-firmware.h"
#include "bootlace-series.h"
#include "bootlace-status.h"
#include "bootlace-undertaking.h"
#include "setup-bystander-list.h"
#include "wording-message.h"

G_BEGIN_DECLS

/**
 * BootlaceWindow:
 *
 * The firmware, the boards and the button. It binds to jobs and owns none.
 *
 * Actions: "win.open", "win.open-folder", "win.open-recent" (with URIs), "win.clear-recent",
 * "win.save-dfu", "win.reload", "win.hide-news", "win.hide-message", "win.setup",
 * "win.setup-board", "win.read-board", "win.erase-board" and "win.unprotect-board" (with a port),
 * "win.flash", "win.cancel", "win.disarm", "win.hide-series".
 */
#define BOOTLACE_TYPE_WINDOW (bootlace_window_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceWindow, bootlace_window, BOOTLACE, WINDOW, GtkApplicationWindow)

GtkWidget *bootlace_window_new (GtkApplication *application,
                                GListModel *devices,
                                BootlaceJobList *jobs,
                                const WordingMessage *problem);

void bootlace_window_set_bystanders (BootlaceWindow *self, SetupBystanderList *bystanders);

GListModel *bootlace_window_get_devices (BootlaceWindow *self);
BootlaceFirmware *bootlace_window_get_firmware (BootlaceWindow *self);
BootlaceFiles *bootlace_window_get_files (BootlaceWindow *self);
BootlaceBoardList *bootlace_window_get_boards (BootlaceWindow *self);
BootlaceStatus *bootlace_window_get_status (BootlaceWindow *self);
BootlaceUndertaking *bootlace_window_get_undertaking (BootlaceWindow *self);
BootlaceSeries *bootlace_window_get_series (BootlaceWindow *self);

void bootlace_window_focus_firmware (BootlaceWindow *self);
void bootlace_window_open (BootlaceWindow *self, GFile *const *files, guint n_files);

G_END_DECLS
