/* bootlace-title.c: a window's title that is whole or not there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-title.h"

struct _BootlaceTitle {
  GtkWidget parent_instance;

  GtkWidget *label;
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceTitle, bootlace_title, GTK_TYPE_WIDGET)

static void
bootlace_title_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  GtkWidget *label = BOOTLACE_TITLE (widget)->label;

  gtk_widget_measure (label, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
bootlace_title_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *label = BOOTLACE_TITLE (widget)->label;
  int needed;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);

  gtk_widget_set_child_visible (label, needed <= width);
  if (needed <= width)
    gtk_widget_size_allocate (label, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
bootlace_title_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceTitle *self = BOOTLACE_TITLE (object);

  switch (id) {
  case PROP_TEXT:
    g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_title_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceTitle *self = BOOTLACE_TITLE (object);

  switch (id) {
  case PROP_TEXT:
    gtk_label_set_text (GTK_LABEL (self->label), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_title_dispose (GObject *object)
{
  BootlaceTitle *self = BOOTLACE_TITLE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (bootlace_title_parent_class)->dispose (object);
}

static void
bootlace_title_class_init (BootlaceTitleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_title_get_property;
  object_class->set_property = bootlace_title_set_property;
  object_class->dispose = bootlace_title_dispose;

  widget_class->measure = bootlace_title_measure;
  widget_class->size_allocate = bootlace_title_size_allocate;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_title_init (BootlaceTitle *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_single_line_mode (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "title");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}
