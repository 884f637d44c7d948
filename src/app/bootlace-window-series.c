/* bootlace-window-series.c: how a window tells that boards are flashed by themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-window-series.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"

static BootlaceSeries *
get_series (GtkWidget *widget)
{
  return bootlace_window_get_series (BOOTLACE_WINDOW (widget));
}

static void
disarm_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_series_set_armed (get_series (widget), FALSE);
}

static void
hide_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_series_dismiss (get_series (widget));
}

static char *
label_disarm_cb (BootlaceWindow *window, gboolean armed)
{
  /* Translators: button: flash no more boards by themselves */
  return armed ? g_strdup (_ ("Stop")) : NULL;
}

/* That it is armed must not be forgotten. */
static char *
find_hide_action_cb (BootlaceWindow *window, gboolean armed)
{
  return armed ? NULL : g_strdup ("win.hide-series");
}

static void
armed_cb (GtkWidget *widget, GParamSpec *pspec, BootlaceSeries *series)
{
  if (!bootlace_series_is_armed (series) && bootlace_series_get_text (series) == NULL)
    bootlace_announce (widget, _ ("Boards are no longer flashed by themselves."));
}

static void
text_cb (GtkWidget *widget, GParamSpec *pspec, BootlaceSeries *series)
{
  if (bootlace_series_get_text (series) != NULL)
    bootlace_announce (widget, bootlace_series_get_text (series));
}

/**
 * bootlace_window_series_install_actions: (skip)
 * @widget_class: the class of the window
 *
 * Adds what its banner can do, and says.
 */
void
bootlace_window_series_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.disarm", NULL, disarm_cb);
  gtk_widget_class_install_action (widget_class, "win.hide-series", NULL, hide_cb);
  gtk_widget_class_bind_template_callback (widget_class, label_disarm_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_hide_action_cb);
}

/**
 * bootlace_window_series_connect:
 * @window: a window that has its series
 *
 * Has people hear of it who cannot see the banner.
 */
void
bootlace_window_series_connect (BootlaceWindow *window)
{
  BootlaceSeries *series = bootlace_window_get_series (window);

  g_signal_connect_object (series, "notify::armed", G_CALLBACK (armed_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (series, "notify::text", G_CALLBACK (text_cb), window, G_CONNECT_SWAPPED);
}
