/* test-window-memory.c: boards with several memories, of which the person chooses one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "firmware-dfu-suffix.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define FIRMWARE_SIZE 20000
#define MEMORY_SIZE (512 * 1024)
#define UNDECIDED 0

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static GtkDropDown *
find_choice (GtkWidget *row)
{
  return GTK_DROP_DOWN (window_fixture_find (row, GTK_TYPE_DROP_DOWN));
}

static gboolean
is_offered (gpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (find_choice (data)));
}

static gboolean
is_not_offered (gpointer data)
{
  return !is_offered (data);
}

static char *
dup_labels (GtkWidget *row)
{
  GListModel *model = gtk_drop_down_get_model (find_choice (row));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            gtk_string_list_get_string (GTK_STRING_LIST (model), i));

  return g_string_free (text, FALSE);
}

static void
assert_can_flash (WindowFixture *self, gboolean can_flash)
{
  GtkWidget *flash = window_fixture_find_button (get_widget (self), "Flash");

  g_assert_nonnull (flash);
  g_assert_cmpint (gtk_widget_is_sensitive (flash), ==, can_flash);
}

/* Firmware that names the board in the mode of this idProduct. */
static GBytes *
open_firmware (WindowFixture *self, const char *name, guint16 product, guint8 seed)
{
  GBytes *payload = test_image_new_pattern (FIRMWARE_SIZE, seed);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x1209, product);

  window_fixture_open (self, name, contents);

  return payload;
}

static gboolean
is_empty (const char *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if ((guint8) bytes[i] != 0xff)
      return FALSE;

  return TRUE;
}

static char *
read_flash (gsize *size)
{
  g_autoptr (GFile) file = window_fixture_get_file ("saved.bin");
  char *saved = NULL;

  virtual_bus_tell ("save-flash 1-10 %s", g_file_peek_path (file));
  g_assert_true (g_file_load_contents (file, NULL, &saved, size, NULL, NULL));

  return saved;
}

/* That it is in one memory, and nothing in the other. */
static void
assert_written (guint memory, GBytes *payload)
{
  gsize size;
  g_autofree char *saved = read_flash (&size);

  g_assert_cmpuint (size, ==, 2 * MEMORY_SIZE);
  g_assert_cmpmem (saved + memory * MEMORY_SIZE, FIRMWARE_SIZE, g_bytes_get_data (payload, NULL),
                   g_bytes_get_size (payload));
  g_assert_true (is_empty (saved + (1 - memory) * MEMORY_SIZE, MEMORY_SIZE));
}

static GtkWidget *
wait_for_offer (WindowFixture *self)
{
  GtkWidget *row = window_fixture_wait_for_row (self, "1-10");

  window_fixture_wait (is_offered, row, "the choice");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, UNDECIDED);

  return row;
}

/* Plugs a board of two memories and opens firmware for one of them. */
static GtkWidget *
begin (WindowFixture *self, const char *options, GBytes **payload)
{
  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu%s", options);
  *payload = open_firmware (self, "board.dfu", 0x0002, 1);

  return wait_for_offer (self);
}

typedef struct {
  const char *name;
  const char *options;
  const char *labels;
  guint chosen;
} Row;

static const Row rows[] = {
  { "first", "", "Choose…, 0 · Firmware, 1 · Settings", 0 },
  { "second", "", "Choose…, 0 · Firmware, 1 · Settings", 1 },
  { "interface", ",interfaces=2", "Choose…, Interface 0, 0 · Firmware, Interface 1, 0 · Settings",
    1 },
  { "unnamed", NULL, "Choose…, Memory 0, Memory 1", 1 },
};

