/* bootlace-flash-map-layout.c: gives the blocks of a flash map their places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-map-layout.h"

#include "bootlace-flash-block.h"
#include "bootlace-flash-layout.h"

#define MINIMUM_WIDTH 10
#define GAP 2
#define PART_INSET 4 /* between a part and the lower edge of its partition */

struct _BootlaceFlashMapLayout {
  GtkLayoutManager parent_instance;

  guint64 extent; /* bytes; never 0 */
};

G_DEFINE_FINAL_TYPE (BootlaceFlashMapLayout, bootlace_flash_map_layout, GTK_TYPE_LAYOUT_MANAGER)

static gboolean
is_part (GtkWidget *block)
{
  return bootlace_flash_block_is_part (BOOTLACE_FLASH_BLOCK (block));
}

/* How high the parts, or all others, want to be; 0 where there are none. */
static int
measure_blocks (GtkWidget *map, gboolean parts)
{
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (map); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int natural;

    if (is_part (child) != parts)
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
    height = MAX (height, natural);
  }

  return height;
}

static GArray *
collect_spans (GtkWidget *map)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (BootlaceFlashSpan));

  for (GtkWidget *child = gtk_widget_get_first_child (map); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    BootlaceFlashBlock *block = BOOTLACE_FLASH_BLOCK (child);
    BootlaceFlashSpan span = { bootlace_flash_block_get_address (block),
                               bootlace_flash_block_get_size (block), MINIMUM_WIDTH, 0, 0 };

    g_array_append_val (spans, span);
  }

  return spans;
}

/* Only a table that contradicts itself has partitions upon each other. */
static void
find_crowded (GtkWidget *map, const BootlaceFlashSpan *spans)
{
  BootlaceFlashBlock *last = NULL;
  int end = 0;
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (map); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++) {
    BootlaceFlashBlock *block = BOOTLACE_FLASH_BLOCK (child);
    gboolean crowded = last != NULL && spans[i].x < end;

    if (is_part (child))
      continue;

    bootlace_flash_block_set_crowded (block, crowded);
    if (crowded)
      bootlace_flash_block_set_crowded (last, TRUE);
    if (last == NULL || spans[i].x + spans[i].width > end) {
      end = spans[i].x + spans[i].width;
      last = block;
    }
  }
}

/* Parts leave a strip at the top to the names of what is behind them. */
static void
allocate_block (GtkWidget *map,
                GtkWidget *block,
                const BootlaceFlashSpan *span,
                int width,
                int height,
                int strip)
{
  GtkAllocation area = { span->x, 0, MAX (1, span->width - GAP), height };

  if (is_part (block) && strip > 0) {
    area.y = strip;
    area.height = MAX (1, height - strip - PART_INSET);
  }
  if (gtk_widget_get_direction (map) == GTK_TEXT_DIR_RTL)
    area.x = width - area.x - area.width;

  gtk_widget_size_allocate (block, &area, -1);
}

/**
 * bootlace_flash_map_layout_set_extent:
 * @self: a layout
 * @extent: how many bytes the whole width stands for; not 0
 */
void
bootlace_flash_map_layout_set_extent (BootlaceFlashMapLayout *self, guint64 extent)
{
  g_return_if_fail (BOOTLACE_IS_FLASH_MAP_LAYOUT (self));
  g_return_if_fail (extent > 0);

  self->extent = extent;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
bootlace_flash_map_layout_measure (GtkLayoutManager *layout,
                                   GtkWidget *map,
                                   GtkOrientation orientation,
                                   int for_size,
                                   int *minimum,
                                   int *natural,
                                   int *minimum_baseline,
                                   int *natural_baseline)
{
  int strip = measure_blocks (map, FALSE);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = measure_blocks (map, TRUE) + (strip > 0 ? strip + PART_INSET : 0);
}

static void
bootlace_flash_map_layout_allocate (GtkLayoutManager *layout,
                                    GtkWidget *map,
                                    int width,
                                    int height,
                                    int baseline)
{
  g_autoptr (GArray) array = collect_spans (map);
  BootlaceFlashSpan *spans = (BootlaceFlashSpan *) (gpointer) array->data;
  GtkWidget *block = gtk_widget_get_first_child (map);
  int strip = measure_blocks (map, FALSE);

  bootlace_flash_layout (spans, array->len, BOOTLACE_FLASH_MAP_LAYOUT (layout)->extent, width);
  find_crowded (map, spans);

  for (guint i = 0; i < array->len; i++) {
    allocate_block (map, block, &spans[i], width, height, strip);
    block = gtk_widget_get_next_sibling (block);
  }
}

static void
bootlace_flash_map_layout_class_init (BootlaceFlashMapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = bootlace_flash_map_layout_measure;
  layout_class->allocate = bootlace_flash_map_layout_allocate;
}

static void
bootlace_flash_map_layout_init (BootlaceFlashMapLayout *self)
{
  self->extent = 1;
}
