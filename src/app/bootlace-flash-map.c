/* bootlace-flash-map.c: a drawing of the flash with the parts where they will go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-map.h"

#include <glib/gi18n.h>

#include "bootlace-flash-layout.h"
#include "bootlace-flash-part.h"
#include "bootlace-part-text.h"
#include "wording-format.h"

#define MINIMUM_PART_WIDTH 10
#define GAP 2

struct _BootlaceFlashMap {
  GtkWidget parent_instance;

  FirmwareImage *image; /* nullable */
};

enum {
  PROP_0,
  PROP_IMAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFlashMap, bootlace_flash_map, GTK_TYPE_WIDGET)

static void
remove_parts (BootlaceFlashMap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
add_parts (BootlaceFlashMap *self, GListModel *segments)
{
  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    gtk_widget_set_parent (bootlace_flash_part_new (segment), GTK_WIDGET (self));
  }
}

static char *
describe_parts (FirmwareImage *image)
{
  g_autofree char *size = wording_format_flash_size (bootlace_flash_map_get_extent (image));
  GListModel *segments = firmware_image_get_segments (image);
  GString *text = g_string_new (NULL);

  /* Translators: what a screen reader says of the drawing; a list of parts follows */
  g_string_append_printf (text, _ ("Flash of %s"), size);

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
    text = describe_parts (self->image);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

/**
 * bootlace_flash_map_get_extent:
 * @image: an image
 *
 * Returns: the size of its flash, or the end of its last part where it does not tell; never 0
 */
guint64
bootlace_flash_map_get_extent (FirmwareImage *image)
{
  GListModel *segments;
  guint64 extent;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), 1);

  segments = firmware_image_get_segments (image);
  extent = MAX (1, firmware_image_get_flash_size (image));

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    extent =
      MAX (extent, firmware_segment_get_address (segment) + firmware_segment_get_size (segment));
  }

  return extent;
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

  remove_parts (self);
  if (image != NULL)
    add_parts (self, firmware_image_get_segments (image));
  describe (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
}

static void
bootlace_flash_map_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_minimum;
    int child_natural;

    gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static GArray *
collect_spans (BootlaceFlashMap *self)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (BootlaceFlashSpan));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    FirmwareSegment *segment = bootlace_flash_part_get_segment (BOOTLACE_FLASH_PART (child));
    BootlaceFlashSpan span = { firmware_segment_get_address (segment),
                               firmware_segment_get_size (segment), 0, 0 };

    g_array_append_val (spans, span);
  }

  return spans;
}

static void
allocate_part (BootlaceFlashMap *self,
               GtkWidget *part,
               const BootlaceFlashSpan *span,
               int width,
               int height)
{
  int part_width = MAX (1, span->width - GAP);
  int x = span->x;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - x - part_width;

  gtk_widget_size_allocate (part, &(GtkAllocation){ x, 0, part_width, height }, -1);
}

static void
bootlace_flash_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (widget);
  g_autoptr (GArray) spans = collect_spans (self);
  GtkWidget *part = gtk_widget_get_first_child (widget);

  if (spans->len == 0)
    return;

  bootlace_flash_layout ((BootlaceFlashSpan *) (gpointer) spans->data, spans->len,
                         bootlace_flash_map_get_extent (self->image), width, MINIMUM_PART_WIDTH);

  for (guint i = 0; i < spans->len; i++) {
    allocate_part (self, part, &g_array_index (spans, BootlaceFlashSpan, i), width, height);
    part = gtk_widget_get_next_sibling (part);
  }
}

static void
bootlace_flash_map_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFlashMap *self = BOOTLACE_FLASH_MAP (object);

  switch (id) {
  case PROP_IMAGE:
    g_value_set_object (value, self->image);
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

  remove_parts (self);
  g_clear_object (&self->image);

  G_OBJECT_CLASS (bootlace_flash_map_parent_class)->dispose (object);
}

static void
bootlace_flash_map_class_init (BootlaceFlashMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_flash_map_get_property;
  object_class->set_property = bootlace_flash_map_set_property;
  object_class->dispose = bootlace_flash_map_dispose;

  widget_class->measure = bootlace_flash_map_measure;
  widget_class->size_allocate = bootlace_flash_map_size_allocate;

  properties[PROP_IMAGE] =
    g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "flashmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bootlace_flash_map_init (BootlaceFlashMap *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Flash map"), -1);
}
