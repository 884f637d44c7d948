/* bootlace-flash-layout.c: where the parts and partitions of a flash are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-flash-layout.h"

#include <math.h>

/* Half the interval is given away with each step; this many leave less than any pixel. */
#define N_STEPS 64

/* The flash between two neighbouring beginnings or ends. */
typedef struct {
  guint64 address;
  double size;
  double minimum; /* pixels */
  double x;
} Cell;

static guint64
get_start (const BootlaceFlashSpan *span, guint64 extent)
{
  return MIN (span->address, extent - 1);
}

static guint64
get_end (const BootlaceFlashSpan *span, guint64 extent)
{
  guint64 start = get_start (span, extent);

  return start + CLAMP (span->size, 1, extent - start);
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const BootlaceFlashSpan *first = *(const BootlaceFlashSpan *const *) a;
  const BootlaceFlashSpan *second = *(const BootlaceFlashSpan *const *) b;

  return (first->size > second->size) - (first->size < second->size);
}

/* Cuts the flash wherever something begins or ends. The last cell is empty and stands for the end.
 */
static GArray *
cut (const BootlaceFlashSpan *spans, gsize n_spans, guint64 extent)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  guint64 zero = 0;

  g_array_append_val (edges, zero);
  g_array_append_val (edges, extent);
  for (gsize i = 0; i < n_spans; i++) {
    guint64 both[] = { get_start (&spans[i], extent), get_end (&spans[i], extent) };

    g_array_append_vals (edges, both, G_N_ELEMENTS (both));
  }
  g_array_sort (edges, compare_addresses);

  for (guint i = 0; i < edges->len; i++) {
    Cell cell = { g_array_index (edges, guint64, i), 0, 0, 0 };
    Cell *last = cells->len > 0 ? &g_array_index (cells, Cell, cells->len - 1) : NULL;

    if (last != NULL && last->address == cell.address)
      continue;
    if (last != NULL)
      last->size = (double) (cell.address - last->address);
    g_array_append_val (cells, cell);
  }

  return cells;
}

static guint
find_cell (GArray *cells, guint64 address)
{
  guint position = 0;

  g_array_binary_search (cells, &address, compare_addresses, &position);

  return position;
}

/* Whatever the cells of a span lack to its minimum, they get by their sizes. */
static void
demand (GArray *cells, const BootlaceFlashSpan *span, guint64 extent)
{
  guint64 start = get_start (span, extent);
  guint64 end = get_end (span, extent);
  guint first = find_cell (cells, start);
  double missing = span->minimum;

  for (guint i = first; g_array_index (cells, Cell, i).address < end; i++)
    missing -= g_array_index (cells, Cell, i).minimum;

  if (missing <= 0)
    return;

  for (guint i = first; g_array_index (cells, Cell, i).address < end; i++) {
    Cell *cell = &g_array_index (cells, Cell, i);

    cell->minimum += missing * cell->size / (double) (end - start);
  }
}

/* The small ones first: what they get, the ones around them have already. */
static void
demand_all (GArray *cells, const BootlaceFlashSpan *spans, gsize n_spans, guint64 extent)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new ((guint) n_spans);

  for (gsize i = 0; i < n_spans; i++)
    g_ptr_array_add (sorted, (gpointer) &spans[i]);
  g_ptr_array_sort (sorted, compare_sizes);

  for (guint i = 0; i < sorted->len; i++)
    demand (cells, sorted->pdata[i], extent);
}

static double
measure (GArray *cells, double scale)
{
  double width = 0;

  for (guint i = 0; i < cells->len; i++) {
    const Cell *cell = &g_array_index (cells, Cell, i);

    width += MAX (cell->minimum, cell->size * scale);
  }

  return width;
}

/* The largest scale with which everything fits; 0 where not even the minimums do. */
static double
find_scale (GArray *cells, guint64 extent, int width)
{
  double low = 0;
  double high = width / (double) extent;

  for (guint i = 0; i < N_STEPS; i++) {
    double middle = (low + high) / 2;

    if (measure (cells, middle) <= width)
      low = middle;
    else
      high = middle;
  }

  return low;
}

static void
place (GArray *cells, guint64 extent, int width)
{
  double scale = find_scale (cells, extent, width);
  double share = width / MAX (width, measure (cells, 0));
  double x = 0;

  for (guint i = 0; i < cells->len; i++) {
    Cell *cell = &g_array_index (cells, Cell, i);

    cell->x = x;
    x += MAX (cell->minimum * share, cell->size * scale);
  }
}

/* Sums of fractions fall a hair short of the whole numbers that they should be. */
static int
round_pixels (double x)
{
  return (int) floor (x + 0.5 + 1e-6);
}

/**
 * bootlace_flash_layout:
 * @spans: (array length=n_spans) (inout): the parts and partitions, in any order
 * @n_spans: how many
 * @extent: how many bytes @width stands for; not 0
 * @width: the width of the drawing
 *
 * Places the spans to scale. What would be too thin to see gets its minimum, at the cost of what is
 * wide enough, or an even share where there is not even room for that. All spans lie on the same
 * axis, so what begins or ends at the same address does so at the same pixel, and what holds
 * something else is drawn around it.
 */
void
bootlace_flash_layout (BootlaceFlashSpan *spans, gsize n_spans, guint64 extent, int width)
{
  g_autoptr (GArray) cells = NULL;

  g_return_if_fail (spans != NULL || n_spans == 0);
  g_return_if_fail (extent > 0);

  if (n_spans == 0 || width <= 0)
    return;

  cells = cut (spans, n_spans, extent);
  demand_all (cells, spans, n_spans, extent);
  place (cells, extent, width);

  for (gsize i = 0; i < n_spans; i++) {
    guint first = find_cell (cells, get_start (&spans[i], extent));
    guint end = find_cell (cells, get_end (&spans[i], extent));

    spans[i].x = round_pixels (g_array_index (cells, Cell, first).x);
    spans[i].width = round_pixels (g_array_index (cells, Cell, end).x) - spans[i].x;
  }
}
