/* test-focus-ring.c: where the keyboard's focus is can be seen, WCAG 2.1 section 1.4.11
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "bootlace-appearance.h"

#define MARGIN 24
#define ENOUGH 3.0

static double
linearize (guint8 value)
{
  const double share = value / 255.0;

  return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double
get_luminance (cairo_surface_t *surface, int x, int y)
{
  const guint8 *pixel = cairo_image_surface_get_data (surface) +
                        (gsize) y * cairo_image_surface_get_stride (surface) + (gsize) x * 4;
  guint32 value;

  memcpy (&value, pixel, sizeof value);

  return 0.2126 * linearize (value >> 16 & 0xff) + 0.7152 * linearize (value >> 8 & 0xff) +
         0.0722 * linearize (value & 0xff);
}

static double
get_contrast (double one, double other)
{
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static cairo_surface_t *
paint (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  const int width = gdk_paintable_get_intrinsic_width (paintable);
  const int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cairo = cairo_create (surface);
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cairo);
  gsk_render_node_unref (node);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);

  return surface;
}

/* The most that a pixel beside the widget stands out from what is further away. */
static double
find_contrast (GtkWidget *window, GtkWidget *widget)
{
  cairo_surface_t *surface = paint (window);
  graphene_rect_t bounds;
  double ground, most = 1.0;
  int x, y;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  x = (int) bounds.origin.x;
  y = (int) (bounds.origin.y + bounds.size.height / 2);
  ground = get_luminance (surface, x - MARGIN / 2, y);
  for (int i = 1; i < MARGIN / 2; i++)
    most = MAX (most, get_contrast (get_luminance (surface, x - i, y), ground));

  cairo_surface_destroy (surface);
  return most;
}

static gboolean
is_painted (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);

  return gdk_paintable_get_intrinsic_width (paintable) > 0;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *n_frames = data;

  return --*n_frames == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* What a new state looks like is found out with the next frame. */
static void
set_focus_flags (GtkWidget *widget, gboolean focused)
{
  const GtkStateFlags flags = GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE;
  guint n_frames = 3;

  if (focused)
    gtk_widget_set_state_flags (widget, flags, FALSE);
  else
    gtk_widget_unset_state_flags (widget, flags);

  gtk_widget_add_tick_callback (widget, tick_cb, &n_frames, NULL);
  while (n_frames > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
check_ring (BootlaceColorScheme scheme, const char *style)
{
  g_autoptr (BootlaceAppearance) appearance = bootlace_appearance_new (gdk_display_get_default ());
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_button_new_with_label ("Flash");

  g_object_set (appearance, "color-scheme", scheme, NULL);
  gtk_widget_add_css_class (window, "bootlace");
  gtk_widget_add_css_class (button, style);
  gtk_widget_set_margin_start (button, MARGIN);
  gtk_widget_set_margin_end (button, MARGIN);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  while (!is_painted (window))
    g_main_context_iteration (NULL, TRUE);

  set_focus_flags (button, FALSE);
  g_assert_cmpfloat (find_contrast (window, button), <, ENOUGH);
  set_focus_flags (button, TRUE);
  g_assert_cmpfloat (find_contrast (window, button), >=, ENOUGH);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_light (void)
{
  check_ring (BOOTLACE_COLOR_SCHEME_LIGHT, "suggested-action");
  check_ring (BOOTLACE_COLOR_SCHEME_LIGHT, "destructive-action");
}

static void
test_dark (void)
{
  check_ring (BOOTLACE_COLOR_SCHEME_DARK, "suggested-action");
  check_ring (BOOTLACE_COLOR_SCHEME_DARK, "destructive-action");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/focus-ring/light", test_light);
  g_test_add_func ("/focus-ring/dark", test_dark);

  return g_test_run ();
}
