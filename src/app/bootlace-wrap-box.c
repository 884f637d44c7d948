/* bootlace-wrap-box.c: children side by side, or below each other where that is too narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-wrap-box.h"

struct _BootlaceWrapBox {
  GtkWidget parent_instance;

  int child_spacing;
  int line_spacing;
  int line_indent;
};

enum {
  PROP_0,
  PROP_CHILD_SPACING,
  PROP_LINE_SPACING,
  PROP_LINE_INDENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceWrapBox, bootlace_wrap_box, GTK_TYPE_WIDGET)

/* The children from first up to, not including, end share a line. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end;
  GtkWidget *expanding; /* nullable: the first that expands */
  int natural;          /* width */
} Line;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static int
measure_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

static gboolean
is_alone (const Line *line)
{
  return get_next (line->first) == line->end;
}

static Line
take_line (BootlaceWrapBox *self, GtkWidget *first, int width)
{
  Line line = { first, first, NULL, 0 };

  while (line.end != NULL) {
    int spacing = line.end == first ? 0 : self->child_spacing;
    int natural = measure_width (line.end);

    if (line.end != first && line.natural + spacing + natural > width)
      break;

    line.natural += spacing + natural;
    if (line.expanding == NULL && gtk_widget_compute_expand (line.end, GTK_ORIENTATION_HORIZONTAL))
      line.expanding = line.end;
    line.end = get_next (line.end);
  }

  return line;
}

static int
get_child_width (const Line *line, GtkWidget *child, int width)
{
  if (is_alone (line))
    return width;

  return measure_width (child) + (child == line->expanding ? width - line->natural : 0);
}

static int
measure_line (const Line *line, int width)
{
  int height = 0;

  for (GtkWidget *child = line->first; child != line->end; child = get_next (child))
    height = MAX (height, measure_height (child, get_child_width (line, child, width)));

  return height;
}

static void
allocate_child (BootlaceWrapBox *self, GtkWidget *child, GtkAllocation allocation, int width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    allocation.x = width - allocation.x - allocation.width;

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
allocate_line (BootlaceWrapBox *self, const Line *line, GtkAllocation area, int width)
{
  int x = area.x;

  for (GtkWidget *child = line->first; child != line->end; child = get_next (child)) {
    int child_width = get_child_width (line, child, area.width);

    allocate_child (self, child, (GtkAllocation){ x, area.y, child_width, area.height }, width);
    x += child_width + self->child_spacing;
  }
}

/* Returns the height of all lines; allocates them when asked to. */
static int
walk_lines (BootlaceWrapBox *self, int width, gboolean allocate)
{
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int indent = 0;
  int y = 0;

  while (child != NULL) {
    Line line = take_line (self, child, width - indent);
    int height = measure_line (&line, width - indent);

    if (allocate)
      allocate_line (self, &line, (GtkAllocation){ indent, y, width - indent, height }, width);

    y += height + self->line_spacing;
    indent = self->line_indent;
    child = line.end;
  }

  return MAX (0, y - self->line_spacing);
}

static void
measure_horizontally (BootlaceWrapBox *self, int *minimum, int *natural)
{
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int indent = 0;

  for (; child != NULL; child = get_next (child)) {
    int child_minimum;
    int child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                        NULL);
    *minimum = MAX (*minimum, child_minimum + indent);
    *natural += child_natural + (*natural > 0 ? self->child_spacing : 0);
    indent = self->line_indent;
  }
}

/**
 * bootlace_wrap_box_append:
 * @self: a wrap box
 * @child: what to add behind the others
 */
void
bootlace_wrap_box_append (BootlaceWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (BOOTLACE_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static GtkSizeRequestMode
bootlace_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bootlace_wrap_box_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  BootlaceWrapBox *self = BOOTLACE_WRAP_BOX (widget);
  int widest = 0;

  *minimum = 0;
  *natural = 0;
  measure_horizontally (self, minimum, natural);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  widest = for_size < 0 ? *natural : MAX (for_size, *minimum);
  *minimum = *natural = walk_lines (self, widest, FALSE);
}

static void
bootlace_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  walk_lines (BOOTLACE_WRAP_BOX (widget), width, TRUE);
}

static void
bootlace_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceWrapBox *self = BOOTLACE_WRAP_BOX (object);

  switch (id) {
  case PROP_CHILD_SPACING:
    g_value_set_int (value, self->child_spacing);
    break;
  case PROP_LINE_SPACING:
    g_value_set_int (value, self->line_spacing);
    break;
  case PROP_LINE_INDENT:
    g_value_set_int (value, self->line_indent);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceWrapBox *self = BOOTLACE_WRAP_BOX (object);

  switch (id) {
  case PROP_CHILD_SPACING:
    self->child_spacing = g_value_get_int (value);
    break;
  case PROP_LINE_SPACING:
    self->line_spacing = g_value_get_int (value);
    break;
  case PROP_LINE_INDENT:
    self->line_indent = g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
bootlace_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_wrap_box_parent_class)->dispose (object);
}

static void
bootlace_wrap_box_class_init (BootlaceWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_wrap_box_get_property;
  object_class->set_property = bootlace_wrap_box_set_property;
  object_class->dispose = bootlace_wrap_box_dispose;

  widget_class->get_request_mode = bootlace_wrap_box_get_request_mode;
  widget_class->measure = bootlace_wrap_box_measure;
  widget_class->size_allocate = bootlace_wrap_box_size_allocate;

  properties[PROP_CHILD_SPACING] =
    g_param_spec_int ("child-spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_LINE_SPACING] =
    g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT, 0, flags);

  properties[PROP_LINE_INDENT] =
    g_param_spec_int ("line-indent", NULL, NULL, 0, G_MAXINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wrapbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_wrap_box_init (BootlaceWrapBox *self)
{
}

/**
 * bootlace_wrap_box_new:
 * @child_spacing: pixels between the children of a line
 * @line_spacing: pixels between lines
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
bootlace_wrap_box_new (int child_spacing, int line_spacing)
{
  return g_object_new (BOOTLACE_TYPE_WRAP_BOX, "child-spacing", child_spacing, "line-spacing",
                       line_spacing, NULL);
}
