/* dfu-quirks.c: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-quirks.h"

#include "usb-pipe.h"

/* The ESP ROMs copy a block into 64 bytes of RAM without looking at its length. */
#define ESP_TRANSFER_SIZE 64

/* The mask ROMs of Espressif's chips with USB OTG parse the download as a cpio archive and fall
 * back to raw writing, and they answer a transfer that was given up at a later one. Sketches and
 * applications on these chips borrow the ids, so what may harm is expected of all of them. */
#define ESP_IDS (DFU_QUIRK_ESP_ARCHIVE | DFU_QUIRK_WEDGES)

/* The ROMs check every MD5 of the archive inside the empty DNLOAD. They work inside the request, so
 * none of their states means "busy"; they take DNLOAD after DNLOAD in dfuDNLOAD-IDLE; and what
 * their parser finds wrong stays until the next GETSTATUS, while blocks go on being acknowledged.
 * Asking after each of their 64 bytes would double the transfers. They attach the flash at the
 * first block of a download, and take it for 2 MiB until flash_params.dat says more; what UPLOAD
 * reads beyond is stale. In download mode they begin in run-time mode. Only the ROM is believed to
 * do so, and it is known by its bcdDevice. Source of all: the ROMs' behaviour when executed. */
#define ESP_ROM                                                                                    \
  (DFU_QUIRK_VERIFIES | DFU_QUIRK_STREAMS | DFU_QUIRK_ATTACHES_LATE | DFU_QUIRK_IS_LOADER)

static const struct {
  guint16 vendor;
  guint16 product;
  guint16 rom_release; /* bcdDevice of the ROM */
  DfuQuirkFlags flags;
  DfuQuirkFlags rom_flags;
} known_devices[] = {
  { 0x303a, 0x0002, 0x0723, ESP_IDS, ESP_ROM }, /* ESP32-S2 */
  { 0x303a, 0x0009, 0x0728, ESP_IDS, ESP_ROM }, /* ESP32-S3 */
  { 0x303a, 0x0012, 0x0912, ESP_IDS, ESP_ROM }, /* ESP32-P4 */
  { 0x303a, 0x0020, 0x0764, ESP_IDS, ESP_ROM }, /* ESP32-S31 */
};

/**
 * dfu_quirks_find:
 * @vendor: idVendor
 * @product: idProduct
 * @release: bcdDevice
 *
 * Returns: what is special about such devices
 */
DfuQuirkFlags
dfu_quirks_find (guint16 vendor, guint16 product, guint16 release)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_devices); i++)
    if (known_devices[i].vendor == vendor && known_devices[i].product == product)
      return known_devices[i].flags |
             (known_devices[i].rom_release == release ? known_devices[i].rom_flags
                                                      : DFU_QUIRK_NONE);

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

/**
 * dfu_quirks_get_upload_size:
 * @quirks: what is special about a device
 *
 * Returns: how many bytes an upload has, or 0 where only its end will tell
 */
guint64
dfu_quirks_get_upload_size (DfuQuirkFlags quirks)
{
  return (quirks & DFU_QUIRK_ATTACHES_LATE) != 0 ? DFU_QUIRKS_ESP_UPLOAD_SIZE : 0;
}
