/* bootlace-fold.h: a line that opens to show more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceFold:
 *
 * A button over the whole width, and below it what it opens. Where there is nothing to open, the
 * button has no arrow, and can still be come to by keyboard, so that a screen reader says it.
 *
 * Properties: "header" (what the button shows), "content" (what it opens), "label" (what a screen
 * reader says of the button), "can-open", "open".
 */
#define BOOTLACE_TYPE_FOLD (bootlace_fold_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFold, bootlace_fold, BOOTLACE, FOLD, GtkWidget)

gboolean bootlace_fold_is_open (BootlaceFold *self);
void bootlace_fold_set_open (BootlaceFold *self, gboolean open);
gboolean bootlace_fold_focus_header (BootlaceFold *self);

G_END_DECLS
