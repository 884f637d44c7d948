/* bootlace-window.c: what, where, go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-window.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-banner.h"
#include "bootlace-boards-panel.h"
#include "bootlace-bottom-bar.h"
#include "bootlace-column.h"
#include "bootlace-early-keys.h"
#include "bootlace-farewell.h"
#include "bootlace-firmware-panel.h"
#include "bootlace-focus-guide.h"
#include "bootlace-recent-button.h"
#include "bootlace-settings.h"
#include "bootlace-stopping.h"
#include "bootlace-title.h"
#include "bootlace-window-boards.h"
#include "bootlace-window-files.h"
#include "bootlace-window-series.h"
#include "bootlace-window-setup.h"
#include "dfu-device-list.h"

struct _BootlaceWindow {
  GtkApplicationWindow parent_instance;

  GListModel *devices;
  BootlaceJobList *jobs;
  SetupBystanderList *bystanders; /* nullable */
  WordingMessage *problem;        /* nullable: why there can be no boards */

  BootlaceFiles *files;
  BootlaceBoardList *boards;
  BootlaceStatus *status;
  GSettings *settings; /* nullable */

  BootlaceStopping *stopping;
  BootlaceUndertaking *undertaking;
  BootlaceSeries *series;
  BootlaceFocusGuide *focus_guide;

  GtkWidget *boards_panel;
  GtkWidget *bottom_bar;
  GtkWidget *firmware_panel;
};

enum {
  PROP_0,
  PROP_DEVICES,
  PROP_JOBS,
  PROP_BYSTANDERS,
  PROP_PROBLEM,
  PROP_FILES,
  PROP_FIRMWARE,
  PROP_BOARDS,
  PROP_STATUS,
  PROP_SERIES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceWindow, bootlace_window, GTK_TYPE_APPLICATION_WINDOW)

/* Whoever flashes what is loaded has seen that another file was refused. */
static void
flash_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (widget);

  bootlace_firmware_dismiss_problem (bootlace_window_get_firmware (self));
  bootlace_board_list_flash_selected (self->boards);
}

static void
status_cb (BootlaceWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.flash",
                                 bootlace_status_can_flash (self->status));
}

/* No outcome goes before it was seen: what was held back comes just when the boards are done. */
static void
image_cb (BootlaceWindow *self)
{
  FirmwareImage *image = bootlace_firmware_get_image (bootlace_files_get_firmware (self->files));
  BootlaceReload *reload = bootlace_files_get_reload (self->files);

  bootlace_board_list_set_image (self->boards, image, bootlace_reload_is_late (reload));
}

static void
job_over_cb (BootlaceWindow *self, BootlaceJob *job)
{
  DfuDevice *device = bootlace_job_get_device (job);
  BootlaceOutcomes outcomes = { 0 };
  g_autofree char *outcome = NULL;
  g_autofree char *text = NULL;

  bootlace_outcomes_add (&outcomes, job);
  outcome = bootlace_outcomes_describe (&outcomes);
  /* Translators: a USB port like "1-10", and what happened to the board there */
  text =
    g_strdup_printf (_ ("Board on USB port %s: %s"), dfu_device_get_port_path (device), outcome);

  bootlace_announce (GTK_WIDGET (self), text);
}

static gboolean
is_last_window (BootlaceWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL)
    return TRUE;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (l->data != self && BOOTLACE_IS_WINDOW (l->data))
      return FALSE;

  return TRUE;
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_stopping_cancel (BOOTLACE_WINDOW (widget)->stopping);
}

/* Escape is pressed for many reasons. */
static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_stopping_ask (BOOTLACE_WINDOW (widget)->stopping, FALSE);
}

/* What does no harm comes first. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (widget);

  if (bootlace_firmware_get_problem (bootlace_window_get_firmware (self)) != NULL)
    return gtk_widget_activate_action (widget, "win.hide-problem", NULL);
  if (bootlace_status_is_busy (self->status))
    return gtk_widget_activate_action (widget, "win.stop", NULL);

  return FALSE;
}

/**
 * bootlace_window_get_devices:
 * @self: a window
 *
 * Returns: (transfer none): the devices that its boards come from
 */
