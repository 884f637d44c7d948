/* bootlace-color-scheme-unix.c: whether the desktop is light or dark, as its portal tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-color-scheme.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define PORTAL_NAMESPACE "org.freedesktop.appearance"
#define PORTAL_KEY "color-scheme"

struct _BootlaceColorSchemeWatch {
  BootlaceColorSchemeFunc func;
  gpointer user_data;

  GDBusConnection *connection; /* nullable */
  guint subscription;
  GCancellable *cancellable;
};

static void
take_value (BootlaceColorSchemeWatch *self, GVariant *value)
{
  guint32 color_scheme;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return;

  color_scheme = g_variant_get_uint32 (value);
  if (color_scheme <= BOOTLACE_COLOR_SCHEME_LIGHT)
    self->func (color_scheme, self->user_data);
}

static void
changed_cb (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  g_autoptr (GVariant) value = NULL;
  const char *space;
  const char *key;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;

  g_variant_get (parameters, "(&s&sv)", &space, &key, &value);
  if (g_str_equal (space, PORTAL_NAMESPACE) && g_str_equal (key, PORTAL_KEY))
    take_value (user_data, value);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr (GVariant) outer = NULL;
  g_autoptr (GVariant) value = NULL;

  /* No portal means no preference; and a watch that was freed has cancelled this. */
  if (reply == NULL) {
    g_debug ("No colour scheme from the desktop: %s", error->message);
    return;
  }

  g_variant_get (reply, "(v)", &outer);
  value = g_variant_is_of_type (outer, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (outer)
                                                               : g_variant_ref (outer);
  take_value (user_data, value);
}

static void
follow (BootlaceColorSchemeWatch *self)
{
  self->subscription =
    g_dbus_connection_signal_subscribe (self->connection, PORTAL_NAME, PORTAL_SETTINGS,
                                        "SettingChanged", PORTAL_PATH, PORTAL_NAMESPACE,
                                        G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, self, NULL);
  g_dbus_connection_call (self->connection, PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, "Read",
                          g_variant_new ("(ss)", PORTAL_NAMESPACE, PORTAL_KEY),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          read_cb, self);
}

/**
 * bootlace_color_scheme_watch_new:
 * @connection: (nullable): the session bus, which only some systems need
 * @func: told at once or soon, where the desktop has a preference, and whenever that changes
 * @user_data: data for @func
 *
 * Returns: (transfer full): what follows the desktop
 */
BootlaceColorSchemeWatch *
bootlace_color_scheme_watch_new (GDBusConnection *connection,
                                 BootlaceColorSchemeFunc func,
                                 gpointer user_data)
{
  BootlaceColorSchemeWatch *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (BootlaceColorSchemeWatch, 1);
  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  if (g_set_object (&self->connection, connection))
    follow (self);

  return self;
}

/**
 * bootlace_color_scheme_watch_free:
 * @self: what follows the desktop
 */
void
bootlace_color_scheme_watch_free (BootlaceColorSchemeWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_free (self);
}
