/* bootlace-bottom-bar.c: how it stands, and the one thing to do next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-bottom-bar.h"

#include "bootlace-column.h"
#include "bootlace-wrap-box.h"

struct _BootlaceBottomBar {
  GtkWidget parent_instance;

  BootlaceStatus *status;

  GtkWidget *title_label;
  GtkWidget *detail_label;
};

enum {
  PROP_0,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBottomBar, bootlace_bottom_bar, GTK_TYPE_WIDGET)

static gboolean
has_text_cb (BootlaceBottomBar *self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* Nothing to stop at on the way to the buttons. */
static void
leave_cb (BootlaceBottomBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) != GTK_WIDGET (self))
    gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * bootlace_bottom_bar_rest_focus:
 * @self: a bottom bar
 *
 * Gives the keyboard's focus to what the bar says, where a key pressed once more does nothing: not
 * to the one button instead of the other.
 */
void
bootlace_bottom_bar_rest_focus (BootlaceBottomBar *self)
{
  g_return_if_fail (BOOTLACE_IS_BOTTOM_BAR (self));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
bootlace_bottom_bar_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bootlace_bottom_bar_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (leave_cb), widget, G_CONNECT_SWAPPED);
}

static void
bootlace_bottom_bar_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), leave_cb, widget);

  GTK_WIDGET_CLASS (bootlace_bottom_bar_parent_class)->unroot (widget);
}

static void
bootlace_bottom_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBottomBar *self = BOOTLACE_BOTTOM_BAR (object);

  switch (id) {
  case PROP_STATUS:
    g_value_set_object (value, self->status);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_bottom_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceBottomBar *self = BOOTLACE_BOTTOM_BAR (object);

  switch (id) {
  case PROP_STATUS:
    if (g_set_object (&self->status, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_bottom_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  g_clear_object (&BOOTLACE_BOTTOM_BAR (object)->status);

  G_OBJECT_CLASS (bootlace_bottom_bar_parent_class)->dispose (object);
}

static void
bootlace_bottom_bar_class_init (BootlaceBottomBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_bottom_bar_get_property;
  object_class->set_property = bootlace_bottom_bar_set_property;
  object_class->dispose = bootlace_bottom_bar_dispose;
  widget_class->root = bootlace_bottom_bar_root;
  widget_class->unroot = bootlace_bottom_bar_unroot;

  properties[PROP_STATUS] =
    g_param_spec_object ("status", NULL, NULL, BOOTLACE_TYPE_STATUS,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_COLUMN);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-bottom-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceBottomBar, title_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBottomBar, detail_label);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_set_css_name (widget_class, "bottombar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_bottom_bar_init (BootlaceBottomBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title_label, self->detail_label, NULL, -1);
}
