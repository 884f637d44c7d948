/* test-window-bystanders.c: boards that cannot be flashed as they are, and the hint that helps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-board-row.h"
#include "bootlace-bystander-row.h"
#include "bootlace-step.h"
#include "test-image.h"
#include "virtual-bus-client.h"

static GtkWidget *
get_widget (WindowFixture *self)
{
  return GTK_WIDGET (self->window);
}

static gboolean
has_bystander (gpointer data)
{
  GtkWidget *row = window_fixture_find (data, BOOTLACE_TYPE_BYSTANDER_ROW);

  return row != NULL && gtk_widget_get_mapped (row);
}

static gboolean
has_none (gpointer data)
{
  return !has_bystander (data);
}

static GtkWidget *
wait_for_bystander (WindowFixture *self)
{
  window_fixture_wait (has_bystander, self->window, "a bystander");

  return window_fixture_find (get_widget (self), BOOTLACE_TYPE_BYSTANDER_ROW);
}

static float
get_top (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (
    gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_root (widget)), &bounds));
  return graphene_rect_get_y (&bounds);
}

/* Of two widgets, once they have their places. */
static gboolean
is_above (gpointer data)
{
  GtkWidget *const *widgets = data;

  return get_top (widgets[0]) < get_top (widgets[1]);
}

static void
test_wrong_socket (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = NULL;
  GtkWidget *widgets[2];

  window_fixture_wait_for_no_text (get_widget (self), "Connected, but not ready");
  virtual_bus_tell ("plug cp2102@1-3");

  row = wait_for_bystander (self);
  window_fixture_wait_for_text (row, "CP210x");
  window_fixture_wait_for_text (row, "USB port 1-3");
  window_fixture_wait_for_text (row, "Wrong socket");
  window_fixture_wait_for_text (row, "This is the serial socket.");
  window_fixture_wait_for_text (get_widget (self), "Connected, but not ready");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "CP210x, USB port 1-3, Wrong socket");
  g_assert_true (
    gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));

  /* It is none of the boards, and how to get one there is still told. */
  window_fixture_wait_for_text (get_widget (self), "none found");
  window_fixture_wait_for_text (get_widget (self), "1. Hold BOOT");
  widgets[0] = row;
  widgets[1] = window_fixture_find (get_widget (self), BOOTLACE_TYPE_STEP);
  window_fixture_wait (is_above, widgets, "the hint above the steps");

  /* Where there are boards, they come first. */
  virtual_bus_tell ("plug esp32s2@1-10");
  window_fixture_wait_for_text (get_widget (self), "Also connected");
  window_fixture_wait_for_no_text (get_widget (self), "1. Hold BOOT");
  widgets[0] = window_fixture_wait_for_row (self, "1-10");
  widgets[1] = row;
  window_fixture_wait (is_above, widgets, "the board above the hint");
  virtual_bus_tell ("unplug 1-10");

  virtual_bus_tell ("unplug 1-3");
  window_fixture_wait (has_none, self->window, "no bystander");
  window_fixture_wait_for_no_text (get_widget (self), "Connected, but not ready");
}

static void
test_not_to_be_flashed (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = test_image_new (32 * 1024);
  GtkWidget *row = NULL;

  virtual_bus_tell ("plug cp2102@1-3");
  window_fixture_open (self, "dfu.bin", contents);
  row = wait_for_bystander (self);

  g_assert_null (window_fixture_find (row, GTK_TYPE_CHECK_BUTTON));
  g_assert_null (window_fixture_find (row, GTK_TYPE_BUTTON));
  g_assert_false (
    gtk_widget_is_sensitive (window_fixture_find_button (get_widget (self), "Flash")));
  g_assert_null (window_fixture_find (get_widget (self), BOOTLACE_TYPE_BOARD_ROW));

  /* The keyboard gets there all the same, for whoever has it read to them. */
  g_assert_true (gtk_widget_grab_focus (row));

  virtual_bus_tell ("unplug 1-3");
  window_fixture_wait (has_none, self->window, "no bystander");
}

/* The same board at the same port is shown once, as what it is at the time. */
static void
test_becomes_a_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row = NULL;

  virtual_bus_tell ("plug esp32s2@1-10,mode=app");
  row = wait_for_bystander (self);
  window_fixture_wait_for_text (row, "Running its application");
  window_fixture_wait_for_text (row, "Hold BOOT, tap RESET, let go of BOOT");

  virtual_bus_tell ("hold-boot 1-10 on");
  virtual_bus_tell ("press-reset 1-10");
  window_fixture_wait_for_text (window_fixture_wait_for_row (self, "1-10"), "Ready");
  window_fixture_wait (has_none, self->window, "no bystander");

  virtual_bus_tell ("hold-boot 1-10 off");
  virtual_bus_tell ("press-reset 1-10");
  window_fixture_wait_for_text (window_fixture_wait_for_row (self, "1-10"), "Disconnected");
  g_assert_true (has_none (self->window));
  row = wait_for_bystander (self);
  window_fixture_wait_for_text (row, "USB port 1-10");
  g_assert_null (window_fixture_find (get_widget (self), BOOTLACE_TYPE_BOARD_ROW));

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait (has_none, self->window, "no bystander");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-bystanders/wrong-socket", test_wrong_socket);
  g_test_add_func ("/window-bystanders/not-to-be-flashed", test_not_to_be_flashed);
  g_test_add_func ("/window-bystanders/becomes-a-board", test_becomes_a_board);

  return g_test_run ();
}
