/* bootlace-file-drop.c: files that are dropped on a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-file-drop.h"

/**
 * bootlace_file_drop_new:
 *
 * Returns: (transfer full): a controller that takes a file, or the first of several
 */
GtkDropTarget *
bootlace_file_drop_new (void)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));

  return target;
}

/**
 * bootlace_file_drop_get_file:
 * @value: what #GtkDropTarget::drop brought
 *
 * Returns: (transfer none) (nullable): the file
 */
GFile *
bootlace_file_drop_get_file (const GValue *value)
{
  GSList *files;

  g_return_val_if_fail (value != NULL, NULL);

  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    return g_value_get_object (value);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return NULL;

  files = g_value_get_boxed (value);

  return files != NULL ? files->data : NULL;
}
