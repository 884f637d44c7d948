/* bootlace-application.c: the program: its boards, its jobs and its windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-application.h"

#include <glib/gi18n.h>

#include <stdio.h>

#include "bootlace-appearance.h"
#include "bootlace-batch.h"
#include "bootlace-ending.h"
#include "bootlace-preferences.h"
#include "bootlace-window.h"
#include "dfu-device-list.h"

#define NOTIFICATION_ID "jobs-over"

struct _BootlaceApplication {
  GtkApplication parent_instance;

  UsbBus *bus;                    /* nullable */
  GListModel *devices;            /* of DfuDevice */
  SetupBystanderList *bystanders; /* nullable */
  BootlaceJobList *jobs;
  WordingMessage *problem; /* nullable: why there is no bus */
  BootlaceAppearance *appearance;
  BootlaceEnding *ending;

  guint inhibit_cookie;
  gboolean holding; /* while a job runs */
};

G_DEFINE_FINAL_TYPE (BootlaceApplication, bootlace_application, GTK_TYPE_APPLICATION)

/* Held, because one that goes takes its dialogs along. */
static GList *
copy_windows (BootlaceApplication *self)
{
  return g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)),
                           (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autolist (GtkWindow) windows = copy_windows (user_data);

  /* Each window asks for itself when boards are being worked on. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (BOOTLACE_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

/* Nobody may be there to be asked, and a board that is left in mid-transfer may not survive it: the
 * jobs are cancelled, and the program ends when the last board is clean. */
static gboolean
end_cb (gpointer user_data)
{
  BootlaceApplication *self = user_data;
  g_autolist (GtkWindow) windows = copy_windows (self);

  bootlace_job_list_cancel_all (self->jobs);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_destroy (l->data);

  return G_SOURCE_CONTINUE;
}

static void
rescan_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BootlaceApplication *self = user_data;

  if (self->bus != NULL)
    usb_bus_rescan (self->bus);
}

/* What the window does that is in front, or that one in front belongs to. */
static BootlaceSeries *
find_series (GtkWindow *window)
{
  while (window != NULL && !BOOTLACE_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);

  return window != NULL ? bootlace_window_get_series (BOOTLACE_WINDOW (window)) : NULL;
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  /* One that is open is modal, and so the active one. */
  if (!BOOTLACE_IS_PREFERENCES (parent))
    gtk_window_present (GTK_WINDOW (bootlace_preferences_new (parent, find_series (parent))));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_show_about_dialog (gtk_application_get_active_window (user_data), "program-name", "Bootlace",
                         "logo-icon-name", APPLICATION_ID, "version", VERSION, "comments",
                         _ ("Writes firmware to boards over USB"), "license-type",
                         GTK_LICENSE_GPL_3_0, "translator-credits", _ ("translator-credits"), NULL);
}

/* Not GtkApplication's own help overlay: that waits hidden from the start, and GTK 4.8's
 * gtkatspiroot.c fails on a hidden window when a screen reader asks for one that has just closed.
 */
static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/dev/bootlace/Bootlace/bootlace-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, gtk_application_get_active_window (user_data));
  gtk_window_present (shortcuts);
}

static const GActionEntry actions[] = {
  { "about", about_cb },   { "preferences", preferences_cb }, { "quit", quit_cb },
  { "rescan", rescan_cb }, { "shortcuts", shortcuts_cb },
};

static const struct {
  const char *action;
  const char *accelerator;
} accelerators[] = {
  { "app.quit", "<Control>q" },
  { "app.rescan", "F5" },
  { "app.shortcuts", "<Control>question" },
  { "win.open", "<Control>o" },
  { "win.open-folder", "<Control><Shift>o" },
  { "win.flash", "<Control>Return" },
  { "win.save-dfu", "<Control><Shift>s" },
  { "win.setup", "F1" },
  { "window.close", "<Control>w" },
  { "app.preferences", "<Control>comma" },
};

static void
add_actions (BootlaceApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);

  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char *[]){ accelerators[i].accelerator, NULL });
}

static void
look_for_boards (BootlaceApplication *self)
{
  g_autoptr (GError) error = NULL;

  self->bus = usb_bus_new (&error);
  self->jobs = bootlace_job_list_new (self->bus);

  if (self->bus != NULL) {
    self->devices = G_LIST_MODEL (dfu_device_list_new (self->bus));
    self->bystanders = setup_bystander_list_new (DFU_DEVICE_LIST (self->devices));
    return;
  }

  g_info ("No USB bus: %s", error->message);
  self->problem = wording_message_new_for_bus (error);
  self->devices = G_LIST_MODEL (g_list_store_new (DFU_TYPE_DEVICE));
}

static gboolean
has_focus (BootlaceApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;

  return FALSE;
}

