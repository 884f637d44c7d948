/* test-window-raw.c: a file of which nothing is known, taken for raw bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-firmware-panel.h"
#include "bootlace-raw-address.h"
#include "bootlace-raw-dialog.h"
#include "firmware-format.h"
#include "test-check.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define BUTTON "Use as Raw Bytes…"
#define UNKNOWN                                                                                    \
  "firmware.bin: This file does not say what it is: if it was made for your board, use it as raw " \
  "bytes."
#define SIZE 20480
#define OTHER_SIZE 30000

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    if (BOOTLACE_IS_RAW_DIALOG (toplevel))
      return toplevel;
  }

  return NULL;
}

static void
click (GtkWidget *widget, const char *label)
{
  GtkWidget *button = window_fixture_find_button (widget, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
open_dialog (WindowFixture *self)
{
  GtkWidget *dialog;

  click (get_widget (self), BUTTON);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  window_fixture_wait_for_text (dialog, "Use “firmware.bin” as raw bytes");

  return dialog;
}

static void
type_address (GtkWidget *dialog, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (dialog, GTK_TYPE_ENTRY)), text);
}

static gboolean
can_use (GtkWidget *dialog)
{
  return gtk_widget_is_sensitive (window_fixture_find_button (dialog, "Use"));
}

static GtkWidget *
find_choice (GtkWidget *widget, const char *label)
{
  if (GTK_IS_CHECK_BUTTON (widget) &&
      g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_choice (child, label);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* Opens it as a person does, who then says where it goes. */
static void
use_at_address (WindowFixture *self, GBytes *contents)
{
  window_fixture_open (self, "firmware.bin", contents);
  click (open_dialog (self), "Use");
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · 0x08000000 to ");
}

static void
use_from_the_beginning (WindowFixture *self, GBytes *contents)
{
  GtkWidget *dialog;
  GtkWidget *choice;

  window_fixture_open (self, "firmware.bin", contents);
  dialog = open_dialog (self);
  choice = find_choice (dialog, "From the beginning");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  click (dialog, "Use");
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · from the beginning · ");
}

/* Nothing selects a board but the person. */
static void
flash (WindowFixture *self, GtkWidget *row)
{
  GtkWidget *check = window_fixture_find (row, GTK_TYPE_CHECK_BUTTON);

  window_fixture_wait_for_text (row, "Ready");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_false (bootlace_status_can_flash (bootlace_window_get_status (self->window)));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  window_fixture_wait_for_selection (self->window);
  window_fixture_activate (self, "win.flash");
  window_fixture_wait_for_text (row, "Written");
}

/* The flash of either board begins where the bytes were to go. */
static void
check_flash (const char *port, GBytes *contents)
{
  g_autoptr (GFile) file = window_fixture_get_file ("flash.bin");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) flash = NULL;
  g_autoptr (GBytes) written = NULL;

  virtual_bus_tell ("save-flash %s %s", port, g_file_peek_path (file));
  flash = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  written = g_bytes_new_from_bytes (flash, 0, g_bytes_get_size (contents));
  g_assert_true (g_bytes_equal (written, contents));
}

static GtkWidget *
find_styled (GtkWidget *widget, const char *style)
{
  if (gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, style))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_styled (child, style);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* What tells nothing of itself is no mistake of anybody, and no terminal is needed for it. */
static void
test_question (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) packed = g_bytes_new_static ("PK\003\004 and so on", 14);
  GtkWidget *box;
  g_autofree char *text = NULL;

  window_fixture_open (self, "firmware.bin", contents);
  window_fixture_wait_for_text (get_widget (self), UNKNOWN);
  box = find_styled (get_widget (self), "problem");
  g_assert_nonnull (box);
  g_assert_true (gtk_widget_has_css_class (box, "question"));
  text = window_fixture_dup_text (box);
  g_assert_cmpstr (text, ==, UNKNOWN "\n" BUTTON "\n");

  window_fixture_open (self, "firmware.bin", packed);
  window_fixture_wait_for_text (get_widget (self), "This is an archive");
  g_assert_false (gtk_widget_has_css_class (box, "question"));
}

static void
test_at_address (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  GtkWidget *row;

  virtual_bus_tell ("plug stm32f4@1-3");
  row = window_fixture_wait_for_row (self, "1-3");
  use_at_address (self, contents);
  window_fixture_wait_for_text (get_widget (self), "0x08000000 to 0x08004fff · 20");
  window_fixture_wait_for_text (get_widget (self), "nothing in the file can be checked");
  window_fixture_wait_for_no_text (get_widget (self), UNKNOWN);
  g_assert_null (find_dialog ());
  g_assert_null (window_fixture_find_button (get_widget (self), BUTTON));

  flash (self, row);
  check_flash ("1-3", contents);
  window_fixture_wait_for_text (row, "to start its program, as it was told");
  virtual_bus_tell ("unplug 1-3");
}

