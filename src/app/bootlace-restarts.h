/* bootlace-restarts.h: which boards were told to start their program, and may be back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-job.h"

G_BEGIN_DECLS

/**
 * BootlaceRestarts:
 *
 * A board that was told to start its program leaves, and is back when the program shows on the bus,
 * which may need longer than a hand does to change boards. So where that was the end of a port's
 * last job, whatever runs a program counts as the same board. So does what has its serial number,
 * where serial numbers tell boards apart: a board whose program keeps failing is back in its
 * bootloader each time.
 */
typedef struct _BootlaceRestarts BootlaceRestarts;

BootlaceRestarts *bootlace_restarts_new (void);
void bootlace_restarts_free (BootlaceRestarts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceRestarts, bootlace_restarts_free)

void bootlace_restarts_note_end (BootlaceRestarts *self, BootlaceJob *job);
gboolean bootlace_restarts_account_for (BootlaceRestarts *self, DfuDevice *device);

G_END_DECLS
