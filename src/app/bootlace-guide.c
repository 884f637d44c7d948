/* bootlace-guide.c: something to read that does not change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-guide.h"

#include "bootlace-sign.h"
#include "bootlace-step.h"
#include "bootlace-wrap-box.h"

struct _BootlaceGuide {
  GtkWidget parent_instance;

  char *page;
};

enum {
  PROP_0,
  PROP_PAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceGuide, bootlace_guide, GTK_TYPE_WIDGET)

static void
bootlace_guide_constructed (GObject *object)
{
  BootlaceGuide *self = BOOTLACE_GUIDE (object);
  g_autofree char *path = NULL;
  g_autoptr (GtkBuilder) builder = NULL;

  G_OBJECT_CLASS (bootlace_guide_parent_class)->constructed (object);

  path = g_strdup_printf ("/dev/bootlace/Bootlace/bootlace-guide-%s.ui", self->page);
  builder = gtk_builder_new_from_resource (path);
  gtk_widget_set_parent (GTK_WIDGET (gtk_builder_get_object (builder, "guide")), GTK_WIDGET (self));
}

static void
bootlace_guide_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_PAGE:
    BOOTLACE_GUIDE (object)->page = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_guide_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_guide_parent_class)->dispose (object);
}

static void
bootlace_guide_finalize (GObject *object)
{
  g_free (BOOTLACE_GUIDE (object)->page);

  G_OBJECT_CLASS (bootlace_guide_parent_class)->finalize (object);
}

static void
bootlace_guide_class_init (BootlaceGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = bootlace_guide_constructed;
  object_class->set_property = bootlace_guide_set_property;
  object_class->dispose = bootlace_guide_dispose;
  object_class->finalize = bootlace_guide_finalize;

  properties[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_SIGN);
  g_type_ensure (BOOTLACE_TYPE_STEP);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guide");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_guide_init (BootlaceGuide *self)
{
}
