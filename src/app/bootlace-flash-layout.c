/* bootlace-flash-layout.c: where the parts of a firmware are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-flash-layout.h"

static int
scale (guint64 address, guint64 flash_size, int width)
{
  return (int) ((double) MIN (address, flash_size) / (double) flash_size * width + 0.5);
}

/* To scale, but never thinner than the minimum; what is in the way moves to the right. */
static void
place_forwards (BootlaceFlashSpan *spans, gsize n_spans, guint64 flash_size, int width, int minimum)
{
  int end = 0;

  for (gsize i = 0; i < n_spans; i++) {
    BootlaceFlashSpan *span = &spans[i];
    int right = scale (span->address + span->size, flash_size, width);

    span->x = MAX (scale (span->address, flash_size, width), end);
    span->width = MAX (right - span->x, minimum);
    end = span->x + span->width;
  }
}

/* What was pushed beyond the end comes back, at the cost of what is wide enough. */
static void
pull_back (BootlaceFlashSpan *spans, gsize n_spans, int width, int minimum)
{
  int limit = width;

  for (gsize i = n_spans; i > 0; i--) {
    BootlaceFlashSpan *span = &spans[i - 1];

    if (span->x + span->width > limit)
      span->width = MAX (limit - span->x, minimum);
    if (span->x + span->width > limit)
      span->x = limit - span->width;
    limit = span->x;
  }
}

/**
 * bootlace_flash_layout:
 * @spans: (array length=n_spans) (inout): the parts, by ascending address, not overlapping
 * @n_spans: how many
 * @flash_size: how many bytes @width stands for; not 0
 * @width: the width of the drawing
 * @minimum: how wide the smallest part is to be drawn
 *
 * Places the parts to scale. Parts that would be too thin to see get @minimum, or an even share
 * where there is not even room for that.
 */
void
bootlace_flash_layout (BootlaceFlashSpan *spans,
                       gsize n_spans,
                       guint64 flash_size,
                       int width,
                       int minimum)
{
  g_return_if_fail (spans != NULL || n_spans == 0);
  g_return_if_fail (flash_size > 0);

  if (n_spans == 0)
    return;

  minimum = MIN (minimum, width / (int) n_spans);
  place_forwards (spans, n_spans, flash_size, width, minimum);
  pull_back (spans, n_spans, width, minimum);
}