static void
test_from_the_beginning (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  GtkWidget *row;

  virtual_bus_tell ("plug generic-dfu@1-5,mode=dfu,memories=1");
  row = window_fixture_wait_for_row (self, "1-5");
  use_from_the_beginning (self, contents);
  flash (self, row);
  check_flash ("1-5", contents);
  virtual_bus_tell ("unplug 1-5");
}

/* A board that takes it the other way says so, and the loader of an ESP chip takes it in no way. */
static void
test_other_boards (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  GtkWidget *with_addresses, *without, *esp;

  virtual_bus_tell ("plug esp32s2@1-10");
  esp = window_fixture_wait_for_row (self, "1-10");
  virtual_bus_tell ("plug stm32f4@1-3");
  virtual_bus_tell ("plug generic-dfu@1-5,mode=dfu,memories=1");
  with_addresses = window_fixture_wait_for_row (self, "1-3");
  without = window_fixture_wait_for_row (self, "1-5");

  use_at_address (self, contents);
  window_fixture_wait_for_text (without, "Wrong firmware");
  window_fixture_wait_for_text (with_addresses, "Ready");
  window_fixture_wait_for_text (esp, "Wrong firmware");

  use_from_the_beginning (self, contents);
  window_fixture_wait_for_text (with_addresses, "Wrong firmware");
  window_fixture_wait_for_text (without, "Ready");
  window_fixture_wait_for_text (esp, "Wrong firmware");

  virtual_bus_tell ("unplug 1-10");
  virtual_bus_tell ("unplug 1-3");
  virtual_bus_tell ("unplug 1-5");
}

static void
test_invalid_address (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  GtkWidget *dialog, *entry, *choice;

  window_fixture_open (self, "firmware.bin", contents);
  dialog = open_dialog (self);
  entry = window_fixture_find (dialog, GTK_TYPE_ENTRY);
  window_fixture_wait_for_text (dialog, "An STM32’s flash begins at 0x08000000.");
  g_assert_true (can_use (dialog));

  type_address (dialog, "0x0800zz");
  window_fixture_wait_for_text (dialog, "Write a 32-bit number, like 0x08000000.");
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (can_use (dialog));

  type_address (dialog, "0xffffffff");
  window_fixture_wait_for_text (dialog, "The file would reach beyond 4 GiB.");
  g_assert_false (can_use (dialog));
  gtk_widget_activate_action (dialog, "raw.use", NULL);
  g_assert_true (find_dialog () == dialog);

  /* It does not matter where there is none. */
  choice = find_choice (dialog, "From the beginning");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  g_assert_true (can_use (dialog));
  choice = find_choice (dialog, "To an address");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  g_assert_false (can_use (dialog));

  type_address (dialog, "536870912");
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  click (dialog, "Use");
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · 0x20000000 to 0x20004fff");
}

static void
test_cancelled (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);

  window_fixture_open (self, "firmware.bin", contents);
  click (open_dialog (self), "Cancel");
  g_assert_null (find_dialog ());
  g_assert_null (window_fixture_get_image (self));
  window_fixture_wait_for_text (get_widget (self), UNKNOWN);

  /* Nor does the dialog outlive its window. */
  open_dialog (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_null (find_dialog ());
}

static void
test_narrow (void)
{
  g_autoptr (GFile) file = window_fixture_get_file ("a-rather-long-name-without-a-space.bin");
  const BootlaceRawOffer offer = { SIZE, FIRMWARE_STRANGER_ESP };
  GtkWidget *dialog = bootlace_raw_dialog_new (NULL, file, &offer);
  int natural;

  gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (dialog)), GTK_ORIENTATION_HORIZONTAL, -1,
                      NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, <=, 360);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
assert_raw_at_address (WindowFixture *self, GBytes *contents)
{
  FirmwareSegment *segment = test_get_segment (window_fixture_get_image (self), 0);

  g_assert_true (firmware_image_get_origin (window_fixture_get_image (self)) ==
                 &firmware_format_raw);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, 0x08000000);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), contents));
}

/* It is read again as it was read, whatever it looks like now. */
static void
test_rebuilt (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) other = test_image_new_pattern (OTHER_SIZE, 5);
  g_autoptr (GBytes) known = test_image_new (SIZE);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) same_file = NULL;

  use_at_address (self, contents);
  assert_raw_at_address (self, contents);

  file = window_fixture_write_file ("firmware.bin", other);
  window_fixture_wait_for_text (get_widget (self), "firmware.bin was rebuilt");
  window_fixture_wait_for_text (get_widget (self), "0x08000000 to 0x0800752f");
  assert_raw_at_address (self, other);

  same_file = window_fixture_write_file ("firmware.bin", known);
  window_fixture_wait_for_no_text (get_widget (self), "0x08000000 to 0x0800752f");
  assert_raw_at_address (self, known);
}

