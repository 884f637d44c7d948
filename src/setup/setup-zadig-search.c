/* setup-zadig-search.c: where Zadig is on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zadig is one file without an installer, "zadig-2.9.exe"; people leave it where their browser put
 * it, or have it from a package manager, which puts it on the path.
 */

#include "setup-zadig-search.h"

#include <stdlib.h>

/* The version, and what a browser adds to a second copy. */
#define NAME_PATTERN "^zadig(?:[-_ ]?(\\d{1,4})(?:\\.(\\d{1,4}))?[\\d.]*)?(?: ?\\(\\d+\\))?\\.exe$"

static void
add_folder (GPtrArray *folders, const char *start, const char *below)
{
  /* Nothing is started from wherever this program happens to be. */
  if (start != NULL && g_path_is_absolute (start))
    g_ptr_array_add (folders, g_build_filename (start, below, NULL));
}

/**
 * setup_zadig_list_folders:
 *
 * Returns: (transfer full): the folders where Zadig may be, the likeliest first
 */
char **
setup_zadig_list_folders (void)
{
  static const char *const variables[] = { "ProgramFiles", "ProgramFiles(x86)" };
  GPtrArray *folders = g_ptr_array_new ();
  const char *path = g_getenv ("PATH");
  g_auto (GStrv) on_path = g_strsplit (path != NULL ? path : "", G_SEARCHPATH_SEPARATOR_S, -1);

  add_folder (folders, g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD), NULL);
  add_folder (folders, g_get_user_special_dir (G_USER_DIRECTORY_DESKTOP), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    add_folder (folders, g_getenv (variables[i]), "Zadig");
  for (guint i = 0; on_path[i] != NULL; i++)
    add_folder (folders, on_path[i], NULL);

  g_ptr_array_add (folders, NULL);
  return (char **) g_ptr_array_free (folders, FALSE);
}

static int
read_number (GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return text != NULL ? atoi (text) : 0;
}

/* Returns how new it is, 0 when nothing tells, or -1 for what is not Zadig. */
static int
rank_name (GRegex *regex, const char *name)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, name, 0, &match))
    return -1;

  return read_number (match, 1) * 10000 + read_number (match, 2);
}

static char *
find_in_folder (GRegex *regex, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *best = NULL;
  const char *name = NULL;
  int best_rank = -1;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = NULL;
    int rank = rank_name (regex, name);

    if (rank <= best_rank)
      continue;

    path = g_build_filename (folder, name, NULL);
    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;

    g_free (best);
    best = g_steal_pointer (&path);
    best_rank = rank;
  }

  return g_steal_pointer (&best);
}

/**
 * setup_zadig_find:
 * @folders: folders, such as setup_zadig_list_folders() lists
 *
 * Looks into the folders, and no deeper. Of several Zadigs in one, the newest counts. Blocks on
 * files.
 *
 * Returns: (transfer full) (nullable): the path of Zadig
 */
char *
setup_zadig_find (const char *const *folders)
{
  g_autoptr (GRegex) regex = g_regex_new (NAME_PATTERN, G_REGEX_CASELESS, 0, NULL);

  g_return_val_if_fail (folders != NULL, NULL);

  for (guint i = 0; folders[i] != NULL; i++) {
    char *path = find_in_folder (regex, folders[i]);

    if (path != NULL)
      return path;
  }

  return NULL;
}
