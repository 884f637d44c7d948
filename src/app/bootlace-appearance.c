/* bootlace-appearance.c: light, dark and high contrast, as the desktop has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-appearance.h"

#include <string.h>

#define RESOURCES "/dev/bootlace/Bootlace/"

struct _BootlaceAppearance {
  GObject parent_instance;

  GdkDisplay *display;
  GtkSettings *settings;
  BootlaceColorScheme color_scheme;
  gboolean prefers_dark_at_start; /* from the person's settings.ini */

  GtkCssProvider *style;
  GtkCssProvider *dark;     /* nullable: while it is shown */
  GtkCssProvider *contrast; /* nullable: while it is shown */

  BootlaceColorSchemeWatch *watch; /* nullable */
};

enum {
  PROP_0,
  PROP_DISPLAY,
  PROP_COLOR_SCHEME,
  PROP_DARK,
  PROP_HIGH_CONTRAST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (BootlaceColorScheme,
                    bootlace_color_scheme,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_COLOR_SCHEME_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_COLOR_SCHEME_DARK, "dark"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_COLOR_SCHEME_LIGHT, "light"))

G_DEFINE_FINAL_TYPE (BootlaceAppearance, bootlace_appearance, G_TYPE_OBJECT)

static GtkCssProvider *
load_style (BootlaceAppearance *self, const char *resource, guint priority)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, resource);
  gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (provider),
                                              priority);

  return provider;
}

static void
unload_style (BootlaceAppearance *self, GtkCssProvider **provider)
{
  if (*provider == NULL)
    return;

  gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (*provider));
  g_clear_object (provider);
}

static gboolean
shows_dark (BootlaceAppearance *self)
{
  g_autofree char *theme = NULL;
  gboolean prefers_dark;

  g_object_get (self->settings, "gtk-theme-name", &theme, "gtk-application-prefer-dark-theme",
                &prefers_dark, NULL);

  return prefers_dark || (theme != NULL && g_str_has_suffix (theme, "-dark"));
}

static gboolean
shows_high_contrast (BootlaceAppearance *self)
{
  g_autofree char *theme = NULL;

  g_object_get (self->settings, "gtk-theme-name", &theme, NULL);

  return theme != NULL && (strstr (theme, "HighContrast") != NULL || strstr (theme, "-hc") != NULL);
}

static void
theme_cb (BootlaceAppearance *self)
{
  gboolean dark = shows_dark (self);
  gboolean contrast = shows_high_contrast (self);

  if (dark != (self->dark != NULL)) {
    unload_style (self, &self->dark);
    if (dark)
      self->dark =
        load_style (self, RESOURCES "style-dark.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DARK]);
  }

  if (contrast != (self->contrast != NULL)) {
    unload_style (self, &self->contrast);
    if (contrast)
      self->contrast = load_style (self, RESOURCES "style-contrast.css",
                                   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIGH_CONTRAST]);
  }
}

static void
set_color_scheme (BootlaceAppearance *self, BootlaceColorScheme color_scheme)
{
  gboolean dark = color_scheme == BOOTLACE_COLOR_SCHEME_DARK ||
                  (color_scheme == BOOTLACE_COLOR_SCHEME_DEFAULT && self->prefers_dark_at_start);

  if (self->color_scheme == color_scheme)
    return;

  self->color_scheme = color_scheme;
  g_object_set (self->settings, "gtk-application-prefer-dark-theme", dark, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR_SCHEME]);
}

#if GTK_CHECK_VERSION(4, 20, 0)

static void
interface_color_scheme_cb (BootlaceAppearance *self)
{
  GtkInterfaceColorScheme color_scheme;

  g_object_get (self->settings, "gtk-interface-color-scheme", &color_scheme, NULL);

  if (color_scheme == GTK_INTERFACE_COLOR_SCHEME_DARK)
    set_color_scheme (self, BOOTLACE_COLOR_SCHEME_DARK);
  else if (color_scheme == GTK_INTERFACE_COLOR_SCHEME_LIGHT)
    set_color_scheme (self, BOOTLACE_COLOR_SCHEME_LIGHT);
  else
    set_color_scheme (self, BOOTLACE_COLOR_SCHEME_DEFAULT);
}

