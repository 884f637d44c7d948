/* bootlace-rule-guide.c: what the udev rule does, a wider one, and how to take it away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-rule-guide.h"

#include <string.h>

#include "bootlace-command-text.h"

struct _BootlaceRuleGuide {
  GtkWidget parent_instance;

  GCancellable *look; /* nullable: what looks around */

  gboolean active;
  gboolean busy;
  gboolean can_install;
  char *wide_command;   /* nullable */
  char *remove_command; /* nullable */
};

enum {
  PROP_0,
  PROP_ACTIVE,
  PROP_BUSY,
  PROP_CAN_INSTALL,
  PROP_WIDE_COMMAND,
  PROP_REMOVE_COMMAND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceRuleGuide, bootlace_rule_guide, GTK_TYPE_WIDGET)

static gboolean
needs_command_cb (BootlaceRuleGuide *self, gboolean can_install)
{
  return !can_install;
}

/* Without a command for it there is a rule that is to be left alone, or none to take away: then
 * there is nothing for a click either. */
static gboolean
has_choice_cb (BootlaceRuleGuide *self, const char *command)
{
  return command != NULL;
}

/* The whole rule takes a box to scroll in. */
static gboolean
has_lines_cb (BootlaceRuleGuide *self, const char *command)
{
  return command != NULL && strchr (command, '\n') != NULL;
}

static gboolean
is_line_cb (BootlaceRuleGuide *self, const char *command)
{
  return command != NULL && !has_lines_cb (self, command);
}

static PangoAttrList *
choose_breaks_cb (BootlaceRuleGuide *self, const char *command)
{
  return command != NULL ? bootlace_command_text_new_attributes (command) : NULL;
}

/* The window has the clipboard. */
static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceRuleGuide *self = BOOTLACE_RULE_GUIDE (widget);
  const char *command =
    g_str_equal (name, "rule.copy-wide") ? self->wide_command : self->remove_command;

  if (command != NULL)
    gtk_widget_activate_action (widget, "setup.copy-command", "s", command);
}

static void
show_facts (BootlaceRuleGuide *self, const SetupAccessFacts *facts)
{
  self->can_install = setup_access_can_install (facts);
  g_free (self->wide_command);
  self->wide_command = setup_access_dup_wide_command (facts);
  g_free (self->remove_command);
  self->remove_command = setup_access_dup_remove_command (facts);

  for (guint i = PROP_CAN_INSTALL; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
stop_looking (BootlaceRuleGuide *self)
{
  g_cancellable_cancel (self->look);
  g_clear_object (&self->look);
}

static void
free_facts (SetupAccessFacts *facts)
{
  setup_access_facts_clear (facts);
  g_free (facts);
}

/* Worker thread: there are many files of rules. */
static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SetupAccessFacts *facts = g_new0 (SetupAccessFacts, 1);

  setup_access_gather_boardless (facts, "");
  g_task_return_pointer (task, facts, (GDestroyNotify) free_facts);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SetupAccessFacts *facts = g_task_propagate_pointer (G_TASK (result), NULL);

  if (facts == NULL)
    return;

  show_facts (BOOTLACE_RULE_GUIDE (object), facts);
  free_facts (facts);
}

static void
look_around (BootlaceRuleGuide *self)
{
  g_autoptr (GTask) task = NULL;

  stop_looking (self);
  self->look = g_cancellable_new ();
  task = g_task_new (self, self->look, looked_cb, NULL);
  g_task_set_source_tag (task, look_around);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * bootlace_rule_guide_set_facts:
 * @self: a guide
 * @facts: of this computer
 *
 * Shows what there is to do on a computer like that, until it is looked at again.
 */
void
bootlace_rule_guide_set_facts (BootlaceRuleGuide *self, const SetupAccessFacts *facts)
{
  g_return_if_fail (BOOTLACE_IS_RULE_GUIDE (self));
  g_return_if_fail (facts != NULL);

  stop_looking (self);
  show_facts (self, facts);
}

/* The rule, or what installs it, may have come since it was looked at last. */
static void
bootlace_rule_guide_map (GtkWidget *widget)
{
  look_around (BOOTLACE_RULE_GUIDE (widget));

  GTK_WIDGET_CLASS (bootlace_rule_guide_parent_class)->map (widget);
}

static void
look_around_if_shown (BootlaceRuleGuide *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_around (self);
}

/* Whoever comes back has perhaps used a terminal. */
static void
set_active (BootlaceRuleGuide *self, gboolean active)
{
  const gboolean comes_back = active && !self->active;

  self->active = active;
  if (comes_back)
    look_around_if_shown (self);
}

static void
set_busy (BootlaceRuleGuide *self, gboolean busy)
{
  const gboolean ends = self->busy && !busy;

  self->busy = busy;
  if (ends)
    look_around_if_shown (self);
}

static void
bootlace_rule_guide_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_ACTIVE:
    set_active (BOOTLACE_RULE_GUIDE (object), g_value_get_boolean (value));
    break;
  case PROP_BUSY:
    set_busy (BOOTLACE_RULE_GUIDE (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_rule_guide_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceRuleGuide *self = BOOTLACE_RULE_GUIDE (object);

  switch (id) {
  case PROP_CAN_INSTALL:
    g_value_set_boolean (value, self->can_install);
    break;
  case PROP_WIDE_COMMAND:
    g_value_set_string (value, self->wide_command);
    break;
  case PROP_REMOVE_COMMAND:
    g_value_set_string (value, self->remove_command);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_rule_guide_dispose (GObject *object)
{
  BootlaceRuleGuide *self = BOOTLACE_RULE_GUIDE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  stop_looking (self);
  g_clear_pointer (&self->wide_command, g_free);
  g_clear_pointer (&self->remove_command, g_free);

  G_OBJECT_CLASS (bootlace_rule_guide_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-rule-guide.ui");

  gtk_widget_class_bind_template_callback (widget_class, choose_breaks_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_lines_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, needs_command_cb);
}

static void
bootlace_rule_guide_class_init (BootlaceRuleGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags told = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_rule_guide_get_property;
  object_class->set_property = bootlace_rule_guide_set_property;
  object_class->dispose = bootlace_rule_guide_dispose;
  widget_class->map = bootlace_rule_guide_map;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, told);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, told);
  properties[PROP_CAN_INSTALL] = g_param_spec_boolean ("can-install", NULL, NULL, FALSE, shown);
  properties[PROP_WIDE_COMMAND] = g_param_spec_string ("wide-command", NULL, NULL, NULL, shown);
  properties[PROP_REMOVE_COMMAND] = g_param_spec_string ("remove-command", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "ruleguide");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_install_action (widget_class, "rule.copy-wide", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "rule.copy-remove", NULL, copy_cb);
}

static void
bootlace_rule_guide_init (BootlaceRuleGuide *self)
{
  /* As on most computers, before that is known. */
  self->can_install = TRUE;

  gtk_widget_init_template (GTK_WIDGET (self));
}
