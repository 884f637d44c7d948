/* test-window-readout.c: a board is read into a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "undertaking-fixture.h"

#include "bootlace-report.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define OLDER "what was there before"

/* Of each of the two that the generic board has. */
#define MEMORY_SIZE (UNDERTAKING_FLASH_SIZE / 2)

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static BootlaceBoard *
get_board_at (WindowFixture *self, const char *port)
{
  return bootlace_board_list_find_at (bootlace_window_get_boards (self->window), port);
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
  read_board (self, undertaking_fixture_get_board (self), name);
}

typedef struct {
  const char *name;
  const char *board;
  gsize size;
} Readout;

static const Readout readouts[] = {
  { "stm32", "stm32f4@1-10", UNDERTAKING_FLASH_SIZE },
  { "esp32s2", "esp32s2@1-10,mode=dfu", 4 * 1024 * 1024 },
  { "generic", "generic-dfu@1-10,memories=1,mode=dfu", MEMORY_SIZE },
};

/* Reads into the file and compares it with what the board holds. */
static void
test_read (gconstpointer data)
{
  const Readout *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GBytes) flash = NULL;
  g_autofree char *report = NULL;
  GtkWidget *row = undertaking_fixture_plug_full (self, c->board);

  read_into (self, "copy.bin");
  window_fixture_wait_for_text (get_widget (self), "Reading");
  window_fixture_wait_for_text (row, "copy.bin.");
  window_fixture_wait_for_text (row, "Read\n");
  g_assert_nonnull (window_fixture_find_button (row, "Show in Folder"));

  copy = undertaking_fixture_load ("copy.bin");
  flash = undertaking_fixture_load_flash ();
  g_assert_true (undertaking_fixture_is_full (copy));
  g_assert_cmpmem (g_bytes_get_data (copy, NULL), g_bytes_get_size (copy),
                   g_bytes_get_data (flash, NULL), c->size);

  report = bootlace_report_new (undertaking_fixture_get_job (self));
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
  g_autoptr (GBytes) copy = undertaking_fixture_load ("copy.bin");

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
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

  write_older ();
  virtual_bus_tell ("slow-transfers 1-10 20000");
  read_into (self, "copy.bin");
  window_fixture_wait (has_bytes, undertaking_fixture_get_job (self), "the first block");
  window_fixture_wait_for_text (row, "kB of 1.0 MB");

  window_fixture_activate (self, "win.stop");
  window_fixture_wait_for_text (window_fixture_find_question (), "Stop reading?");
  undertaking_fixture_answer ("Stop Reading");
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
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

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
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");
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

static gboolean
is_over (gpointer data)
{
  return !bootlace_job_is_active (data);
}

static void
assert_no_room (WindowFixture *self, GtkWidget *row, const char *name)
{
  read_into (self, name);
  window_fixture_wait (is_over, undertaking_fixture_get_job (self), "the job to be over");
  window_fixture_wait_for_text (row, "The file could not be written.");
}

/* As on a disk that is full, but for the number of the error. */
static void
test_read_no_room (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = undertaking_fixture_plug_full (self, "stm32f4@1-10");

  write_older ();
  signal (SIGXFSZ, SIG_IGN);
  limit_size (UNDERTAKING_FLASH_SIZE / 2);
  assert_no_room (self, row, "copy.bin");
  assert_no_room (self, row, "none.bin");
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

/* The board has another byte in each. */
static GtkWidget *
plug_memories (WindowFixture *self, guint8 first, guint8 second)
{
  guint8 *data = g_malloc (2 * MEMORY_SIZE);
  g_autoptr (GBytes) contents = g_bytes_new_take (data, 2 * MEMORY_SIZE);
  g_autoptr (GFile) file = NULL;

  memset (data, first, MEMORY_SIZE);
  memset (data + MEMORY_SIZE, second, MEMORY_SIZE);
  file = window_fixture_write_file ("memories.bin", contents);
  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu,flash=%s", g_file_peek_path (file));
  return window_fixture_wait_for_row (self, "1-10");
}

/* Somebody may say which, even where firmware for something else is loaded. */
static void
test_read_memory (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) firmware = test_image_new (20000);
  g_autofree char *missing = NULL;
  g_autofree char *items = NULL;
  g_autoptr (GBytes) copy = NULL;
  GtkWidget *row = plug_memories (self, 0x11, 0x22);

  window_fixture_open (self, "dfu.bin", firmware);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait (is_choice_offered, row, "the choice");
  missing = undertaking_fixture_dup_items (row);
  g_assert_cmpstr (missing, ==, "_Read Flash to File… (choose a memory first)");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (window_fixture_find (row, GTK_TYPE_DROP_DOWN)), 2);
  items = undertaking_fixture_dup_items (row);
  g_assert_cmpstr (items, ==, "_Read Flash to File…");
  read_into (self, "copy.bin");
  window_fixture_wait_for_text (row, "copy.bin.");
  copy = undertaking_fixture_load ("copy.bin");
  g_assert_cmpuint (g_bytes_get_size (copy), ==, MEMORY_SIZE);
  g_assert_cmphex (*(const guint8 *) g_bytes_get_data (copy, NULL), ==, 0x22);
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (readouts); i++) {
    g_autofree char *path = g_strdup_printf ("/window-readout/%s", readouts[i].name);

    g_test_add_data_func (path, &readouts[i], test_read);
  }
  g_test_add_func ("/window-readout/cancelled", test_read_cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/window-readout/%s", faults[i].name);

    g_test_add_data_func (path, &faults[i], test_read_fails);
  }
  g_test_add_func ("/window-readout/several", test_read_several);
  g_test_add_func ("/window-readout/nowhere", test_read_nowhere);
  g_test_add_func ("/window-readout/no-room", test_read_no_room);
  g_test_add_func ("/window-readout/program", test_read_program);
  g_test_add_func ("/window-readout/memory", test_read_memory);

  return g_test_run ();
}