static void
follow (BootlaceAppearance *self, GDBusConnection *connection)
{
  g_signal_connect_object (self->settings, "notify::gtk-interface-color-scheme",
                           G_CALLBACK (interface_color_scheme_cb), self, G_CONNECT_SWAPPED);
  interface_color_scheme_cb (self);
}

#else

static void
desktop_cb (BootlaceColorScheme color_scheme, gpointer user_data)
{
  set_color_scheme (user_data, color_scheme);
}

static void
follow (BootlaceAppearance *self, GDBusConnection *connection)
{
  self->watch = bootlace_color_scheme_watch_new (connection, desktop_cb, self);
}

#endif

/**
 * bootlace_appearance_follow:
 * @self: an appearance
 * @connection: (nullable): the session bus
 *
 * Takes over the desktop's preference, now and whenever it changes.
 */
void
bootlace_appearance_follow (BootlaceAppearance *self, GDBusConnection *connection)
{
  g_return_if_fail (BOOTLACE_IS_APPEARANCE (self));
  g_return_if_fail (self->watch == NULL);

  follow (self, connection);
}

static void
bootlace_appearance_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceAppearance *self = BOOTLACE_APPEARANCE (object);

  switch (id) {
  case PROP_COLOR_SCHEME:
    g_value_set_enum (value, self->color_scheme);
    break;
  case PROP_DARK:
    g_value_set_boolean (value, self->dark != NULL);
    break;
  case PROP_HIGH_CONTRAST:
    g_value_set_boolean (value, self->contrast != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_appearance_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceAppearance *self = BOOTLACE_APPEARANCE (object);

  switch (id) {
  case PROP_DISPLAY:
    self->display = g_value_dup_object (value);
    break;
  case PROP_COLOR_SCHEME:
    set_color_scheme (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_appearance_constructed (GObject *object)
{
  BootlaceAppearance *self = BOOTLACE_APPEARANCE (object);

  G_OBJECT_CLASS (bootlace_appearance_parent_class)->constructed (object);

  self->settings = g_object_ref (gtk_settings_get_for_display (self->display));
  g_object_get (self->settings, "gtk-application-prefer-dark-theme", &self->prefers_dark_at_start,
                NULL);

  g_signal_connect_object (self->settings, "notify::gtk-theme-name", G_CALLBACK (theme_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "notify::gtk-application-prefer-dark-theme",
                           G_CALLBACK (theme_cb), self, G_CONNECT_SWAPPED);

  self->style = load_style (self, RESOURCES "style.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  theme_cb (self);
}

static void
bootlace_appearance_dispose (GObject *object)
{
  BootlaceAppearance *self = BOOTLACE_APPEARANCE (object);

  g_clear_pointer (&self->watch, bootlace_color_scheme_watch_free);
  unload_style (self, &self->style);
  unload_style (self, &self->dark);
  unload_style (self, &self->contrast);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bootlace_appearance_parent_class)->dispose (object);
}

static void
bootlace_appearance_finalize (GObject *object)
{
  BootlaceAppearance *self = BOOTLACE_APPEARANCE (object);

  g_clear_object (&self->display);

  G_OBJECT_CLASS (bootlace_appearance_parent_class)->finalize (object);
}

static void
bootlace_appearance_class_init (BootlaceAppearanceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_appearance_get_property;
  object_class->set_property = bootlace_appearance_set_property;
  object_class->constructed = bootlace_appearance_constructed;
  object_class->dispose = bootlace_appearance_dispose;
  object_class->finalize = bootlace_appearance_finalize;

  properties[PROP_DISPLAY] =
    g_param_spec_object ("display", NULL, NULL, GDK_TYPE_DISPLAY,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOR_SCHEME] =
    g_param_spec_enum ("color-scheme", NULL, NULL, BOOTLACE_TYPE_COLOR_SCHEME,
                       BOOTLACE_COLOR_SCHEME_DEFAULT, G_PARAM_WRITABLE | shown);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, shown);
  properties[PROP_HIGH_CONTRAST] = g_param_spec_boolean ("high-contrast", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_appearance_init (BootlaceAppearance *self)
{
}

/**
 * bootlace_appearance_new:
 * @display: a display
 *
 * Returns: (transfer full): what gives the windows on @display their look
 */
BootlaceAppearance *
bootlace_appearance_new (GdkDisplay *display)
{
  return g_object_new (BOOTLACE_TYPE_APPEARANCE, "display", display, NULL);
}
