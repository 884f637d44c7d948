/* bootlace-question.c: a yes or no that must be answered first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-question.h"

struct _BootlaceQuestion {
  GtkWindow parent_instance;

  char *heading;
  char *body;
  char *yes_label;
  char *no_label;
};

enum {
  PROP_0,
  PROP_HEADING,
  PROP_BODY,
  PROP_YES_LABEL,
  PROP_NO_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceQuestion, bootlace_question, GTK_TYPE_WINDOW)

static void
yes_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkWidget) self = g_object_ref (widget);

  /* The answer may be the end of the parent, which must not take this window along just now. */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  g_signal_emit (self, signals[ACCEPTED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
no_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static char **
find_text (BootlaceQuestion *self, guint id)
{
  switch (id) {
  case PROP_HEADING:
    return &self->heading;
  case PROP_BODY:
    return &self->body;
  case PROP_YES_LABEL:
    return &self->yes_label;
  case PROP_NO_LABEL:
    return &self->no_label;
  default:
    return NULL;
  }
}

static void
bootlace_question_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  char **text = find_text (BOOTLACE_QUESTION (object), id);

  if (text != NULL)
    g_value_set_string (value, *text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bootlace_question_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  char **text = find_text (BOOTLACE_QUESTION (object), id);

  if (text != NULL)
    *text = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bootlace_question_constructed (GObject *object)
{
  BootlaceQuestion *self = BOOTLACE_QUESTION (object);

  G_OBJECT_CLASS (bootlace_question_parent_class)->constructed (object);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->heading, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->body,
                                  -1);
}

static void
bootlace_question_finalize (GObject *object)
{
  BootlaceQuestion *self = BOOTLACE_QUESTION (object);

  g_free (self->heading);
  g_free (self->body);
  g_free (self->yes_label);
  g_free (self->no_label);

  G_OBJECT_CLASS (bootlace_question_parent_class)->finalize (object);
}

static void
bootlace_question_class_init (BootlaceQuestionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_question_get_property;
  object_class->set_property = bootlace_question_set_property;
  object_class->constructed = bootlace_question_constructed;
  object_class->finalize = bootlace_question_finalize;

  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_BODY] = g_param_spec_string ("body", NULL, NULL, NULL, flags);
  properties[PROP_YES_LABEL] = g_param_spec_string ("yes-label", NULL, NULL, NULL, flags);
  properties[PROP_NO_LABEL] = g_param_spec_string ("no-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-question.ui");

  gtk_widget_class_install_action (widget_class, "question.yes", NULL, yes_cb);
  gtk_widget_class_install_action (widget_class, "question.no", NULL, no_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "question.no", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
}

static void
bootlace_question_init (BootlaceQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bootlace_question_new:
 * @parent: the window that the question is about
 * @heading: the question
 * @body: what a yes means
 * @yes_label: label of the button that loses something
 * @no_label: label of the button that is chosen already
 *
 * Returns: (transfer none): the question; present it with gtk_window_present()
 */
GtkWidget *
bootlace_question_new (GtkWindow *parent,
                       const char *heading,
                       const char *body,
                       const char *yes_label,
                       const char *no_label)
{
  return g_object_new (BOOTLACE_TYPE_QUESTION, "transient-for", parent, "heading", heading, "body",
                       body, "yes-label", yes_label, "no-label", no_label, NULL);
}
