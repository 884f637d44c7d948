/* firmware-dfu-suffix.c: the 16 bytes at the end of a DFU file, DFU 1.1 appendix B
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfu-suffix.h"

#include "firmware-bytes.h"
#include "firmware-error.h"

#include <string.h>
#include <zlib.h>

/* The fields are stored in reverse, so that a reader that starts at the end of the file knows
 * where each of them is, whatever a longer suffix may put in front. */
#define DEVICE_FROM_END 16
#define PRODUCT_FROM_END 14
#define VENDOR_FROM_END 12
#define SPECIFICATION_FROM_END 10
#define SIGNATURE_FROM_END 8
#define LENGTH_FROM_END 5
#define CRC_FROM_END 4

static const guint8 signature[] = { 'U', 'F', 'D' };

/**
 * firmware_dfu_suffix_crc:
 * @data: (array length=length): bytes
 * @length: how many
 *
 * Computes dwCRC of DFU 1.1 appendix B. It is zlib's CRC-32 without the final inversion; GLib has
 * no CRC-32 of its own.
 *
 * Returns: the checksum
 */
guint32
firmware_dfu_suffix_crc (const guint8 *data, gsize length)
{
  g_return_val_if_fail (data != NULL || length == 0, 0);

  return ~(guint32) crc32_z (crc32_z (0, NULL, 0), data, length);
}

/**
 * firmware_dfu_suffix_is_present:
 * @contents: a whole file
 *
 * Tells whether a file ends in the signature "UFD" of DFU 1.1 appendix B. Nothing else is checked.
 *
 * Returns: whether firmware_dfu_suffix_parse() has something to work on
 */
gboolean
firmware_dfu_suffix_is_present (GBytes *contents)
{
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);

  return size >= FIRMWARE_DFU_SUFFIX_LENGTH &&
         memcmp (data + size - SIGNATURE_FROM_END, signature, sizeof signature) == 0;
}

/**
 * firmware_dfu_suffix_read:
 * @self: (out caller-allocates): the suffix to fill
 * @contents: a whole file
 *
 * Reads the fields of a suffix, also of a damaged file: only the signature is checked.
 * @self->length may be anything.
 *
 * Returns: whether there is a suffix
 */
gboolean
firmware_dfu_suffix_read (FirmwareDfuSuffix *self, GBytes *contents)
{
  const guint8 *data = NULL;
  const guint8 *end = NULL;
  gsize size = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  if (!firmware_dfu_suffix_is_present (contents))
    return FALSE;

  data = g_bytes_get_data (contents, &size);
  end = data + size;

  self->device = firmware_bytes_read_u16 (end - DEVICE_FROM_END);
  self->product = firmware_bytes_read_u16 (end - PRODUCT_FROM_END);
  self->vendor = firmware_bytes_read_u16 (end - VENDOR_FROM_END);
  self->specification = firmware_bytes_read_u16 (end - SPECIFICATION_FROM_END);
  self->length = *(end - LENGTH_FROM_END);
  self->crc = firmware_bytes_read_u32 (end - CRC_FROM_END);

  return TRUE;
}

/**
 * firmware_dfu_suffix_crc_of_file:
 * @contents: a file with a suffix
 *
 * Computes what dwCRC must be.
 *
 * Returns: the checksum of all but the last four bytes
 */
guint32
firmware_dfu_suffix_crc_of_file (GBytes *contents)
{
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, 0);

  data = g_bytes_get_data (contents, &size);
  g_return_val_if_fail (size >= CRC_FROM_END, 0);

  return firmware_dfu_suffix_crc (data, size - CRC_FROM_END);
}

/**
 * firmware_dfu_suffix_parse:
 * @self: (out caller-allocates): the suffix to fill
 * @contents: a whole file
 * @error: return location for an error
 *
 * Reads the suffix of DFU 1.1 appendix B and checks its length and the CRC of the whole file. The
 * firmware itself is everything but the last @self->length bytes.
 *
 * Returns: whether the file has a suffix that agrees with it
 */
gboolean
firmware_dfu_suffix_parse (FirmwareDfuSuffix *self, GBytes *contents, GError **error)
{
  gsize size = 0;
  guint32 crc = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  if (!firmware_dfu_suffix_read (self, contents)) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                         "The file does not end in a DFU suffix; its end is missing");
    return FALSE;
  }

  size = g_bytes_get_size (contents);
  if (self->length < FIRMWARE_DFU_SUFFIX_LENGTH || self->length > size) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The DFU suffix says that it is %u bytes long in a file of %" G_GSIZE_FORMAT,
                 self->length, size);
    firmware_error_set_offset (error, size - LENGTH_FROM_END);
    return FALSE;
  }

  crc = firmware_dfu_suffix_crc_of_file (contents);
  if (crc != self->crc) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM,
                 "The file's CRC is 0x%08x instead of the 0x%08x in its DFU suffix", crc,
                 self->crc);
    return FALSE;
  }

  return TRUE;
}

