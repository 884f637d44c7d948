/* test-firmware-save.c: what was loaded, written to a file in one go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image.h"
#include "firmware-save.h"

#include "test-build.h"
#include "test-image.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#define JSON                                                                                       \
  "{" TEST_BUILD_THREE_FILES ", " TEST_BUILD_CHIP ("esp32s2") ", " TEST_BUILD_SIZE ("4MB") "}"

static GFile *
get_file (TestBuild *build, const char *name)
{
  g_autofree char *path = test_build_dup_path (build, name);

  return g_file_new_for_path (path);
}

static void
assert_contents (GFile *file, GBytes *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (contents, expected));
}

static void
test_archive (void)
{
  g_autoptr (GBytes) contents = test_image_new_multi_part (TEST_IMAGE_PRODUCT, 20000);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, &error);
  g_autoptr (GBytes) written = NULL;

  g_assert_no_error (error);
  g_assert_true (firmware_image_can_write_dfu (image));
  written = firmware_image_write_dfu (image);
  g_assert_true (g_bytes_equal (written, contents));
}

/* A file for one revision of a device must not become one for all of them. */
static void
test_plain (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (3000, 5);
  const FirmwareDfuSuffix ids = {
    .device = 0x0102,
    .product = 0x5678,
    .vendor = 0x1234,
    .specification = FIRMWARE_DFU_SUFFIX_DFU,
  };
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append_ids (payload, &ids);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, &error);
  g_autoptr (GBytes) written = NULL;

  g_assert_no_error (error);
  written = firmware_image_write_dfu (image);
  g_assert_true (g_bytes_equal (written, contents));
}

static void
test_new_and_again (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new_static ("2nd", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_save (file, first, inputs, NULL, &error));
  g_assert_no_error (error);
  assert_contents (file, first);
  g_assert_true (firmware_save (file, second, inputs, NULL, &error));
  g_assert_no_error (error);
  assert_contents (file, second);
}

/* What nobody else may read stays so. */
static void
test_permissions (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) contents = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (firmware_save (file, contents, inputs, NULL, &error));
  g_assert_no_error (error);

  for (int mode = 0600; mode <= 0640; mode += 040) {
    g_assert_cmpint (g_chmod (g_file_peek_path (file), mode), ==, 0);
    g_assert_true (firmware_save (file, contents, inputs, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
    g_assert_cmpint (info.st_mode & 0777, ==, mode);
  }
}

/* Under whatever name. */
static void
test_input (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) input = get_file (build, "app.bin");
  g_autoptr (GFile) name = get_file (build, "other-name.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) before = g_file_load_bytes (input, NULL, NULL, NULL);
  g_autoptr (GBytes) contents = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (inputs, input);
  g_assert_cmpint (symlink (g_file_peek_path (input), g_file_peek_path (name)), ==, 0);
  g_assert_false (firmware_save (name, contents, inputs, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_contents (input, before);
}

static void
test_folder (TestBuild *build, gconstpointer data)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) contents = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (firmware_save (build->folder, contents, inputs, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/* As on a disk that is full, but for the number of the error. */
static void
assert_no_room (GFile *file)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) contents = test_image_new_pattern (50000, 3);
  g_autoptr (GError) error = NULL;
  struct rlimit old;
  struct rlimit small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = (struct rlimit){ .rlim_cur = 20000, .rlim_max = old.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (firmware_save (file, contents, inputs, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_nonnull (error);
}

static void
test_no_room (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_save (file, first, inputs, NULL, &error));
  g_assert_no_error (error);
  assert_no_room (file);
  assert_contents (file, first);
}

/* Half a firmware would be taken for a whole one. */
static void
test_no_room_for_new (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");

  assert_no_room (file);
  g_assert_false (g_file_query_exists (file, NULL));
}

/* A link was there before, wherever it leads. */
static void
test_no_room_for_link (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) link = get_file (build, "link.bin");
  g_autofree char *target = NULL;

  g_assert_cmpint (symlink ("nowhere.bin", g_file_peek_path (link)), ==, 0);
  assert_no_room (link);
  target = g_file_read_link (g_file_peek_path (link), NULL);
  g_assert_cmpstr (target, ==, "nowhere.bin");
}

static void
test_check (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");
  g_autoptr (GFile) nowhere = get_file (build, "nowhere/dfu.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_save_check (file, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_query_exists (file, NULL));

  g_assert_true (firmware_save (file, first, inputs, NULL, NULL));
  g_assert_true (firmware_save_check (file, NULL, &error));
  g_assert_no_error (error);
  assert_contents (file, first);

  g_assert_false (firmware_save_check (nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (firmware_save_check (build->folder, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

static void
save_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (firmware_save_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* What the build's image is saved as is what the build writes. */
static void
test_build_async (TestBuild *build, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (build, "dfu.bin");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GBytes) contents = NULL;
  gboolean done = FALSE;

  test_build_write_json (build, JSON);
  image = test_build_load (build->folder);
  contents = firmware_image_write_dfu (image);
  firmware_save_async (file, contents, inputs, NULL, save_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  assert_contents (file, contents);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/save/archive", test_archive);
  g_test_add_func ("/firmware/save/plain", test_plain);
  g_test_add ("/firmware/save/new-and-again", TestBuild, NULL, test_build_set_up,
              test_new_and_again, test_build_tear_down);
  g_test_add ("/firmware/save/permissions", TestBuild, NULL, test_build_set_up, test_permissions,
              test_build_tear_down);
  g_test_add ("/firmware/save/input", TestBuild, NULL, test_build_set_up, test_input,
              test_build_tear_down);
  g_test_add ("/firmware/save/folder", TestBuild, NULL, test_build_set_up, test_folder,
              test_build_tear_down);
  g_test_add ("/firmware/save/no-room", TestBuild, NULL, test_build_set_up, test_no_room,
              test_build_tear_down);
  g_test_add ("/firmware/save/no-room-for-new", TestBuild, NULL, test_build_set_up,
              test_no_room_for_new, test_build_tear_down);
  g_test_add ("/firmware/save/no-room-for-link", TestBuild, NULL, test_build_set_up,
              test_no_room_for_link, test_build_tear_down);
  g_test_add ("/firmware/save/check", TestBuild, NULL, test_build_set_up, test_check,
              test_build_tear_down);
  g_test_add ("/firmware/save/build-async", TestBuild, NULL, test_build_set_up, test_build_async,
              test_build_tear_down);

  return g_test_run ();
}
