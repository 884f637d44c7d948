/* bootlace-bystander-row.h: a board that cannot be flashed as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "setup-bystander.h"

G_BEGIN_DECLS

/**
 * BootlaceBystanderRow:
 *
 * Shows its "bystander": what it is, where, and the one hint that helps. There is nothing to select
 * and nothing to press; the keyboard reaches it so that a screen reader reads it.
 */
#define BOOTLACE_TYPE_BYSTANDER_ROW (bootlace_bystander_row_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBystanderRow,
                      bootlace_bystander_row,
                      BOOTLACE,
                      BYSTANDER_ROW,
                      GtkListBoxRow)

GtkWidget *bootlace_bystander_row_new (SetupBystander *bystander);

G_END_DECLS
