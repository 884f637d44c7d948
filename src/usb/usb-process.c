/* usb-process.c: what other programs on this computer have open, on Linux
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-process.h"

/**
 * usb_process_list:
 * @root: what every path begins with
 *
 * Lists the processes that can be seen; on systems without /proc there are none. Any thread.
 *
 * Returns: (transfer full) (element-type guint): their numbers
 */
GArray *
usb_process_list (const char *root)
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) folder = NULL;
  GArray *processes = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *name = NULL;

  g_return_val_if_fail (root != NULL, processes);

  path = g_strconcat (root, "/proc", NULL);
  folder = g_dir_open (path, 0, NULL);

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    guint64 number = 0;
    guint process = 0;

    if (!g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &number, NULL))
      continue;

    process = (guint) number;
    g_array_append_val (processes, process);
  }

  return processes;
}

/**
 * usb_process_dup_name:
 * @root: what every path begins with
 * @process: a process
 *
 * Returns: (transfer full) (nullable): what it calls itself, at most 15 bytes; %NULL when it has
 *   ended
 */
char *
usb_process_dup_name (const char *root, guint process)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  path = g_strdup_printf ("%s/proc/%u/comm", root, process);
  if (!g_file_get_contents (path, &name, NULL, NULL))
    return NULL;

  return g_utf8_make_valid (g_strchomp (name), -1);
}

static char *
build_files_path (const char *root, guint process)
{
  return g_strdup_printf ("%s/proc/%u/fd", root, process);
}

/**
 * usb_process_is_secret:
 * @root: what every path begins with
 * @process: a process
 *
 * Of other people's processes nobody but root is told, see proc(5).
 *
 * Returns: whether what it has open cannot be seen
 */
gboolean
usb_process_is_secret (const char *root, guint process)
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) folder = NULL;

  g_return_val_if_fail (root != NULL, TRUE);

  path = build_files_path (root, process);
  folder = g_dir_open (path, 0, NULL);

  return folder == NULL;
}

/**
 * usb_process_has_open:
 * @root: what every path begins with
 * @process: a process
 * @path: a file, without @root
 *
 * Returns: whether it is seen to have @path open; see usb_process_is_secret()
 */
gboolean
usb_process_has_open (const char *root, guint process, const char *path)
{
  g_autofree char *folder_path = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  g_return_val_if_fail (root != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  folder_path = build_files_path (root, process);
  folder = g_dir_open (folder_path, 0, NULL);

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *link = g_build_filename (folder_path, name, NULL);
    g_autofree char *target = g_file_read_link (link, NULL);

    if (g_strcmp0 (target, path) == 0)
      return TRUE;
  }

  return FALSE;
}
