/* test-image.c: firmware for tests, as ESP-IDF would build it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-image.h"

#include "firmware-bytes.h"
#include "firmware-dfu-suffix.h"
#include "firmware-dfuse.h"
#include "firmware-esp-archive.h"
#include "firmware-segment-list.h"

#include "test-archive.h"

#include <string.h>
#include <zlib.h>

#define BOOTLOADER_SIZE 0x2000
#define STORAGE_SIZE 0x2345
#define OTA_DATA_ADDRESS 0xd000
#define OTA_DATA_SIZE 0x2000

#define IMAGE_MAGIC 0xe9
#define IMAGE_ALIGNMENT 16
#define IMAGE_CHECKSUM_SEED 0xef
#define SEGMENT_DATA_OFFSET 0x20
#define HASH_LENGTH 32

#define SECTOR_SIZE 4096
#define SIGNATURE_LENGTH 1216
#define SIGNATURE_CRC 1196

static void
write_text (guint8 *field, gsize length, const char *text)
{
  memcpy (field, text, MIN (strlen (text), length));
}

static void
write_u16 (guint8 *field, guint16 value)
{
  field[0] = value & 0xff;
  field[1] = value >> 8;
}

static void
write_u32 (guint8 *field, guint32 value)
{
  write_u16 (field, value & 0xffff);
  write_u16 (field + 2, value >> 16);
}

/* Reproducible bytes that repeat neither within a block nor within a sector. */
static void
fill_pattern (guint8 *data, gsize size, guint seed)
{
  guint32 state = seed * 2654435761u + 1;

  for (gsize i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    data[i] = state >> 24;
  }
}

static void
write_sha256 (guint8 *field, const guint8 *data, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, field, &length);
}

/* The hash covers everything before it, and the checksum the segment's data. */
static void
close_image (guint8 *image, gsize size)
{
  gsize end = size - size % IMAGE_ALIGNMENT - HASH_LENGTH;
  gsize data_length = end - SEGMENT_DATA_OFFSET - IMAGE_ALIGNMENT;
  guint8 sum = IMAGE_CHECKSUM_SEED;

  write_u32 (image + 28, (guint32) data_length);
  for (gsize i = 0; i < data_length; i++)
    sum ^= image[SEGMENT_DATA_OFFSET + i];

  memset (image + SEGMENT_DATA_OFFSET + data_length, 0, IMAGE_ALIGNMENT);
  image[end - 1] = sum;
  write_sha256 (image + end, image, end);
}

/* One segment from 0x20 on, then zeros, the checksum byte and the hash: a size that is no multiple
 * of 16 leaves some bytes behind the image. */
static void
seal_image (guint8 *image, gsize size, guint16 chip_id)
{
  memset (image, 0, SEGMENT_DATA_OFFSET);
  image[0] = IMAGE_MAGIC;
  image[1] = 1;    /* segments */
  image[2] = 2;    /* flash mode: DIO */
  image[3] = 0x2f; /* 4 MB, 80 MHz */
  write_u32 (image + 4, 0x40024000);
  image[8] = 0xee; /* no WP pin */
  write_u16 (image + 12, chip_id);
  write_u16 (image + 17, 199); /* up to revision 1.99 */
  image[23] = 1;               /* has a hash */
  write_u32 (image + 24, 0x3f000020);
  close_image (image, size);
}

/**
 * test_image_new_pattern:
 * @size: how many bytes
 * @seed: another seed gives other bytes
 *
 * Makes reproducible data that look like nothing in particular.
 *
 * Returns: (transfer full): the data
 */
GBytes *
test_image_new_pattern (gsize size, guint seed)
{
  guint8 *data = g_malloc (MAX (size, 1));

  fill_pattern (data, size, seed);
  data[0] = 0x55;

  return g_bytes_new_take (data, size);
}

/**
 * test_image_new_erased:
 * @size: how many bytes
 *
 * Makes what erased flash holds.
 *
 * Returns: (transfer full): the data
 */
GBytes *
test_image_new_erased (gsize size)
{
  guint8 *data = g_malloc (size);

  memset (data, 0xff, size);

  return g_bytes_new_take (data, size);
}

/**
 * test_image_new_bootloader:
 * @chip_id: the chip that it is for
 * @size: how many bytes, at least %TEST_IMAGE_APP_SIZE_MIN
 *
 * Makes an image like a bootloader of ESP-IDF 5.
 *
 * Returns: (transfer full): the image
 */
