/* undertaking-fixture.c: a board with something to lose, and the menu of what is done to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "undertaking-fixture.h"

#include "bootlace-board-menu.h"
#include "virtual-bus-client.h"

#include <string.h>

#define FULL 0x5a

static GBytes *
fill (void)
{
  guint8 *data = g_malloc (UNDERTAKING_FLASH_SIZE);

  memset (data, FULL, UNDERTAKING_FLASH_SIZE);
  return g_bytes_new_take (data, UNDERTAKING_FLASH_SIZE);
}

GtkWidget *
undertaking_fixture_plug_full (WindowFixture *self, const char *board)
{
  g_autoptr (GBytes) contents = fill ();
  g_autoptr (GFile) file = window_fixture_write_file ("full.bin", contents);

  virtual_bus_tell ("plug %s,flash=%s", board, g_file_peek_path (file));
  return window_fixture_wait_for_row (self, "1-10");
}

gboolean
undertaking_fixture_is_full (GBytes *flash)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (flash, &size);

  return data[0] == FULL && memcmp (data, data + 1, MIN (size, UNDERTAKING_FLASH_SIZE) - 1) == 0;
}

GBytes *
undertaking_fixture_load (const char *name)
{
  g_autoptr (GFile) file = window_fixture_get_file (name);
  g_autoptr (GError) error = NULL;
  GBytes *contents = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

GBytes *
undertaking_fixture_load_flash (void)
{
  g_autoptr (GFile) file = window_fixture_get_file ("saved.bin");

  virtual_bus_tell ("save-flash 1-10 %s", g_file_peek_path (file));
  return undertaking_fixture_load ("saved.bin");
}

BootlaceBoard *
undertaking_fixture_get_board (WindowFixture *self)
{
  return bootlace_board_list_find_at (bootlace_window_get_boards (self->window), "1-10");
}

BootlaceJob *
undertaking_fixture_get_job (WindowFixture *self)
{
  return bootlace_board_get_job (undertaking_fixture_get_board (self));
}

static GMenuModel *
get_menu (GtkWidget *row)
{
  GtkWidget *button = window_fixture_find (row, GTK_TYPE_MENU_BUTTON);

  return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
}

char *
undertaking_fixture_dup_items (GtkWidget *row)
{
  GMenuModel *menu = get_menu (row);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autofree char *label = NULL;

    g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
  }

  return g_string_free (text, FALSE);
}

GtkWidget *
undertaking_fixture_find_menu (GtkWidget *row)
{
  return window_fixture_find (row, BOOTLACE_TYPE_BOARD_MENU);
}

void
undertaking_fixture_answer (const char *label)
{
  GtkWidget *question = window_fixture_find_question ();

  g_assert_nonnull (question);
  g_signal_emit_by_name (window_fixture_find_button (question, label), "clicked");
}
