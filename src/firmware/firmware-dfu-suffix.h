/* firmware-dfu-suffix.h: the 16 bytes at the end of a DFU file, DFU 1.1 appendix B
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_DFU_SUFFIX_LENGTH 16
#define FIRMWARE_DFU_SUFFIX_ANY_ID 0xffff /* matches every idVendor, idProduct or bcdDevice */

/* bcdDFU: DFU 1.1 kept the number of 1.0, ST's DfuSe has one of its own. */
#define FIRMWARE_DFU_SUFFIX_DFU 0x0100
#define FIRMWARE_DFU_SUFFIX_DFUSE 0x011a

/**
 * FirmwareDfuSuffix:
 * @device: bcdDevice
 * @product: idProduct
 * @vendor: idVendor
 * @specification: bcdDFU, 0x0100 for DFU 1.0 and 1.1, 0x011a for DfuSe
 * @length: bLength, the suffix's own length in bytes; 16 or more
 * @crc: dwCRC, of everything before it
 *
 * A suffix as numbers of the host's byte order.
 */
typedef struct {
  guint16 device;
  guint16 product;
  guint16 vendor;
  guint16 specification;
  guint8 length;
  guint32 crc;
} FirmwareDfuSuffix;

gboolean firmware_dfu_suffix_is_present (GBytes *contents);
gboolean firmware_dfu_suffix_read (FirmwareDfuSuffix *self, GBytes *contents);
gboolean firmware_dfu_suffix_parse (FirmwareDfuSuffix *self, GBytes *contents, GError **error);
gboolean
firmware_dfu_suffix_matches (const FirmwareDfuSuffix *self, guint16 vendor, guint16 product);
GBytes *firmware_dfu_suffix_append (GBytes *payload, guint16 vendor, guint16 product);
GBytes *firmware_dfu_suffix_append_ids (GBytes *payload, const FirmwareDfuSuffix *ids);
void firmware_dfu_suffix_finish (GByteArray *file, const FirmwareDfuSuffix *ids);
void firmware_dfu_suffix_locate (GError **error, GBytes *contents);
guint32 firmware_dfu_suffix_crc_of_file (GBytes *contents);
guint32 firmware_dfu_suffix_crc (const guint8 *data, gsize length);

G_END_DECLS
