/* test-folder.c: folders that a test leaves behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-folder.h"

#include <glib/gstdio.h>

/**
 * test_folder_remove:
 * @path: a file or a folder
 *
 * Deletes it and everything in it; of a symbolic link only the link.
 */
void
test_folder_remove (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    test_folder_remove (child);
  }

  /* What is open cannot be deleted on Windows. */
  g_clear_pointer (&folder, g_dir_close);
  g_assert_no_errno (g_remove (path));
}
