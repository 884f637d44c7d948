/* bootlace-step.c: a drawing with what it shows below it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-step.h"

#include <glib/gi18n.h>

struct _BootlaceStep {
  GtkWidget parent_instance;

  char *texts[4]; /* nullable */
  gboolean current;
  gboolean done;
  gboolean beside;

  GtkWidget *image;
};

enum {
  PROP_0,
  PROP_ICON_NAME,
  PROP_DESCRIPTION,
  PROP_TITLE,
  PROP_TEXT,
  PROP_CURRENT,
  PROP_DONE,
  PROP_BESIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceStep, bootlace_step, GTK_TYPE_WIDGET)

static gboolean
has_text_cb (BootlaceStep *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static GtkOrientation
choose_orientation_cb (BootlaceStep *self, gboolean beside)
{
  return beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
}

static GtkAlign
choose_align_cb (BootlaceStep *self, gboolean beside)
{
  return beside ? GTK_ALIGN_START : GTK_ALIGN_CENTER;
}

static GtkJustification
choose_justify_cb (BootlaceStep *self, gboolean beside)
{
  return beside ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER;
}

static float
choose_xalign_cb (BootlaceStep *self, gboolean beside)
{
  return beside ? 0.0f : 0.5f;
}

static void
describe (BootlaceStep *self)
{
  const char *description = self->texts[PROP_DESCRIPTION - 1];
  g_autofree char *text = NULL;

  if (description == NULL)
    return;

  /* Translators: what a drawing shows, and that the program noticed that it was done */
  text = self->done ? g_strdup_printf (_ ("%s (done)"), description) : g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static void
set_class (BootlaceStep *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
bootlace_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceStep *self = BOOTLACE_STEP (object);

  switch (id) {
  case PROP_ICON_NAME:
  case PROP_DESCRIPTION:
  case PROP_TITLE:
  case PROP_TEXT:
    g_value_set_string (value, self->texts[id - 1]);
    break;
  case PROP_CURRENT:
    g_value_set_boolean (value, self->current);
    break;
  case PROP_DONE:
    g_value_set_boolean (value, self->done);
    break;
  case PROP_BESIDE:
    g_value_set_boolean (value, self->beside);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_step_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceStep *self = BOOTLACE_STEP (object);

  switch (id) {
  case PROP_ICON_NAME:
  case PROP_DESCRIPTION:
  case PROP_TITLE:
  case PROP_TEXT:
    g_free (self->texts[id - 1]);
    self->texts[id - 1] = g_value_dup_string (value);
    break;
  case PROP_CURRENT:
    self->current = g_value_get_boolean (value);
    set_class (self, "current", self->current);
    break;
  case PROP_DONE:
    self->done = g_value_get_boolean (value);
    set_class (self, "done", self->done);
    break;
  case PROP_BESIDE:
    self->beside = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }

  describe (self);
}

static void
bootlace_step_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_step_parent_class)->dispose (object);
}

static void
bootlace_step_finalize (GObject *object)
{
  BootlaceStep *self = BOOTLACE_STEP (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (bootlace_step_parent_class)->finalize (object);
}

static void
bootlace_step_class_init (BootlaceStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_step_get_property;
  object_class->set_property = bootlace_step_set_property;
  object_class->dispose = bootlace_step_dispose;
  object_class->finalize = bootlace_step_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);
  properties[PROP_BESIDE] = g_param_spec_boolean ("beside", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-step.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceStep, image);
  gtk_widget_class_bind_template_callback (widget_class, choose_align_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_justify_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_orientation_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_xalign_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_set_css_name (widget_class, "step");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_step_init (BootlaceStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
