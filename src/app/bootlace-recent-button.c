/* bootlace-recent-button.c: the arrow beside Open, with the firmware that was opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-recent-button.h"

#include <glib/gi18n.h>

struct _BootlaceRecentButton {
  GtkWidget parent_instance;

  BootlaceRecent *recent; /* nullable */
  GSignalGroup *list_signals;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkListBox *list;
};

enum {
  PROP_0,
  PROP_RECENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceRecentButton, bootlace_recent_button, GTK_TYPE_WIDGET)

static GtkWidget *
create_label (const char *text, PangoEllipsizeMode mode, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), mode);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  BootlaceRecentFile *file = item;
  const char *name = bootlace_recent_file_get_name (file);
  const char *place = bootlace_recent_file_get_place (file);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Translators: the name of a firmware, and the folder where it is */
  g_autofree char *description = g_strdup_printf (_ ("%s in %s"), name, place);

  gtk_box_append (GTK_BOX (box), create_label (name, PANGO_ELLIPSIZE_END, "strong"));
  gtk_box_append (GTK_BOX (box), create_label (place, PANGO_ELLIPSIZE_MIDDLE, "dim"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);

  return row;
}

/* A row with an action of its own would do that and nothing else, and leave the list in the way. */
static void
row_activated_cb (BootlaceRecentButton *self, GtkListBoxRow *row)
{
  g_autoptr (BootlaceRecentFile) file =
    g_list_model_get_item (bootlace_recent_get_list (self->recent),
                           (guint) gtk_list_box_row_get_index (row));

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.open-recent",
                                      g_variant_new_strv (bootlace_recent_file_get_uris (file),
                                                          -1));
}

static void
list_cb (BootlaceRecentButton *self)
{
  gboolean any =
    self->recent != NULL && g_list_model_get_n_items (bootlace_recent_get_list (self->recent)) > 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), any);
  if (!any)
    gtk_popover_popdown (self->popover);
}

static void
set_recent (BootlaceRecentButton *self, BootlaceRecent *recent)
{
  GListModel *list = recent != NULL ? bootlace_recent_get_list (recent) : NULL;

  if (!g_set_object (&self->recent, recent))
    return;

  gtk_list_box_bind_model (self->list, list, create_row, NULL, NULL);
  g_signal_group_set_target (self->list_signals, list);
  list_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECENT]);
}

/* What has gone or come in the meantime. */
static void
map_cb (BootlaceRecentButton *self)
{
  if (self->recent != NULL)
    bootlace_recent_look (self->recent);
}

static void
bootlace_recent_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_RECENT:
    g_value_set_object (value, BOOTLACE_RECENT_BUTTON (object)->recent);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_recent_button_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  switch (id) {
  case PROP_RECENT:
    set_recent (BOOTLACE_RECENT_BUTTON (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_recent_button_dispose (GObject *object)
{
  BootlaceRecentButton *self = BOOTLACE_RECENT_BUTTON (object);
  GtkWidget *child;

  g_clear_object (&self->list_signals);
  g_clear_object (&self->recent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_recent_button_parent_class)->dispose (object);
}

static void
bootlace_recent_button_class_init (BootlaceRecentButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_recent_button_get_property;
  object_class->set_property = bootlace_recent_button_set_property;
  object_class->dispose = bootlace_recent_button_dispose;

  properties[PROP_RECENT] =
    g_param_spec_object ("recent", NULL, NULL, BOOTLACE_TYPE_RECENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-recent-button.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceRecentButton, button);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRecentButton, popover);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRecentButton, list);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "recentbutton");
}

static void
bootlace_recent_button_init (BootlaceRecentButton *self)
{
  self->list_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->list_signals, "items-changed", G_CALLBACK (list_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
