/* bootlace-board-list.h: the boards that the window shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board-counts.h"
#include "bootlace-board.h"
#include "bootlace-clearance.h"
#include "bootlace-job-list.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardList:
 *
 * A #GListModel of #BootlaceBoard over one of #DfuDevice, in the same order.
 *
 * Properties: "lineage" (write-only, another for firmware that is no new build of what was chosen
 * before), "clearance" (whether the chosen firmware may be flashed), "n-boards", "n-present" (those
 * that are connected), "n-suitable" (those that the firmware may be written to), "wants-board"
 * (whether none is connected, and none is away only because it is being worked on).
 *
 * Signal "changed": a number in the counts, or the clearance, may be another now.
 */
#define BOOTLACE_TYPE_BOARD_LIST (bootlace_board_list_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBoardList, bootlace_board_list, BOOTLACE, BOARD_LIST, GObject)

BootlaceBoardList *bootlace_board_list_new (GListModel *devices, BootlaceJobList *jobs);

BootlaceJobList *bootlace_board_list_get_jobs (BootlaceBoardList *self);
void bootlace_board_list_set_image (BootlaceBoardList *self,
                                    FirmwareImage *image,
                                    gboolean keeps_outcomes);
void bootlace_board_list_count (BootlaceBoardList *self, BootlaceBoardCounts *counts);
BootlaceBoard *bootlace_board_list_find_selected (BootlaceBoardList *self);
BootlaceBoard *bootlace_board_list_find_at (BootlaceBoardList *self, const char *port_path);
void bootlace_board_list_select_all (BootlaceBoardList *self, gboolean selected);
BootlaceClearance *bootlace_board_list_get_clearance (BootlaceBoardList *self);
gboolean bootlace_board_list_can_flash (BootlaceBoardList *self);

void bootlace_board_list_flash (BootlaceBoardList *self, GPtrArray *boards);
void bootlace_board_list_flash_selected (BootlaceBoardList *self);

G_END_DECLS
