/* dfu-quirks.c: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-quirks.h"

#include "usb-pipe.h"

/* The ESP ROMs copy a block into 64 bytes of RAM without looking at its length. */
#define ESP_TRANSFER_SIZE 64

/* The mask ROMs of Espressif's chips with USB OTG parse the download as a cpio archive and fall
 * back to raw writing; check every MD5 of the archive inside the empty DNLOAD; and answer a
 * transfer that was given up at a later one. Source: the ROMs' behaviour when executed. */
#define ESP_ROM (DFU_QUIRK_ESP_ARCHIVE | DFU_QUIRK_VERIFIES | DFU_QUIRK_WEDGES)

static const struct {
  guint16 vendor;
  guint16 product;
  DfuQuirkFlags flags;
} known_devices[] = {
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
  for (gsize i = 0; i < G_N_ELEMENTS (known_devices); i++)
    if (known_devices[i].vendor == vendor && known_devices[i].product == product)
      return known_devices[i].flags;

  return DFU_QUIRK_NONE;
}

/**
 * dfu_quirks_limit_transfer_size:
 * @quirks: what is special about a device
 * @transfer_size: its wTransferSize
 *
 * wTransferSize is the most that a device takes (DFU 1.1 table 4.2), and some name more than the
 * host can send or they themselves can hold.
 *
 * Returns: how many bytes a block may have
 */
guint16
dfu_quirks_limit_transfer_size (DfuQuirkFlags quirks, guint16 transfer_size)
{
  const guint16 limit =
    (quirks & DFU_QUIRK_ESP_ARCHIVE) != 0 ? ESP_TRANSFER_SIZE : USB_PIPE_MAX_LENGTH;

  return MIN (transfer_size, limit);
}
