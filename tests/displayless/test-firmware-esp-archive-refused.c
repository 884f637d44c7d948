/* test-firmware-esp-archive-refused.c: what the ROM would not write as it stands is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-cpio.h"
#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-esp-parameters.h"
#include "firmware-esp-table.h"
#include "firmware-image.h"

#include "test-archive.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define MIB (1024 * 1024)

/* The ROM learns the size of the flash when flash_params.dat comes, not before. */
static void
test_late_parameters (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);
  g_autoptr (GBytes) file = NULL;

  test_archive_add (archive, "a.bin", 3 * MIB, data);
  test_archive_add_parameters (archive, 4 * MIB);
  file = test_archive_finish (archive, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_BEYOND_FLASH, "a.bin");
}

static void
test_faults (void)
{
  const struct {
    const char *fault;
    int code;
    const char *message;
  } rows[] = {
    { "empty", FIRMWARE_ERROR_EMPTY, "empty" },
    { "crc", FIRMWARE_ERROR_CHECKSUM, "CRC" },
    { "truncated", FIRMWARE_ERROR_TRUNCATED, "no DFU suffix" },
    { "no-suffix", FIRMWARE_ERROR_TRUNCATED, "no DFU suffix" },
    { "md5", FIRMWARE_ERROR_DIGEST, "blink.bin" },
    { "missing-part", FIRMWARE_ERROR_MISSING_PART, "partition-table.bin" },
    { "beyond-flash", FIRMWARE_ERROR_BEYOND_FLASH, "0x400000" },
    { "overlap", FIRMWARE_ERROR_OVERLAP, "blink.bin" },
    { "no-table", FIRMWARE_ERROR_MALFORMED, "dfuinfo0.dat" },
    { "raw", FIRMWARE_ERROR_UNKNOWN_FORMAT, "does not end in a DFU suffix" },
    { "raw-with-suffix", FIRMWARE_ERROR_MALFORMED, "no ESP archive" },
  };
  const char *const *faults = test_image_list_faults ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = test_image_new_broken (rows[i].fault, 0x0002, 8000);

    g_assert_cmpstr (faults[i], ==, rows[i].fault);
    test_assert_refused (file, rows[i].code, rows[i].message);
  }
  g_assert_null (faults[G_N_ELEMENTS (rows)]);
}

static void
test_flags (void)
{
  for (guint32 flags = 0; flags < 64; flags++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);
    g_autoptr (GBytes) file = NULL;

    test_archive_list (archive, "a.bin", 0x1000, flags, data);
    test_archive_put (archive, "a.bin", data);
    file = test_archive_finish (archive, 0x0002);

    if (flags == 0)
      g_object_unref (test_read_image (file));
    else
      test_assert_refused (file, FIRMWARE_ERROR_MALFORMED,
                           (flags & 3) != 0 ? "run code" : "instead of 0x0");
  }
}

/* Without its flags the ROM would write it to address 0. */
static void
test_parameters_flags (void)
{
  for (guint32 flags = 0; flags < 64; flags++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) parameters = firmware_esp_parameters_new (4 * MIB);
    g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);
    g_autoptr (GBytes) file = NULL;

    test_archive_list (archive, FIRMWARE_ESP_PARAMETERS_NAME, 0, flags, parameters);
    test_archive_put (archive, FIRMWARE_ESP_PARAMETERS_NAME, parameters);
    test_archive_add (archive, "a.bin", 0x1000, data);
    file = test_archive_finish (archive, 0x0002);

    if (flags == FIRMWARE_ESP_FLAGS_PARAMETERS)
      g_object_unref (test_read_image (file));
    else
      test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, FIRMWARE_ESP_PARAMETERS_NAME);
  }
}

static void
test_parameters_fields (void)
{
  const struct {
    gsize offset;
    guint8 mask;
  } rows[] = {
    { 12, 0x01 }, /* no multiple of a block */
    { 14, 0x40 }, /* no flash at all */
    { 16, 0x01 }, /* block size */
    { 20, 0x01 }, /* sector size */
    { 24, 0x01 }, /* page size */
  };
  g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) good = firmware_esp_parameters_new (4 * MIB);
    g_autoptr (GBytes) bad = test_image_flip (good, rows[i].offset, rows[i].mask);
    g_autoptr (GBytes) file = NULL;

    test_archive_list (archive, FIRMWARE_ESP_PARAMETERS_NAME, 0, FIRMWARE_ESP_FLAGS_PARAMETERS,
                       bad);
    test_archive_put (archive, FIRMWARE_ESP_PARAMETERS_NAME, bad);
    test_archive_add (archive, "a.bin", 0x1000, data);
    file = test_archive_finish (archive, 0x0002);

    test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, NULL);
  }
}

