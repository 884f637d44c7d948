/* firmware-esp-chip.c: Espressif's chips that have a DFU loader in their ROM, and their relatives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-chip.h"

#include "firmware-error.h"

#include <string.h>

#define ADDRESS_UNKNOWN G_MAXUINT32

/* From ESP-IDF: esp_app_format's chip ids, the bootloader's Kconfig offsets, and the product ids of
 * its DFU tool. */
static const FirmwareEspChip chips[] = {
  { "ESP32", 0x0000, 0, 0x1000 },
  { "ESP32-S2", 0x0002, 0x0002, 0x1000 },
  { "ESP32-C3", 0x0005, 0, 0x0 },
  { "ESP32-S3", 0x0009, 0x0009, 0x0 },
  { "ESP32-C2", 0x000c, 0, 0x0 },
  { "ESP32-C6", 0x000d, 0, 0x0 },
  { "ESP32-H2", 0x0010, 0, 0x0 },
  { "ESP32-P4", 0x0012, 0x0012, 0x2000 },
  { "ESP32-C61", 0x0014, 0, 0x0 },
  { "ESP32-C5", 0x0017, 0, 0x2000 },
  { "ESP32-H21", 0x0019, 0, ADDRESS_UNKNOWN },
  { "ESP32-H4", 0x001c, 0, 0x2000 },
  { "ESP32-E22", 0x001f, 0, ADDRESS_UNKNOWN },
  { "ESP32-S31", 0x0020, 0x0020, 0x2000 },
};

/**
 * firmware_esp_chip_find_by_product:
 * @product: an idProduct of Espressif's
 *
 * Looks up the chip whose ROM shows this product id while its DFU loader runs.
 *
 * Returns: (transfer none) (nullable): the chip
 */
const FirmwareEspChip *
firmware_esp_chip_find_by_product (guint16 product)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++) {
    if (chips[i].product != 0 && chips[i].product == product)
      return &chips[i];
  }

  return NULL;
}

/**
 * firmware_esp_chip_find_by_id:
 * @id: chip_id from the header of an ESP image
 *
 * Looks up the chip that an ESP image was built for.
 *
 * Returns: (transfer none) (nullable): the chip
 */
const FirmwareEspChip *
firmware_esp_chip_find_by_id (guint16 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++) {
    if (chips[i].id == id)
      return &chips[i];
  }

  return NULL;
}

/* Espressif's tools leave out the hyphen. */
static gboolean
is_named (const FirmwareEspChip *self, const char *name)
{
  const char *hyphen = strchr (self->name, '-');
  const gsize length = hyphen != NULL ? (gsize) (hyphen - self->name) : 0;

  if (g_ascii_strcasecmp (self->name, name) == 0)
    return TRUE;

  return hyphen != NULL && g_ascii_strncasecmp (self->name, name, length) == 0 &&
         g_ascii_strcasecmp (hyphen + 1, name + length) == 0;
}

/**
 * firmware_esp_chip_find_by_name:
 * @name: a chip's name as Espressif writes it or as its tools do, "ESP32-S2" or "esp32s2"
 *
 * Looks up a chip by its name.
 *
 * Returns: (transfer none) (nullable): the chip
 */
const FirmwareEspChip *
firmware_esp_chip_find_by_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++) {
    if (is_named (&chips[i], name))
      return &chips[i];
  }

  return NULL;
}

/**
 * firmware_esp_chip_check_loader:
 * @self: a chip
 * @error: return location for %FIRMWARE_ERROR_NO_LOADER
 *
 * Checks that a chip has a DFU loader in its ROM.
 *
 * Returns: whether it has one
 */
gboolean
firmware_esp_chip_check_loader (const FirmwareEspChip *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->product != 0)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
               "The %s has no DFU loader in its ROM", self->name);
  return FALSE;
}

/**
 * firmware_esp_chip_find_loader:
 * @id: chip_id from the header of an ESP image
 * @part: what the image is called
 * @error: return location for %FIRMWARE_ERROR_NO_LOADER
 *
 * Looks up the chip that an image was built for, when that has a DFU loader.
 *
 * Returns: (transfer none) (nullable): the chip
 */
const FirmwareEspChip *
firmware_esp_chip_find_loader (guint16 id, const char *part, GError **error)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (id);

  g_return_val_if_fail (part != NULL, NULL);

  if (chip == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
                 "%s was built for an unknown chip (chip id 0x%04x)", part, id);
    return NULL;
  }

  return firmware_esp_chip_check_loader (chip, error) ? chip : NULL;
}

/**
 * firmware_esp_chip_name:
 * @product: an idProduct of Espressif's
 *
 * Names the chip whose ROM shows this product id while its DFU loader runs.
 *
 * Returns: (transfer none) (nullable): the name, such as "ESP32-S2"
 */
const char *
firmware_esp_chip_name (guint16 product)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_product (product);

  return chip != NULL ? chip->name : NULL;
}