GListModel *
bootlace_window_get_devices (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->devices;
}

/**
 * bootlace_window_get_firmware:
 * @self: a window
 *
 * Returns: the firmware that it shows
 */
BootlaceFirmware *
bootlace_window_get_firmware (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return bootlace_files_get_firmware (self->files);
}

/**
 * bootlace_window_get_files:
 * @self: a window
 *
 * Returns: what it does with files
 */
BootlaceFiles *
bootlace_window_get_files (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->files;
}

/**
 * bootlace_window_get_boards:
 * @self: a window
 *
 * Returns: the boards that it shows
 */
BootlaceBoardList *
bootlace_window_get_boards (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->boards;
}

/**
 * bootlace_window_get_status:
 * @self: a window
 *
 * Returns: what its bottom bar shows
 */
BootlaceStatus *
bootlace_window_get_status (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->status;
}

/**
 * bootlace_window_get_undertaking:
 * @self: a window
 *
 * Returns: what it does with one board besides flashing it
 */
BootlaceUndertaking *
bootlace_window_get_undertaking (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->undertaking;
}

/**
 * bootlace_window_get_series:
 * @self: a window
 *
 * Returns: what flashes boards as soon as they are connected
 */
BootlaceSeries *
bootlace_window_get_series (BootlaceWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_WINDOW (self), NULL);

  return self->series;
}

/**
 * bootlace_window_focus_firmware:
 * @self: a window
 *
 * Gives the keyboard's focus to what is said of the firmware.
 */
void
bootlace_window_focus_firmware (BootlaceWindow *self)
{
  g_return_if_fail (BOOTLACE_IS_WINDOW (self));

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_child_focus (self->firmware_panel, GTK_DIR_TAB_FORWARD);
}

static void
bootlace_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bootlace_window_parent_class)->map (widget);

  if (gtk_window_get_focus (GTK_WINDOW (widget)) == NULL)
    bootlace_focus_guide_start (BOOTLACE_WINDOW (widget)->focus_guide);
}

/**
 * bootlace_window_open:
 * @self: a window
 * @files: (array length=n_files): files that should be firmware
 * @n_files: how many; at least one
 *
 * Reads the files and shows what they are.
 */
void
bootlace_window_open (BootlaceWindow *self, GFile *const *files, guint n_files)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (BOOTLACE_IS_WINDOW (self));
  g_return_if_fail (n_files > 0);

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (array, g_object_ref (files[i]));

  bootlace_files_open (self->files, array);
}

static gboolean
bootlace_window_close_request (GtkWindow *window)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (window);

  if (bootlace_job_list_get_n_running (self->jobs) > 0 && is_last_window (self)) {
    bootlace_stopping_ask (self->stopping, TRUE);
    return TRUE;
  }

  return GTK_WINDOW_CLASS (bootlace_window_parent_class)->close_request (window);
}

/* A dialog must not outlive the window that it would answer to, and it holds that window. */
static void
bootlace_window_unrealize (GtkWidget *widget)
{
  bootlace_files_close (BOOTLACE_WINDOW (widget)->files);
  bootlace_undertaking_close (BOOTLACE_WINDOW (widget)->undertaking);

  GTK_WIDGET_CLASS (bootlace_window_parent_class)->unrealize (widget);
}

/**
 * bootlace_window_set_bystanders:
 * @self: a window
 * @bystanders: (nullable): boards that cannot be flashed as they are, to be shown with their hints
 */
void
bootlace_window_set_bystanders (BootlaceWindow *self, SetupBystanderList *bystanders)
{
  g_return_if_fail (BOOTLACE_IS_WINDOW (self));

  if (g_set_object (&self->bystanders, bystanders))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYSTANDERS]);
}

