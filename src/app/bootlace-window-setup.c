/* bootlace-window-setup.c: the window's way to the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-window-setup.h"

#include "bootlace-setup-window.h"
#include "dfu-device-list.h"

static GtkWidget *
find_setup (GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    /* The list holds it. */
    if (BOOTLACE_IS_SETUP_WINDOW (toplevel) &&
        gtk_window_get_transient_for (GTK_WINDOW (toplevel)) == parent)
      return toplevel;
  }

  return NULL;
}

static GtkWidget *
create_setup (BootlaceWindow *window)
{
  GListModel *devices = bootlace_window_get_devices (window);
  UsbBus *bus =
    DFU_IS_DEVICE_LIST (devices) ? dfu_device_list_get_bus (DFU_DEVICE_LIST (devices)) : NULL;
  g_autoptr (SetupAssistant) assistant = setup_assistant_new (bus);

  return bootlace_setup_window_new (GTK_WINDOW (window), assistant, G_LIST_MODEL (bus));
}

static BootlaceJob *
find_job (BootlaceWindow *window, const char *port_path)
{
  BootlaceBoard *board =
    bootlace_board_list_find_at (bootlace_window_get_boards (window), port_path);

  return board != NULL ? bootlace_board_get_job (board) : NULL;
}

static void
open_setup (BootlaceWindow *window, const char *port_path)
{
  GtkWidget *setup = find_setup (GTK_WINDOW (window));
  BootlaceJob *job = port_path != NULL ? find_job (window, port_path) : NULL;
  SetupAssistant *assistant;

  if (setup == NULL)
    setup = create_setup (window);

  assistant = bootlace_setup_window_get_assistant (BOOTLACE_SETUP_WINDOW (setup));
  setup_assistant_set_subject (assistant, port_path,
                               job != NULL ? bootlace_job_get_error (job) : NULL);
  bootlace_setup_window_lead (BOOTLACE_SETUP_WINDOW (setup));
  gtk_window_present (GTK_WINDOW (setup));
}

static void
setup_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_setup (BOOTLACE_WINDOW (widget), NULL);
}

static void
setup_board_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_setup (BOOTLACE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/**
 * bootlace_window_setup_install_actions: (skip)
 * @widget_class: the class of the window
 *
 * Adds the actions that open the setup assistant: without a board, or for the one at a port.
 */
void
bootlace_window_setup_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.setup", NULL, setup_cb);
  gtk_widget_class_install_action (widget_class, "win.setup-board", "s", setup_board_cb);
}
