/* test-window-undertaking.c: a board is read into a file, erased, and loses its read protection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-board-menu.h"
#include "bootlace-report.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define FLASH_SIZE (1024 * 1024)
#define OLDER "what was there before"

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static GBytes *
load (const char *name)
{
  g_autoptr (GFile) file = window_fixture_get_file (name);
  g_autoptr (GError) error = NULL;
  GBytes *contents = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

static GBytes *
load_flash (void)
{
  g_autoptr (GFile) file = window_fixture_get_file ("saved.bin");

  virtual_bus_tell ("save-flash 1-10 %s", g_file_peek_path (file));
  return load ("saved.bin");
}

static GBytes *
fill (guint8 byte)
{
  guint8 *data = g_malloc (FLASH_SIZE);

  memset (data, byte, FLASH_SIZE);
  return g_bytes_new_take (data, FLASH_SIZE);
}

static gboolean
is_full (GBytes *flash)
{
  const guint8 *data = g_bytes_get_data (flash, NULL);

  return data[0] == 0x5a;
}

static gboolean
is_blank (GBytes *flash)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (flash, &size);

  return data[0] == 0xff && memcmp (data, data + 1, size - 1) == 0;
}

/* A board with something to lose. */
static GtkWidget *
plug_full (WindowFixture *self, const char *board)
{
  g_autoptr (GBytes) contents = fill (0x5a);
  g_autoptr (GFile) file = window_fixture_write_file ("full.bin", contents);

  virtual_bus_tell ("plug %s,flash=%s", board, g_file_peek_path (file));
  return window_fixture_wait_for_row (self, "1-10");
}

static BootlaceBoard *
get_board_at (WindowFixture *self, const char *port)
{
  return bootlace_board_list_find_at (bootlace_window_get_boards (self->window), port);
}

static BootlaceBoard *
get_board (WindowFixture *self)
{
  return get_board_at (self, "1-10");
}

static BootlaceJob *
get_job (WindowFixture *self)
{
  return bootlace_board_get_job (get_board (self));
}

static void
read_board (WindowFixture *self, BootlaceBoard *board, const char *name)
{
  g_autoptr (GFile) file = window_fixture_get_file (name);

  bootlace_undertaking_read (bootlace_window_get_undertaking (self->window), board, file);
}

static void
read_into (WindowFixture *self, const char *name)
{
  read_board (self, get_board (self), name);
}

static GMenuModel *
get_menu (GtkWidget *row)
{
  GtkWidget *button = window_fixture_find (row, GTK_TYPE_MENU_BUTTON);

  return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
}

static char *
dup_items (GtkWidget *row)
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

static GtkWidget *
find_menu (GtkWidget *row)
{
  return window_fixture_find (row, BOOTLACE_TYPE_BOARD_MENU);
}

static void
choose (GtkWidget *row, const char *action)
{
  g_assert_true (gtk_widget_activate_action (find_menu (row), action, NULL));
}

static void
answer (const char *label)
{
  GtkWidget *question = window_fixture_find_question ();

  g_assert_nonnull (question);
  g_signal_emit_by_name (window_fixture_find_button (question, label), "clicked");
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
  items = dup_items (row);
  g_assert_cmpstr (items, ==, c->items);
  g_assert_cmpint (gtk_widget_get_visible (find_menu (row)), ==, *c->items != '\0');
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

/* Reads into the file and compares it with what the board holds. */
static void
test_read (gconstpointer data)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GBytes) flash = NULL;
  g_autofree char *report = NULL;
  GtkWidget *row = plug_full (self, data);

  read_into (self, "copy.bin");
  window_fixture_wait_for_text (get_widget (self), "Reading");
  window_fixture_wait_for_text (row, "copy.bin.");
  window_fixture_wait_for_text (row, "Read");
  g_assert_nonnull (window_fixture_find_button (row, "Show in Folder"));

  copy = load ("copy.bin");
  flash = load_flash ();
  g_assert_true (is_full (copy));
  g_assert_cmpmem (g_bytes_get_data (copy, NULL), g_bytes_get_size (copy),
                   g_bytes_get_data (flash, NULL), g_bytes_get_size (copy));

  report = bootlace_report_new (get_job (self));
  g_assert_nonnull (strstr (report, "Work: read\n"));
  g_assert_nonnull (strstr (report, "Outcome: read\n"));
  g_assert_nonnull (strstr (report, "Saved as: "));
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
has_bytes (gpointer data)
{
  return bootlace_job_get_progress (data).bytes_done > 0;
}

static void
write_older (void)
{
  g_autoptr (GBytes) older = g_bytes_new_static (OLDER, strlen (OLDER));
  g_autoptr (GFile) file = window_fixture_write_file ("copy.bin", older);
}

/* That a read that did not end well has left no file, or the older one. */
static void
assert_older (void)
{
  g_autoptr (GBytes) copy = load ("copy.bin");

  g_assert_cmpmem (g_bytes_get_data (copy, NULL), g_bytes_get_size (copy), OLDER, strlen (OLDER));
}

