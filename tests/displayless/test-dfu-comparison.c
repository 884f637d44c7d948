/* test-dfu-comparison.c: what was read back against what was written, whatever the blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-comparison.h"
#include "dfu-error.h"
#include "test-image.h"

#define SIZE 1000
#define MARGIN 4096

static FirmwareImage *
new_image (void)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (SIZE, 3);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, 0x1209, 0x0002);
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = firmware_image_new_from_bytes (file, &error);

  g_assert_no_error (error);
  return image;
}

/* A block lies alone: what is before and behind it is nothing that was read. */
static gboolean
feed_block (DfuComparison *comparison,
            gsize offset,
            const guint8 *data,
            gsize length,
            GError **error)
{
  g_autofree guint8 *buffer = g_malloc (length + 2 * MARGIN);

  memset (buffer, 0xa5, length + 2 * MARGIN);
  memcpy (buffer + MARGIN, data, length);
  return dfu_comparison_take (offset, buffer + MARGIN, length, comparison, error);
}

static gboolean
feed (DfuComparison *comparison, const guint8 *data, gsize size, gsize block, GError **error)
{
  for (gsize offset = 0; offset < size; offset += block)
    if (!feed_block (comparison, offset, data + offset, MIN (block, size - offset), error))
      return FALSE;

  return dfu_comparison_end (comparison, dfu_comparison_get_size (comparison), size, error);
}

static void
test_plain (void)
{
  static const gsize blocks[] = { 1, 7, 64, SIZE - 1, SIZE, SIZE + 1 };
  g_autoptr (FirmwareImage) image = new_image ();
  g_autoptr (DfuComparison) comparison = dfu_comparison_new (image);
  g_autofree guint8 *data =
    g_memdup2 (g_bytes_get_data (firmware_image_get_payload (image), NULL), SIZE);

  g_assert_cmpuint (dfu_comparison_get_size (comparison), ==, SIZE);

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++) {
    g_autoptr (GError) good = NULL;
    g_autoptr (GError) bad = NULL;

    g_assert_true (feed (comparison, data, SIZE, blocks[i], &good));
    g_assert_no_error (good);

    /* Of two differences the first counts. */
    data[500] ^= 0xff;
    data[900] ^= 0xff;
    g_assert_false (feed (comparison, data, SIZE, blocks[i], &bad));
    g_assert_error (bad, DFU_ERROR, DFU_ERROR_DIFFERS);
    g_assert_nonnull (strstr (bad->message, "At address 0x000001f4 the device has 0x"));
    data[500] ^= 0xff;
    data[900] ^= 0xff;
  }
}

/* Every byte counts, the first and the last too. */
static void
test_every_byte (void)
{
  g_autoptr (FirmwareImage) image = new_image ();
  g_autoptr (DfuComparison) comparison = dfu_comparison_new (image);
  g_autofree guint8 *data =
    g_memdup2 (g_bytes_get_data (firmware_image_get_payload (image), NULL), SIZE);

  for (gsize i = 0; i < SIZE; i++) {
    data[i] ^= 1;
    g_assert_false (feed (comparison, data, SIZE, 64, NULL));
    data[i] ^= 1;
  }
}

static void
test_short (void)
{
  g_autoptr (FirmwareImage) image = new_image ();
  g_autoptr (DfuComparison) comparison = dfu_comparison_new (image);
  const guint8 *data = g_bytes_get_data (firmware_image_get_payload (image), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (feed (comparison, data, SIZE - 1, 64, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_DIFFERS);
  g_assert_nonnull (strstr (error->message, "ends at address 0x000003e7"));
}

/* The parts of an archive are expected at their addresses, and what lies between is nobody's. */
static void
test_parts (void)
{
  static const gsize blocks[] = { 64, 1000, 4096 };
  g_autoptr (GBytes) file = test_image_new (20000);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  g_autoptr (DfuComparison) comparison = dfu_comparison_new (image);
  GListModel *segments = firmware_image_get_segments (image);
  const gsize size = dfu_comparison_get_size (comparison);
  g_autofree guint8 *flash = g_malloc0 (size);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    memcpy (flash + firmware_segment_get_address (segment),
            g_bytes_get_data (firmware_segment_get_data (segment), NULL),
            firmware_segment_get_size (segment));
  }

  flash[0] = 0x55;
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++) {
    g_autoptr (GError) differs = NULL;
    g_autofree char *words =
      g_strdup_printf ("At address 0x%08x the device has 0x%02x instead of "
                       "0x%02x",
                       (guint) size - 1, flash[size - 1] ^ 1, flash[size - 1]);

    g_assert_true (feed (comparison, flash, size, blocks[i], &error));
    g_assert_no_error (error);

    flash[size - 1] ^= 1;
    g_assert_false (feed (comparison, flash, size, blocks[i], &differs));
    g_assert_cmpstr (differs->message, ==, words);
    flash[size - 1] ^= 1;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/comparison/plain", test_plain);
  g_test_add_func ("/dfu/comparison/every-byte", test_every_byte);
  g_test_add_func ("/dfu/comparison/short", test_short);
  g_test_add_func ("/dfu/comparison/parts", test_parts);

  return g_test_run ();
}
