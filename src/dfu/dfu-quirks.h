/* dfu-quirks.h: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "usb-device.h"

G_BEGIN_DECLS

/* How much the ESP ROMs give in alternate setting 0, whatever the flash has: 4 MiB. */
#define DFU_QUIRKS_ESP_UPLOAD_SIZE (4 * 1024 * 1024)

/**
 * DfuQuirkFlags:
 * @DFU_QUIRK_NONE: as the specification says
 * @DFU_QUIRK_ESP_ARCHIVE: takes ESP archives only; anything else would be written blindly over
 *   the start of the flash and be called a success
 * @DFU_QUIRK_VERIFIES: compares its flash with the image's digests before it says dfuIDLE
 * @DFU_QUIRK_WEDGES: may hang for good when the host gives up on a transfer
 * @DFU_QUIRK_STREAMS: takes block after block without being asked for its status in between, is
 *   never busy, and keeps an error until it is asked; gives block after block likewise
 * @DFU_QUIRK_ATTACHES_LATE: does not see its flash before a download has told how large it is
 * @DFU_QUIRK_IS_LOADER: is the bootloader in run-time mode too, and not an application
 * @DFU_QUIRK_BOGUS_POLL_TIMEOUT: asks for times that mean nothing
 * @DFU_QUIRK_PLAIN: says that it speaks DfuSe, and does not
 * @DFU_QUIRK_DFU_MODE: is in DFU mode whatever bInterfaceProtocol says
 * @DFU_QUIRK_GD32_LAYOUT: describes a flash that it does not have; its serial number knows better,
 *   which is bytes where characters of two bytes belong
 * @DFU_QUIRK_STUCK_BUSY: may say for ever that it is busy with a sector of its second bank
 * @DFU_QUIRK_STALLS_BUSY: asks for too little time, and stalls who comes when it is over
 * @DFU_QUIRK_ESP_APPLICATION: takes an application of an ESP32-S3 and nothing else, and compares
 *   its flash with the hash that most have before it says dfuIDLE
 * @DFU_QUIRK_PROGRAM: is a program, though in DFU mode: DETACH restarts it, and only then does it
 *   forget a download that was broken off
 * @DFU_QUIRK_NO_UPLOAD: says that it can upload (bitCanUpload), and gives nothing, or nonsense
 *
 * What to know about a device before talking to it.
 */
typedef enum {
  DFU_QUIRK_NONE = 0,
  DFU_QUIRK_ESP_ARCHIVE = 1 << 0,
  DFU_QUIRK_VERIFIES = 1 << 1,
  DFU_QUIRK_WEDGES = 1 << 2,
  DFU_QUIRK_STREAMS = 1 << 3,
  DFU_QUIRK_ATTACHES_LATE = 1 << 4,
  DFU_QUIRK_IS_LOADER = 1 << 5,
  DFU_QUIRK_BOGUS_POLL_TIMEOUT = 1 << 6,
  DFU_QUIRK_PLAIN = 1 << 7,
  DFU_QUIRK_DFU_MODE = 1 << 8,
  DFU_QUIRK_GD32_LAYOUT = 1 << 9,
  DFU_QUIRK_STUCK_BUSY = 1 << 10,
  DFU_QUIRK_STALLS_BUSY = 1 << 11,
  DFU_QUIRK_ESP_APPLICATION = 1 << 12,
  DFU_QUIRK_PROGRAM = 1 << 13,
  DFU_QUIRK_NO_UPLOAD = 1 << 14,
} DfuQuirkFlags;

DfuQuirkFlags dfu_quirks_find (guint16 vendor, guint16 product, guint16 release);
DfuQuirkFlags dfu_quirks_find_device (UsbDevice *device);
guint16 dfu_quirks_limit_transfer_size (DfuQuirkFlags quirks, guint16 transfer_size);
guint64 dfu_quirks_get_upload_size (DfuQuirkFlags quirks);
char *dfu_quirks_dup_serial (UsbDevice *device);

G_END_DECLS