/**
 * firmware_dfu_suffix_locate:
 * @error: (inout) (nullable): an error about what a suffix says of its device
 * @contents: the whole file
 *
 * Lets @error remember where that stands.
 */
void
firmware_dfu_suffix_locate (GError **error, GBytes *contents)
{
  g_return_if_fail (firmware_dfu_suffix_is_present (contents));

  firmware_error_set_offset (error, g_bytes_get_size (contents) - DEVICE_FROM_END);
}

/**
 * firmware_dfu_suffix_matches:
 * @self: a suffix
 * @vendor: a device's idVendor
 * @product: a device's idProduct
 *
 * Tells whether a file is meant for a device. %FIRMWARE_DFU_SUFFIX_ANY_ID in the file matches every
 * device, as DFU 1.1 appendix B wants it.
 *
 * Returns: whether the device is one that the file names
 */
gboolean
firmware_dfu_suffix_matches (const FirmwareDfuSuffix *self, guint16 vendor, guint16 product)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->vendor == FIRMWARE_DFU_SUFFIX_ANY_ID || self->vendor == vendor) &&
         (self->product == FIRMWARE_DFU_SUFFIX_ANY_ID || self->product == product);
}

/**
 * firmware_dfu_suffix_append:
 * @payload: the firmware
 * @vendor: idVendor of the devices it is for, or %FIRMWARE_DFU_SUFFIX_ANY_ID
 * @product: idProduct of the devices it is for, or %FIRMWARE_DFU_SUFFIX_ANY_ID
 *
 * Makes a DFU file of DFU 1.1 appendix B that is good for every bcdDevice.
 *
 * Returns: (transfer full): the firmware with a suffix behind it
 */
GBytes *
firmware_dfu_suffix_append (GBytes *payload, guint16 vendor, guint16 product)
{
  const FirmwareDfuSuffix ids = {
    .device = FIRMWARE_DFU_SUFFIX_ANY_ID,
    .product = product,
    .vendor = vendor,
    .specification = FIRMWARE_DFU_SUFFIX_DFU,
  };

  return firmware_dfu_suffix_append_ids (payload, &ids);
}

/**
 * firmware_dfu_suffix_append_ids:
 * @payload: the firmware
 * @ids: a suffix, of which @ids->length and @ids->crc are not looked at
 *
 * Makes a DFU file of DFU 1.1 appendix B.
 *
 * Returns: (transfer full): the firmware with a suffix behind it
 */
GBytes *
firmware_dfu_suffix_append_ids (GBytes *payload, const FirmwareDfuSuffix *ids)
{
  GByteArray *file = NULL;
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (payload != NULL, NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  data = g_bytes_get_data (payload, &size);
  g_return_val_if_fail (size <= G_MAXUINT - FIRMWARE_DFU_SUFFIX_LENGTH, NULL);

  file = g_byte_array_sized_new ((guint) size + FIRMWARE_DFU_SUFFIX_LENGTH);
  if (size > 0)
    g_byte_array_append (file, data, (guint) size);

  firmware_dfu_suffix_finish (file, ids);
  return g_byte_array_free_to_bytes (file);
}

/**
 * firmware_dfu_suffix_finish:
 * @file: the firmware
 * @ids: a suffix, of which @ids->length and @ids->crc are not looked at
 *
 * Does firmware_dfu_suffix_append_ids() in place, without a copy of the firmware.
 */
void
firmware_dfu_suffix_finish (GByteArray *file, const FirmwareDfuSuffix *ids)
{
  const guint8 length = FIRMWARE_DFU_SUFFIX_LENGTH;

  g_return_if_fail (file != NULL);
  g_return_if_fail (ids != NULL);

  firmware_bytes_append_u16 (file, ids->device);
  firmware_bytes_append_u16 (file, ids->product);
  firmware_bytes_append_u16 (file, ids->vendor);
  firmware_bytes_append_u16 (file, ids->specification);
  g_byte_array_append (file, signature, sizeof signature);
  g_byte_array_append (file, &length, sizeof length);
  firmware_bytes_append_u32 (file, firmware_dfu_suffix_crc (file->data, file->len));
}
