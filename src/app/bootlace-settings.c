/* bootlace-settings.c: what the program remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-settings.h"

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
