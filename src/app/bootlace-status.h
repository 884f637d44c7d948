/* bootlace-status.h: what can be done next, and how it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board-list.h"

G_BEGIN_DECLS

/**
 * BootlaceStatus:
 *
 * The firmware, the boards and the jobs brought down to what the bottom bar shows.
 *
 * Properties: "title" (one line), "detail" (the next step, or %NULL), "flash-label" (what the
 * button will do), "cancel-label", "can-flash", "busy" (whether a job runs), "fraction" (of all
 * jobs).
 */
#define BOOTLACE_TYPE_STATUS (bootlace_status_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceStatus, bootlace_status, BOOTLACE, STATUS, GObject)

BootlaceStatus *bootlace_status_new (BootlaceBoardList *boards);

gboolean bootlace_status_can_flash (BootlaceStatus *self);
gboolean bootlace_status_is_busy (BootlaceStatus *self);
gboolean bootlace_status_is_stopping (BootlaceStatus *self);

G_END_DECLS
