/* bootlace-scroll.c: brings what has just come into view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-scroll.h"

#define MARGIN 12 /* pixels */

/* What stays as it is for so long has unfolded. Both, because frames may be slow. */
#define CALM_FRAMES 4
#define CALM_TIME (300 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  int height;
  guint n_frames; /* for which it has been that */
  gint64 since;   /* frame time */
} Calm;

/* How far it is away, the top before the bottom where not all of it fits. */
static double
measure_way (GtkWidget *widget, GtkWidget *window)
{
  const double height = gtk_widget_get_height (window);
  graphene_rect_t bounds;
  double top;
  double bottom;

  if (!gtk_widget_compute_bounds (widget, window, &bounds))
    return 0;

  top = bounds.origin.y - MARGIN;
  bottom = bounds.origin.y + bounds.size.height + MARGIN;
  if (top < 0)
    return top;

  return bottom > height ? MIN (bottom - height, top) : 0;
}

static gboolean
is_calm (Calm *self, int height, gint64 now)
{
  if (self->n_frames == 0 || self->height != height)
    *self = (Calm){ .height = height, .since = now };
  self->n_frames++;

  return self->n_frames > CALM_FRAMES && now - self->since > CALM_TIME;
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = NULL;

  if (window == NULL)
    return G_SOURCE_REMOVE;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + measure_way (widget, window));

  return !is_calm (user_data, gtk_widget_get_height (widget),
                   gdk_frame_clock_get_frame_time (clock));
}

/**
 * bootlace_scroll_to:
 * @widget: something in a scrolled window
 *
 * Scrolls as little as shows all of @widget, or as much of it as fits, from its top; and goes on
 * until it no longer grows, because what has just come is laid out later, and may have to unfold.
 */
void
bootlace_scroll_to (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_add_tick_callback (widget, scroll_cb, g_new0 (Calm, 1), g_free);
}