static void
test_chosen (gconstpointer data)
{
  const Row *c = data;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *labels = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu%s", c->options != NULL ? c->options : "");
  /* Names that cannot be read for somebody else is at work on it. */
  if (c->options == NULL)
    virtual_bus_tell ("hold-interface 1-10 0");
  row = window_fixture_wait_for_row (self, "1-10");
  payload = open_firmware (self, "board.dfu", 0x0002, 1);
  wait_for_offer (self);
  if (c->options == NULL)
    virtual_bus_tell ("release-interface 1-10");

  labels = dup_labels (row);
  g_assert_cmpstr (labels, ==, c->labels);
  gtk_test_accessible_assert_property (find_choice (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Memory of Generic DFU device on USB port 1-10");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (GTK_WIDGET (find_choice (row))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Memory of Generic DFU device on USB port 1-10, Choose…");

  window_fixture_wait_for_text (row, "Choose a memory");
  window_fixture_wait_for_text (row, "Choose the one that this firmware is for.");
  window_fixture_wait_for_text (get_widget (self), "Choose a memory of the board");
  assert_can_flash (self, FALSE);

  gtk_drop_down_set_selected (find_choice (row), c->chosen + 1);
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_wait_for_text (get_widget (self), "Generic DFU device on USB port 1-10");
  assert_can_flash (self, TRUE);

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");
  assert_written (c->chosen, payload);
  virtual_bus_tell ("unplug 1-10");
}

/* The part of a list that shows @text, or NULL. */
static GtkWidget *
find_option (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_option (child, text);

    if (found != NULL && g_str_equal (gtk_widget_get_css_name (child), "row"))
      return child;
    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
has_opened (gpointer data)
{
  GtkWidget *popover = window_fixture_find (data, GTK_TYPE_POPOVER);

  return popover != NULL && gtk_widget_get_mapped (popover);
}

static void
assert_option (GtkWidget *list, const char *text, gboolean checked)
{
  GtkWidget *option = find_option (list, text);
  GtkWidget *mark;

  g_assert_nonnull (option);
  gtk_test_accessible_assert_property (option, GTK_ACCESSIBLE_PROPERTY_LABEL, text);

  mark = window_fixture_find (option, GTK_TYPE_IMAGE);
  g_assert_nonnull (mark);
  g_assert_cmpint (gtk_widget_get_opacity (mark) > 0, ==, checked);
}

/* The list says of each memory what it is called, and which is chosen. */
static void
test_list (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *choice;
  GtkWidget *list;

  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu");
  payload = open_firmware (self, "board.dfu", 0x0002, 1);
  choice = GTK_WIDGET (find_choice (wait_for_offer (self)));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 2);

  g_signal_emit_by_name (choice, "activate");
  window_fixture_wait (has_opened, choice, "the list");
  list = window_fixture_find (choice, GTK_TYPE_POPOVER);
  assert_option (list, "0 · Firmware", FALSE);
  assert_option (list, "1 · Settings", TRUE);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  assert_option (list, "0 · Firmware", TRUE);
  assert_option (list, "1 · Settings", FALSE);
  virtual_bus_tell ("unplug 1-10");
}

static void
test_not_chosen (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  row = begin (self, "", &payload);

  /* Whoever thinks better of it is where he was. */
  gtk_drop_down_set_selected (find_choice (row), 1);
  window_fixture_wait_for_text (row, "Ready");
  gtk_drop_down_set_selected (find_choice (row), UNDECIDED);
  window_fixture_wait_for_text (row, "Choose a memory");

  assert_can_flash (self, FALSE);
  window_fixture_activate (self, "win.flash");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->jobs)), ==, 0);
  virtual_bus_tell ("unplug 1-10");
}

/* What comes to a port where a board was may be another. */
static void
test_unplugged (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  row = begin (self, "", &payload);
  gtk_drop_down_set_selected (find_choice (row), 2);
  window_fixture_wait_for_text (row, "Ready");

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (row, "Disconnected");
  g_assert_false (is_offered (row));
  virtual_bus_tell ("plug 1-10");
  row = wait_for_offer (self);
  window_fixture_wait_for_text (row, "Choose a memory");

  /* After a job, too. */
  gtk_drop_down_set_selected (find_choice (row), 2);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, 2);
  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait (is_not_offered, row, "the end of the choice");
  virtual_bus_tell ("plug 1-10");
  window_fixture_wait_for_text (row, "Choose a memory");
  wait_for_offer (self);
  virtual_bus_tell ("unplug 1-10");
}

