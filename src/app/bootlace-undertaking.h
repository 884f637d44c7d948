/* bootlace-undertaking.h: what is done with one board besides flashing it, once it was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-board.h"
#include "bootlace-job-list.h"

G_BEGIN_DECLS

/**
 * BootlaceUndertaking:
 *
 * Asks for the file that a board is read into, or whether all that is on it may be lost, and has it
 * done. A question is about one stay of one board, and goes when that is busy or leaves.
 */
#define BOOTLACE_TYPE_UNDERTAKING (bootlace_undertaking_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceUndertaking, bootlace_undertaking, BOOTLACE, UNDERTAKING, GObject)

BootlaceUndertaking *
bootlace_undertaking_new (GtkWindow *window, BootlaceJobList *jobs, GSettings *settings);

void bootlace_undertaking_ask (BootlaceUndertaking *self, BootlaceBoard *board, BootlaceDeed deed);
void bootlace_undertaking_read (BootlaceUndertaking *self, BootlaceBoard *board, GFile *file);
void bootlace_undertaking_close (BootlaceUndertaking *self);

G_END_DECLS
