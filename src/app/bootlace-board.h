/* bootlace-board.h: a board as the window shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-job.h"
#include "bootlace-memory-choice.h"

G_BEGIN_DECLS

/**
 * BootlaceBoardState:
 * @BOOTLACE_BOARD_READY: may be flashed
 * @BOOTLACE_BOARD_UNSUITABLE: the chosen firmware is not for it
 * @BOOTLACE_BOARD_CHOOSING: the person must say which of its memories is meant
 * @BOOTLACE_BOARD_NO_ACCESS: this person may not open it
 * @BOOTLACE_BOARD_DISCONNECTED: it left just now
 * @BOOTLACE_BOARD_PREPARING: its job is opening it, or asks it for its bootloader
 * @BOOTLACE_BOARD_RETURNING: it left for its bootloader and is awaited
 * @BOOTLACE_BOARD_SAVING: what is on it is being saved
 * @BOOTLACE_BOARD_READING: what is on it is being read
 * @BOOTLACE_BOARD_ERASING: it erases
 * @BOOTLACE_BOARD_WRITING: it erases and writes
 * @BOOTLACE_BOARD_CHECKING: it finishes and compares
 * @BOOTLACE_BOARD_READING_BACK: what was written is being read back
 * @BOOTLACE_BOARD_RESTARTING: it is asked to start what was written
 * @BOOTLACE_BOARD_VERIFIED: written, and it compared
 * @BOOTLACE_BOARD_WRITTEN: written, and nobody compared
 * @BOOTLACE_BOARD_READ: what was on it is in a file
 * @BOOTLACE_BOARD_BLANK: erased, and somebody has looked
 * @BOOTLACE_BOARD_ERASED: erased, and nobody has looked
 * @BOOTLACE_BOARD_UNPROTECTED: its read protection is gone, and all that was on it
 * @BOOTLACE_BOARD_FAILED: an error ended its job
 * @BOOTLACE_BOARD_CANCELLED: the person ended its job
 *
 * What a person should know about a board. Every state has a word and an icon.
 */
typedef enum {
  BOOTLACE_BOARD_READY,
  BOOTLACE_BOARD_UNSUITABLE,
  BOOTLACE_BOARD_CHOOSING,
  BOOTLACE_BOARD_NO_ACCESS,
  BOOTLACE_BOARD_DISCONNECTED,
  BOOTLACE_BOARD_PREPARING,
  BOOTLACE_BOARD_RETURNING,
  BOOTLACE_BOARD_SAVING,
  BOOTLACE_BOARD_READING,
  BOOTLACE_BOARD_ERASING,
  BOOTLACE_BOARD_WRITING,
  BOOTLACE_BOARD_CHECKING,
  BOOTLACE_BOARD_READING_BACK,
  BOOTLACE_BOARD_RESTARTING,
  BOOTLACE_BOARD_VERIFIED,
  BOOTLACE_BOARD_WRITTEN,
  BOOTLACE_BOARD_READ,
  BOOTLACE_BOARD_BLANK,
  BOOTLACE_BOARD_ERASED,
  BOOTLACE_BOARD_UNPROTECTED,
  BOOTLACE_BOARD_FAILED,
  BOOTLACE_BOARD_CANCELLED,
} BootlaceBoardState;

#define BOOTLACE_TYPE_BOARD_STATE (bootlace_board_state_get_type ())
GType bootlace_board_state_get_type (void);

const char *bootlace_board_state_get_label (BootlaceBoardState state);
const char *bootlace_board_state_get_icon (BootlaceBoardState state);
const char *bootlace_board_state_get_style (BootlaceBoardState state);

/**
 * BootlaceBoard:
 *
 * A #DfuDevice together with its last job and the chosen firmware, brought down to what a row
 * shows.
 *
 * Properties: "device", "job", "image", "memory" (#BootlaceMemoryChoice), "name", "port" (as
 * words), "state", "hint" (a sentence, or %NULL), "active" (whether its job is not over), "absent"
 * (whether it is not connected), "can-flash", "selected" (writable).
 */
#define BOOTLACE_TYPE_BOARD (bootlace_board_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBoard, bootlace_board, BOOTLACE, BOARD, GObject)

BootlaceBoard *bootlace_board_new (DfuDevice *device);

DfuDevice *bootlace_board_get_device (BootlaceBoard *self);
BootlaceJob *bootlace_board_get_job (BootlaceBoard *self);
void bootlace_board_set_job (BootlaceBoard *self, BootlaceJob *job);
BootlaceMemoryChoice *bootlace_board_get_memory (BootlaceBoard *self);
void bootlace_board_set_image (BootlaceBoard *self, FirmwareImage *image, gboolean keeps_outcome);

BootlaceBoardState bootlace_board_get_state (BootlaceBoard *self);
const char *bootlace_board_get_name (BootlaceBoard *self);
const char *bootlace_board_get_port (BootlaceBoard *self);
const char *bootlace_board_get_hint (BootlaceBoard *self);
gboolean bootlace_board_is_absent (BootlaceBoard *self);
gboolean bootlace_board_is_active (BootlaceBoard *self);
gboolean bootlace_board_is_stopping (BootlaceBoard *self);
gboolean bootlace_board_shows_outcome (BootlaceBoard *self);
gboolean bootlace_board_can_flash (BootlaceBoard *self);
gboolean bootlace_board_is_selected (BootlaceBoard *self);
void bootlace_board_set_selected (BootlaceBoard *self, gboolean selected);

gboolean bootlace_board_is_free (BootlaceBoard *self);
gboolean bootlace_board_offers (BootlaceBoard *self, BootlaceDeed deed);
gboolean bootlace_board_offers_memories (BootlaceBoard *self);

G_END_DECLS