/* A new build is for the same memory as the old one; what else is opened need not be. */
static void
test_other_firmware (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) rebuilt = NULL;
  g_autoptr (GBytes) other = NULL;
  GtkWidget *row;

  row = begin (self, "", &first);
  gtk_drop_down_set_selected (find_choice (row), 2);

  rebuilt = open_firmware (self, "board.dfu", 0x0002, 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, 2);
  window_fixture_wait_for_text (row, "Ready");

  other = open_firmware (self, "other.dfu", 0x0002, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, UNDECIDED);
  window_fixture_wait_for_text (row, "Choose a memory");
  virtual_bus_tell ("unplug 1-10");
}

static void
test_no_access (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10,mode=dfu");
  virtual_bus_tell ("deny-access 1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "No access");
  virtual_bus_tell ("reset-stats 1-10");
  payload = open_firmware (self, "board.dfu", 0x0002, 1);
  window_fixture_wait_for_text (get_widget (self), "No access to any connected board yet");
  g_assert_false (is_offered (row));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "transfers"), ==, 0);

  virtual_bus_tell ("allow-access 1-10");
  wait_for_offer (self);
  window_fixture_wait_for_text (row, "Choose a memory");
  virtual_bus_tell ("unplug 1-10");
}

/* That a board in run-time mode has several, only DFU mode tells. */
static void
test_run_time (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-10");
  payload = open_firmware (self, "board.dfu", 0x0001, 1);
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "Ready");
  g_assert_false (is_offered (row));

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Failed");
  window_fixture_wait_for_text (row, "Choose it in the board’s row");
  wait_for_offer (self);
  assert_can_flash (self, FALSE);

  /* That answers the complaint. */
  gtk_drop_down_set_selected (find_choice (row), 2);
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_wait_for_no_text (row, "Choose it in the board’s row");
  window_fixture_wait_for_text (get_widget (self), "Generic DFU device on USB port 1-10");
  window_fixture_wait_for_no_text (get_widget (self), "Flashing failed");
  assert_can_flash (self, TRUE);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");
  assert_written (1, payload);
  virtual_bus_tell ("unplug 1-10");
}

static GBytes *
open_dfuse_at (WindowFixture *self, guint32 address)
{
  GBytes *payload = test_image_new_pattern (FIRMWARE_SIZE, 1);
  g_autoptr (GBytes) contents = test_image_new_dfuse (0x0483, 0, "Flash", address, payload);

  window_fixture_open (self, "board.dfu", contents);

  return payload;
}

static GBytes *
open_dfuse (WindowFixture *self)
{
  return open_dfuse_at (self, 0x08000000);
}

/* Firmware for a DfuSe board says to which memory it goes, but not of which interface. */
static void
test_dfuse_interfaces (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *labels = NULL;
  g_autofree char *saved = NULL;
  GtkWidget *row;
  gsize size;

  virtual_bus_tell ("plug stm32h7@1-10,interfaces=each");
  row = window_fixture_wait_for_row (self, "1-10");
  payload = open_dfuse (self);
  wait_for_offer (self);
  labels = dup_labels (row);
  g_assert_cmpstr (
    labels, ==, "Choose…, Interface 0 · Internal Flash, Interface 1 · Option Bytes · does not fit");
  window_fixture_wait_for_text (row, "Choose a memory");

  gtk_drop_down_set_selected (find_choice (row), 1);
  window_fixture_wait_for_text (row, "Ready");
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written and verified");
  saved = read_flash (&size);
  g_assert_cmpuint (size, >, FIRMWARE_SIZE);
  g_assert_cmpmem (saved, FIRMWARE_SIZE, g_bytes_get_data (payload, NULL),
                   g_bytes_get_size (payload));
  virtual_bus_tell ("unplug 1-10");
}