static void
test_parameters_length (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (4096, 1);
  g_autoptr (GBytes) whole = firmware_esp_parameters_new (4 * MIB);

  for (gsize size = 0; size < FIRMWARE_ESP_PARAMETERS_LENGTH; size++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, size);
    g_autoptr (GBytes) file = NULL;

    test_archive_list (archive, FIRMWARE_ESP_PARAMETERS_NAME, 0, FIRMWARE_ESP_FLAGS_PARAMETERS,
                       cut);
    test_archive_put (archive, FIRMWARE_ESP_PARAMETERS_NAME, cut);
    test_archive_add (archive, "a.bin", 0x1000, data);
    file = test_archive_finish (archive, 0x0002);

    test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, FIRMWARE_ESP_PARAMETERS_NAME);
  }
}

/* 64 records with flash_params.dat, and one more. */
static void
test_record_count (void)
{
  for (guint n_parts = 63; n_parts <= 64; n_parts++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
    g_autoptr (GBytes) file = NULL;

    test_archive_add_parameters (archive, 4 * MIB);
    for (guint i = 0; i < n_parts; i++) {
      g_autofree char *name = g_strdup_printf ("part-%u", i);

      test_archive_add (archive, name, 0x1000 * i, data);
    }
    file = test_archive_finish (archive, 0x0002);

    if (n_parts == 63) {
      g_autoptr (FirmwareImage) image = test_read_image (file);

      g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 63);
    } else {
      test_assert_refused (file, FIRMWARE_ERROR_TOO_MANY_PARTS, "lists 65 parts");
    }
  }
}

/* A table of any size that is no whole number of records. */
static void
test_table_size (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);

  for (gsize size = 0; size <= 2 * FIRMWARE_ESP_RECORD_LENGTH; size++) {
    g_autoptr (GByteArray) table = g_byte_array_new ();
    g_autoptr (GByteArray) payload = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GBytes) file = NULL;

    firmware_esp_table_append (table, "a.bin", 0x1000, 0, g_bytes_get_data (data, NULL), 16);
    firmware_esp_table_append (table, "b.bin", 0x2000, 0, g_bytes_get_data (data, NULL), 16);
    firmware_cpio_append_member (payload, FIRMWARE_ESP_TABLE_NAME, table->data, size);
    firmware_cpio_append_member (payload, "a.bin", g_bytes_get_data (data, NULL), 16);
    if (size == 2 * FIRMWARE_ESP_RECORD_LENGTH)
      firmware_cpio_append_member (payload, "b.bin", g_bytes_get_data (data, NULL), 16);
    firmware_cpio_append_trailer (payload, 1024);
    bytes = g_bytes_new (payload->data, payload->len);
    file = firmware_dfu_suffix_append (bytes, FIRMWARE_ESP_VENDOR, 0x0002);

    if (size > 0 && size % FIRMWARE_ESP_RECORD_LENGTH == 0)
      g_object_unref (test_read_image (file));
    else
      test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, FIRMWARE_ESP_TABLE_NAME);
  }
}

/* The name of a record, whatever its 64 bytes are. */
static void
test_record_names (void)
{
  const struct {
    const char *name;
    gsize length;
    gboolean good;
  } rows[] = {
    { "a.bin\0", 6, TRUE },
    { "\0", 1, FALSE },
    { "a\033.bin\0", 7, FALSE },
    { "a\377.bin\0", 7, FALSE },
    { "dfuinfo0.dat\0", 13, FALSE },
    { "TRAILER!!!\0", 11, FALSE },
    { "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 64, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) table = g_byte_array_new ();
    g_autoptr (GArray) records = NULL;
    g_autoptr (GError) error = NULL;

    firmware_esp_table_append (table, "", 0x1000, 0, (const guint8 *) "x", 1);
    memcpy (table->data + 8, rows[i].name, rows[i].length);
    records = firmware_esp_table_parse (table->data, table->len, &error);

    g_assert_cmpint (records != NULL, ==, rows[i].good);
    if (!rows[i].good)
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
  }
}

static void
test_same_record_twice (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) file = NULL;

  test_archive_add (archive, "a.bin", 0x1000, data);
  test_archive_list (archive, "a.bin", 0x2000, 0, data);
  file = test_archive_finish (archive, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "both named a.bin");
}

static void
test_same_member_twice (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) file = NULL;

  test_archive_add (archive, "a.bin", 0x1000, data);
  test_archive_put (archive, "a.bin", data);
  file = test_archive_finish (archive, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "twice");
}

static void
test_unlisted_member (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) file = NULL;

  test_archive_add (archive, "a.bin", 0x1000, data);
  test_archive_put (archive, "stowaway.bin", data);
  file = test_archive_finish (archive, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "stowaway.bin");
}

