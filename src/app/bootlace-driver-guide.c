/* bootlace-driver-guide.c: how a board gets its driver on Windows, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-driver-guide.h"

#include "bootlace-announce.h"
#include "bootlace-scroll.h"
#include "bootlace-step.h"
#include "setup-check.h"
#include "setup-zadig-guide.h"

#include <glib/gi18n.h>

struct _BootlaceDriverGuide {
  GtkWidget parent_instance;

  SetupCheck *check; /* nullable */
  GSignalGroup *check_signals;
  char *message; /* nullable */

  GtkBox *steps;
  GtkBox *warnings;
  GtkWidget *message_label;
  GtkWidget *notice;
};

enum {
  PROP_0,
  PROP_CHECK,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceDriverGuide, bootlace_driver_guide, GTK_TYPE_WIDGET)

typedef struct {
  const char *icon;
  const char *description;
} Drawing;

static const Drawing drawings[] = {
  [SETUP_ZADIG_PART_LIST] = { "bootlace-zadig-device-symbolic",
                              N_ ("Zadig’s window with the list of devices marked") },
  [SETUP_ZADIG_PART_DRIVER] = { "bootlace-zadig-driver-symbolic",
                                N_ ("Zadig’s window with the new driver marked") },
  [SETUP_ZADIG_PART_BUTTON] = { "bootlace-zadig-button-symbolic",
                                N_ ("Zadig’s window with the large button marked") },
};

/* What has a driver already is listed only when the menu says so. */
static const Drawing all_devices = {
  "bootlace-zadig-list-symbolic", N_ ("Zadig’s window with the menu “Options” open and its first "
                                      "entry ticked")
};

static gboolean
has_text_cb (BootlaceDriverGuide *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_good_cb (BootlaceDriverGuide *self, SetupState state)
{
  return state == SETUP_STATE_GOOD;
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_step (BootlaceDriverGuide *self, guint number, const SetupZadigStep *step, gboolean replaces)
{
  const Drawing *drawing =
    step->part == SETUP_ZADIG_PART_LIST && replaces ? &all_devices : &drawings[step->part];
  g_autofree char *title = g_strdup_printf ("%u. %s", number, step->title);

  gtk_box_append (self->steps, g_object_new (BOOTLACE_TYPE_STEP, "icon-name", drawing->icon,
                                             "description", _ (drawing->description), "title",
                                             title, "text", step->text, "beside", TRUE, NULL));
}

static void
add_warning (BootlaceDriverGuide *self, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", "bootlace-warning-symbolic", "valign",
                  GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "natural-wrap-mode",
                  GTK_NATURAL_WRAP_NONE, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (icon, "hint");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->warnings, box);
}

static void
describe (BootlaceDriverGuide *self, const SetupZadigTarget *target)
{
  g_autoptr (GPtrArray) steps = setup_zadig_list_steps (target);
  g_auto (GStrv) warnings = setup_zadig_list_warnings (target);

  clear (self->steps);
  for (guint i = 0; i < steps->len; i++)
    add_step (self, i + 1, steps->pdata[i], target->replaces);

  clear (self->warnings);
  for (guint i = 0; warnings[i] != NULL; i++)
    add_warning (self, warnings[i]);
}

static void
set_message (BootlaceDriverGuide *self, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  if (message == NULL)
    return;

  bootlace_announce (GTK_WIDGET (self), message);
  bootlace_scroll_to (self->message_label);
}

/* Whoever comes back from Zadig looks here, and the answer itself is far above. That it is told to
 * a screen reader is the window's. */
static void
state_cb (BootlaceDriverGuide *self)
{
  if (setup_check_get_verdict (self->check)->state != SETUP_STATE_GOOD)
    return;

  set_message (self, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    bootlace_scroll_to (self->notice);
}

static void
set_check (BootlaceDriverGuide *self, SetupCheck *check)
{
  if (!g_set_object (&self->check, check))
    return;

  g_signal_group_set_target (self->check_signals, check);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECK]);
}

static char *
dup_remedy (const SetupZadigTarget *target)
{
  g_autofree char *folder = setup_zadig_build_folder ();

  return setup_zadig_dup_remedy (target, folder);
}

/* Worker thread: Windows asks the person meanwhile. */
static void
start_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_auto (SetupZadigTarget) target = { 0 };
  GError *error = NULL;

  setup_zadig_target_init_for (&target, NULL);
  if (setup_zadig_open (&target, &error))
    g_task_return_pointer (task, dup_remedy (&target), g_free);
  else
    g_task_return_error (task, error);
}

static void
started_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BootlaceDriverGuide *self = BOOTLACE_DRIVER_GUIDE (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *remedy = g_task_propagate_pointer (G_TASK (result), &error);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "driver.start", TRUE);
  if (error == NULL) {
    set_message (self, remedy);
    return;
  }

  g_info ("Zadig was not started: %s", error->message);
  origin = setup_zadig_dup_origin (NULL);
  set_message (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                       ? origin
                       : _ ("Zadig could not be started. Start it yourself and go through the "
                            "steps."));
}

static void
start_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GTask) task = g_task_new (widget, NULL, started_cb, NULL);

  set_message (BOOTLACE_DRIVER_GUIDE (widget), NULL);
  gtk_widget_action_set_enabled (widget, "driver.start", FALSE);
  g_task_set_source_tag (task, start_cb);
  g_task_run_in_thread (task, start_in_thread);
}

/* The board may be another one than when it was looked at last. */
static void
bootlace_driver_guide_map (GtkWidget *widget)
{
  g_auto (SetupZadigTarget) target = { 0 };

  setup_zadig_target_init_for (&target, NULL);
  describe (BOOTLACE_DRIVER_GUIDE (widget), &target);

  GTK_WIDGET_CLASS (bootlace_driver_guide_parent_class)->map (widget);
}

static void
bootlace_driver_guide_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceDriverGuide *self = BOOTLACE_DRIVER_GUIDE (object);

  switch (id) {
  case PROP_CHECK:
    g_value_set_object (value, self->check);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_driver_guide_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  switch (id) {
  case PROP_CHECK:
    set_check (BOOTLACE_DRIVER_GUIDE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_driver_guide_dispose (GObject *object)
{
  BootlaceDriverGuide *self = BOOTLACE_DRIVER_GUIDE (object);
  GtkWidget *child;

  g_clear_object (&self->check_signals);
  g_clear_object (&self->check);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (bootlace_driver_guide_parent_class)->dispose (object);
}

static void
bootlace_driver_guide_class_init (BootlaceDriverGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_driver_guide_get_property;
  object_class->set_property = bootlace_driver_guide_set_property;
  object_class->dispose = bootlace_driver_guide_dispose;
  widget_class->map = bootlace_driver_guide_map;

  properties[PROP_CHECK] =
    g_param_spec_object ("check", NULL, NULL, SETUP_TYPE_CHECK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-driver-guide.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceDriverGuide, steps);
  gtk_widget_class_bind_template_child (widget_class, BootlaceDriverGuide, warnings);
  gtk_widget_class_bind_template_child (widget_class, BootlaceDriverGuide, message_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceDriverGuide, notice);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_good_cb);
  gtk_widget_class_set_css_name (widget_class, "driverguide");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_install_action (widget_class, "driver.start", NULL, start_cb);
}

static void
bootlace_driver_guide_init (BootlaceDriverGuide *self)
{
  self->check_signals = g_signal_group_new (SETUP_TYPE_CHECK);
  g_signal_group_connect_swapped (self->check_signals, "notify::state", G_CALLBACK (state_cb),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