/* Whoever stopped everything knows that it has stopped. */
static gboolean
is_news (const BootlaceOutcomes *outcomes)
{
  return bootlace_outcomes_count (outcomes) > outcomes->n_cancelled;
}

static void
notify_person (BootlaceApplication *self)
{
  BootlaceOutcomes outcomes =
    bootlace_batch_get_outcomes (bootlace_job_list_get_batch (self->jobs));
  g_autofree char *title = bootlace_outcomes_describe (&outcomes);
  g_autofree char *boards = bootlace_batch_describe (bootlace_job_list_get_batch (self->jobs));
  g_autofree char *step = bootlace_outcomes_describe_next_step (&outcomes);
  g_autofree char *body = g_strjoin ("\n", boards, step, NULL);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (!is_news (&outcomes))
    return;

  g_notification_set_body (notification, body);
  if (outcomes.n_failed > 0)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);

  g_application_send_notification (G_APPLICATION (self), NOTIFICATION_ID, notification);
}

static void
begin_work (BootlaceApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  const BootlaceDeed deed = bootlace_batch_get_deed (bootlace_job_list_get_batch (self->jobs));

  self->holding = TRUE;
  g_application_hold (G_APPLICATION (self));
  g_application_withdraw_notification (G_APPLICATION (self), NOTIFICATION_ID);
  self->inhibit_cookie =
    gtk_application_inhibit (application, gtk_application_get_active_window (application),
                             GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                             bootlace_deed_get_words (deed).reason);
}

static void
end_work (BootlaceApplication *self)
{
  if (self->inhibit_cookie != 0)
    gtk_application_uninhibit (GTK_APPLICATION (self), self->inhibit_cookie);
  self->inhibit_cookie = 0;

  if (!has_focus (self))
    notify_person (self);

  self->holding = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
running_cb (BootlaceApplication *self)
{
  gboolean running = bootlace_job_list_get_n_running (self->jobs) > 0;

  if (running && !self->holding)
    begin_work (self);
  else if (!running && self->holding)
    end_work (self);
}

static BootlaceWindow *
create_window (BootlaceApplication *self)
{
  GtkWidget *window =
    bootlace_window_new (GTK_APPLICATION (self), self->devices, self->jobs, self->problem);

  bootlace_window_set_bystanders (BOOTLACE_WINDOW (window), self->bystanders);

  return BOOTLACE_WINDOW (window);
}

static BootlaceWindow *
find_window (BootlaceApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (BOOTLACE_IS_WINDOW (l->data))
      return l->data;

  return create_window (self);
}

static void
bootlace_application_startup (GApplication *application)
{
  BootlaceApplication *self = BOOTLACE_APPLICATION (application);

  G_APPLICATION_CLASS (bootlace_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  self->appearance = bootlace_appearance_new (gdk_display_get_default ());
  bootlace_appearance_follow (self->appearance, g_application_get_dbus_connection (application));

  add_actions (self);
  look_for_boards (self);
  self->ending = bootlace_ending_new (end_cb, self);
  g_signal_connect_object (self->jobs, "notify::n-running", G_CALLBACK (running_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bootlace_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (find_window (BOOTLACE_APPLICATION (application))));
}

static void
bootlace_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  BootlaceWindow *window = find_window (BOOTLACE_APPLICATION (application));

  bootlace_window_open (window, files, (guint) n_files);
  gtk_window_present (GTK_WINDOW (window));
}

static int
bootlace_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  fputs ("Bootlace " VERSION "\n", stdout);

  return 0;
}

static void
bootlace_application_shutdown (GApplication *application)
{
  BootlaceApplication *self = BOOTLACE_APPLICATION (application);

  g_clear_pointer (&self->ending, bootlace_ending_free);
  g_clear_object (&self->jobs);
  g_clear_object (&self->bystanders);
  g_clear_object (&self->devices);
  g_clear_object (&self->bus);
  g_clear_object (&self->appearance);
  g_clear_pointer (&self->problem, wording_message_free);

  G_APPLICATION_CLASS (bootlace_application_parent_class)->shutdown (application);
}

static void
bootlace_application_class_init (BootlaceApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = bootlace_application_startup;
  application_class->activate = bootlace_application_activate;
  application_class->open = bootlace_application_open;
  application_class->handle_local_options = bootlace_application_handle_local_options;
  application_class->shutdown = bootlace_application_shutdown;
}

static void
bootlace_application_init (BootlaceApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  /* Translators: stands for a file in the description of the command line */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
}

/**
 * bootlace_application_new:
 *
 * Returns: (transfer full): the program
 */
BootlaceApplication *
bootlace_application_new (void)
{
  return g_object_new (BOOTLACE_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "resource-base-path", "/dev/bootlace/Bootlace", "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