static void
test_table_not_first (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GByteArray) table = g_byte_array_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) table_bytes = NULL;
  g_autoptr (GBytes) file = NULL;

  firmware_esp_table_append (table, "a.bin", 0x1000, 0, g_bytes_get_data (data, NULL), 16);
  table_bytes = g_bytes_new (table->data, table->len);
  test_archive_put (archive, "a.bin", data);
  test_archive_put (archive, FIRMWARE_ESP_TABLE_NAME, table_bytes);
  file = test_archive_finish (archive, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "begins with a.bin");
}

static void
test_nothing_to_write (void)
{
  g_autoptr (TestArchive) only_parameters = test_archive_new ();
  g_autoptr (TestArchive) only_trailer = test_archive_new ();
  g_autoptr (TestArchive) empty_part = test_archive_new ();
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;

  test_archive_add_parameters (only_parameters, 4 * MIB);
  first = test_archive_finish (only_parameters, 0x0002);
  test_assert_refused (first, FIRMWARE_ERROR_MALFORMED, "nothing to write");

  second = test_archive_finish (only_trailer, 0x0002);
  test_assert_refused (second, FIRMWARE_ERROR_MALFORMED, FIRMWARE_CPIO_TRAILER);

  test_archive_add (empty_part, "a.bin", 0x1000, nothing);
  third = test_archive_finish (empty_part, 0x0002);
  test_assert_refused (third, FIRMWARE_ERROR_MALFORMED, "a.bin");
}

static void
test_places (void)
{
  const struct {
    guint32 address;
    gsize size;
    int code; /* -1: accepted */
  } rows[] = {
    { 4 * MIB - 4096, 4096, -1 },
    { 4 * MIB - 4096, 4097, FIRMWARE_ERROR_BEYOND_FLASH },
    { 4 * MIB, 1, FIRMWARE_ERROR_BEYOND_FLASH },
    { 0xfffffffc, 4, FIRMWARE_ERROR_BEYOND_FLASH },
    { 0xfffffffc, 4096, FIRMWARE_ERROR_BEYOND_FLASH },
    { 0x1001, 16, FIRMWARE_ERROR_BAD_ADDRESS },
    { 0x1004, 16, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) data = test_image_new_pattern (rows[i].size, 1);
    g_autoptr (GBytes) file = NULL;

    test_archive_add_parameters (archive, 4 * MIB);
    test_archive_add (archive, "a.bin", rows[i].address, data);
    file = test_archive_finish (archive, 0x0002);

    if (rows[i].code < 0)
      g_object_unref (test_read_image (file));
    else
      test_assert_refused (file, rows[i].code, "a.bin");
  }
}

static void
test_suffix_for_others (void)
{
  const struct {
    guint16 vendor;
    guint16 product;
  } rows[] = {
    { 0x303a, 0x0003 }, { 0x303a, 0x1001 }, { 0x303a, 0x0000 },
    { 0x303a, 0xffff }, { 0x0483, 0x0002 }, { 0xffff, 0xffff },
  };
  g_autoptr (GBytes) file = test_image_new (1000);
  g_autoptr (GBytes) payload =
    g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - FIRMWARE_DFU_SUFFIX_LENGTH);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) other =
      firmware_dfu_suffix_append (payload, rows[i].vendor, rows[i].product);

    test_assert_refused (other, FIRMWARE_ERROR_MALFORMED, "no ESP chip");
  }
}

/* The ROM ignores what stands there; whoever wrote it did not want it ignored. */
static void
test_behind_the_end (void)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) data = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GBytes) file = NULL;

  test_archive_add (archive, "a.bin", 0x1000, data);
  payload = test_archive_finish_payload (archive);
  changed = test_image_flip (payload, g_bytes_get_size (payload) - 1, 0x01);
  file = firmware_dfu_suffix_append (changed, FIRMWARE_ESP_VENDOR, 0x0002);

  test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, "Behind the archive's end");
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
  { "late-parameters", test_late_parameters },
  { "faults", test_faults },
  { "flags", test_flags },
  { "parameters-flags", test_parameters_flags },
  { "parameters-fields", test_parameters_fields },
  { "parameters-length", test_parameters_length },
  { "record-count", test_record_count },
  { "table-size", test_table_size },
  { "record-names", test_record_names },
  { "same-record-twice", test_same_record_twice },
  { "same-member-twice", test_same_member_twice },
  { "unlisted-member", test_unlisted_member },
  { "table-not-first", test_table_not_first },
  { "nothing-to-write", test_nothing_to_write },
  { "places", test_places },
  { "behind-the-end", test_behind_the_end },
  { "suffix-for-others", test_suffix_for_others },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-archive-refused/", tests[i].name, NULL);

    g_test_add_func (path, tests[i].run);
  }

  return g_test_run ();
}
