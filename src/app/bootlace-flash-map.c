/* bootlace-flash-map.c: a drawing of the flash with the parts where they will go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-map.h"

#include <glib/gi18n.h>

#include "bootlace-flash-block.h"
#include "bootlace-flash-contents.h"
#include "bootlace-flash-map-layout.h"
#include "bootlace-part-text.h"
#include "wording-format.h"

struct _BootlaceFlashMap {
  GtkWidget parent_instance;

  FirmwareImage *image; /* nullable */
  GtkWidget *focused;   /* nullable, a child: the one that has or had the focus */
  GtkWidget *hovered;   /* nullable, a child */
};

enum {
  PROP_0,
  PROP_IMAGE,
  PROP_HINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFlashMap, bootlace_flash_map, GTK_TYPE_WIDGET)

static gboolean
is_part (GtkWidget *block)
{
  return bootlace_flash_block_is_part (BOOTLACE_FLASH_BLOCK (block));
}

static void
remove_blocks (BootlaceFlashMap *self)
{
  GtkWidget *child;

  self->focused = NULL;
  self->hovered = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
add_blocks (BootlaceFlashMap *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  g_autoptr (GPtrArray) blocks = bootlace_flash_contents_create_blocks (self->image);

  bootlace_flash_map_layout_set_extent (BOOTLACE_FLASH_MAP_LAYOUT (layout),
                                        bootlace_flash_contents_get_extent (self->image));
  for (guint i = 0; i < blocks->len; i++)
    gtk_widget_set_parent (blocks->pdata[i], GTK_WIDGET (self));
}

static char *
describe_contents (FirmwareImage *image)
{
  g_autofree char *size = wording_format_flash_size (firmware_image_get_flash_size (image));
  guint n_partitions = g_list_model_get_n_items (firmware_image_get_partitions (image));
  GListModel *segments = firmware_image_get_segments (image);
  GString *text = g_string_new (NULL);

  /* Translators: what a screen reader says of the drawing; a list of parts follows */
  g_string_append_printf (text, _ ("Flash of %s"), size);
  if (n_partitions > 0) {
    g_string_append (text, "; ");
    g_string_append_printf (text, ngettext ("%u partition", "%u partitions", n_partitions),
                            n_partitions);
  }

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    g_autofree char *part = bootlace_part_describe (segment);

    g_string_append_printf (text, "; %s", part);
  }

  return g_string_free (text, FALSE);
}

static void
describe (BootlaceFlashMap *self)
{
  g_autofree char *text = NULL;

  if (self->image != NULL)
    text = describe_contents (self->image);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static GtkWidget *
get_neighbour (GtkWidget *block, gboolean forwards)
{
  return forwards ? gtk_widget_get_next_sibling (block) : gtk_widget_get_prev_sibling (block);
}

/* From a partition down to the first part in it, and from a part up to its partition. */
static GtkWidget *
find_other_layer (GtkWidget *block, gboolean down)
{
  if (is_part (block) == down)
    return NULL;

  do
    block = get_neighbour (block, down);
  while (block != NULL && is_part (block) != down);

  return block;
}

static GtkWidget *
find_target (BootlaceFlashMap *self, GtkWidget *block, GtkDirectionType direction)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (direction) {
  case GTK_DIR_LEFT:
    return get_neighbour (block, mirrored);
  case GTK_DIR_RIGHT:
    return get_neighbour (block, !mirrored);
  case GTK_DIR_UP:
    return find_other_layer (block, FALSE);
  case GTK_DIR_DOWN:
    return find_other_layer (block, TRUE);
  case GTK_DIR_TAB_FORWARD:
  case GTK_DIR_TAB_BACKWARD:
    break;
  }

  return NULL;
}

static gboolean
focus_end_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gboolean last = g_variant_get_boolean (arguments);
  GtkWidget *block =
    last ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);

  return block != NULL && gtk_widget_grab_focus (block);
}

static void
set_hovered (BootlaceFlashMap *self, GtkWidget *block)
{
  if (self->hovered == block)
    return;

  self->hovered = block;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

static GtkWidget *
find_block_at (BootlaceFlashMap *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && !BOOTLACE_IS_FLASH_BLOCK (widget))
    widget = widget != GTK_WIDGET (self) ? gtk_widget_get_parent (widget) : NULL;

  return widget;
}

static void
motion_cb (BootlaceFlashMap *self, double x, double y)
{
  set_hovered (self, find_block_at (self, x, y));
}

static void
leave_cb (BootlaceFlashMap *self)
{
  set_hovered (self, NULL);
}