static void
bootlace_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (object);

  switch (id) {
  case PROP_BYSTANDERS:
    g_value_set_object (value, self->bystanders);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, self->problem);
    break;
  case PROP_FIRMWARE:
    g_value_set_object (value, bootlace_files_get_firmware (self->files));
    break;
  case PROP_FILES:
    g_value_set_object (value, self->files);
    break;
  case PROP_BOARDS:
    g_value_set_object (value, self->boards);
    break;
  case PROP_STATUS:
    g_value_set_object (value, self->status);
    break;
  case PROP_SERIES:
    g_value_set_object (value, self->series);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (object);

  switch (id) {
  case PROP_DEVICES:
    self->devices = g_value_dup_object (value);
    break;
  case PROP_JOBS:
    self->jobs = g_value_dup_object (value);
    break;
  case PROP_BYSTANDERS:
    bootlace_window_set_bystanders (self, g_value_get_object (value));
    break;
  case PROP_PROBLEM:
    self->problem = g_value_dup_boxed (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* Without a bus no board ever comes. */
static BootlaceSeries *
create_series (BootlaceWindow *self)
{
  UsbBus *bus = DFU_IS_DEVICE_LIST (self->devices)
                  ? dfu_device_list_get_bus (DFU_DEVICE_LIST (self->devices))
                  : NULL;

  return bootlace_series_new (bus, self->boards, self->files);
}

static BootlaceFocusGuide *
create_focus_guide (BootlaceWindow *self)
{
  const BootlaceFocusPlaces places = { .firmware_panel = self->firmware_panel,
                                       .boards_panel = self->boards_panel,
                                       .bottom_bar = self->bottom_bar };

  return bootlace_focus_guide_new (self, &places);
}

static void
bootlace_window_constructed (GObject *object)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (object);
  BootlaceFirmware *firmware = bootlace_files_get_firmware (self->files);

  G_OBJECT_CLASS (bootlace_window_parent_class)->constructed (object);

  self->boards = bootlace_board_list_new (self->devices, self->jobs);
  self->status = bootlace_status_new (self->boards);
  g_signal_connect_object (firmware, "notify::image", G_CALLBACK (image_cb), self,
                           G_CONNECT_SWAPPED);
  image_cb (self);
  g_object_bind_property (firmware, "lineage", self->boards, "lineage", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->status, "busy", bootlace_files_get_reload (self->files), "busy",
                          G_BINDING_SYNC_CREATE);

  g_signal_connect_object (self->status, "notify::can-flash", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "job-over", G_CALLBACK (job_over_cb), self,
                           G_CONNECT_SWAPPED);
  status_cb (self);
  self->stopping = bootlace_stopping_new (GTK_WINDOW (self), self->jobs, self->status);
  self->undertaking = bootlace_undertaking_new (GTK_WINDOW (self), self->jobs, self->settings);
  self->series = create_series (self);
  self->focus_guide = create_focus_guide (self);

  g_object_notify_by_pspec (object, properties[PROP_BOARDS]);
  g_object_notify_by_pspec (object, properties[PROP_STATUS]);
  g_object_notify_by_pspec (object, properties[PROP_SERIES]);

  bootlace_window_files_connect (self);
  bootlace_window_boards_connect (self);
  bootlace_window_series_connect (self);
  if (self->settings != NULL)
    bootlace_settings_bind_window (self->settings, GTK_WINDOW (self));
}

static void
bootlace_window_dispose (GObject *object)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (object);

  g_clear_object (&self->stopping);
  g_clear_object (&self->undertaking);
  g_clear_object (&self->series);
  g_clear_object (&self->focus_guide);
  g_clear_object (&self->settings);
  g_clear_object (&self->status);
  g_clear_object (&self->boards);
  g_clear_object (&self->files);
  g_clear_object (&self->jobs);
  g_clear_object (&self->devices);
  g_clear_object (&self->bystanders);

  G_OBJECT_CLASS (bootlace_window_parent_class)->dispose (object);
}

