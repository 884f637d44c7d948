/* bootlace-setup-window.c: from "nothing happens" to Ready
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-setup-window.h"

#include "bootlace-banner.h"
#include "bootlace-boot-guide.h"
#include "bootlace-check-row.h"
#include "bootlace-column.h"
#include "bootlace-driver-guide.h"
#include "bootlace-fold.h"
#include "bootlace-guide.h"
#include "bootlace-rule-guide.h"
#include "bootlace-scroll.h"
#include "bootlace-settings.h"
#include "bootlace-setup-look.h"
#include "bootlace-setup-status.h"
#include "bootlace-setup-voice.h"
#include "bootlace-setup-work.h"
#include "bootlace-wrap-box.h"

struct _BootlaceSetupWindow {
  GtkWindow parent_instance;

  SetupAssistant *assistant;
  BootlaceSetupStatus *status;
  BootlaceSetupWork *work;
  BootlaceBootWatch *watch;
  BootlaceSetupVoice *voice;
  GSettings *settings; /* nullable */

  GtkListBox *list;
  BootlaceFold *bootloader_fold;
  BootlaceFold *wiring_fold;
  BootlaceFold *limits_fold;
  BootlaceFold *driver_fold;
  BootlaceDriverGuide *driver_guide;
};

enum {
  PROP_0,
  PROP_ASSISTANT,
  PROP_STATUS,
  PROP_WORK,
  PROP_WATCH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceSetupWindow, bootlace_setup_window, GTK_TYPE_WINDOW)

static char *
choose_icon_cb (BootlaceSetupWindow *self, SetupState state)
{
  return g_strdup (bootlace_setup_state_get_icon (state));
}

static char **
choose_classes_cb (BootlaceSetupWindow *self, SetupState state)
{
  const char *style = bootlace_setup_state_get_style (state);
  const char *classes[] = { "mark", "large", style, NULL };

  return g_strdupv ((char **) classes);
}

static gboolean
can_go_back_cb (BootlaceSetupWindow *self, gboolean acting, gboolean ready)
{
  return ready && !acting;
}

static gboolean
has_check (BootlaceSetupWindow *self, const char *id)
{
  return self->assistant != NULL && setup_assistant_find_check (self->assistant, id) != NULL;
}

/* Rules are udev's, so there is something to say of them where access is a question. */
static gboolean
has_rule_cb (BootlaceSetupWindow *self, SetupAssistant *assistant)
{
  return has_check (self, "access");
}

static gboolean
has_driver_cb (BootlaceSetupWindow *self, SetupAssistant *assistant)
{
  return has_check (self, "driver");
}

/* What the assistant does. */
static const struct {
  const char *name;
  SetupAction action;
} acts[] = {
  { "setup.check-again", SETUP_ACTION_CHECK_AGAIN },
  { "setup.install-rule", SETUP_ACTION_INSTALL_RULE },
  { "setup.install-rule-for-all", SETUP_ACTION_INSTALL_RULE_FOR_ALL },
  { "setup.remove-rule", SETUP_ACTION_REMOVE_RULE },
};

/* What is told below the questions. */
static const struct {
  const char *name;
  gsize fold; /* where in a window it is */
} pages[] = {
  { "setup.show-bootloader", G_STRUCT_OFFSET (BootlaceSetupWindow, bootloader_fold) },
  { "setup.show-wiring", G_STRUCT_OFFSET (BootlaceSetupWindow, wiring_fold) },
  { "setup.show-limits", G_STRUCT_OFFSET (BootlaceSetupWindow, limits_fold) },
  { "setup.show-driver", G_STRUCT_OFFSET (BootlaceSetupWindow, driver_fold) },
};

/* One at a time. Looking again does no harm. */
static void
acting_cb (BootlaceSetupWindow *self)
{
  gboolean acting = bootlace_setup_work_is_acting (self->work);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (acts[i].action != SETUP_ACTION_CHECK_AGAIN)
      gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].name, !acting);
}

static void
show_fold (BootlaceFold *fold)
{
  bootlace_fold_set_open (fold, TRUE);
  bootlace_fold_focus_header (fold);
  bootlace_scroll_to (GTK_WIDGET (fold));
}

static void
show_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (name, pages[i].name))
      show_fold (G_STRUCT_MEMBER (BootlaceFold *, widget, pages[i].fold));
}

static void
act_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      bootlace_setup_work_act (BOOTLACE_SETUP_WINDOW (widget)->work, acts[i].action);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_setup_work_copy (BOOTLACE_SETUP_WINDOW (widget)->work,
                            g_variant_get_string (parameter, NULL));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_setup_work_save_rule (BOOTLACE_SETUP_WINDOW (widget)->work);
}

static void
hide_message_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_setup_work_hide_message (BOOTLACE_SETUP_WINDOW (widget)->work);
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);

  return G_SOURCE_REMOVE;
}

static void
go_back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_window_present (parent);

  /* Not while the button that was clicked is held, or it outlives what it is bound to. */
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (widget), g_object_unref);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return bootlace_check_row_new (BOOTLACE_SETUP_WINDOW (user_data)->assistant, item);
}

/**
 * bootlace_setup_window_get_assistant:
 * @self: a window
 *
 * Returns: (transfer none): whose answers it shows
 */
SetupAssistant *
bootlace_setup_window_get_assistant (BootlaceSetupWindow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SETUP_WINDOW (self), NULL);

  return self->assistant;
}

/**
 * bootlace_setup_window_lead:
 * @self: a window
 *
 * Moves the keyboard's focus to the question to look at first, as soon as that is known: who reads
 * with the ears is there at once.
 */
void
bootlace_setup_window_lead (BootlaceSetupWindow *self)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WINDOW (self));

  bootlace_setup_voice_lead (self->voice);
}