static guint
get_lineage (WindowFixture *self)
{
  guint lineage = 0;

  g_object_get (bootlace_window_get_firmware (self->window), "lineage", &lineage, NULL);

  return lineage;
}

/* The same file for another address is no new build. */
static void
test_said_anew (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) other = test_image_new_pattern (OTHER_SIZE, 5);
  g_autoptr (GFile) file = NULL;
  GtkWidget *dialog;
  guint lineage;

  use_at_address (self, contents);
  lineage = get_lineage (self);
  file = window_fixture_write_file ("firmware.bin", other);
  window_fixture_wait_for_text (get_widget (self), "firmware.bin was rebuilt");
  g_assert_cmpuint (get_lineage (self), ==, lineage);

  window_fixture_open (self, "firmware.bin", other);
  dialog = open_dialog (self);
  type_address (dialog, "0x08004000");
  click (dialog, "Use");
  window_fixture_wait_for_text (get_widget (self), "Raw bytes · 0x08004000 to ");
  g_assert_cmpuint (get_lineage (self), !=, lineage);
}

/* What was said of one file is said of no other, nor of the same when it is opened anew. */
static void
test_other_file (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) known = test_image_new (SIZE);

  use_at_address (self, contents);
  window_fixture_open (self, "dfu.bin", known);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  window_fixture_wait_for_no_text (get_widget (self), "Raw bytes");
  g_assert_null (window_fixture_find_button (get_widget (self), BUTTON));

  window_fixture_open (self, "firmware.bin", contents);
  window_fixture_wait_for_text (get_widget (self), UNKNOWN);
  window_fixture_wait_for_text (get_widget (self), "blink 1.0.3");
  g_assert_nonnull (window_fixture_find_button (get_widget (self), BUTTON));
}

static void
assert_not_offered (WindowFixture *self, const char *name, GBytes *contents)
{
  g_autofree char *problem = g_strconcat (name, ": ", NULL);

  window_fixture_open (self, name, contents);
  window_fixture_wait_for_text (get_widget (self), problem);
  g_assert_null (window_fixture_find_button (get_widget (self), BUTTON));

  window_fixture_activate (self, "win.use-raw");
  g_assert_null (find_dialog ());
}

/* Bytes may begin by chance as something else does; a person is told so before and afterwards. */
static void
test_look (void)
{
  const struct {
    GBytes *contents;
    const char *problem;
    const char *look;
  } rows[] = {
    { g_bytes_new_static ("PK\003\004 and so on", 14),
      "firmware.bin: This is an archive, which must be unpacked first.",
      "This looks like an archive, with which no board can start" },
    { g_bytes_new_static ("\351 and so on", 11),
      "It looks like a piece of firmware for an ESP chip: choose the project’s build folder",
      "This looks like a piece of firmware for an ESP chip" },
    { g_bytes_new_static ("<!DOCTYPE html>", 15),
      "firmware.bin: This is not firmware that Bootlace knows.",
      "This looks like text, which no board can run" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WindowFixture) self = window_fixture_new ();
    g_autoptr (GBytes) contents = rows[i].contents;
    GtkWidget *dialog;

    window_fixture_open (self, "firmware.bin", contents);
    window_fixture_wait_for_text (get_widget (self), rows[i].problem);
    dialog = open_dialog (self);
    window_fixture_wait_for_text (dialog, rows[i].look);
    click (dialog, "Use");
    window_fixture_wait_for_text (get_widget (self), "Raw bytes · 0x08000000 to ");
    window_fixture_wait_for_text (get_widget (self), rows[i].look);
    assert_raw_at_address (self, contents);
  }
}

static gboolean
is_focus_in_panel (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (data);

  return focus != NULL && gtk_widget_get_mapped (focus) &&
         gtk_widget_get_ancestor (focus, BOOTLACE_TYPE_FIRMWARE_PANEL) != NULL;
}

/* The button that opened the dialog is gone by then. */
static void
test_focus (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);

  use_at_address (self, contents);
  window_fixture_wait (is_focus_in_panel, self->window, "the focus in the panel");
}

static GListModel *
get_recent (WindowFixture *self)
{
  return bootlace_recent_get_list (
    bootlace_files_get_recent (bootlace_window_get_files (self->window)));
}

