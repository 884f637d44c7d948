/* bootlace-bystander-row.c: a board that cannot be flashed as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-bystander-row.h"

#include <glib/gi18n.h>

#include "bootlace-wrap-box.h"

struct _BootlaceBystanderRow {
  GtkListBoxRow parent_instance;

  SetupBystander *bystander;
};

enum {
  PROP_BYSTANDER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBystanderRow, bootlace_bystander_row, GTK_TYPE_LIST_BOX_ROW)

static char *
format_port_cb (BootlaceBystanderRow *self, const char *port_path)
{
  /* Translators: %s is the path of a USB port, like "1-10" */
  return port_path != NULL ? g_strdup_printf (_ ("USB port %s"), port_path) : NULL;
}

static char *
choose_icon_cb (BootlaceBystanderRow *self, SetupBoardKind kind)
{
  switch (kind) {
  case SETUP_BOARD_KIND_APPLICATION:
    return g_strdup ("bootlace-waiting-symbolic");
  case SETUP_BOARD_KIND_SERIAL_BRIDGE:
  case SETUP_BOARD_KIND_DEBUG_PROBE:
    return g_strdup ("bootlace-unplugged-symbolic");
  case SETUP_BOARD_KIND_SERIAL_JTAG:
  case SETUP_BOARD_KIND_UF2:
  case SETUP_BOARD_KIND_UF2_ONLY:
  case SETUP_BOARD_KIND_FOREIGN:
  case SETUP_BOARD_KIND_UNKNOWN:
  case SETUP_BOARD_KIND_ROM:
  case SETUP_BOARD_KIND_DFU:
    break;
  }

  return g_strdup ("bootlace-warning-symbolic");
}

static void
set_bystander (BootlaceBystanderRow *self, SetupBystander *bystander)
{
  g_autofree char *port = format_port_cb (self, setup_bystander_get_port_path (bystander));
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", setup_bystander_get_title (bystander),
                                            port, setup_bystander_get_label (bystander));

  self->bystander = g_object_ref (bystander);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  setup_bystander_get_hint (bystander), -1);
}

static void
bootlace_bystander_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BYSTANDER:
    g_value_set_object (value, BOOTLACE_BYSTANDER_ROW (object)->bystander);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_bystander_row_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  switch (id) {
  case PROP_BYSTANDER:
    set_bystander (BOOTLACE_BYSTANDER_ROW (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_bystander_row_dispose (GObject *object)
{
  g_clear_object (&BOOTLACE_BYSTANDER_ROW (object)->bystander);

  G_OBJECT_CLASS (bootlace_bystander_row_parent_class)->dispose (object);
}

static void
bootlace_bystander_row_class_init (BootlaceBystanderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_bystander_row_get_property;
  object_class->set_property = bootlace_bystander_row_set_property;
  object_class->dispose = bootlace_bystander_row_dispose;

  /**
   * BootlaceBystanderRow:bystander:
   *
   * What the row shows.
   */
  properties[PROP_BYSTANDER] =
    g_param_spec_object ("bystander", NULL, NULL, SETUP_TYPE_BYSTANDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-bystander-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, choose_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_port_cb);
}

static void
bootlace_bystander_row_init (BootlaceBystanderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bootlace_bystander_row_new:
 * @bystander: a board that cannot be flashed as it is
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
bootlace_bystander_row_new (SetupBystander *bystander)
{
  return g_object_new (BOOTLACE_TYPE_BYSTANDER_ROW, "bystander", bystander, NULL);
}
