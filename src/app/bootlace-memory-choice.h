/* bootlace-memory-choice.h: which of a board's memories is meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dfu-choice.h"
#include "dfu-device.h"

G_BEGIN_DECLS

/**
 * BootlaceMemoryChoice:
 *
 * What a board with several memories needs to be told, unless it speaks DfuSe. It is a question
 * only while the board is in DFU mode, and what the memories are called must be asked of the board.
 * What has no place for the firmware can be chosen as well: to be read or erased, not flashed.
 *
 * Properties: "labels" (a #GListModel of #GtkStringObject: “Choose…”, then the memories),
 * "selected" (writable, the position in it), "offered" (whether the memories are known).
 */
#define BOOTLACE_TYPE_MEMORY_CHOICE (bootlace_memory_choice_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceMemoryChoice,
                      bootlace_memory_choice,
                      BOOTLACE,
                      MEMORY_CHOICE,
                      GObject)

BootlaceMemoryChoice *bootlace_memory_choice_new (DfuDevice *device);

gboolean bootlace_memory_choice_is_missing (BootlaceMemoryChoice *self);
gboolean bootlace_memory_choice_check (BootlaceMemoryChoice *self, GError **error);
void bootlace_memory_choice_set_image (BootlaceMemoryChoice *self, FirmwareImage *image);
void bootlace_memory_choice_get (BootlaceMemoryChoice *self, DfuChoice *choice);

void bootlace_memory_choice_set_asking (BootlaceMemoryChoice *self, gboolean asking);
void bootlace_memory_choice_take_back (BootlaceMemoryChoice *self);
void bootlace_memory_choice_forget (BootlaceMemoryChoice *self);

G_END_DECLS
