/* firmware-esp-image.c: the header of an ESP bootloader or application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-image.h"

#include "firmware-bytes.h"

/* esp_image_header_t of ESP-IDF. */
#define IMAGE_MAGIC 0xe9
#define IMAGE_N_SEGMENTS 1
#define IMAGE_FLASH_MODE 2
#define IMAGE_FLASH_FREQUENCY_SIZE 3
#define IMAGE_ENTRY_POINT 4
#define IMAGE_CHIP_ID 12
#define IMAGE_MIN_REVISION 15
#define IMAGE_MAX_REVISION 17
#define IMAGE_HASH_APPENDED 23
#define IMAGE_N_SEGMENTS_MAX 16

#define REVISION_ANY 0xffff

#define CHIP_ID_C2 0x000c
#define CHIP_ID_H2 0x0010

#define FLASH_SIZE_MIN (1024 * 1024)
#define FLASH_SIZE_CODE_MAX 7

static const char *const flash_modes[] = { "qio", "qout", "dio", "dout", "fastrd", "slowrd" };

/* Two chips derive the clock from another one. */
static guint
find_frequency (guint8 code, guint16 chip_id)
{
  static const struct {
    guint8 code;
    guint8 usual;
    guint8 c2;
    guint8 h2;
  } frequencies[] = {
    { 0x0, 40, 30, 24 },
    { 0x1, 26, 20, 16 },
    { 0x2, 20, 15, 12 },
    { 0xf, 80, 60, 48 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (frequencies); i++) {
    if (frequencies[i].code != code)
      continue;

    if (chip_id == CHIP_ID_C2)
      return frequencies[i].c2;

    return chip_id == CHIP_ID_H2 ? frequencies[i].h2 : frequencies[i].usual;
  }

  return 0;
}

static guint64
find_flash_size (guint8 code)
{
  return code <= FLASH_SIZE_CODE_MAX ? (guint64) FLASH_SIZE_MIN << code : 0;
}

/**
 * firmware_esp_image_parse:
 * @self: (out caller-allocates): the header to fill
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Reads the header of a bootloader or an application. One magic byte alone would take one in 256
 * data files for an image, so the small fields must have values that exist.
 *
 * Returns: whether the bytes begin like an image
 */
gboolean
firmware_esp_image_parse (FirmwareEspImage *self, const guint8 *data, gsize size)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (size < FIRMWARE_ESP_IMAGE_HEADER_LENGTH || data[0] != IMAGE_MAGIC)
    return FALSE;

  if (data[IMAGE_N_SEGMENTS] == 0 || data[IMAGE_N_SEGMENTS] > IMAGE_N_SEGMENTS_MAX ||
      data[IMAGE_FLASH_MODE] >= G_N_ELEMENTS (flash_modes) || data[IMAGE_HASH_APPENDED] > 1)
    return FALSE;

  self->n_segments = data[IMAGE_N_SEGMENTS];
  self->chip_id = firmware_bytes_read_u16 (data + IMAGE_CHIP_ID);
  self->flash_mode = flash_modes[data[IMAGE_FLASH_MODE]];
  self->flash_frequency = find_frequency (data[IMAGE_FLASH_FREQUENCY_SIZE] & 0x0f, self->chip_id);
  self->flash_size = find_flash_size (data[IMAGE_FLASH_FREQUENCY_SIZE] >> 4);
  self->entry_point = firmware_bytes_read_u32 (data + IMAGE_ENTRY_POINT);
  self->min_revision = firmware_bytes_read_u16 (data + IMAGE_MIN_REVISION);
  self->max_revision = firmware_bytes_read_u16 (data + IMAGE_MAX_REVISION);
  if (self->max_revision == REVISION_ANY)
    self->max_revision = 0;
  self->has_hash = data[IMAGE_HASH_APPENDED] == 1;

  return TRUE;
}
