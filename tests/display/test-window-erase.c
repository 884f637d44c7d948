/* test-window-erase.c: what a board's menu offers; a board is erased, or loses its read protection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "undertaking-fixture.h"

#include "test-image.h"
#include "virtual-bus-client.h"

#include <string.h>

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static gboolean
is_blank (GBytes *flash)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (flash, &size);

  return data[0] == 0xff && memcmp (data, data + 1, size - 1) == 0;
}

static void
choose (GtkWidget *row, const char *action)
{
  g_assert_true (gtk_widget_activate_action (undertaking_fixture_find_menu (row), action, NULL));
}

typedef struct {
  const char *board;
  const char *items;
} Offer;

static const Offer offers[] = {
  { "stm32f4@1-10", "_Read Flash to File…, _Erase…, Remove Read _Protection…" },
  { "esp32s2@1-10", "_Read Flash to File…" },
  { "generic-dfu@1-10", "_Read Flash to File…" },
  { "generic-dfu@1-10,mode=dfu", "_Read Flash to File… (choose a memory first)" },
  { "generic-dfu@1-10,uploads=unoffered", "" },
  { "nano-esp32@1-10", "" },
};

static void
test_offers (gconstpointer data)
{
  const Offer *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autofree char *items = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug %s", c->board);
  row = window_fixture_wait_for_row (self, "1-10");
  items = undertaking_fixture_dup_items (row);
  g_assert_cmpstr (items, ==, c->items);
  g_assert_cmpint (gtk_widget_get_visible (undertaking_fixture_find_menu (row)), ==,
                   *c->items != '\0');
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
is_open (gpointer data)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (window_fixture_find (data, GTK_TYPE_MENU_BUTTON));
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  return popover != NULL && gtk_widget_get_mapped (GTK_WIDGET (popover));
}

static void
test_popup (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  virtual_bus_tell ("plug esp32s2@1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  gtk_test_accessible_assert_property (window_fixture_find (row, GTK_TYPE_MENU_BUTTON),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "More for ESP32-S2 on USB port 1-10");
  g_assert_true (gtk_widget_activate_action (row, "board.menu", NULL));
  window_fixture_wait (is_open, row, "the menu");
  virtual_bus_tell ("unplug 1-10");
}

typedef struct {
  const char *name;
  const char *board;
  const char *action;
  const char *question;
  const char *yes;
  const char *state;
  const char *hint;
} Loss;

#define LOSS "Everything in the flash of STM32 BOOTLOADER on USB port 1-10 is erased"

static const Loss losses[] = {
  { "erase", "stm32f4@1-10", "board-menu.erase", LOSS ", for good.", "Erase Everything",
    "Erased and checked", "was read, and is blank" },
  { "erase-mute", "stm32f4-mute@1-10", "board-menu.erase", LOSS, "Erase Everything", "Erased\n",
    "nobody has looked" },
  { "unprotect", "stm32f4@1-10,protected", "board-menu.unprotect", LOSS " with it, for good",
    "Remove and Erase", "Protection removed", "came back from its restart, and the beginning" },
  { "unprotect-mute", "stm32f4-mute@1-10,protected", "board-menu.unprotect", LOSS,
    "Remove and Erase", "Protection removed", "nobody has looked" },
};

static void
test_lost (gconstpointer data)
{
  const Loss *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) flash = NULL;
  GtkWidget *row = undertaking_fixture_plug_full (self, c->board);

  choose (row, c->action);
  window_fixture_wait_for_text (window_fixture_find_question (), c->question);
  undertaking_fixture_answer (c->yes);
  window_fixture_wait_for_text (row, c->hint);
  window_fixture_wait_for_text (row, c->state);
  window_fixture_wait_for_text (get_widget (self), c->state);

  flash = undertaking_fixture_load_flash ();
  g_assert_true (is_blank (flash));
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
is_not_asked (gpointer data)
{
  return window_fixture_find_question () == NULL;
}

/* The key that is pressed without reading says no. */
static void
test_refused (gconstpointer data)
{
  const Loss *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) flash = NULL;
  GtkWidget *row = undertaking_fixture_plug_full (self, c->board);
  const guint before = virtual_bus_get_stat ("1-10", "transfers");

  choose (row, c->action);
  g_assert_true (gtk_widget_activate (
    gtk_window_get_default_widget (GTK_WINDOW (window_fixture_find_question ()))));
  window_fixture_wait (is_not_asked, NULL, "the question to go");

  g_assert_null (undertaking_fixture_get_job (self));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "transfers"), ==, before);
  flash = undertaking_fixture_load_flash ();
  g_assert_true (undertaking_fixture_is_full (flash));
  virtual_bus_tell ("unplug 1-10");
}

