/* bootlace-report-view.c: the report of a job, to read, copy and save
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-report-view.h"

#include <glib/gi18n.h>

#include <string.h>

#include "bootlace-announce.h"
#include "bootlace-file-picker.h"
#include "bootlace-folder.h"
#include "bootlace-scroll.h"
#include "bootlace-report.h"
#include "bootlace-wrap-box.h"
#include "dfu-error.h"
#include "firmware-save.h"
#include "usb-error.h"

struct _BootlaceReportView {
  GtkWidget parent_instance;

  BootlaceJob *job; /* nullable */
  GSignalGroup *job_signals;
  GSignalGroup *operation_signals;

  GCancellable *picking; /* of the dialog that is open */

  GtkTextView *text_view;
  GtkLabel *message_label;
  GtkWidget *saved_box;
  GtkLabel *saved_label;
};

enum {
  PROP_0,
  PROP_JOB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceReportView, bootlace_report_view, GTK_TYPE_WIDGET)

/* What waits for an answer must not keep the report when its window goes: GTK cannot let go of a
 * row whose parts live on. */
static GWeakRef *
hold_weakly (BootlaceReportView *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

/* Takes the reference. Returns: (transfer full) (nullable): what it referred to. */
static BootlaceReportView *
take_back (GWeakRef *ref)
{
  BootlaceReportView *self = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);
  return self;
}

static void
tell (BootlaceReportView *self, const char *text)
{
  gtk_label_set_label (self->message_label, text);
  bootlace_announce (GTK_WIDGET (self), text);
}

static GFile *
get_saved (BootlaceReportView *self)
{
  return self->job != NULL ? bootlace_job_get_saved (self->job) : NULL;
}

static void
show_saved (BootlaceReportView *self)
{
  GFile *saved = get_saved (self);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->saved_box, saved != NULL);
  if (saved == NULL)
    return;

  path = g_file_get_parse_name (saved);
  text = bootlace_job_describe_saved (self->job);
  gtk_label_set_label (self->saved_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->saved_label), path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->saved_label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, path, -1);
}

/* Only what is seen is worth being kept true. */
static void
refresh (BootlaceReportView *self)
{
  g_autofree char *report = NULL;

  if (self->job == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  report = bootlace_report_new (self->job);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), report, -1);
  gtk_label_set_label (self->message_label, "");
  show_saved (self);
}

/* The setup assistant looks into what keeps a board from being reached; what the board itself said
 * about its firmware is not for it. */
static gboolean
can_assist_cb (BootlaceReportView *self, BootlaceJobState state)
{
  const GError *error = self->job != NULL ? bootlace_job_get_error (self->job) : NULL;

  return state == BOOTLACE_JOB_FAILED && error != NULL &&
         (error->domain == USB_ERROR || g_error_matches (error, DFU_ERROR, DFU_ERROR_NOT_RETURNED));
}

static gboolean
has_text_cb (BootlaceReportView *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
set_job (BootlaceReportView *self, BootlaceJob *job)
{
  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  g_signal_group_set_target (self->operation_signals,
                             job != NULL ? bootlace_job_get_operation (job) : NULL);
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceReportView *self = BOOTLACE_REPORT_VIEW (widget);
  g_autofree char *report = NULL;

  if (self->job == NULL)
    return;

  report = bootlace_report_new (self->job);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  tell (self, _ ("Report copied"));
}

static void
setup_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceReportView *self = BOOTLACE_REPORT_VIEW (widget);

  if (self->job != NULL)
    gtk_widget_activate_action (widget, "win.setup-board", "s",
                                dfu_device_get_port_path (bootlace_job_get_device (self->job)));
}

static void
folder_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceReportView) self = user_data;
  const char *text = bootlace_folder_show_finish (result);

  gtk_label_set_label (self->message_label, "");
  if (text == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "board.details", NULL);
  tell (self, text);
}

/**
 * bootlace_report_view_show_folder:
 * @self: a report view
 *
 * Shows where the file lies that the job has written, and says here if that does not work.
 */
