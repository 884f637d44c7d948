/* bootlace-window-boards.c: what the window's actions do with its boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-window-boards.h"

static void
changed_cb (BootlaceWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  BootlaceBoardCounts counts;

  bootlace_board_list_count (bootlace_window_get_boards (window), &counts);
  gtk_widget_action_set_enabled (widget, "win.select-all", counts.n_selected < counts.n_suitable);
  gtk_widget_action_set_enabled (widget, "win.select-none", counts.n_selected > 0);
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_board_list_select_all (bootlace_window_get_boards (BOOTLACE_WINDOW (widget)), TRUE);
}

static void
select_none_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_board_list_select_all (bootlace_window_get_boards (BOOTLACE_WINDOW (widget)), FALSE);
}

static void
ask (GtkWidget *widget, GVariant *port_path, BootlaceDeed deed)
{
  BootlaceWindow *window = BOOTLACE_WINDOW (widget);
  BootlaceBoard *board = bootlace_board_list_find_at (bootlace_window_get_boards (window),
                                                      g_variant_get_string (port_path, NULL));

  if (board != NULL)
    bootlace_undertaking_ask (bootlace_window_get_undertaking (window), board, deed);
}

static void
read_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (widget, parameter, BOOTLACE_DEED_READ);
}

static void
erase_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (widget, parameter, BOOTLACE_DEED_ERASE);
}

static void
unprotect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (widget, parameter, BOOTLACE_DEED_UNPROTECT);
}

/**
 * bootlace_window_boards_install_actions: (skip)
 * @widget_class: the class of the window
 *
 * Adds the actions that select boards, and those that do something to the one at a port.
 */
void
bootlace_window_boards_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "win.select-none", NULL, select_none_cb);
  gtk_widget_class_install_action (widget_class, "win.read-board", "s", read_cb);
  gtk_widget_class_install_action (widget_class, "win.erase-board", "s", erase_cb);
  gtk_widget_class_install_action (widget_class, "win.unprotect-board", "s", unprotect_cb);
}

/**
 * bootlace_window_boards_connect:
 * @window: a window that has its boards
 *
 * Has the actions follow them.
 */
void
bootlace_window_boards_connect (BootlaceWindow *window)
{
  g_signal_connect_object (bootlace_window_get_boards (window), "changed", G_CALLBACK (changed_cb),
                           window, G_CONNECT_SWAPPED);
  changed_cb (window);
}
