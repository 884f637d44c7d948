/* test-uf2.c: UF2, block by block, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-uf2.h"

#include "firmware-bytes.h"
#include "firmware-esp-table.h"
#include "firmware-uf2.h"

#include <string.h>

/* What Espressif's tools leave for a sum behind the payload. */
#define ESP_PAYLOAD_SIZE (FIRMWARE_UF2_DATA_SIZE - FIRMWARE_UF2_MD5_SIZE)

void
test_uf2_append (GByteArray *file, const TestUf2Block *block, const guint8 *data, gsize size)
{
  const gsize n_bytes = MIN (size, FIRMWARE_UF2_DATA_SIZE);

  firmware_bytes_append_u32 (file, FIRMWARE_UF2_MAGIC_FIRST);
  firmware_bytes_append_u32 (file, FIRMWARE_UF2_MAGIC_SECOND);
  firmware_bytes_append_u32 (file, block->flags);
  firmware_bytes_append_u32 (file, block->address);
  firmware_bytes_append_u32 (file, (guint32) size);
  firmware_bytes_append_u32 (file, block->number);
  firmware_bytes_append_u32 (file, block->count);
  firmware_bytes_append_u32 (file, block->family);
  g_byte_array_append (file, data, (guint) n_bytes);
  firmware_bytes_append_zeros (file, FIRMWARE_UF2_DATA_SIZE - n_bytes);
  firmware_bytes_append_u32 (file, FIRMWARE_UF2_MAGIC_FINAL);
}

GBytes *
test_uf2_new (guint32 family, guint32 address, GBytes *data, gsize payload_size)
{
  GByteArray *file = g_byte_array_new ();
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  for (gsize i = 0; i < size; i += payload_size) {
    const TestUf2Block block = {
      .flags = family != 0 ? FIRMWARE_UF2_FAMILY_PRESENT : 0,
      .address = address + (guint32) i,
      .number = (guint32) (i / payload_size),
      .count = (guint32) ((size + payload_size - 1) / payload_size),
      .family = family,
    };

    test_uf2_append (file, &block, bytes + i, MIN (payload_size, size - i));
  }

  return g_byte_array_free_to_bytes (file);
}

void
test_uf2_append_esp (GByteArray *file, guint32 family, guint32 address, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  for (gsize i = 0; i < size; i += ESP_PAYLOAD_SIZE) {
    const gsize n_bytes = MIN (ESP_PAYLOAD_SIZE, size - i);
    const TestUf2Block block = {
      .flags = FIRMWARE_UF2_FAMILY_PRESENT | FIRMWARE_UF2_MD5_PRESENT,
      .address = address + (guint32) i,
      .number = (guint32) (i / ESP_PAYLOAD_SIZE),
      .count = (guint32) ((size + ESP_PAYLOAD_SIZE - 1) / ESP_PAYLOAD_SIZE),
      .family = family,
    };
    const guint32 region[] = { GUINT32_TO_LE (block.address), GUINT32_TO_LE (n_bytes) };
    guint8 *sum = NULL;

    test_uf2_append (file, &block, bytes + i, n_bytes);
    sum = file->data + file->len - FIRMWARE_UF2_DATA_SIZE - 4 + n_bytes;
    memcpy (sum, region, sizeof region);
    firmware_esp_md5 (sum + sizeof region, bytes + i, n_bytes);
  }
}

void
test_uf2_swap (GByteArray *file, gsize block, gsize other)
{
  guint8 kept[FIRMWARE_UF2_BLOCK_SIZE];
  guint8 *first = file->data + block * FIRMWARE_UF2_BLOCK_SIZE;
  guint8 *second = file->data + other * FIRMWARE_UF2_BLOCK_SIZE;

  memcpy (kept, first, sizeof kept);
  memmove (first, second, sizeof kept);
  memcpy (second, kept, sizeof kept);
}
