/* test-firmware-image.c: a format is picked by content, a file is read with care
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-format.h"
#include "firmware-image.h"

#include "test-check.h"
#include "test-image.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("firmware-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "dfu.bin", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_assert_no_errno (g_rmdir (fixture->folder));
  g_clear_object (&fixture->file);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
write_file (Fixture *fixture, GBytes *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (fixture->file), g_bytes_get_data (contents, NULL),
                       (gssize) g_bytes_get_size (contents), &error);
  g_assert_no_error (error);
}

static void
assert_load_fails (GFile *file, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_image_load (file, NULL, &error));
  g_assert_error (error, domain, code);
}

static void
test_plain (void)
{
  const struct {
    guint16 vendor;
    guint16 product;
    gsize size;
  } rows[] = {
    { 0x0483, 0xdf11, 1000 },
    { 0xffff, 0xffff, 1 },
    { 0x303a, 0x4001, 64 }, /* an ESP32's application may take what it likes */
    { 0x2341, 0x0070, 4096 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) payload = test_image_new_pattern (rows[i].size, 1);
    g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, rows[i].vendor, rows[i].product);
    g_autoptr (GError) error = NULL;
    FirmwareImage *image = firmware_image_new_from_bytes (file, &error);

    g_assert_no_error (error);
    g_assert_true (firmware_image_get_format (image) == &firmware_format_dfu);
    g_assert_true (g_bytes_equal (firmware_image_get_payload (image), payload));
    g_assert_cmpuint (firmware_image_get_total_size (image), ==, rows[i].size);
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 0);
    g_assert_cmphex (firmware_image_get_suffix (image)->vendor, ==, rows[i].vendor);
    g_assert_cmphex (firmware_image_get_suffix (image)->product, ==, rows[i].product);
    g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 0);
    g_assert_null (firmware_image_get_chip (image));
    g_assert_null (firmware_image_get_title (image));
    g_assert_null (firmware_image_get_idf_version (image));
    g_assert_null (firmware_image_get_build_date (image));
    g_assert_null (firmware_image_locate (image, 0, NULL));
    g_assert_finalize_object (image);
  }
}

/* Every ROM loader would write them over address 0. */
static void
test_plain_for_rom (void)
{
  const guint16 products[] = { 0x0002, 0x0009, 0x0012, 0x0020 };
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (products); i++) {
    g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x303a, products[i]);

    test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "no ESP archive");
  }
}

static void
test_suffix_only (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (nothing, 0x0483, 0xdf11);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "no firmware");
}

static void
test_plain_corruptions (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (100, 1);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x0483, 0xdf11);

  for (gsize bit = 0; bit < 8 * g_bytes_get_size (file); bit++) {
    g_autoptr (GBytes) damaged = test_image_flip (file, bit / 8, (guint8) (1 << bit % 8));
    g_autoptr (GError) error = NULL;

    g_assert_null (firmware_image_new_from_bytes (damaged, &error));
    g_assert_true (error->domain == FIRMWARE_ERROR);
  }
}

