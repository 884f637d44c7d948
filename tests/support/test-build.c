/* test-build.c: a folder as ESP-IDF builds into, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-build.h"

#include "firmware-error.h"
#include "firmware-format.h"
#include "test-check.h"
#include "test-folder.h"

#include <glib/gstdio.h>
#include <string.h>

/**
 * test_build_dup_path:
 * @self: a fixture
 * @name: a file's name, seen from the build folder
 *
 * Returns: (transfer full): its path
 */
char *
test_build_dup_path (TestBuild *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

/**
 * test_build_write:
 * @self: a fixture
 * @name: a file's name, seen from the build folder
 * @contents: its bytes
 *
 * Writes a file, with the folders that it needs.
 */
void
test_build_write (TestBuild *self, const char *name, GBytes *contents)
{
  g_autofree char *path = test_build_dup_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (path, g_bytes_get_data (contents, NULL),
                       (gssize) g_bytes_get_size (contents), &error);
  g_assert_no_error (error);
}

/**
 * test_build_write_text:
 * @self: a fixture
 * @name: a file's name, seen from the build folder
 * @text: what shall be in it
 *
 * Writes a file, with the folders that it needs.
 */
void
test_build_write_text (TestBuild *self, const char *name, const char *text)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (text, strlen (text));

  test_build_write (self, name, contents);
}

/* The files of which it is known what Espressif's tool makes of them. */
static void
write_golden_files (TestBuild *self)
{
  guint8 bootloader[37];
  guint8 table[64];
  guint8 app[5000];
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;

  for (gsize i = 0; i < sizeof bootloader; i++)
    bootloader[i] = (guint8) (7 * i + 3);
  for (gsize i = 0; i < sizeof table; i++)
    table[i] = i % 32 == 0 ? 0xaa : i % 32 == 1 ? 0x50 : (guint8) i;
  for (gsize i = 0; i < sizeof app; i++)
    app[i] = (guint8) (13 * i + 1);

  first = g_bytes_new (bootloader, sizeof bootloader);
  second = g_bytes_new (table, sizeof table);
  third = g_bytes_new (app, sizeof app);
  test_build_write (self, "bootloader/bootloader.bin", first);
  test_build_write (self, "partition_table/partition-table.bin", second);
  test_build_write (self, "app.bin", third);
}

/**
 * test_build_set_up:
 * @self: a fixture
 * @user_data: unused
 *
 * Makes the folders and the files.
 */
void
test_build_set_up (TestBuild *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  self->project = g_dir_make_tmp ("esp-build-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->project, "build", NULL);
  self->folder = g_file_new_for_path (self->path);
  write_golden_files (self);
}

/**
 * test_build_tear_down:
 * @self: a fixture
 * @user_data: unused
 *
 * Deletes everything that is in the project.
 */
void
test_build_tear_down (TestBuild *self, gconstpointer user_data)
{
  test_folder_remove (self->project);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->project, g_free);
}

/**
 * test_build_write_json:
 * @self: a fixture
 * @json: what the flasher_args.json shall say
 *
 * Writes the flasher_args.json.
 */
void
test_build_write_json (TestBuild *self, const char *json)
{
  test_build_write_text (self, "flasher_args.json", json);
}

/**
 * test_build_load:
 * @file: a build that is good
 *
 * Returns: (transfer full): its image
 */
FirmwareImage *
test_build_load (GFile *file)
{
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_load (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_build);
  g_assert_true (firmware_image_get_format (image) == &firmware_format_esp_archive);

  return image;
}

/**
 * test_build_assert_refused:
 * @self: a fixture
 * @domain: of the error
 * @code: of the error
 * @message: what its message must contain
 *
 * Checks that the build folder cannot be loaded, and that the error knows which file it is in if it
 * names the one that lists the others.
 */
void
test_build_assert_refused (TestBuild *self, GQuark domain, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_image_load (self->folder, NULL, &error));
  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, message));
  if (domain == FIRMWARE_ERROR)
    test_assert_place (error);
  if (g_str_has_prefix (error->message, "flasher_args.json: ")) {
    g_assert_nonnull (firmware_error_get_place (error));
    g_assert_cmpstr (firmware_error_get_place (error)->file, ==, "flasher_args.json");
  }
}
