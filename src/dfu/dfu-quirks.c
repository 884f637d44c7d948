/* dfu-quirks.c: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-quirks.h"

#include "dfu-gd32.h"
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

/* All of ST's ROMs with USB have the same ids, so what one of them does is expected of all. The
 * STM32H743 Rev.V stays in dfuDNBUSY after a sector of its second bank was erased, until somebody
 * sends CLRSTATUS twice (source: Betaflight's configurator, pull request 1861, and the log of ST's
 * programmer there). Some STM32L4 ask for less time than they need and stall the question that
 * comes too early: after an erase (source: dfu-util's dfuse.c), and after a block of 2048 bytes
 * (source: ST's community, "USB DFU on STM32L432 and STM32L433", of bootloaders before 0x10). */
#define ST_ROM (DFU_QUIRK_STUCK_BUSY | DFU_QUIRK_STALLS_BUSY)

/* bcdDevice of a row that is for all of them */
#define ANY_RELEASE 0xffff

static const struct {
  guint16 vendor;
  guint16 first_product;
  guint16 last_product;
  guint16 release;
  DfuQuirkFlags flags;
} known_devices[] = {
  /* ESP32-S2, S3, P4 and S31; the second row of each is their ROM. */
  { 0x303a, 0x0002, 0x0002, ANY_RELEASE, ESP_IDS },
  { 0x303a, 0x0002, 0x0002, 0x0723, ESP_ROM },
  { 0x303a, 0x0009, 0x0009, ANY_RELEASE, ESP_IDS },
  { 0x303a, 0x0009, 0x0009, 0x0728, ESP_ROM },
  { 0x303a, 0x0012, 0x0012, ANY_RELEASE, ESP_IDS },
  { 0x303a, 0x0012, 0x0012, 0x0912, ESP_ROM },
  { 0x303a, 0x0020, 0x0020, ANY_RELEASE, ESP_IDS },
  { 0x303a, 0x0020, 0x0020, 0x0764, ESP_ROM },

  /* ST's ROMs in STM32. */
  { 0x0483, 0xdf11, 0xdf11, ANY_RELEASE, ST_ROM },

  /* GigaDevice's ROM in the GD32VF103: early ones describe 512 pages of 2 KiB where there are 128
   * of 1 KiB, and some say that they are in run-time mode. It leaves inside the empty block, which
   * is no error of anybody's. Source: dfu-util, and fwupd's list. */
  { 0x28e9, 0x0189, 0x0189, ANY_RELEASE, DFU_QUIRK_GD32_LAYOUT | DFU_QUIRK_DFU_MODE },

  /* NXP's ROM in LPC43xx and LPC18xx has bInterfaceProtocol 1 in DFU mode, which is the only one
   * that it has. Source: dfu-util, and fwupd's list. */
  { 0x1fc9, 0x000c, 0x000c, ANY_RELEASE, DFU_QUIRK_DFU_MODE },

  /* The Arduino Nano ESP32's sketches, and the recovery program that it comes with. TinyUSB goes
   * back to dfuIDLE on ABORT, on SET_INTERFACE and on a bus reset, without a word to those who
   * write; they put the next download behind what they have, until the chip restarts. They write
   * into the partition that does not run, and ESP-IDF examines all of it before it is the one to
   * start. bitCanUpload is set, and there is nothing to upload. Source: arduino-esp32,
   * variants/arduino_nano_nora, and TinyUSB. */
  { 0x2341, 0x0070, 0x0070, ANY_RELEASE,
    DFU_QUIRK_ESP_APPLICATION | DFU_QUIRK_PROGRAM | DFU_QUIRK_NO_UPLOAD },

  /* LeafLabs' Maple bootloader, revision 2, says 1.1a and speaks 1.1. Source: dfu-util, and
   * fwupd's list. */
  { 0x1eaf, 0x0003, 0x0003, 0x0200, DFU_QUIRK_PLAIN },

  /* Openmoko's Neo phones (by two makers), the readers SIMtrace, OpenPCD and OpenPICC, Siemens' PXM
   * of the first release, and the M-Audio Transit fill bwPollTimeout with whatever lies in memory.
   * Source: dfu-util, and fwupd's list. */
  { 0x1d50, 0x5117, 0x5126, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x1457, 0x5117, 0x5126, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x16c0, 0x0762, 0x0762, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x16c0, 0x076b, 0x076c, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x0908, 0x02c4, 0x02c5, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x0763, 0x2806, 0x2806, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },

  /* Cameras by SunplusIT, Sonix' makers and FlatFrog, and Jabra's loudspeakers 410, 510, 710 and
   * 810: what they upload is not what they were given, so that comparing would call good firmware
   * bad. One of SunplusIT's asks for bogus times, too. Source: fwupd's list. */
  { 0x1bcf, 0x0b1d, 0x0b1d, ANY_RELEASE, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
  { 0x1bcf, 0x0b1d, 0x0b1e, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0c45, 0x636c, 0x636f, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0c45, 0x6373, 0x6374, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x25b5, 0x0004, 0x0004, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0b0e, 0x0411, 0x0411, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0b0e, 0x0421, 0x0421, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0b0e, 0x0971, 0x0971, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
  { 0x0b0e, 0x0982, 0x0982, ANY_RELEASE, DFU_QUIRK_NO_UPLOAD },
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
  DfuQuirkFlags flags = DFU_QUIRK_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (known_devices); i++)
    if (known_devices[i].vendor == vendor && product >= known_devices[i].first_product &&
        product <= known_devices[i].last_product &&
        (known_devices[i].release == ANY_RELEASE || known_devices[i].release == release))
      flags |= known_devices[i].flags;

  return flags;
}

/**
 * dfu_quirks_find_device:
 * @device: a device
 *
 * Asks the device nothing. Any thread.
 *
 * Returns: what is special about it
 */
DfuQuirkFlags
dfu_quirks_find_device (UsbDevice *device)
{
  return dfu_quirks_find (usb_device_get_vendor_id (device), usb_device_get_product_id (device),
                          usb_device_get_release (device));
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

/**
 * dfu_quirks_dup_serial:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): its serial number, with the letters that a GD32 sends in
 *   the place of characters of two bytes
 */
char *
dfu_quirks_dup_serial (UsbDevice *device)
{
  const char *serial = usb_device_get_serial (device);
  const gboolean is_encoded = (dfu_quirks_find_device (device) & DFU_QUIRK_GD32_LAYOUT) != 0;
  char *decoded = is_encoded ? dfu_gd32_decode_serial (serial) : NULL;

  return decoded != NULL ? decoded : g_strdup (serial);
}