GBytes *
test_image_new_bootloader (guint16 chip_id, gsize size)
{
  guint8 *image = g_malloc (size);
  guint8 *description = image + SEGMENT_DATA_OFFSET;

  g_assert_cmpuint (size, >=, TEST_IMAGE_APP_SIZE_MIN);

  fill_pattern (image, size, 1);
  memset (description, 0, 80);
  description[0] = 0x50;
  description[4] = 1;
  write_text (description + 8, 32, "v5.2.1");
  write_text (description + 40, 24, "Apr 30 2026 10:20:30");
  seal_image (image, size, chip_id);

  return g_bytes_new_take (image, size);
}

/**
 * test_image_new_app:
 * @chip_id: the chip that it is for
 * @size: how many bytes, at least %TEST_IMAGE_APP_SIZE_MIN
 * @project: the project's name, cut at 32 bytes like the other texts
 * @version: the project's version
 * @idf_version: the version of ESP-IDF
 *
 * Makes an image like an application of ESP-IDF, built on 3 May 2026.
 *
 * Returns: (transfer full): the image
 */
GBytes *
test_image_new_app (guint16 chip_id,
                    gsize size,
                    const char *project,
                    const char *version,
                    const char *idf_version)
{
  guint8 *image = g_malloc (size);
  guint8 *description = image + SEGMENT_DATA_OFFSET;

  g_assert_cmpuint (size, >=, TEST_IMAGE_APP_SIZE_MIN);

  fill_pattern (image, size, 2);
  memset (description, 0, 256);
  write_u32 (description, 0xabcd5432);
  write_text (description + 16, 32, version);
  write_text (description + 48, 32, project);
  write_text (description + 80, 16, "12:34:56");
  write_text (description + 96, 16, "May  3 2026");
  write_text (description + 112, 32, idf_version);
  fill_pattern (description + 144, 32, 3);
  seal_image (image, size, chip_id);

  return g_bytes_new_take (image, size);
}

static void
close_signature (guint8 *block)
{
  write_u32 (block + SIGNATURE_CRC, (guint32) crc32_z (0, block, SIGNATURE_CRC));
}

/**
 * test_image_sign:
 * @image: an image
 * @n_signatures: how many signatures it shall get, 1 to 3
 *
 * Makes what Secure Boot v2 makes of an image: filled up to a sector, with signatures in the next
 * one. Only their frame and the digest of what they sign are right.
 *
 * Returns: (transfer full): the signed image
 */
GBytes *
test_image_sign (GBytes *image, guint n_signatures)
{
  gsize size = g_bytes_get_size (image);
  gsize offset = (size + SECTOR_SIZE - 1) / SECTOR_SIZE * SECTOR_SIZE;
  guint8 *data = g_malloc (offset + SECTOR_SIZE);

  memset (data, 0xff, offset + SECTOR_SIZE);
  memcpy (data, g_bytes_get_data (image, NULL), size);

  for (guint i = 0; i < n_signatures; i++) {
    guint8 *block = data + offset + i * SIGNATURE_LENGTH;

    fill_pattern (block, SIGNATURE_LENGTH, 7 + i);
    memcpy (block, "\xe7\x02\0\0", 4);
    write_sha256 (block + 4, data, offset);
    close_signature (block);
  }

  return g_bytes_new_take (data, offset + SECTOR_SIZE);
}

/**
 * test_image_reseal_signature:
 * @file: what test_image_sign() has made, with changes in its first signature
 *
 * Makes the CRC of that signature right again.
 *
 * Returns: (transfer full): a changed copy
 */
GBytes *
test_image_reseal_signature (GBytes *file)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint8 *copy = g_memdup2 (data, size);

  close_signature (copy + size - SECTOR_SIZE);

  return g_bytes_new_take (copy, size);
}

/* What is too short for an image is a file of plain bytes. */
static GBytes *
new_blink (guint16 chip_id, gsize size)
{
  if (size < TEST_IMAGE_APP_SIZE_MIN)
    return test_image_new_pattern (size, 2);

  return test_image_new_app (chip_id, size, "blink", "1.0.3", "v5.2.1");
}

static GBytes *
write_archive (const FirmwareEspArchiveInput *inputs, gsize n_inputs, guint16 product)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = firmware_esp_archive_write (inputs, n_inputs, product, TEST_IMAGE_FLASH_SIZE,
                                             FIRMWARE_ESP_PART_SIZE_DEFAULT, &error);

  g_assert_no_error (error);

  return file;
}

/**
 * test_image_new:
 * @app_size: how large the application shall be, in bytes
 *
 * Makes a dfu.bin for an ESP32-S2 with 4 MiB of flash: a bootloader, a partition table, and the
 * application "blink 1.0.3" as "blink.bin".
 *
 * Returns: (transfer full): the whole file
 */
