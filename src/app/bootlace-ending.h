/* bootlace-ending.h: the program is asked to end, and not by a click
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BootlaceEnding:
 *
 * As long as there is one, the program is told instead of being ended.
 */
typedef struct _BootlaceEnding BootlaceEnding;

BootlaceEnding *bootlace_ending_new (GSourceFunc func, gpointer user_data);
void bootlace_ending_free (BootlaceEnding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceEnding, bootlace_ending_free)

G_END_DECLS
