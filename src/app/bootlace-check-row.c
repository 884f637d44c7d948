/* bootlace-check-row.c: one question of the setup assistant, with its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-check-row.h"

#include <string.h>

#include "bootlace-command-text.h"
#include "bootlace-fold.h"
#include "bootlace-setup-look.h"
#include "bootlace-wrap-box.h"

struct _BootlaceCheckRow {
  GtkListBoxRow parent_instance;

  SetupAssistant *assistant;
  SetupCheck *check;
  gboolean current;

  BootlaceFold *fold;
};

enum {
  PROP_0,
  PROP_ASSISTANT,
  PROP_CHECK,
  PROP_CURRENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceCheckRow, bootlace_check_row, GTK_TYPE_LIST_BOX_ROW)

static char *
choose_icon_cb (BootlaceCheckRow *self, SetupState state)
{
  return g_strdup (bootlace_setup_state_get_icon (state));
}

static char *
format_word_cb (BootlaceCheckRow *self, SetupState state)
{
  return g_strdup (bootlace_setup_state_get_word (state));
}

static char **
choose_mark_classes_cb (BootlaceCheckRow *self, SetupState state)
{
  const char *classes[] = { "mark", bootlace_setup_state_get_style (state), NULL };

  return g_strdupv ((char **) classes);
}

static char **
choose_word_classes_cb (BootlaceCheckRow *self, SetupState state)
{
  const char *classes[] = { "word", bootlace_setup_state_get_style (state), NULL };

  return g_strdupv ((char **) classes);
}

static gboolean
has_text_cb (BootlaceCheckRow *self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* A few words are a line; a file that is written by a command takes a box to scroll in. */
static gboolean
has_lines_cb (BootlaceCheckRow *self, const char *text)
{
  return text != NULL && strchr (text, '\n') != NULL;
}

static gboolean
is_line_cb (BootlaceCheckRow *self, const char *text)
{
  return has_text_cb (self, text) && !has_lines_cb (self, text);
}

static PangoAttrList *
choose_breaks_cb (BootlaceCheckRow *self, const char *command)
{
  return command != NULL ? bootlace_command_text_new_attributes (command) : NULL;
}

static char *
format_button_cb (BootlaceCheckRow *self, SetupAction action)
{
  return g_strdup (bootlace_setup_action_get_label (action));
}

static char *
choose_action_cb (BootlaceCheckRow *self, SetupAction action)
{
  return g_strdup (bootlace_setup_action_get_name (action));
}

static gboolean
has_button_cb (BootlaceCheckRow *self, SetupAction action)
{
  return bootlace_setup_action_get_name (action) != NULL;
}

static gboolean
has_more_cb (BootlaceCheckRow *self, const char *advice, SetupAction action, const char *command)
{
  return has_text_cb (self, advice) || has_button_cb (self, action) || has_text_cb (self, command);
}

/* The question, the word and the sentence in a row, as they are seen. */
static char *
format_all_cb (BootlaceCheckRow *self, const char *title, SetupState state, const char *summary)
{
  return g_strjoin (" ", title, bootlace_setup_state_get_word (state), "–", summary, NULL);
}

/* The window has the clipboard. */
static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const SetupVerdict *verdict = setup_check_get_verdict (BOOTLACE_CHECK_ROW (widget)->check);

  if (verdict->command != NULL)
    gtk_widget_activate_action (widget, "setup.copy-command", "s", verdict->command);
}

/* What is to be looked at is open; what is not any more is closed; in between it is the person's.
 */
static void
set_current (BootlaceCheckRow *self, gboolean current)
{
  if (self->current == current)
    return;

  self->current = current;
  bootlace_fold_set_open (self->fold, current);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* The advice may come after the row became the current one. */
static void
can_open_cb (BootlaceCheckRow *self)
{
  bootlace_fold_set_open (self->fold, self->current || bootlace_fold_is_open (self->fold));
}

/**
 * bootlace_check_row_get_check:
 * @self: a row
 *
 * Returns: (transfer none): the question that it shows
 */
SetupCheck *
bootlace_check_row_get_check (BootlaceCheckRow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_CHECK_ROW (self), NULL);

  return self->check;
}

/**
 * bootlace_check_row_focus:
 * @self: a row
 *
 * Moves the keyboard's focus to the row.
 *
 * Returns: whether that was possible
 */
gboolean
bootlace_check_row_focus (BootlaceCheckRow *self)
{
  g_return_val_if_fail (BOOTLACE_IS_CHECK_ROW (self), FALSE);

  return bootlace_fold_focus_header (self->fold);
}

static void
bootlace_check_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceCheckRow *self = BOOTLACE_CHECK_ROW (object);

  switch (id) {
  case PROP_ASSISTANT:
    g_value_set_object (value, self->assistant);
    break;
  case PROP_CHECK:
    g_value_set_object (value, self->check);
    break;
  case PROP_CURRENT:
    g_value_set_boolean (value, self->current);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_check_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceCheckRow *self = BOOTLACE_CHECK_ROW (object);

  switch (id) {
  case PROP_ASSISTANT:
    self->assistant = g_value_dup_object (value);
    break;
  case PROP_CHECK:
    self->check = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
worst_cb (BootlaceCheckRow *self)
{
  set_current (self, setup_assistant_get_worst (self->assistant) == self->check);
}

static void
bootlace_check_row_constructed (GObject *object)
{
  BootlaceCheckRow *self = BOOTLACE_CHECK_ROW (object);

  G_OBJECT_CLASS (bootlace_check_row_parent_class)->constructed (object);

  g_signal_connect_object (self->assistant, "notify::worst", G_CALLBACK (worst_cb), self,
                           G_CONNECT_SWAPPED);
  worst_cb (self);
}

static void
bootlace_check_row_dispose (GObject *object)
{
  BootlaceCheckRow *self = BOOTLACE_CHECK_ROW (object);

  g_clear_object (&self->check);
  g_clear_object (&self->assistant);

  G_OBJECT_CLASS (bootlace_check_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-check-row.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceCheckRow, fold);

  gtk_widget_class_bind_template_callback (widget_class, can_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_breaks_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_mark_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_word_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_word_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_lines_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_line_cb);
}

static void
bootlace_check_row_class_init (BootlaceCheckRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_check_row_get_property;
  object_class->set_property = bootlace_check_row_set_property;
  object_class->constructed = bootlace_check_row_constructed;
  object_class->dispose = bootlace_check_row_dispose;

  properties[PROP_ASSISTANT] =
    g_param_spec_object ("assistant", NULL, NULL, SETUP_TYPE_ASSISTANT, given);
  properties[PROP_CHECK] = g_param_spec_object ("check", NULL, NULL, SETUP_TYPE_CHECK, given);
  properties[PROP_CURRENT] =
    g_param_spec_boolean ("current", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_FOLD);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "check.copy", NULL, copy_cb);
}

static void
bootlace_check_row_init (BootlaceCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bootlace_check_row_new:
 * @assistant: the assistant
 * @check: one of its questions
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
bootlace_check_row_new (SetupAssistant *assistant, SetupCheck *check)
{
  return g_object_new (BOOTLACE_TYPE_CHECK_ROW, "assistant", assistant, "check", check, NULL);
}