GBytes *
test_image_new (gsize app_size)
{
  return test_image_new_for_product (TEST_IMAGE_PRODUCT, app_size);
}

/**
 * test_image_new_for_product:
 * @product: idProduct of the chip's ROM loader
 * @app_size: how large the application shall be, in bytes
 *
 * Does test_image_new() for another chip.
 *
 * Returns: (transfer full): the whole file
 */
GBytes *
test_image_new_for_product (guint16 product, gsize app_size)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_product (product);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (chip->id, BOOTLOADER_SIZE);
  g_autoptr (GBytes) table = test_image_new_partition_table_for (app_size);
  g_autoptr (GBytes) app = new_blink (chip->id, app_size);
  const FirmwareEspArchiveInput inputs[] = {
    { "bootloader.bin", chip->bootloader_address, bootloader },
    { "partition-table.bin", TEST_IMAGE_TABLE_ADDRESS, table },
    { "blink.bin", TEST_IMAGE_APP_ADDRESS, app },
  };

  return write_archive (inputs, G_N_ELEMENTS (inputs), product);
}

/**
 * test_image_new_multi_part:
 * @product: idProduct of the chip's ROM loader
 * @app_size: how large the application shall be, in bytes; more than 512 KiB are cut
 *
 * Makes what test_image_new_for_product() makes, and with it erased OTA data and a storage
 * partition: five parts, of which two have no size that is a multiple of 4.
 *
 * Returns: (transfer full): the whole file
 */
GBytes *
test_image_new_multi_part (guint16 product, gsize app_size)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_product (product);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (chip->id, BOOTLOADER_SIZE - 3);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) ota_data = test_image_new_erased (OTA_DATA_SIZE);
  g_autoptr (GBytes) app = new_blink (chip->id, app_size);
  g_autoptr (GBytes) storage = test_image_new_pattern (STORAGE_SIZE, 5);
  const FirmwareEspArchiveInput inputs[] = {
    { "bootloader.bin", chip->bootloader_address, bootloader },
    { "partition-table.bin", TEST_IMAGE_TABLE_ADDRESS, table },
    { "ota_data_initial.bin", OTA_DATA_ADDRESS, ota_data },
    { "blink.bin", TEST_IMAGE_APP_ADDRESS, app },
    { "storage.bin", TEST_IMAGE_STORAGE_ADDRESS, storage },
  };

  return write_archive (inputs, G_N_ELEMENTS (inputs), product);
}

/**
 * test_image_flip:
 * @contents: some bytes
 * @offset: which of them to change
 * @mask: which bits of it to change
 *
 * Damages a copy.
 *
 * Returns: (transfer full): the damaged copy, in a heap block of exactly its size
 */
GBytes *
test_image_flip (GBytes *contents, gsize offset, guint8 mask)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  guint8 *copy = g_memdup2 (data, size);

  g_assert_cmpuint (offset, <, size);
  copy[offset] ^= mask;

  return g_bytes_new_take (copy, size);
}

/**
 * test_image_patch:
 * @contents: some bytes
 * @offset: where to change them
 * @bytes: (array length=length): the new ones
 * @length: how many
 *
 * Changes a copy.
 *
 * Returns: (transfer full): the changed copy
 */
GBytes *
test_image_patch (GBytes *contents, gsize offset, const char *bytes, gsize length)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  guint8 *copy = g_memdup2 (data, size);

  g_assert_cmpuint (offset + length, <=, size);
  memcpy (copy + offset, bytes, length);

  return g_bytes_new_take (copy, size);
}

/**
 * test_image_reseal:
 * @image: an image of ours that was changed
 *
 * Makes checksum and hash right again.
 *
 * Returns: (transfer full): a good copy
 */
GBytes *
test_image_reseal (GBytes *image)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);
  guint8 *copy = g_memdup2 (data, size);

  close_image (copy, size);

  return g_bytes_new_take (copy, size);
}

GBytes *
test_image_new_dfuse (guint16 vendor,
                      guint8 alternate,
                      const char *memory,
                      guint32 address,
                      GBytes *data)
{
  const FirmwareDfuSuffix ids = { .vendor = vendor, .product = 0xdf11, .device = 0xffff };
  g_autoptr (FirmwareSegmentList) segments = firmware_segment_list_new ();
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate (memory, alternate, address, data);
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  firmware_segment_list_add (segments, segment);
  file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error);
  g_assert_no_error (error);
  return file;
}
