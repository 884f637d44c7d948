/* bootlace-column.c: one column that stays readable in a wide window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-column.h"

#define NARROW_WIDTH 480
#define NARROW_MARGIN 12
#define WIDE_MARGIN 24

struct _BootlaceColumn {
  GtkWidget parent_instance;

  int maximum_width;
};

enum {
  PROP_0,
  PROP_MAXIMUM_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceColumn, bootlace_column, GTK_TYPE_WIDGET)

static int
get_child_width (BootlaceColumn *self, int width)
{
  int margin = width < NARROW_WIDTH ? NARROW_MARGIN : WIDE_MARGIN;

  return MIN (width - 2 * margin, self->maximum_width);
}

static GtkSizeRequestMode
bootlace_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bootlace_column_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  BootlaceColumn *self = BOOTLACE_COLUMN (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int child_size = -1;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    child_size = get_child_width (self, for_size);

  gtk_widget_measure (child, orientation, child_size, minimum, natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum += 2 * NARROW_MARGIN;
    *natural = MAX (*minimum, MIN (*natural, self->maximum_width) + 2 * WIDE_MARGIN);
  }
}

static void
bootlace_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int child_width = get_child_width (BOOTLACE_COLUMN (widget), width);

  gtk_widget_size_allocate (child,
                            &(GtkAllocation){ (width - child_width) / 2, 0, child_width, height },
                            -1);
}

static void
bootlace_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceColumn *self = BOOTLACE_COLUMN (object);

  switch (id) {
  case PROP_MAXIMUM_WIDTH:
    g_value_set_int (value, self->maximum_width);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceColumn *self = BOOTLACE_COLUMN (object);

  switch (id) {
  case PROP_MAXIMUM_WIDTH:
    self->maximum_width = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_column_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_column_parent_class)->dispose (object);
}

static void
bootlace_column_class_init (BootlaceColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_column_get_property;
  object_class->set_property = bootlace_column_set_property;
  object_class->dispose = bootlace_column_dispose;

  widget_class->get_request_mode = bootlace_column_get_request_mode;
  widget_class->measure = bootlace_column_measure;
  widget_class->size_allocate = bootlace_column_size_allocate;

  properties[PROP_MAXIMUM_WIDTH] = g_param_spec_int ("maximum-width", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_column_init (BootlaceColumn *self)
{
}
