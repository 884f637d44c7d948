/* bootlace-settings.c: what the program remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-settings.h"

#define KEY_WIDTH "window-width"
#define KEY_HEIGHT "window-height"
#define KEY_MAXIMIZED "window-maximized"
#define KEY_SETUP_WIDTH "setup-width"
#define KEY_SETUP_HEIGHT "setup-height"
#define KEY_FOLDER "last-folder" /* a URI; empty: none */
#define KEY_RECENT "recent-firmware"

/**
 * bootlace_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings; %NULL where the program is not installed, so
 *   that nothing can be remembered (GSettings would abort)
 */
GSettings *
bootlace_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source == NULL)
    return NULL;

  schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (schema == NULL)
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * bootlace_settings_bind_window:
 * @settings: the settings
 * @window: a window
 *
 * Gives @window the size that it had the last time, and remembers it from now on.
 */
void
bootlace_settings_bind_window (GSettings *settings, GtkWindow *window)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_settings_bind (settings, KEY_WIDTH, window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, KEY_HEIGHT, window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, KEY_MAXIMIZED, window, "maximized", G_SETTINGS_BIND_DEFAULT);
}

/**
 * bootlace_settings_bind_setup_window:
 * @settings: the settings
 * @window: the window of the setup assistant
 *
 * Gives @window the size that it had the last time, and remembers it from now on.
 */
void
bootlace_settings_bind_setup_window (GSettings *settings, GtkWindow *window)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_settings_bind (settings, KEY_SETUP_WIDTH, window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, KEY_SETUP_HEIGHT, window, "default-height", G_SETTINGS_BIND_DEFAULT);
}

/**
 * bootlace_settings_remember_folder:
 * @settings: (nullable): the settings
 * @file: a file that was chosen
 *
 * Remembers the folder of @file.
 */
void
bootlace_settings_remember_folder (GSettings *settings, GFile *file)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_FILE (file));

  folder = g_file_get_parent (file);
  if (settings == NULL || folder == NULL)
    return;

  uri = g_file_get_uri (folder);
  g_settings_set_string (settings, KEY_FOLDER, uri);
}

/**
 * bootlace_settings_recall_folder:
 * @settings: (nullable): the settings
 *
 * Returns: (transfer full) (nullable): the folder that was remembered
 */
GFile *
bootlace_settings_recall_folder (GSettings *settings)
{
  g_autofree char *uri = NULL;

  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  if (settings == NULL)
    return NULL;

  uri = g_settings_get_string (settings, KEY_FOLDER);

  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

/**
 * bootlace_settings_remember_recent:
 * @settings: (nullable): the settings
 * @entries: (element-type GStrv): of each firmware, the URIs of its files; newest first
 *
 * Remembers what was opened last.
 */
void
bootlace_settings_remember_recent (GSettings *settings, GPtrArray *entries)
{
  GVariantBuilder builder;

  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));
  g_return_if_fail (entries != NULL);

  if (settings == NULL)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aas"));
  for (guint i = 0; i < entries->len; i++)
    g_variant_builder_add_value (&builder, g_variant_new_strv (entries->pdata[i], -1));

  g_settings_set_value (settings, KEY_RECENT, g_variant_builder_end (&builder));
}

/**
 * bootlace_settings_recall_recent:
 * @settings: (nullable): the settings
 *
 * Returns: (transfer full) (element-type GStrv): what was remembered, without empty entries
 */
GPtrArray *
bootlace_settings_recall_recent (GSettings *settings)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), entries);

  if (settings == NULL)
    return entries;

  value = g_settings_get_value (settings, KEY_RECENT);
  for (gsize i = 0; i < g_variant_n_children (value); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
    char **uris = g_variant_dup_strv (child, NULL);

    if (*uris != NULL)
      g_ptr_array_add (entries, uris);
    else
      g_strfreev (uris);
  }

  return entries;
}