static gboolean
has_recent (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static void
open_recent (WindowFixture *self, const char *place)
{
  g_autoptr (BootlaceRecentFile) recent = NULL;

  bootlace_recent_look (bootlace_files_get_recent (bootlace_window_get_files (self->window)));
  window_fixture_wait (has_recent, get_recent (self), "an entry");
  recent = g_list_model_get_item (get_recent (self), 0);
  g_assert_cmpstr (bootlace_recent_file_get_name (recent), ==, "firmware.bin");
  g_assert_true (g_str_has_suffix (bootlace_recent_file_get_place (recent), place));
  gtk_widget_activate_action (get_widget (self), "win.open-recent", "^as",
                              bootlace_recent_file_get_uris (recent));
}

/* What was said of a file is remembered with it, and not beside what was said before. */
static void
test_recent (void)
{
  g_autoptr (GBytes) contents = test_image_new_pattern (SIZE, 3);
  const struct {
    void (*use) (WindowFixture *self, GBytes *contents);
    const char *place;
    const char *subtitle;
  } rows[] = {
    { use_at_address, " · Raw bytes · 0x08000000", "Raw bytes · 0x08000000 to " },
    { use_from_the_beginning, " · Raw bytes · from the beginning",
      "Raw bytes · from the beginning · " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WindowFixture) first = window_fixture_new ();
    g_autoptr (WindowFixture) self = NULL;

    if (i == 0)
      window_fixture_activate (first, "win.clear-recent");
    rows[i].use (first, contents);
    g_clear_pointer (&first, window_fixture_free);

    self = window_fixture_new ();
    open_recent (self, rows[i].place);
    window_fixture_wait_for_text (get_widget (self), rows[i].subtitle);
    g_assert_cmpuint (g_list_model_get_n_items (get_recent (self)), ==, 1);
  }
}

/* What is something else, or should be something that is known, is no raw bytes. */
static void
test_not_offered (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) known = test_image_new (SIZE);
  g_autoptr (GBytes) damaged = test_image_flip (known, 5000, 0x01);
  g_autoptr (GBytes) hex = g_bytes_new_static (":0400000001020304F2\n", 20);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) unknown = test_image_new_pattern (SIZE, 3);
  g_autoptr (GFile) one = window_fixture_write_file ("one.bin", unknown);
  g_autoptr (GFile) two = window_fixture_write_file ("two.bin", unknown);
  GFile *both[] = { one, two };

  assert_not_offered (self, "damaged.bin", damaged);
  assert_not_offered (self, "bad.hex", hex);
  assert_not_offered (self, "empty.bin", nothing);

  bootlace_window_open (self->window, both, G_N_ELEMENTS (both));
  window_fixture_wait_for_text (get_widget (self), "one.bin, two.bin: ");
  g_assert_null (window_fixture_find_button (get_widget (self), BUTTON));
}

static const struct {
  const char *text;
  gint64 address; /* -1: none */
} addresses[] = {
  { "0x08000000", 0x08000000 },
  { "0X8004000", 0x08004000 },
  { " 134217728\n", 0x08000000 },
  { "0", 0 },
  { "0xfffff000", 0xfffff000 }, /* the last that fits */
  { "0xfffff001", -1 },
  { "0x100000000", -1 },
  { "", -1 },
  { "0x", -1 },
  { "08000000", -1 },
  { "-1", -1 },
  { "0x0800 0000", -1 },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    gint64 address = -1;
    g_autofree char *problem = bootlace_raw_address_parse (addresses[i].text, 0x1000, &address);

    g_assert_cmpint (address, ==, addresses[i].address);
    g_assert_true ((problem != NULL) == (address == -1));
  }
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-raw/addresses", test_addresses);
  g_test_add_func ("/window-raw/question", test_question);
  g_test_add_func ("/window-raw/at-address", test_at_address);
  g_test_add_func ("/window-raw/from-the-beginning", test_from_the_beginning);
  g_test_add_func ("/window-raw/other-boards", test_other_boards);
  g_test_add_func ("/window-raw/invalid-address", test_invalid_address);
  g_test_add_func ("/window-raw/cancelled", test_cancelled);
  g_test_add_func ("/window-raw/narrow", test_narrow);
  g_test_add_func ("/window-raw/rebuilt", test_rebuilt);
  g_test_add_func ("/window-raw/said-anew", test_said_anew);
  g_test_add_func ("/window-raw/other-file", test_other_file);
  g_test_add_func ("/window-raw/look", test_look);
  g_test_add_func ("/window-raw/focus", test_focus);
  g_test_add_func ("/window-raw/recent", test_recent);
  g_test_add_func ("/window-raw/not-offered", test_not_offered);

  return g_test_run ();
}