/* A dialog must not outlive the window that it would answer to, and it holds that window. */
static void
bootlace_setup_window_unrealize (GtkWidget *widget)
{
  bootlace_setup_work_close (BOOTLACE_SETUP_WINDOW (widget)->work);

  GTK_WIDGET_CLASS (bootlace_setup_window_parent_class)->unrealize (widget);
}

static void
bootlace_setup_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceSetupWindow *self = BOOTLACE_SETUP_WINDOW (object);

  switch (id) {
  case PROP_ASSISTANT:
    g_value_set_object (value, self->assistant);
    break;
  case PROP_STATUS:
    g_value_set_object (value, self->status);
    break;
  case PROP_WORK:
    g_value_set_object (value, self->work);
    break;
  case PROP_WATCH:
    g_value_set_object (value, self->watch);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_setup_window_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  switch (id) {
  case PROP_ASSISTANT:
    BOOTLACE_SETUP_WINDOW (object)->assistant = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_setup_window_constructed (GObject *object)
{
  BootlaceSetupWindow *self = BOOTLACE_SETUP_WINDOW (object);

  G_OBJECT_CLASS (bootlace_setup_window_parent_class)->constructed (object);

  self->work = bootlace_setup_work_new (self->assistant, GTK_WINDOW (self));
  self->status = bootlace_setup_status_new (self->assistant, self->work);
  g_object_notify_by_pspec (object, properties[PROP_STATUS]);
  g_object_notify_by_pspec (object, properties[PROP_WORK]);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->assistant), create_row, self, NULL);
  g_object_set (self->driver_guide, "check", setup_assistant_find_check (self->assistant, "driver"),
                NULL);
  self->voice = bootlace_setup_voice_new (self->list, self->assistant, self->status);
  g_signal_connect_object (self->work, "notify::acting", G_CALLBACK (acting_cb), self,
                           G_CONNECT_SWAPPED);

  if (self->settings != NULL)
    bootlace_settings_bind_setup_window (self->settings, GTK_WINDOW (self));
}

static void
bootlace_setup_window_dispose (GObject *object)
{
  BootlaceSetupWindow *self = BOOTLACE_SETUP_WINDOW (object);

  g_clear_object (&self->voice);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->settings);
  g_clear_object (&self->watch);
  g_clear_object (&self->status);
  g_clear_object (&self->work);
  g_clear_object (&self->assistant);

  G_OBJECT_CLASS (bootlace_setup_window_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_ASSISTANT] =
    g_param_spec_object ("assistant", NULL, NULL, SETUP_TYPE_ASSISTANT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] =
    g_param_spec_object ("status", NULL, NULL, BOOTLACE_TYPE_SETUP_STATUS, shown);
  properties[PROP_WORK] = g_param_spec_object ("work", NULL, NULL, BOOTLACE_TYPE_SETUP_WORK, shown);
  properties[PROP_WATCH] =
    g_param_spec_object ("watch", NULL, NULL, BOOTLACE_TYPE_BOOT_WATCH, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].name, NULL, act_cb);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_install_action (widget_class, pages[i].name, NULL, show_cb);

  gtk_widget_class_install_action (widget_class, "setup.copy-command", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "setup.save-rule", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "setup.hide-message", NULL, hide_message_cb);
  gtk_widget_class_install_action (widget_class, "setup.go-back", NULL, go_back_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "setup.check-again", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-setup-window.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, list);
  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, bootloader_fold);
  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, wiring_fold);
  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, limits_fold);
  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, driver_fold);
  gtk_widget_class_bind_template_child (widget_class, BootlaceSetupWindow, driver_guide);

  gtk_widget_class_bind_template_callback (widget_class, can_go_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_driver_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_rule_cb);
}

static void
bootlace_setup_window_class_init (BootlaceSetupWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_setup_window_get_property;
  object_class->set_property = bootlace_setup_window_set_property;
  object_class->constructed = bootlace_setup_window_constructed;
  object_class->dispose = bootlace_setup_window_dispose;
  widget_class->unrealize = bootlace_setup_window_unrealize;

  install_properties (object_class);

  g_type_ensure (BOOTLACE_TYPE_BANNER);
  g_type_ensure (BOOTLACE_TYPE_BOOT_GUIDE);
  g_type_ensure (BOOTLACE_TYPE_COLUMN);
  g_type_ensure (BOOTLACE_TYPE_DRIVER_GUIDE);
  g_type_ensure (BOOTLACE_TYPE_FOLD);
  g_type_ensure (BOOTLACE_TYPE_GUIDE);
  g_type_ensure (BOOTLACE_TYPE_RULE_GUIDE);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
bootlace_setup_window_init (BootlaceSetupWindow *self)
{
  self->settings = bootlace_settings_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bootlace_setup_window_new:
 * @parent: (nullable): the window to go back to
 * @assistant: whose answers to show
 * @devices: (nullable): what is on the bus, in any form that changes when a device comes or goes
 *
 * Returns: (transfer none): a window; present it with gtk_window_present()
 */
GtkWidget *
bootlace_setup_window_new (GtkWindow *parent, SetupAssistant *assistant, GListModel *devices)
{
  BootlaceSetupWindow *self = NULL;
  SetupCheck *check = NULL;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (SETUP_IS_ASSISTANT (assistant), NULL);

  self = g_object_new (BOOTLACE_TYPE_SETUP_WINDOW, "transient-for", parent, "assistant", assistant,
                       NULL);
  check = setup_assistant_find_check (assistant, "bootloader");
  if (check != NULL) {
    self->watch = bootlace_boot_watch_new (devices, check);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WATCH]);
  }

  return GTK_WIDGET (self);
}
