/* bootlace-recent.h: the firmware that was opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-recent-file.h"
#include "bootlace-source.h"

G_BEGIN_DECLS

#define BOOTLACE_RECENT_MAX 8

/**
 * BootlaceRecent:
 *
 * What was opened, newest first. What is not there at the moment is remembered but not in the list:
 * it may be on a stick that is not plugged in.
 *
 * It is the program's own and not the desktop's (#GtkRecentManager), because a build folder and
 * files that belong together are one entry here, and because in a sandbox both are the program's
 * own anyway. Whoever has told the desktop to remember no files is obeyed.
 */
#define BOOTLACE_TYPE_RECENT (bootlace_recent_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceRecent, bootlace_recent, BOOTLACE, RECENT, GObject)

BootlaceRecent *bootlace_recent_new (GSettings *settings);

GListModel *bootlace_recent_get_list (BootlaceRecent *self);

void bootlace_recent_add (BootlaceRecent *self, const BootlaceSource *source);
void bootlace_recent_clear (BootlaceRecent *self);
void bootlace_recent_look (BootlaceRecent *self);

G_END_DECLS
