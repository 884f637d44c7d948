/* dfu-loader-chips.c: the chips that the loaders of other makers run on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-loader-chips.h"

#define SERIES_MAX 5

/* Only loaders that are part of a chip or of a kind of board, whose ids nobody else uses. Chips
 * that were made to take an STM32's place also take its firmware, and so do boards with any of them
 * that came with the same bootloader. */
static const struct {
  guint16 vendor;
  guint16 product;
  const char *series[SERIES_MAX]; /* what the names of its chips begin with, NULL behind the last */
} loaders[] = {
  { 0x0483, 0xdf11, { "STM32", "GD32", "AT32", "CH32" } }, /* ST, and some in its place */
  { 0x28e9, 0x0189, { "GD32", "STM32" } },                 /* GigaDevice */
  { 0x2e3c, 0xdf11, { "AT32", "STM32" } },                 /* Artery */
  { 0x314b, 0x0106, { "STM32" } },                         /* Geehy APM32 */
  { 0x1eaf, 0x0003, { "STM32", "GD32", "AT32", "CH32" } }, /* Maple, STM32duino */
  { 0x1209, 0xdb42, { "STM32", "GD32", "AT32", "CH32" } }, /* dapboot */
  { 0x1fc9, 0x000c, { "LPC" } },                           /* NXP */
  { 0x2341, 0x035b, { "STM32" } },                         /* Arduino Portenta H7 */
  { 0x2341, 0x0366, { "STM32" } },                         /* Arduino GIGA */
};

/**
 * dfu_loader_chips_accept:
 * @vendor: idVendor of a device
 * @product: its idProduct
 * @chip: a chip or a series of chips, as a UF2 file's family is called
 *
 * Tells whether firmware for a chip may be for a device. Where nothing dependable is known of the
 * device, it may.
 *
 * Returns: %FALSE when the device is certainly another chip
 */
gboolean
dfu_loader_chips_accept (guint16 vendor, guint16 product, const char *chip)
{
  g_return_val_if_fail (chip != NULL, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (loaders); i++) {
    if (loaders[i].vendor != vendor || loaders[i].product != product)
      continue;

    for (gsize j = 0; loaders[i].series[j] != NULL; j++) {
      if (g_str_has_prefix (chip, loaders[i].series[j]))
        return TRUE;
    }

    return FALSE;
  }

  return TRUE;
}