static void
pressed_cb (BootlaceFlashMap *self, int n_press, double x, double y)
{
  GtkWidget *block = find_block_at (self, x, y);

  if (block != NULL)
    gtk_widget_grab_focus (block);
}

/**
 * bootlace_flash_map_set_image:
 * @self: a map
 * @image: (nullable): what to draw
 */
void
bootlace_flash_map_set_image (BootlaceFlashMap *self, FirmwareImage *image)
{
  g_return_if_fail (BOOTLACE_IS_FLASH_MAP (self));
  g_return_if_fail (image == NULL || FIRMWARE_IS_IMAGE (image));

  if (!g_set_object (&self->image, image))
    return;

  remove_blocks (self);
  if (image != NULL)
    add_blocks (self);
  describe (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

/**
 * bootlace_flash_map_get_hint:
 * @self: a map
 *
 * Returns: (nullable): what is under the pointer, or else has the focus
 */
const char *
bootlace_flash_map_get_hint (BootlaceFlashMap *self)
{
  GtkWidget *block;

  g_return_val_if_fail (BOOTLACE_IS_FLASH_MAP (self), NULL);

  block = self->hovered;
  if (block == NULL)
    block = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return block != NULL ? bootlace_flash_block_get_description (BOOTLACE_FLASH_BLOCK (block)) : NULL;
}

static gboolean
bootlace_flash_map_focus (GtkWidget *widget, GtkDirectionType direction)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (widget);
  GtkWidget *block = gtk_widget_get_focus_child (widget);

  if (block == NULL) {
    block = self->focused != NULL ? self->focused : gtk_widget_get_first_child (widget);
    return block != NULL && gtk_widget_grab_focus (block);
  }

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;

  block = find_target (self, block, direction);
  if (block != NULL)
    return gtk_widget_grab_focus (block);

  return gtk_widget_keynav_failed (widget, direction);
}

static void
bootlace_flash_map_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (widget);

  GTK_WIDGET_CLASS (bootlace_flash_map_parent_class)->set_focus_child (widget, child);

  if (child != NULL)
    self->focused = child;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

/* From the bottom to the top. */
typedef enum {
  LAYER_FLASH,
  LAYER_BEYOND,
  LAYER_PARTS,
} Layer;

static Layer
find_layer (GtkWidget *block)
{
  if (is_part (block))
    return LAYER_PARTS;

  return bootlace_flash_block_is_beyond (BOOTLACE_FLASH_BLOCK (block)) ? LAYER_BEYOND : LAYER_FLASH;
}

static void
snapshot_blocks (GtkWidget *widget, GtkSnapshot *snapshot, Layer layer)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_layer (child) == layer)
      gtk_widget_snapshot_child (widget, child, snapshot);
}

/* The children are in reading order; parts lie upon all else, and no partition hides where the
 * flash ends. */
static void
bootlace_flash_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  snapshot_blocks (widget, snapshot, LAYER_FLASH);
  snapshot_blocks (widget, snapshot, LAYER_BEYOND);
  snapshot_blocks (widget, snapshot, LAYER_PARTS);
}

static void
bootlace_flash_map_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (object);

  switch (id) {
  case PROP_IMAGE:
    g_value_set_object (value, self->image);
    break;
  case PROP_HINT:
    g_value_set_string (value, bootlace_flash_map_get_hint (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_flash_map_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_IMAGE:
    bootlace_flash_map_set_image (BOOTLACE_FLASH_MAP (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_flash_map_dispose (GObject *object)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (object);

  remove_blocks (self);
  g_clear_object (&self->image);

  G_OBJECT_CLASS (bootlace_flash_map_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    gboolean last;
  } keys[] = { { GDK_KEY_Home, FALSE },
               { GDK_KEY_KP_Home, FALSE },
               { GDK_KEY_End, TRUE },
               { GDK_KEY_KP_End, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, focus_end_cb, "b", keys[i].last);
}

static void
bootlace_flash_map_class_init (BootlaceFlashMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_flash_map_get_property;
  object_class->set_property = bootlace_flash_map_set_property;
  object_class->dispose = bootlace_flash_map_dispose;

  widget_class->focus = bootlace_flash_map_focus;
  widget_class->set_focus_child = bootlace_flash_map_set_focus_child;
  widget_class->snapshot = bootlace_flash_map_snapshot;

  properties[PROP_IMAGE] =
    g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_keys (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, BOOTLACE_TYPE_FLASH_MAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "flashmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
add_controllers (BootlaceFlashMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);

  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
bootlace_flash_map_init (BootlaceFlashMap *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Flash map"), -1);
  add_controllers (self);
}