static void
assert_none (const char *name)
{
  g_autoptr (GFile) file = window_fixture_get_file (name);

  g_assert_false (g_file_query_exists (file, NULL));
}

static void
test_read_cancelled (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  write_older ();
  virtual_bus_tell ("slow-transfers 1-10 20000");
  read_into (self, "copy.bin");
  window_fixture_wait (has_bytes, get_job (self), "the first block");
  window_fixture_wait_for_text (row, "kB of 1.0 MB");

  window_fixture_activate (self, "win.stop");
  window_fixture_wait_for_text (window_fixture_find_question (), "Stop reading?");
  answer ("Stop Reading");
  window_fixture_wait_for_text (row, "Cancelled");
  window_fixture_wait_for_text (row, "This attempt changed nothing on the board.");
  assert_older ();
  virtual_bus_tell ("unplug 1-10");
}

static void
assert_flash_label (WindowFixture *self, const char *label)
{
  g_autofree char *shown = NULL;

  g_object_get (bootlace_window_get_status (self->window), "flash-label", &shown, NULL);
  g_assert_cmpstr (shown, ==, label);
}

/* What is read is not what the button would flash. */
static void
test_read_several (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();

  for (guint i = 0; i < 2; i++) {
    const char *port = i == 0 ? "1-9" : "1-10";

    virtual_bus_tell ("plug stm32f4@%s", port);
    virtual_bus_tell ("slow-transfers %s 20000", port);
    window_fixture_wait_for_row (self, port);
    read_board (self, get_board_at (self, port), port);
  }

  window_fixture_wait_for_text (get_widget (self), "Reading 2 boards");
  assert_flash_label (self, "Flash");

  bootlace_job_list_cancel_all (self->jobs);
  window_fixture_wait_for_text (get_widget (self), "2 boards cancelled");
  virtual_bus_tell ("unplug 1-9");
  virtual_bus_tell ("unplug 1-10");
}

typedef struct {
  const char *name;
  const char *fault;
  const char *text;
} Fault;

static const Fault faults[] = {
  { "unplugged", "drop-at 1-10 upload:100", "The board was unplugged while it was being read." },
  { "stalled", "stall-at 1-10 upload:100", "The board reported an error." },
};

static void
test_read_fails (gconstpointer data)
{
  const Fault *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  virtual_bus_tell ("%s", c->fault);
  read_into (self, "none.bin");
  window_fixture_wait_for_text (row, c->text);
  window_fixture_wait_for_text (get_widget (self), "Reading failed");
  assert_none ("none.bin");
  virtual_bus_tell ("unplug 1-10");
}

/* Which is found out before the board is read. */
static void
test_read_nowhere (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10");
  const guint before = virtual_bus_get_stat ("1-10", "transfers");

  read_into (self, "nowhere/copy.bin");
  window_fixture_wait_for_text (row, "The folder for this file does not exist.");
  window_fixture_wait_for_text (row, "This attempt changed nothing on the board.");
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "transfers"), ==, before);
  virtual_bus_tell ("unplug 1-10");
}

static void
limit_size (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* As on a disk that is full, but for the number of the error. */
static void
test_read_no_room (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  write_older ();
  signal (SIGXFSZ, SIG_IGN);
  limit_size (FLASH_SIZE / 2);
  read_into (self, "copy.bin");
  window_fixture_wait_for_text (row, "The file could not be written.");
  read_into (self, "none.bin");
  window_fixture_wait_for_text (row, "The file could not be written.");
  limit_size (RLIM_INFINITY);

  assert_older ();
  assert_none ("none.bin");
  virtual_bus_tell ("unplug 1-10");
}

/* A board that has been called from its program does not go back by itself. */
static void
test_read_program (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10,memories=1");
  row = window_fixture_wait_for_row (self, "1-10");
  read_into (self, "copy.bin");
  window_fixture_wait_for_text (row, "The board stays in its bootloader: press RESET on it.");
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
is_choice_offered (gpointer data)
{
  return gtk_widget_get_mapped (window_fixture_find (data, GTK_TYPE_DROP_DOWN));
}

/* Somebody may say which, even where firmware for something else is loaded. */
static void
test_read_memory (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) firmware = test_image_new (20000);
  g_autofree char *missing = NULL;
  g_autofree char *items = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_open (self, "dfu.bin", firmware);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait (is_choice_offered, row, "the choice");
  missing = dup_items (row);
  g_assert_cmpstr (missing, ==, "_Read Flash to File… (choose a memory first)");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (window_fixture_find (row, GTK_TYPE_DROP_DOWN)), 2);
  items = dup_items (row);
  g_assert_cmpstr (items, ==, "_Read Flash to File…");
  read_into (self, "copy.bin");
  window_fixture_wait_for_text (row, "copy.bin.");
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
  { "erase-mute", "stm32f4-mute@1-10", "board-menu.erase", LOSS, "Erase Everything", "Erased",
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
  GtkWidget *row = plug_full (self, c->board);

  choose (row, c->action);
  window_fixture_wait_for_text (window_fixture_find_question (), c->question);
  answer (c->yes);
  window_fixture_wait_for_text (row, c->hint);
  window_fixture_wait_for_text (row, c->state);
  window_fixture_wait_for_text (get_widget (self), c->state);

  flash = load_flash ();
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
  GtkWidget *row = plug_full (self, c->board);
  const guint before = virtual_bus_get_stat ("1-10", "transfers");

  choose (row, c->action);
  g_assert_true (gtk_widget_activate (
    gtk_window_get_default_widget (GTK_WINDOW (window_fixture_find_question ()))));
  window_fixture_wait (is_not_asked, NULL, "the question to go");

  g_assert_null (get_job (self));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "transfers"), ==, before);
  flash = load_flash ();
  g_assert_true (is_full (flash));
  virtual_bus_tell ("unplug 1-10");
}

