/* test-tree.c: a folder that stands for a computer's file system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-tree.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "test-folder.h"

char *
test_tree_new (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("bootlace-tree-XXXXXX", &error);

  g_assert_no_error (error);

  return root;
}

void
test_tree_free (char *root)
{
  test_folder_remove (root);
  g_free (root);
}

static char *
prepare (const char *root, const char *path)
{
  char *full_path = g_strconcat (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full_path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);

  return full_path;
}

void
test_tree_write (const char *root, const char *path, const char *text)
{
  g_autofree char *full_path = prepare (root, path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (full_path, text, -1, &error);
  g_assert_no_error (error);
}

void
test_tree_make_folder (const char *root, const char *path)
{
  g_autofree char *full_path = prepare (root, path);

  g_assert_cmpint (g_mkdir_with_parents (full_path, 0755), ==, 0);
}

/* @target is taken as it is: it need not exist. */
void
test_tree_link (const char *root, const char *path, const char *target)
{
  g_autofree char *full_path = prepare (root, path);

  g_assert_cmpint (symlink (target, full_path), ==, 0);
}

void
test_tree_remove (const char *root, const char *path)
{
  g_autofree char *full_path = g_strconcat (root, path, NULL);

  test_folder_remove (full_path);
}