void
bootlace_report_view_show_folder (BootlaceReportView *self)
{
  g_autoptr (GFile) folder = NULL;
  GFile *saved;

  g_return_if_fail (BOOTLACE_IS_REPORT_VIEW (self));

  saved = get_saved (self);
  folder = saved != NULL ? g_file_get_parent (saved) : NULL;
  if (folder != NULL)
    bootlace_folder_show_async (folder, GTK_WIDGET (self), folder_cb, g_object_ref (self));
}

static void
show_folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_report_view_show_folder (BOOTLACE_REPORT_VIEW (widget));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceReportView) self = take_back (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;
  g_autofree char *text = NULL;
  const gboolean is_saved = firmware_save_finish (result, &error);

  if (self == NULL)
    return;

  if (is_saved) {
    tell (self, _ ("Report saved"));
    return;
  }

  message = wording_message_new_for_saving (error);
  text = wording_message_dup_text (message);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
  bootlace_announce (GTK_WIDGET (self), text);
}

static void
save_to (BootlaceReportView *self, GFile *file)
{
  g_autofree char *report = bootlace_report_new (self->job);
  g_autoptr (GBytes) bytes = g_bytes_new_take (report, strlen (report));
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();

  report = NULL;
  firmware_save_async (file, bytes, no_inputs, NULL, saved_cb, hold_weakly (self));
}

static void
pick_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceReportView) self = take_back (user_data);
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);

  if (self == NULL)
    return;

  g_clear_object (&self->picking);
  if (files != NULL && self->job != NULL)
    save_to (self, files->pdata[0]);
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceReportView *self = BOOTLACE_REPORT_VIEW (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));

  if (self->job == NULL || self->picking != NULL)
    return;

  self->picking = g_cancellable_new ();
  /* Translators: the name that is proposed for a file */
  bootlace_file_picker_save_async (window, _ ("Save Report"), NULL, _ ("bootlace-report.txt"),
                                   self->picking, pick_cb, hold_weakly (self));
}

static void
bootlace_report_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bootlace_report_view_parent_class)->map (widget);

  refresh (BOOTLACE_REPORT_VIEW (widget));
  bootlace_scroll_to (widget);
}

/* The dialog must not outlive the window. */
static void
bootlace_report_view_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (BOOTLACE_REPORT_VIEW (widget)->picking);

  GTK_WIDGET_CLASS (bootlace_report_view_parent_class)->unroot (widget);
}

static void
bootlace_report_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceReportView *self = BOOTLACE_REPORT_VIEW (object);

  switch (id) {
  case PROP_JOB:
    g_value_set_object (value, self->job);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_report_view_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  switch (id) {
  case PROP_JOB:
    set_job (BOOTLACE_REPORT_VIEW (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_report_view_dispose (GObject *object)
{
  BootlaceReportView *self = BOOTLACE_REPORT_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->picking);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->operation_signals);
  g_clear_object (&self->job);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_report_view_parent_class)->dispose (object);
}

static void
bootlace_report_view_class_init (BootlaceReportViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_report_view_get_property;
  object_class->set_property = bootlace_report_view_set_property;
  object_class->dispose = bootlace_report_view_dispose;
  widget_class->map = bootlace_report_view_map;
  widget_class->unroot = bootlace_report_view_unroot;

  properties[PROP_JOB] =
    g_param_spec_object ("job", NULL, NULL, BOOTLACE_TYPE_JOB,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-report-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceReportView, text_view);
  gtk_widget_class_bind_template_child (widget_class, BootlaceReportView, message_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceReportView, saved_box);
  gtk_widget_class_bind_template_child (widget_class, BootlaceReportView, saved_label);
  gtk_widget_class_bind_template_callback (widget_class, can_assist_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_set_css_name (widget_class, "reportview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_install_action (widget_class, "report.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "report.show-folder", NULL, show_folder_cb);
  gtk_widget_class_install_action (widget_class, "report.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "report.setup", NULL, setup_cb);
}

static void
bootlace_report_view_init (BootlaceReportView *self)
{
  self->job_signals = g_signal_group_new (BOOTLACE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (refresh), self);

  self->operation_signals = g_signal_group_new (DFU_TYPE_OPERATION);
  g_signal_group_connect_swapped (self->operation_signals, "notify::phase", G_CALLBACK (refresh),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