static void
bootlace_window_finalize (GObject *object)
{
  BootlaceWindow *self = BOOTLACE_WINDOW (object);

  g_clear_pointer (&self->problem, wording_message_free);

  G_OBJECT_CLASS (bootlace_window_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags given = G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DEVICES] =
    g_param_spec_object ("devices", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_WRITABLE | given);
  properties[PROP_JOBS] =
    g_param_spec_object ("jobs", NULL, NULL, BOOTLACE_TYPE_JOB_LIST, G_PARAM_WRITABLE | given);
  properties[PROP_BYSTANDERS] =
    g_param_spec_object ("bystanders", NULL, NULL, SETUP_TYPE_BYSTANDER_LIST,
                         G_PARAM_WRITABLE | shown);
  properties[PROP_PROBLEM] =
    g_param_spec_boxed ("problem", NULL, NULL, WORDING_TYPE_MESSAGE, G_PARAM_READWRITE | given);
  properties[PROP_FILES] = g_param_spec_object ("files", NULL, NULL, BOOTLACE_TYPE_FILES, shown);
  properties[PROP_FIRMWARE] =
    g_param_spec_object ("firmware", NULL, NULL, BOOTLACE_TYPE_FIRMWARE, shown);
  properties[PROP_BOARDS] =
    g_param_spec_object ("boards", NULL, NULL, BOOTLACE_TYPE_BOARD_LIST, shown);
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, BOOTLACE_TYPE_STATUS, shown);
  properties[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, BOOTLACE_TYPE_SERIES, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.flash", NULL, flash_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_cb);

  /* Not an accelerator of the application: that comes before the menu that Escape closes. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
bootlace_window_class_init (BootlaceWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_window_get_property;
  object_class->set_property = bootlace_window_set_property;
  object_class->constructed = bootlace_window_constructed;
  object_class->dispose = bootlace_window_dispose;
  object_class->finalize = bootlace_window_finalize;
  widget_class->map = bootlace_window_map;
  widget_class->unrealize = bootlace_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = bootlace_window_close_request;
  bootlace_farewell_use ();

  install_properties (object_class);

  g_type_ensure (BOOTLACE_TYPE_BANNER);
  g_type_ensure (BOOTLACE_TYPE_BOARDS_PANEL);
  g_type_ensure (BOOTLACE_TYPE_BOTTOM_BAR);
  g_type_ensure (BOOTLACE_TYPE_COLUMN);
  g_type_ensure (BOOTLACE_TYPE_FIRMWARE_PANEL);
  g_type_ensure (BOOTLACE_TYPE_RECENT_BUTTON);
  g_type_ensure (BOOTLACE_TYPE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceWindow, boards_panel);
  gtk_widget_class_bind_template_child (widget_class, BootlaceWindow, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, BootlaceWindow, firmware_panel);
  bootlace_window_boards_install_actions (widget_class);
  bootlace_window_files_install_actions (widget_class);
  bootlace_window_series_install_actions (widget_class);
  bootlace_window_setup_install_actions (widget_class);
  install_actions (widget_class);
}

static void
bootlace_window_init (BootlaceWindow *self)
{
  self->settings = bootlace_settings_new ();
  self->files = bootlace_files_new (GTK_WINDOW (self), self->settings);

  gtk_widget_init_template (GTK_WIDGET (self));

  bootlace_early_keys_add (GTK_WINDOW (self), GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all");
  bootlace_early_keys_add (GTK_WINDOW (self), GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                           "win.select-none");
}

/**
 * bootlace_window_new:
 * @application: (nullable): the application
 * @devices: a list of #DfuDevice
 * @jobs: the application's jobs
 * @problem: (nullable): why there can be no devices
 *
 * Returns: (transfer none): a window; present it with gtk_window_present()
 */
GtkWidget *
bootlace_window_new (GtkApplication *application,
                     GListModel *devices,
                     BootlaceJobList *jobs,
                     const WordingMessage *problem)
{
  return g_object_new (BOOTLACE_TYPE_WINDOW, "application", application, "devices", devices, "jobs",
                       jobs, "problem", problem, NULL);
}
