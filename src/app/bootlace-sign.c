/* bootlace-sign.c: what keeps people from using a board, to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-sign.h"

#include <glib/gi18n.h>

#include "setup-sign.h"

struct _BootlaceSign {
  GtkWidget parent_instance;

  SetupSign sign;
  gboolean section;
};

enum {
  PROP_0,
  PROP_SIGN,
  PROP_SECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceSign, bootlace_sign, GTK_TYPE_WIDGET)

static void
add_label (BootlaceSign *self, const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "natural-wrap-mode",
                                   GTK_NATURAL_WRAP_NONE, "hexpand", TRUE, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
}

static void
add_icon (BootlaceSign *self)
{
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", "bootlace-note-symbolic", "valign", GTK_ALIGN_START,
                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (icon, "hint");
  gtk_widget_set_parent (icon, GTK_WIDGET (self));
}

static void
show_section (BootlaceSign *self, const SetupSymptom *symptom)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 3);
  add_label (self, _ (symptom->summary), "strong");
  add_label (self, _ (symptom->cause), NULL);
  add_label (self, _ (symptom->advice), "dim");
}

static void
show_note (BootlaceSign *self, const SetupSymptom *symptom)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  g_autofree char *hint = setup_symptom_dup_hint (symptom);
  g_autofree char *text = g_strdup_printf ("%s %s", _ (symptom->summary), hint);

  gtk_box_layout_set_spacing (layout, 12);
  add_icon (self);
  add_label (self, text, NULL);
}

static void
bootlace_sign_constructed (GObject *object)
{
  BootlaceSign *self = BOOTLACE_SIGN (object);
  const SetupSymptom *symptom = setup_sign_get_symptom (self->sign);

  G_OBJECT_CLASS (bootlace_sign_parent_class)->constructed (object);

  if (self->section)
    show_section (self, symptom);
  else
    show_note (self, symptom);
}

static void
bootlace_sign_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceSign *self = BOOTLACE_SIGN (object);

  switch (id) {
  case PROP_SIGN:
    self->sign = g_value_get_enum (value);
    break;
  case PROP_SECTION:
    self->section = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_sign_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_sign_parent_class)->dispose (object);
}

static void
bootlace_sign_class_init (BootlaceSignClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = bootlace_sign_constructed;
  object_class->set_property = bootlace_sign_set_property;
  object_class->dispose = bootlace_sign_dispose;

  properties[PROP_SIGN] =
    g_param_spec_enum ("sign", NULL, NULL, setup_sign_get_type (), SETUP_SIGN_NO_BOARD, flags);
  properties[PROP_SECTION] = g_param_spec_boolean ("section", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sign");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_sign_init (BootlaceSign *self)
{
}
