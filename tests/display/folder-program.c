/* folder-program.c: the program that shows folders on the computer of a test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "folder-program.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* There is no such place to be started in. */
#define BROKEN                                                                                     \
  "[Desktop Entry]\n"                                                                              \
  "Type=Application\n"                                                                             \
  "Name=Broken\n"                                                                                  \
  "Exec=touch %u\n"                                                                                \
  "Path=/nonexistent\n"                                                                            \
  "MimeType=inode/directory;\n"

#define DEFAULT "[Default Applications]\ninode/directory=broken.desktop;\n"

static void
write_file (const char *folder, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

void
folder_program_break (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);

  write_file (folder, "broken.desktop", BROKEN);
  write_file (g_get_user_config_dir (), "mimeapps.list", DEFAULT);
}

char *
folder_program_install (void)
{
  g_autofree char *mark = g_build_filename (g_get_user_data_dir (), "shown", NULL);
  g_autofree char *command = g_strdup_printf ("touch %s", mark);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAppInfo) program =
    g_app_info_create_from_commandline (command, "Folders", G_APP_INFO_CREATE_SUPPORTS_URIS,
                                        &error);

  g_assert_no_error (error);
  g_app_info_set_as_default_for_type (program, "inode/directory", &error);
  g_assert_no_error (error);

  return g_steal_pointer (&mark);
}
