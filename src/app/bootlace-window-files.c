/* bootlace-window-files.c: what can be done with files in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-window-files.h"

#include <glib/gi18n.h>

#include "bootlace-file-drop.h"
#include "bootlace-raw-dialog.h"

static BootlaceFiles *
get_files (GtkWidget *widget)
{
  return bootlace_window_get_files (BOOTLACE_WINDOW (widget));
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_files_choose (get_files (widget));
}

static void
open_folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_files_choose_folder (get_files (widget));
}

static void
open_recent_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree const char **uris = g_variant_get_strv (parameter, NULL);

  bootlace_files_open_uris (get_files (widget), uris);
}

static void
clear_recent_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_recent_clear (bootlace_files_get_recent (get_files (widget)));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_files_choose_and_save (get_files (widget));
}

/* What the person used to get here is gone. */
static void
loading_cb (GtkWidget *widget, GParamSpec *pspec, BootlaceFirmware *firmware)
{
  if (bootlace_firmware_is_loading (firmware))
    return;

  g_signal_handlers_disconnect_by_func (firmware, loading_cb, widget);
  bootlace_window_focus_firmware (BOOTLACE_WINDOW (widget));
}

static void
accepted_cb (GtkWidget *widget, BootlaceSource *source)
{
  BootlaceFirmware *firmware = bootlace_files_get_firmware (get_files (widget));

  g_signal_handlers_disconnect_by_func (firmware, loading_cb, widget);
  bootlace_firmware_load (firmware, source);
  g_signal_connect_object (firmware, "notify::loading", G_CALLBACK (loading_cb), widget,
                           G_CONNECT_SWAPPED);
}

/* Whatever else is loaded meanwhile, the answer is about the file that the dialog names. */
static void
use_raw_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceFirmware *firmware = bootlace_files_get_firmware (get_files (widget));
  BootlaceRawOffer offer = { 0 };
  GFile *file = bootlace_firmware_get_raw_file (firmware, &offer);
  GtkWidget *dialog;

  if (file == NULL)
    return;

  dialog = bootlace_raw_dialog_new (GTK_WINDOW (widget), file, &offer);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_reload_accept (bootlace_files_get_reload (get_files (widget)));
}

static void
hide_news_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_reload_dismiss (bootlace_files_get_reload (get_files (widget)));
}

static char *
label_offer_cb (BootlaceWindow *window, gboolean offering)
{
  /* Translators: button: load the firmware that has changed */
  return offering ? g_strdup (_ ("Load It")) : NULL;
}

static void
hide_message_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_saving_dismiss_message (bootlace_files_get_saving (get_files (widget)));
}

/* What is below takes its place, and must not lose what had the focus. */
static void
hide_problem_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_firmware_dismiss_problem (bootlace_files_get_firmware (get_files (widget)));
  bootlace_window_focus_firmware (BOOTLACE_WINDOW (widget));
}

static void
drop_files (GtkWidget *widget, GPtrArray *files)
{
  bootlace_files_open (get_files (widget), files);
}

static void
can_save_cb (GtkWidget *widget)
{
  gtk_widget_action_set_enabled (widget, "win.save-dfu",
                                 bootlace_saving_can_save (
                                   bootlace_files_get_saving (get_files (widget))));
}

/**
 * bootlace_window_files_install_actions: (skip)
 * @widget_class: the class of the window
 *
 * Adds the actions about files, and the word for the one that is offered.
 */
void
bootlace_window_files_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "win.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "as", open_recent_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-recent", NULL, clear_recent_cb);
  gtk_widget_class_install_action (widget_class, "win.save-dfu", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "win.use-raw", NULL, use_raw_cb);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "win.hide-news", NULL, hide_news_cb);
  gtk_widget_class_install_action (widget_class, "win.hide-problem", NULL, hide_problem_cb);
  gtk_widget_class_install_action (widget_class, "win.hide-message", NULL, hide_message_cb);
  gtk_widget_class_bind_template_callback (widget_class, label_offer_cb);
}

/**
 * bootlace_window_files_connect: (skip)
 * @window: a window that has its files
 *
 * Keeps the actions right, and lets files be dropped.
 */
void
bootlace_window_files_connect (BootlaceWindow *window)
{
  BootlaceSaving *saving = bootlace_files_get_saving (bootlace_window_get_files (window));

  g_signal_connect_object (saving, "notify::can-save", G_CALLBACK (can_save_cb), window,
                           G_CONNECT_SWAPPED);
  can_save_cb (GTK_WIDGET (window));
  bootlace_file_drop_accept (GTK_WIDGET (window), drop_files);
}
