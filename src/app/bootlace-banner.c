/* bootlace-banner.c: one thing to tell above everything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-banner.h"

#include "bootlace-column.h"
#include "bootlace-wrap-box.h"

struct _BootlaceBanner {
  GtkWidget parent_instance;

  char *text;         /* nullable */
  char *button_label; /* nullable */
  char *action_name;
  char *close_action_name;

  GtkRevealer *revealer;
  GtkLabel *label;
};

enum {
  PROP_0,
  PROP_TEXT,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  PROP_CLOSE_ACTION_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBanner, bootlace_banner, GTK_TYPE_WIDGET)

static gboolean
has_text_cb (BootlaceBanner *self, const char *text)
{
  return text != NULL;
}

static void
set_string (BootlaceBanner *self, char **string, const GValue *value, guint id)
{
  if (g_strcmp0 (*string, g_value_get_string (value)) == 0)
    return;

  g_free (*string);
  *string = g_value_dup_string (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/* While it goes, it still says what it said. */
static void
show_text (BootlaceBanner *self)
{
  if (self->text != NULL) {
    gtk_label_set_label (self->label, self->text);
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  }

  gtk_revealer_set_reveal_child (self->revealer, self->text != NULL);
}

/* A screen reader would still find what is only rolled up. */
static void
revealed_cb (BootlaceBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->text != NULL || gtk_revealer_get_child_revealed (self->revealer));
}

static void
bootlace_banner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBanner *self = BOOTLACE_BANNER (object);

  switch (id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_BUTTON_LABEL:
    g_value_set_string (value, self->button_label);
    break;
  case PROP_ACTION_NAME:
    g_value_set_string (value, self->action_name);
    break;
  case PROP_CLOSE_ACTION_NAME:
    g_value_set_string (value, self->close_action_name);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceBanner *self = BOOTLACE_BANNER (object);

  switch (id) {
  case PROP_TEXT:
    set_string (self, &self->text, value, id);
    show_text (self);
    break;
  case PROP_BUTTON_LABEL:
    set_string (self, &self->button_label, value, id);
    break;
  case PROP_ACTION_NAME:
    set_string (self, &self->action_name, value, id);
    break;
  case PROP_CLOSE_ACTION_NAME:
    set_string (self, &self->close_action_name, value, id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_banner_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_banner_parent_class)->dispose (object);
}

static void
bootlace_banner_finalize (GObject *object)
{
  BootlaceBanner *self = BOOTLACE_BANNER (object);

  g_free (self->text);
  g_free (self->button_label);
  g_free (self->action_name);
  g_free (self->close_action_name);

  G_OBJECT_CLASS (bootlace_banner_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  properties[PROP_CLOSE_ACTION_NAME] =
    g_param_spec_string ("close-action-name", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_banner_class_init (BootlaceBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_banner_get_property;
  object_class->set_property = bootlace_banner_set_property;
  object_class->dispose = bootlace_banner_dispose;
  object_class->finalize = bootlace_banner_finalize;

  install_properties (object_class);

  g_type_ensure (BOOTLACE_TYPE_COLUMN);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBanner, label);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_set_css_name (widget_class, "banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
bootlace_banner_init (BootlaceBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
