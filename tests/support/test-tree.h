/* test-tree.h: a folder that stands for a computer's file system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Paths below begin with a slash, as in the file system that @root stands for. */
char *test_tree_new (void);
void test_tree_free (char *root);
void test_tree_write (const char *root, const char *path, const char *text);
void test_tree_make_folder (const char *root, const char *path);
void test_tree_link (const char *root, const char *path, const char *target);
void test_tree_remove (const char *root, const char *path);

G_END_DECLS
