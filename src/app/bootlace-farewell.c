/* bootlace-farewell.c: windows that go let go of their surfaces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 leaves a surface connected to a window that is freed. When the X server's news about its
 * size come later than that, the surface asks what is no window any more, and the program crashes
 * with all that it is doing.
 */

#include "config.h"

#include "bootlace-farewell.h"

static void
unrealize_cb (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (surface != NULL)
    g_signal_handlers_disconnect_matched (surface, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                          g_signal_lookup ("compute-size", GDK_TYPE_TOPLEVEL), 0,
                                          NULL, NULL, window);
}

static void
toplevels_cb (GListModel *toplevels, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

    g_signal_connect (window, "unrealize", G_CALLBACK (unrealize_cb), NULL);
  }
}

/**
 * bootlace_farewell_use:
 *
 * From now on every window of the program, also those that GTK makes by itself, ends its surface's
 * questions before it goes. To be called once, before there is a window.
 */
void
bootlace_farewell_use (void)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_cb), NULL);
}
