/* firmware-esp-parameters.c: flash_params.dat, which tells the ROM how large the flash is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-parameters.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-chip.h"

/* Eight numbers, of which the ROM takes over all. */
#define PARAMETERS_CHIP_SIZE 12
#define PARAMETERS_BLOCK_SIZE 16
#define PARAMETERS_SECTOR_SIZE 20
#define PARAMETERS_PAGE_SIZE 24

#define BLOCK_SIZE 0x10000
#define PAGE_SIZE 256
#define STATUS_MASK 0xffff

/* The sizes that Espressif's tool offers go from one to the other by doubling. */
#define FLASH_SIZE_MIN (1024 * 1024)
#define FLASH_SIZE_MAX (128 * 1024 * 1024)

static gboolean
check_parameter (const guint8 *data, gsize offset, guint32 expected, GError **error)
{
  guint32 found = firmware_bytes_read_u32 (data + offset);

  if (found == expected)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               FIRMWARE_ESP_PARAMETERS_NAME " has 0x%x at offset %" G_GSIZE_FORMAT
                                            " instead of 0x%x",
               found, offset, expected);
  firmware_error_set_offset (error, offset);
  return FALSE;
}

/**
 * firmware_esp_parameters_check_size:
 * @flash_size: how large a flash is said to be, in bytes
 * @error: return location for an error
 *
 * Checks that a flash of this size can exist.
 *
 * Returns: whether it can
 */
gboolean
firmware_esp_parameters_check_size (guint32 flash_size, GError **error)
{
  if (flash_size != 0 && flash_size <= FLASH_SIZE_MAX && flash_size % BLOCK_SIZE == 0)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The flash size is given as 0x%x bytes; it must be a multiple of 0x%x up to 0x%x",
               flash_size, BLOCK_SIZE, FLASH_SIZE_MAX);
  return FALSE;
}

/**
 * firmware_esp_parameters_size_from_text:
 * @text: the size of a flash as Espressif's tools write it: "4MB"
 *
 * Reads a size that those tools offer: 1, 2, 4 … 128 MB, where 1 MB is 1048576 bytes.
 *
 * Returns: the size in bytes, or 0 when the text is none
 */
guint32
firmware_esp_parameters_size_from_text (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  for (guint32 size = FLASH_SIZE_MIN; size <= FLASH_SIZE_MAX; size *= 2) {
    g_autofree char *name = g_strdup_printf ("%uMB", size / FLASH_SIZE_MIN);

    if (g_ascii_strcasecmp (name, text) == 0)
      return size;
  }

  return 0;
}

/**
 * firmware_esp_parameters_parse:
 * @flash_size: (out): how large the flash is, in bytes
 * @data: (array length=size): the data of flash_params.dat
 * @size: how many
 * @error: return location for an error, whose place counts from @data on
 *
 * Reads the geometry of the flash. The ROM believes it without a check, so sizes of block, sector
 * and page must be those of every flash that these chips have.
 *
 * Returns: whether the parameters make sense
 */
gboolean
firmware_esp_parameters_parse (guint32 *flash_size, const guint8 *data, gsize size, GError **error)
{
  guint32 chip_size = 0;

  if (size != FIRMWARE_ESP_PARAMETERS_LENGTH) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 FIRMWARE_ESP_PARAMETERS_NAME " has %" G_GSIZE_FORMAT " bytes instead of %d", size,
                 FIRMWARE_ESP_PARAMETERS_LENGTH);
    firmware_error_set_offset (error, 0);
    return FALSE;
  }

  if (!check_parameter (data, PARAMETERS_BLOCK_SIZE, BLOCK_SIZE, error) ||
      !check_parameter (data, PARAMETERS_SECTOR_SIZE, FIRMWARE_ESP_SECTOR_SIZE, error) ||
      !check_parameter (data, PARAMETERS_PAGE_SIZE, PAGE_SIZE, error))
    return FALSE;

  chip_size = firmware_bytes_read_u32 (data + PARAMETERS_CHIP_SIZE);
  if (!firmware_esp_parameters_check_size (chip_size, error)) {
    firmware_error_set_offset (error, PARAMETERS_CHIP_SIZE);
    return FALSE;
  }

  *flash_size = chip_size;
  return TRUE;
}

/**
 * firmware_esp_parameters_new:
 * @flash_size: how large the flash is, in bytes
 *
 * Makes the data of a flash_params.dat.
 *
 * Returns: (transfer full): the data
 */
GBytes *
firmware_esp_parameters_new (guint32 flash_size)
{
  GByteArray *parameters = g_byte_array_sized_new (FIRMWARE_ESP_PARAMETERS_LENGTH);

  firmware_bytes_append_zeros (parameters, PARAMETERS_CHIP_SIZE);
  firmware_bytes_append_u32 (parameters, flash_size);
  firmware_bytes_append_u32 (parameters, BLOCK_SIZE);
  firmware_bytes_append_u32 (parameters, FIRMWARE_ESP_SECTOR_SIZE);
  firmware_bytes_append_u32 (parameters, PAGE_SIZE);
  firmware_bytes_append_u32 (parameters, STATUS_MASK);

  return g_byte_array_free_to_bytes (parameters);
}
