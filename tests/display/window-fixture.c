/* window-fixture.c: a window on the virtual bus, and what a person perceives of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "virtual-bus-client.h"

#include "bootlace-appearance.h"
#include "bootlace-board-row.h"
#include "bootlace-question.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE 60 /* seconds, for anything that should happen soon */

static char *folder;
static BootlaceAppearance *appearance;

static void
clean_up (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }

  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_object (&appearance);
}

void
window_fixture_init (int *argc, char ***argv)
{
  virtual_bus_run_on (*argv, (const char *[]){ "--instant", NULL });

  gtk_test_init (argc, argv);
  setlocale (LC_ALL, "C.UTF-8");
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/dev/bootlace/Bootlace/icons");

  appearance = bootlace_appearance_new (gdk_display_get_default ());

  folder = g_dir_make_tmp ("bootlace-display-XXXXXX", NULL);
  g_assert_nonnull (folder);
  atexit (clean_up);
}

void
window_fixture_open_window (WindowFixture *self)
{
  self->window =
    BOOTLACE_WINDOW (bootlace_window_new (NULL, G_LIST_MODEL (self->devices), self->jobs, NULL));
  bootlace_window_set_bystanders (self->window, self->bystanders);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
}

WindowFixture *
window_fixture_new (void)
{
  WindowFixture *self = g_new0 (WindowFixture, 1);
  g_autoptr (GError) error = NULL;

  self->bus = usb_bus_new (&error);
  g_assert_no_error (error);
  self->devices = dfu_device_list_new (self->bus);
  self->bystanders = setup_bystander_list_new (self->devices);
  self->jobs = bootlace_job_list_new (self->bus);
  window_fixture_open_window (self);

  return self;
}

static gboolean
is_idle (gpointer data)
{
  return bootlace_job_list_get_n_running (data) == 0;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Progress that is on its way from a worker may hold an object for some more milliseconds. */
static void
release (GObject *object, const char *what)
{
  g_object_add_weak_pointer (object, (gpointer *) &object);
  g_object_unref (object);
  window_fixture_wait (is_null, &object, what);
}

void
window_fixture_free (WindowFixture *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  window_fixture_wait (is_null, &self->window, "the window to be freed");
  window_fixture_wait (is_idle, self->jobs, "all jobs to be over");
  release (G_OBJECT (self->jobs), "the jobs to be freed");
  release (G_OBJECT (self->bystanders), "the bystanders to be freed");
  release (G_OBJECT (self->devices), "the boards to be freed");
  release (G_OBJECT (self->bus), "the bus to be freed");
  g_free (self);
}

GFile *
window_fixture_write_file (const char *name, GBytes *contents)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (contents, NULL),
                       (gssize) g_bytes_get_size (contents), &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

GFile *
window_fixture_get_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

void
window_fixture_rewrite (const char *name, GBytes *contents)
{
  g_autoptr (GFile) file = window_fixture_write_file (name, contents);
}

void
window_fixture_rewrite_half (const char *name, GBytes *contents)
{
  g_autoptr (GFile) file = window_fixture_get_file (name);
  FILE *stream = fopen (g_file_peek_path (file), "wb");

  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (g_bytes_get_data (contents, NULL), 1, 9000, stream), ==, 9000);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static gboolean
has_loaded (gpointer data)
{
  return !bootlace_firmware_is_loading (data);
}

void
window_fixture_open (WindowFixture *self, const char *name, GBytes *contents)
{
  g_autoptr (GFile) file = window_fixture_write_file (name, contents);

  bootlace_window_open (self->window, &file, 1);
  window_fixture_wait (has_loaded, bootlace_window_get_firmware (self->window), "the file");
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
window_fixture_wait (WindowCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint wake_id = g_timeout_add (20, wake_cb, NULL);

  while (!condition (data)) {
    if (g_get_monotonic_time () > end)
      g_error ("Waited %d s for %s", PATIENCE, what);
    g_main_context_iteration (NULL, TRUE);
  }

  g_source_remove (wake_id);
}

static void
append_text (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_child_visible (widget) &&
      *gtk_label_get_label (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (text, "%s\n", gtk_label_get_label (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_text (child, text);
}

FirmwareImage *
window_fixture_get_image (WindowFixture *self)
{
  return bootlace_firmware_get_image (bootlace_window_get_firmware (self->window));
}

char *
window_fixture_dup_text (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  append_text (widget, text);

  return g_string_free (text, FALSE);
}

typedef struct {
  GtkWidget *widget;
  const char *text;
} Search;

static gboolean
shows_text (gpointer data)
{
  Search *search = data;
  g_autofree char *text = window_fixture_dup_text (search->widget);

  return strstr (text, search->text) != NULL;
}

static gboolean
shows_no_text (gpointer data)
{
  return !shows_text (data);
}

static void
wait_for (WindowCondition condition, GtkWidget *widget, const char *verb, const char *text)
{
  Search search = { widget, text };
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint wake_id = g_timeout_add (20, wake_cb, NULL);

  while (!condition (&search)) {
    if (g_get_monotonic_time () > end) {
      g_autofree char *all = window_fixture_dup_text (widget);

      g_error ("Waited %d s for %s “%s” in:\n%s", PATIENCE, verb, text, all);
    }
    g_main_context_iteration (NULL, TRUE);
  }

  g_source_remove (wake_id);
}

void
window_fixture_wait_for_text (GtkWidget *widget, const char *text)
{
  wait_for (shows_text, widget, "the text", text);
}

void
window_fixture_wait_for_no_text (GtkWidget *widget, const char *text)
{
  wait_for (shows_no_text, widget, "the end of the text", text);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *(*get_text) (GtkButton *button), const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (get_text (GTK_BUTTON (widget)), text) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, get_text, text);

    if (found != NULL)
      return found;
  }

  return NULL;
}

GtkWidget *
window_fixture_find_button (GtkWidget *widget, const char *label)
{
  return find_button (widget, gtk_button_get_label, label);
}

GtkWidget *
window_fixture_find_icon_button (GtkWidget *widget, const char *icon_name)
{
  return find_button (widget, gtk_button_get_icon_name, icon_name);
}

GtkWidget *
window_fixture_find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = window_fixture_find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

GtkWidget *
window_fixture_find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (BOOTLACE_IS_QUESTION (l->data))
      return l->data;

  return NULL;
}

static GtkWidget *
find_row (GtkWidget *widget, const char *port)
{
  if (BOOTLACE_IS_BOARD_ROW (widget)) {
    g_autoptr (BootlaceBoard) board = NULL;

    g_object_get (widget, "board", &board, NULL);
    if (g_str_has_suffix (bootlace_board_get_port (board), port))
      return widget;
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, port);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
has_row (gpointer data)
{
  Search *search = data;
  GtkWidget *row = find_row (search->widget, search->text);

  return row != NULL && gtk_widget_get_mapped (row);
}

GtkWidget *
window_fixture_wait_for_row (WindowFixture *self, const char *port)
{
  g_autofree char *suffix = g_strconcat (" ", port, NULL);
  Search search = { GTK_WIDGET (self->window), suffix };

  window_fixture_wait (has_row, &search, "a row");

  return find_row (search.widget, suffix);
}

static gboolean
can_flash (gpointer data)
{
  return bootlace_status_can_flash (data);
}

void
window_fixture_wait_for_selection (BootlaceWindow *window)
{
  window_fixture_wait (can_flash, bootlace_window_get_status (window), "the selection");
}

void
window_fixture_activate (WindowFixture *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL));
}
