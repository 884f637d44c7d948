/* dfu-quirks.c: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-quirks.h"

/* The mask ROMs of Espressif's chips with USB OTG parse the download as a cpio archive and fall
 * back to raw writing; check every MD5 of the archive inside the empty DNLOAD; and answer a
 * transfer that was given up at a later one. Source: the ROMs' behaviour when executed. */
#define ESP_ROM (DFU_QUIRK_ESP_ARCHIVE | DFU_QUIRK_VERIFIES | DFU_QUIRK_WEDGES)

static const struct {
  guint16 vendor;
  guint16 product;
  DfuQuirkFlags flags;
} quirks[] = {
  { 0x303a, 0x0002, ESP_ROM }, /* ESP32-S2 */
  { 0x303a, 0x0009, ESP_ROM }, /* ESP32-S3 */
  { 0x303a, 0x0012, ESP_ROM }, /* ESP32-P4 */
  { 0x303a, 0x0020, ESP_ROM }, /* ESP32-S31 */
};

/**
 * dfu_quirks_find:
 * @vendor: idVendor
 * @product: idProduct
 *
 * Returns: what is special about devices with these ids
 */
DfuQuirkFlags
dfu_quirks_find (guint16 vendor, guint16 product)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quirks); i++)
    if (quirks[i].vendor == vendor && quirks[i].product == product)
      return quirks[i].flags;

  return DFU_QUIRK_NONE;
}