/* What the firmware has no place in can still be read. It is not flashed. */
static void
test_dfuse_other_interface (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GFile) copy = window_fixture_get_file ("copy.bin");
  BootlaceBoard *board;
  GtkWidget *row;
  guint before;

  virtual_bus_tell ("plug stm32h7@1-10,interfaces=each");
  row = window_fixture_wait_for_row (self, "1-10");
  payload = open_dfuse (self);
  wait_for_offer (self);
  gtk_drop_down_set_selected (find_choice (row), 1);
  window_fixture_wait_for_text (row, "Ready");
  assert_can_flash (self, TRUE);

  before = virtual_bus_get_stat ("1-10", "transfers");
  gtk_drop_down_set_selected (find_choice (row), 2);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait_for_text (row, "it has bytes where the board has no memory to write");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, 2);
  assert_can_flash (self, FALSE);
  gtk_widget_activate_action (get_widget (self), "win.flash", NULL);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "transfers"), ==, before);

  board = bootlace_board_list_find_at (bootlace_window_get_boards (self->window), "1-10");
  bootlace_undertaking_read (bootlace_window_get_undertaking (self->window), board, copy);
  window_fixture_wait_for_text (row, "copy.bin.");
  gtk_drop_down_set_selected (find_choice (row), 1);
  assert_can_flash (self, TRUE);
  virtual_bus_tell ("unplug 1-10");
}

/* Before anything is flashed. What the board's menu does needs no firmware. */
static void
test_dfuse_no_place (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) nowhere = NULL;
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug stm32h7@1-10,interfaces=each");
  row = window_fixture_wait_for_row (self, "1-10");
  nowhere = open_dfuse_at (self, 0x20000000);
  wait_for_offer (self);
  window_fixture_wait_for_text (row, "Wrong firmware");
  window_fixture_wait_for_text (row, "it has bytes where the board has no memory to write");
  assert_can_flash (self, FALSE);

  gtk_drop_down_set_selected (find_choice (row), 1);
  window_fixture_wait_for_text (row, "Wrong firmware");
  g_assert_true (is_offered (row));
  assert_can_flash (self, FALSE);

  /* A new build of it is for the same. */
  payload = open_dfuse (self);
  window_fixture_wait_for_text (row, "Ready");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, 1);
  assert_can_flash (self, TRUE);
  virtual_bus_tell ("unplug 1-10");
}

static gboolean
is_in_run_time (gpointer row)
{
  g_autoptr (BootlaceBoard) board = NULL;
  DfuDevice *device;

  g_object_get (row, "board", &board, NULL);
  device = bootlace_board_get_device (board);

  return dfu_device_is_present (device) && dfu_device_get_mode (device) == DFU_MODE_RUNTIME;
}

/* A job that makes the board leave and come back is no reason to ask again. */
static void
test_restarted (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  row = begin (self, ",intolerant", &payload);
  gtk_drop_down_set_selected (find_choice (row), 2);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written");
  window_fixture_wait (is_in_run_time, row, "the board to run its program");
  assert_written (1, payload);
  g_assert_cmpuint (gtk_drop_down_get_selected (find_choice (row)), ==, 2);
  virtual_bus_tell ("unplug 1-10");
}

static void
test_no_question (gconstpointer data)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) payload = NULL;
  GtkWidget *row;

  virtual_bus_tell ("plug %s", (const char *) data);
  row = window_fixture_wait_for_row (self, "1-10");
  payload = g_str_has_prefix (data, "stm32") ? open_dfuse (self)
                                             : open_firmware (self, "board.dfu", 0x0002, 1);
  window_fixture_wait_for_text (row, "Ready");
  g_assert_false (is_offered (row));

  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written");
  g_assert_false (is_offered (row));
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/window-memory/chosen/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_chosen);
  }
  g_test_add_func ("/window-memory/list", test_list);
  g_test_add_func ("/window-memory/not-chosen", test_not_chosen);
  g_test_add_func ("/window-memory/unplugged", test_unplugged);
  g_test_add_func ("/window-memory/other-firmware", test_other_firmware);
  g_test_add_func ("/window-memory/no-access", test_no_access);
  g_test_add_func ("/window-memory/run-time", test_run_time);
  g_test_add_func ("/window-memory/restarted", test_restarted);
  g_test_add_func ("/window-memory/dfuse-interfaces", test_dfuse_interfaces);
  g_test_add_func ("/window-memory/dfuse-other-interface", test_dfuse_other_interface);
  g_test_add_func ("/window-memory/dfuse-no-place", test_dfuse_no_place);
  g_test_add_data_func ("/window-memory/no-question/one", "generic-dfu@1-10,mode=dfu,memories=1",
                        test_no_question);
  g_test_add_data_func ("/window-memory/no-question/dfuse", "stm32f4@1-10", test_no_question);

  return g_test_run ();
}
