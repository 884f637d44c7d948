/* undertaking-fixture.h: a board with something to lose, and the menu of what is done to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "window-fixture.h"

G_BEGIN_DECLS

/* That of the STM32F4; other boards have more. */
#define UNDERTAKING_FLASH_SIZE (1024 * 1024)

/* Plugs a board that is full into 1-10, and answers its row. */
GtkWidget *undertaking_fixture_plug_full (WindowFixture *self, const char *board);
gboolean undertaking_fixture_is_full (GBytes *flash);

/* A file of the test, and what the board at 1-10 holds. */
GBytes *undertaking_fixture_load (const char *name);
GBytes *undertaking_fixture_load_flash (void);

/* At 1-10, or NULL. */
BootlaceBoard *undertaking_fixture_get_board (WindowFixture *self);
BootlaceJob *undertaking_fixture_get_job (WindowFixture *self);

/* The menu of a row, and what it offers, with commas. */
GtkWidget *undertaking_fixture_find_menu (GtkWidget *row);
char *undertaking_fixture_dup_items (GtkWidget *row);

/* Presses a button of the question. */
void undertaking_fixture_answer (const char *label);

G_END_DECLS
