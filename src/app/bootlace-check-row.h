/* bootlace-check-row.h: one question of the setup assistant, with its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "setup-assistant.h"

G_BEGIN_DECLS

/**
 * BootlaceCheckRow:
 *
 * Shows a #SetupCheck: an icon and a word, the question, a sentence. It opens to the advice and to
 * the one button that does something about it.
 *
 * Properties: "assistant" (construct-only), "check" (construct-only, one of its questions),
 * "current" (whether this is the one to look at first, which opens it).
 */
#define BOOTLACE_TYPE_CHECK_ROW (bootlace_check_row_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceCheckRow, bootlace_check_row, BOOTLACE, CHECK_ROW, GtkListBoxRow)

GtkWidget *bootlace_check_row_new (SetupAssistant *assistant, SetupCheck *check);

SetupCheck *bootlace_check_row_get_check (BootlaceCheckRow *self);
gboolean bootlace_check_row_focus (BootlaceCheckRow *self);

G_END_DECLS
