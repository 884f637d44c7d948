/* test-appearance.c: light, dark and high contrast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-appearance.h"

#include <gtk/gtk.h>

#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"

static const char portal_xml[] = "<node><interface name='" PORTAL_SETTINGS "'>"
                                 "<method name='Read'><arg type='s' direction='in'/>"
                                 "<arg type='s' direction='in'/><arg type='v' direction='out'/>"
                                 "</method></interface></node>";

static void
assert_look (BootlaceAppearance *appearance, gboolean dark, gboolean contrast)
{
  gboolean is_dark;
  gboolean is_contrast;

  g_object_get (appearance, "dark", &is_dark, "high-contrast", &is_contrast, NULL);
  g_assert_cmpint (is_dark, ==, dark);
  g_assert_cmpint (is_contrast, ==, contrast);
}

static void
test_color_scheme (void)
{
  BootlaceAppearance *appearance = bootlace_appearance_new (gdk_display_get_default ());

  assert_look (appearance, FALSE, FALSE);
  g_object_set (appearance, "color-scheme", BOOTLACE_COLOR_SCHEME_DARK, NULL);
  assert_look (appearance, TRUE, FALSE);
  g_object_set (appearance, "color-scheme", BOOTLACE_COLOR_SCHEME_LIGHT, NULL);
  assert_look (appearance, FALSE, FALSE);
  g_object_set (appearance, "color-scheme", BOOTLACE_COLOR_SCHEME_DEFAULT, NULL);
  assert_look (appearance, FALSE, FALSE);

  g_assert_finalize_object (appearance);
}

static void
test_theme (void)
{
  BootlaceAppearance *appearance = bootlace_appearance_new (gdk_display_get_default ());
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-theme-name", "HighContrast", NULL);
  assert_look (appearance, FALSE, TRUE);
  g_object_set (settings, "gtk-theme-name", "Default-hc-dark", NULL);
  assert_look (appearance, TRUE, TRUE);
  gtk_settings_reset_property (settings, "gtk-theme-name");
  assert_look (appearance, FALSE, FALSE);

  g_assert_finalize_object (appearance);
}

static int
measure_progress_bar (double fraction)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = gtk_progress_bar_new ();
  int height;

  gtk_widget_add_css_class (window, "bootlace");
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), fraction);
  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  return height;
}

/* GTK gives parts of its own widgets classes with simple names, such as "empty". */
static void
test_progress_bar_keeps_its_height (void)
{
  BootlaceAppearance *appearance = bootlace_appearance_new (gdk_display_get_default ());

  g_assert_cmpint (measure_progress_bar (0.0), ==, measure_progress_bar (0.5));
  g_assert_cmpint (measure_progress_bar (1.0), ==, measure_progress_bar (0.5));

  g_assert_finalize_object (appearance);
}

static void
call_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  const char *space;
  const char *key;

  g_variant_get (parameters, "(&s&s)", &space, &key);
  g_assert_cmpstr (space, ==, "org.freedesktop.appearance");
  g_assert_cmpstr (key, ==, "color-scheme");
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(v)", g_variant_new_variant (
                                                                 g_variant_new_uint32 (1))));
}

static void
wait_for_look (BootlaceAppearance *appearance, gboolean dark)
{
  gboolean is_dark = !dark;

  while (is_dark != dark) {
    g_main_context_iteration (NULL, TRUE);
    g_object_get (appearance, "dark", &is_dark, NULL);
  }
}

/* A desktop that prefers dark windows, and changes its mind. */
static void
test_portal (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (portal_xml, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply = NULL;
  BootlaceAppearance *appearance = bootlace_appearance_new (gdk_display_get_default ());
  guint id;

  /* Newer versions of GTK ask the portal themselves. */
  if (gtk_check_version (4, 20, 0) == NULL) {
    g_test_skip ("this GTK follows the desktop by itself");
    g_object_unref (appearance);
    return;
  }

  g_assert_no_error (error);
  id = g_dbus_connection_register_object (connection, PORTAL_PATH, node->interfaces[0], &vtable,
                                          NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  bootlace_appearance_follow (appearance, connection);
  wait_for_look (appearance, TRUE);

  g_dbus_connection_emit_signal (connection, NULL, PORTAL_PATH, PORTAL_SETTINGS, "SettingChanged",
                                 g_variant_new ("(ssv)", "org.freedesktop.appearance",
                                                "color-scheme", g_variant_new_uint32 (2)),
                                 &error);
  g_assert_no_error (error);
  wait_for_look (appearance, FALSE);

  g_dbus_connection_unregister_object (connection, id);
  g_object_run_dispose (G_OBJECT (appearance));
  g_object_unref (appearance);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);

  g_test_add_func ("/appearance/color-scheme", test_color_scheme);
  g_test_add_func ("/appearance/theme", test_theme);
  g_test_add_func ("/appearance/progress-bar-keeps-its-height", test_progress_bar_keeps_its_height);
  g_test_add_func ("/appearance/portal", test_portal);

  return g_test_run ();
}
