/* test-firmware-esp-archive-damage.c: an archive cut or changed anywhere is refused or harmless
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-chip.h"
#include "firmware-esp-parts.h"
#include "firmware-esp-table.h"
#include "firmware-image.h"

#include "test-archive.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define MIB (1024 * 1024)

/* Small, so that each byte can be tried. */
static GBytes *
make_small (gsize *end)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) first = test_image_new_pattern (37, 1);
  g_autoptr (GBytes) second = test_image_new_pattern (64, 2);
  g_autoptr (GBytes) payload = NULL;
  gsize size = 0;
  const guint8 *data = NULL;

  test_archive_add_parameters (archive, 4 * MIB);
  test_archive_add (archive, "a.bin", 0x1000, first);
  test_archive_add (archive, "b.bin", 0x8000, second);
  payload = test_archive_finish_payload (archive);

  data = g_bytes_get_data (payload, &size);
  while (size > 0 && data[size - 1] == 0)
    size--;
  /* The trailer's name ends in a NUL and one byte of padding. */
  *end = (size + 1 + 3) / 4 * 4;

  return g_bytes_new_from_bytes (payload, 0, *end + 64);
}

/* In a heap block of its own, so that a read behind the end is found. */
static GBytes *
seal (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, FIRMWARE_ESP_VENDOR, 0x0002);

  return g_bytes_new (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

static void
test_truncations (void)
{
  gsize end = 0;
  g_autoptr (GBytes) payload = make_small (&end);
  g_autoptr (GBytes) file = seal (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

  for (gsize size = 0; size < g_bytes_get_size (file); size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (file, NULL), size);

    if (size == 0)
      test_assert_refused (cut, FIRMWARE_ERROR_EMPTY, NULL);
    else if (size < strlen ("070701"))
      test_assert_refused (cut, FIRMWARE_ERROR_UNKNOWN_FORMAT, NULL);
    else
      test_assert_refused (cut, FIRMWARE_ERROR_TRUNCATED, "no DFU suffix");
  }
}

/* Without a suffix behind it that would hide a read beyond the end. */
static void
test_bare_truncations (void)
{
  gsize end = 0;
  g_autoptr (GBytes) payload = make_small (&end);

  for (gsize size = 0; size <= g_bytes_get_size (payload); size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (payload, NULL), size);
    g_autoptr (GError) error = NULL;
    guint32 flash_size = 0;
    gboolean has_parameters = FALSE;
    g_autoptr (GArray) parts =
      firmware_esp_parts_read (cut, FIRMWARE_ESP_MD5_VERIFY, &flash_size, &has_parameters, &error);

    if (size < end) {
      g_assert_null (parts);
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED);
    } else {
      g_assert_no_error (error);
      g_assert_cmpuint (parts->len, ==, 2);
      g_assert_cmpuint (flash_size, ==, 4 * MIB);
    }
  }
}

/* Cut, then given a suffix that agrees with what is left. Only padding may be lost. */
static void
test_sealed_truncations (void)
{
  gsize end = 0;
  g_autoptr (GBytes) payload = make_small (&end);

  for (gsize size = 0; size <= g_bytes_get_size (payload); size++) {
    g_autoptr (GBytes) file = seal (g_bytes_get_data (payload, NULL), size);

    if (size < strlen ("070701"))
      test_assert_refused (file, FIRMWARE_ERROR_MALFORMED, NULL);
    else if (size < end)
      test_assert_refused (file, FIRMWARE_ERROR_TRUNCATED, "archive");
    else
      g_object_unref (test_read_image (file));
  }
}

static void
test_corruptions (void)
{
  gsize end = 0;
  g_autoptr (GBytes) payload = make_small (&end);
  g_autoptr (GBytes) file = seal (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

  for (gsize offset = 0; offset < g_bytes_get_size (file); offset++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autoptr (GBytes) damaged = test_image_flip (file, offset, (guint8) (1 << bit));
      g_autoptr (GError) error = NULL;
      g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (damaged, &error);

      g_assert_null (image);
      g_assert_true (error->domain == FIRMWARE_ERROR);
    }
  }
}

/* The table begins behind its header and name. */
static gboolean
is_address (gsize offset)
{
  const gsize table = 124;
  const gsize n_records = 3;

  return offset >= table && offset < table + n_records * FIRMWARE_ESP_RECORD_LENGTH &&
         (offset - table) % FIRMWARE_ESP_RECORD_LENGTH < sizeof (guint32);
}

/* Whatever passes writes the same bytes, aligned and inside the flash; and to the same places,
 * unless an address is what was changed. */
static void
check_harmless (FirmwareImage *image, FirmwareImage *original, gboolean same_places)
{
  guint64 flash_size = firmware_image_get_flash_size (image);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 2);

  for (guint i = 0; i < 2; i++) {
    FirmwareSegment *segment = test_get_segment (image, i);
    guint64 address = firmware_segment_get_address (segment);
    GBytes *data = firmware_segment_get_data (segment);
    FirmwareSegment *expected = test_get_segment (original, i);

    g_assert_cmpuint (address % 4, ==, 0);
    g_assert_cmpuint (address + g_bytes_get_size (data), <=, flash_size);
    if (same_places)
      g_assert_cmpuint (address, ==, firmware_segment_get_address (expected));

    /* A changed address may change the order. */
    if (!same_places && !g_bytes_equal (data, firmware_segment_get_data (expected)))
      expected = test_get_segment (original, 1 - i);
    g_assert_true (g_bytes_equal (data, firmware_segment_get_data (expected)));
  }
}

/* The same with a suffix that agrees with the damage, which then is no damage but another file. */
static void
test_sealed_corruptions (void)
{
  gsize end = 0;
  g_autoptr (GBytes) payload = make_small (&end);
  gsize size = g_bytes_get_size (payload);
  g_autoptr (GBytes) file = seal (g_bytes_get_data (payload, NULL), size);
  g_autoptr (FirmwareImage) original = test_read_image (file);
  guint n_accepted = 0;

  for (gsize offset = 0; offset < size; offset++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autoptr (GBytes) damaged = test_image_flip (payload, offset, (guint8) (1 << bit));
      g_autoptr (GBytes) sealed = seal (g_bytes_get_data (damaged, NULL), size);
      g_autoptr (GError) error = NULL;
      g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (sealed, &error);

      if (image == NULL) {
        g_assert_true (error->domain == FIRMWARE_ERROR);
        continue;
      }

      check_harmless (image, original, !is_address (offset));
      n_accepted++;
    }
  }

  g_test_message ("%u of %" G_GSIZE_FORMAT " changes accepted", n_accepted, 8 * size);
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
  { "truncations", test_truncations },
  { "bare-truncations", test_bare_truncations },
  { "sealed-truncations", test_sealed_truncations },
  { "corruptions", test_corruptions },
  { "sealed-corruptions", test_sealed_corruptions },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-archive-damage/", tests[i].name, NULL);

    g_test_add_func (path, tests[i].run);
  }

  return g_test_run ();
}