/* A yes is for the board that was there when it was asked. */
static void
test_question_goes (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) flash = NULL;
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

  choose (row, "board-menu.erase");
  g_assert_nonnull (window_fixture_find_question ());
  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait (is_not_asked, NULL, "the question to go");

  virtual_bus_tell ("plug 1-10");
  window_fixture_wait_for_row (self, "1-10");
  flash = undertaking_fixture_load_flash ();
  g_assert_true (undertaking_fixture_is_full (flash));
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
has_no_board (gpointer data)
{
  return undertaking_fixture_get_board (data) == NULL;
}

/* As those do that were flashed. */
static void
test_erased_makes_room (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) firmware = test_image_new (20000);
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

  choose (row, "board-menu.erase");
  undertaking_fixture_answer ("Erase Everything");
  window_fixture_wait_for_text (row, "Erased and checked");
  virtual_bus_tell ("unplug 1-10");

  virtual_bus_tell ("plug esp32s2@1-9,mode=dfu");
  window_fixture_wait_for_row (self, "1-9");
  window_fixture_open (self, "dfu.bin", firmware);
  window_fixture_wait_for_selection (self->window);
  g_assert_nonnull (undertaking_fixture_get_board (self));
  window_fixture_activate (self, "win.flash");
  window_fixture_wait (has_no_board, self, "the row to go");
  window_fixture_wait_for_text (get_widget (self), "Written and verified");
  virtual_bus_tell ("unplug 1-9");
}

static void
test_erase_unplugged (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

  virtual_bus_tell ("drop-at 1-10 block:0");
  choose (row, "board-menu.erase");
  undertaking_fixture_answer ("Erase Everything");
  window_fixture_wait_for_text (row, "Failed");
  window_fixture_wait_for_text (row, "may be erased now; nothing was written.");
  window_fixture_wait_for_text (get_widget (self), "Erasing failed");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_unprotect_cancelled (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10,protected");

  virtual_bus_tell ("slow-return 1-10 60000");
  choose (row, "board-menu.unprotect");
  undertaking_fixture_answer ("Remove and Erase");
  virtual_bus_tell ("wait-for 1-10 absent");
  bootlace_job_cancel (undertaking_fixture_get_job (self));
  window_fixture_wait_for_text (row, "Cancelled");
  window_fixture_wait_for_text (row, "and its protection gone; nothing was written.");
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++) {
    g_autofree char *path = g_strdup_printf ("/window-erase/offers/%s", offers[i].board);

    g_test_add_data_func (path, &offers[i], test_offers);
  }
  g_test_add_func ("/window-erase/popup", test_popup);
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
    g_autofree char *path = g_strdup_printf ("/window-erase/lost/%s", losses[i].name);
    g_autofree char *refused = g_strdup_printf ("/window-erase/refused/%s", losses[i].name);

    g_test_add_data_func (path, &losses[i], test_lost);
    g_test_add_data_func (refused, &losses[i], test_refused);
  }
  g_test_add_func ("/window-erase/question-goes", test_question_goes);
  g_test_add_func ("/window-erase/erased-makes-room", test_erased_makes_room);
  g_test_add_func ("/window-erase/erase-unplugged", test_erase_unplugged);
  g_test_add_func ("/window-erase/unprotect-cancelled", test_unprotect_cancelled);

  return g_test_run ();
}