static void
test_strangers (void)
{
  const struct {
    const char *bytes;
    gsize length;
    const char *guess; /* NULL: nothing is known */
    int code;
  } rows[] = {
    { "UF2\n", 4, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "PK\3\4", 4, "ZIP", FIRMWARE_ERROR_PACKED },
    { "\x1f\x8b", 2, "gzip", FIRMWARE_ERROR_PACKED },
    { "\xfd\x37zXZ\0", 6, "xz", FIRMWARE_ERROR_PACKED },
    { "\x28\xb5\x2f\xfd", 4, "Zstandard", FIRMWARE_ERROR_PACKED },
    { "BZh9", 4, "bzip2", FIRMWARE_ERROR_PACKED },
    { "7z\xbc\xaf\x27\x1c", 6, "7z", FIRMWARE_ERROR_PACKED },
    { "Rar!\x1a\x07\x01", 7, "RAR", FIRMWARE_ERROR_PACKED },
    { "\xaa\x50", 2, "partition table", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "\xe9", 1, "neither a bootloader nor an application", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { ":100000 ", 8, "looks like text", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { ":x", 2, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "hello", 5, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "S00600004844521B\r\n", 18, "S-records", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "404: Not Found", 14, "looks like text", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "<p>Gr\xc3\xbc\xc3\x9f!</p>\n", 15, "text", FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "404: Not\xffound", 12, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "404: Not\0found", 14, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
    { "0", 1, NULL, FIRMWARE_ERROR_UNKNOWN_FORMAT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) contents = g_bytes_new (rows[i].bytes, rows[i].length);

    test_assert_refused (contents, rows[i].code,
                         rows[i].guess != NULL ? rows[i].guess : "does not end in a DFU suffix");
  }
}

/* A container that must be taken apart is not sent as it is, although it has the suffix. */
static void
test_dfuse_with_suffix (void)
{
  g_autoptr (GBytes) payload = g_bytes_new_static ("DfuSe\1 and so on", 16);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x0483, 0xdf11);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "begins as a DfuSe file");
}

static void
test_load (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (5000);
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = NULL;

  write_file (fixture, contents);
  image = firmware_image_load (fixture->file, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (firmware_image_get_format (image) == &firmware_format_esp_archive);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_finalize_object (image);
}

static void
test_load_missing (Fixture *fixture, gconstpointer user_data)
{
  assert_load_fails (fixture->file, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_load_empty (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  write_file (fixture, nothing);
  assert_load_fails (fixture->file, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY);
}

static void
test_load_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  assert_load_fails (folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/* Reading either would wait for ever. */
static void
test_load_special (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");

  g_assert_no_errno (mkfifo (g_file_peek_path (fixture->file), 0600));
  assert_load_fails (fixture->file, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_load_fails (device, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
test_load_dangling (Fixture *fixture, gconstpointer user_data)
{
  g_assert_no_errno (symlink ("gone", g_file_peek_path (fixture->file)));
  assert_load_fails (fixture->file, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Files of the kernel say that they have a page, and have less: as if somebody cut them then. */
static void
test_load_shrinking (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/sys/kernel/uevent_seqnum");

  if (!g_file_query_exists (file, NULL)) {
    g_test_skip ("The kernel has no such file");
    return;
  }

  assert_load_fails (file, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED);
}

static void
set_size (Fixture *fixture, goffset size)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  stream = g_file_replace_readwrite (fixture->file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_seekable_truncate (G_SEEKABLE (stream), size, NULL, &error);
  g_assert_no_error (error);
}

/* The files are sparse: a hole takes no room. */
static void
test_load_large (Fixture *fixture, gconstpointer user_data)
{
  set_size (fixture, FIRMWARE_IMAGE_MAX_SIZE);
  assert_load_fails (fixture->file, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT);

  set_size (fixture, (goffset) FIRMWARE_IMAGE_MAX_SIZE + 1);
  assert_load_fails (fixture->file, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE);

  set_size (fixture, (goffset) 1 << 40);
  assert_load_fails (fixture->file, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE);
}

static void
test_load_cancelled (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) contents = test_image_new (5000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_file (fixture, contents);
  g_cancellable_cancel (cancellable);

  g_assert_null (firmware_image_load (fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Only of what was refused for what it is, somebody may know better. */
static void
test_foreign (void)
{
  static const struct {
    int code;
    gboolean is_foreign;
  } rows[] = {
    { FIRMWARE_ERROR_UNKNOWN_FORMAT, TRUE }, { FIRMWARE_ERROR_PACKED, TRUE },
    { FIRMWARE_ERROR_FOR_COMPUTER, TRUE },   { FIRMWARE_ERROR_FOR_DRIVE, TRUE },
    { FIRMWARE_ERROR_OTHER_JSON, TRUE },     { FIRMWARE_ERROR_EMPTY, FALSE },
    { FIRMWARE_ERROR_TRUNCATED, FALSE },     { FIRMWARE_ERROR_CHECKSUM, FALSE },
    { FIRMWARE_ERROR_NO_LOADER, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = g_error_new_literal (FIRMWARE_ERROR, rows[i].code, "");

    g_assert_cmpint (firmware_error_is_foreign (error), ==, rows[i].is_foreign);
  }
  g_assert_false (firmware_error_is_foreign (NULL));
}

static const struct {
  const char *path;
  void (*run) (Fixture *fixture, gconstpointer user_data);
} load_tests[] = {
  { "/firmware/image/load/good", test_load },
  { "/firmware/image/load/missing", test_load_missing },
  { "/firmware/image/load/empty", test_load_empty },
  { "/firmware/image/load/folder", test_load_folder },
  { "/firmware/image/load/special", test_load_special },
  { "/firmware/image/load/dangling", test_load_dangling },
  { "/firmware/image/load/shrinking", test_load_shrinking },
  { "/firmware/image/load/large", test_load_large },
  { "/firmware/image/load/cancelled", test_load_cancelled },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/image/plain", test_plain);
  g_test_add_func ("/firmware/image/plain-for-rom", test_plain_for_rom);
  g_test_add_func ("/firmware/image/suffix-only", test_suffix_only);
  g_test_add_func ("/firmware/image/plain-corruptions", test_plain_corruptions);
  g_test_add_func ("/firmware/image/strangers", test_strangers);
  g_test_add_func ("/firmware/image/foreign", test_foreign);
  g_test_add_func ("/firmware/image/dfuse-with-suffix", test_dfuse_with_suffix);

  for (gsize i = 0; i < G_N_ELEMENTS (load_tests); i++)
    g_test_add (load_tests[i].path, Fixture, NULL, set_up, load_tests[i].run, tear_down);

  return g_test_run ();
}
