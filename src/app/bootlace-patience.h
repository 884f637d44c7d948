/* bootlace-patience.h: how long files that are not good may take to become so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BootlacePatience:
 *
 * Most files are whole again before anybody has read a word, so what is told of them is told a
 * while later. And whoever copies a file may be slow; but what is as bad after a while is what it
 * is.
 *
 * Signals: "late" (that files are not good is worth telling now), "due" (files that were doubted
 * are to be read once more). Both come in the main context.
 */
#define BOOTLACE_TYPE_PATIENCE (bootlace_patience_get_type ())
G_DECLARE_FINAL_TYPE (BootlacePatience, bootlace_patience, BOOTLACE, PATIENCE, GObject)

BootlacePatience *bootlace_patience_new (void);

void bootlace_patience_wait (BootlacePatience *self);
void bootlace_patience_tell_nothing (BootlacePatience *self);
gboolean bootlace_patience_doubt (BootlacePatience *self);
void bootlace_patience_trust (BootlacePatience *self);

G_END_DECLS