/* A yes is for the board that was there when it was asked. */
static void
test_question_goes (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) flash = NULL;
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  choose (row, "board-menu.erase");
  g_assert_nonnull (window_fixture_find_question ());
  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait (is_not_asked, NULL, "the question to go");

  virtual_bus_tell ("plug 1-10");
  window_fixture_wait_for_row (self, "1-10");
  flash = load_flash ();
  g_assert_true (is_full (flash));
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
has_no_board (gpointer data)
{
  return get_board (data) == NULL;
}

/* As those do that were flashed. */
static void
test_erased_makes_room (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) firmware = test_image_new (20000);
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  choose (row, "board-menu.erase");
  answer ("Erase Everything");
  window_fixture_wait_for_text (row, "Erased and checked");
  virtual_bus_tell ("unplug 1-10");

  virtual_bus_tell ("plug esp32s2@1-9,mode=dfu");
  window_fixture_wait_for_row (self, "1-9");
  window_fixture_open (self, "dfu.bin", firmware);
  window_fixture_wait_for_selection (self->window);
  g_assert_nonnull (get_board (self));
  window_fixture_activate (self, "win.flash");
  window_fixture_wait (has_no_board, self, "the row to go");
  window_fixture_wait_for_text (get_widget (self), "Written and verified");
  virtual_bus_tell ("unplug 1-9");
}

static void
test_erase_unplugged (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10");

  virtual_bus_tell ("drop-at 1-10 block:0");
  choose (row, "board-menu.erase");
  answer ("Erase Everything");
  window_fixture_wait_for_text (row, "Failed");
  window_fixture_wait_for_text (row, "may be erased now; nothing was written.");
  window_fixture_wait_for_text (get_widget (self), "Erasing failed");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_unprotect_cancelled (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = plug_full (self, "stm32f4@1-10,protected");

  virtual_bus_tell ("slow-return 1-10 60000");
  choose (row, "board-menu.unprotect");
  answer ("Remove and Erase");
  virtual_bus_tell ("wait-for 1-10 absent");
  bootlace_job_cancel (get_job (self));
  window_fixture_wait_for_text (row, "Cancelled");
  window_fixture_wait_for_text (row, "and its protection gone; nothing was written.");
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window/undertaking/popup", test_popup);
  g_test_add_data_func ("/window/undertaking/read/stm32", "stm32f4@1-10", test_read);
  g_test_add_data_func ("/window/undertaking/read/esp32s2", "esp32s2@1-10,mode=dfu", test_read);
  g_test_add_data_func ("/window/undertaking/read/generic", "generic-dfu@1-10,memories=1,mode=dfu",
                        test_read);
  g_test_add_func ("/window/undertaking/read/cancelled", test_read_cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/window/undertaking/read/%s", faults[i].name);

    g_test_add_data_func (path, &faults[i], test_read_fails);
  }
  g_test_add_func ("/window/undertaking/read/several", test_read_several);
  g_test_add_func ("/window/undertaking/read/nowhere", test_read_nowhere);
  g_test_add_func ("/window/undertaking/read/no-room", test_read_no_room);
  g_test_add_func ("/window/undertaking/read/program", test_read_program);
  g_test_add_func ("/window/undertaking/read/memory", test_read_memory);
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
    g_autofree char *path = g_strdup_printf ("/window/undertaking/lost/%s", losses[i].name);
    g_autofree char *refused = g_strdup_printf ("/window/undertaking/refused/%s", losses[i].name);

    g_test_add_data_func (path, &losses[i], test_lost);
    g_test_add_data_func (refused, &losses[i], test_refused);
  }
  g_test_add_func ("/window/undertaking/question-goes", test_question_goes);
  g_test_add_func ("/window/undertaking/erased-makes-room", test_erased_makes_room);
  g_test_add_func ("/window/undertaking/erase-unplugged", test_erase_unplugged);
  g_test_add_func ("/window/undertaking/unprotect-cancelled", test_unprotect_cancelled);

  /* Last: the others' board keeps its flash in a file until another takes its port. */
  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++) {
    g_autofree char *path = g_strdup_printf ("/window/undertaking/offers/%s", offers[i].board);

    g_test_add_data_func (path, &offers[i], test_offers);
  }

  return g_test_run ();
}
