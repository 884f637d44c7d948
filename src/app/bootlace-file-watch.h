/* bootlace-file-watch.h: notices when files change, and when they are done changing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BootlaceFileWatch:
 *
 * Watches some files together. A build writes for seconds, in several steps: until two looks in a
 * row find the same, it goes on. Costs nothing while nothing changes.
 *
 * Signals:
 * "stirred": something changes; emitted once until the next of the two below
 * "settled": the files are quiet, and other than what the watch was told to know
 * "calmed": the files are quiet, and as they were
 * "unmoved": a look found them as they were, without anything that stirred
 */
#define BOOTLACE_TYPE_FILE_WATCH (bootlace_file_watch_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFileWatch, bootlace_file_watch, BOOTLACE, FILE_WATCH, GObject)

BootlaceFileWatch *bootlace_file_watch_new (void);

void
bootlace_file_watch_set_files (BootlaceFileWatch *self, GPtrArray *files, const char *fingerprint);
gboolean bootlace_file_watch_is_stirring (BootlaceFileWatch *self);
void bootlace_file_watch_look (BootlaceFileWatch *self);

G_END_DECLS
