/* dfu-functional-descriptor.c: what a DFU interface can do, DFU 1.1 table 4.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-functional-descriptor.h"

#include "dfu-error.h"

#define LENGTH_1_0 7 /* without bcdDFUVersion, as DFU 1.0 has it */
#define LENGTH_1_1 9

/* bmAttributes */
#define CAN_DOWNLOAD 0x01
#define CAN_UPLOAD 0x02
#define MANIFESTATION_TOLERANT 0x04
#define WILL_DETACH 0x08

static guint16
read_le16 (const guint8 *data)
{
  return data[0] | data[1] << 8;
}

/**
 * dfu_functional_descriptor_parse:
 * @self: (out caller-allocates): the descriptor
 * @data: the descriptor's bytes, beginning with bLength
 * @length: how many there are
 * @error: return location for a %DFU_ERROR_PROTOCOL
 *
 * Reads a DFU functional descriptor of version 1.0 (7 bytes) or 1.1 (9 bytes).
 *
 * Returns: whether it is one, and names a usable transfer size
 */
gboolean
dfu_functional_descriptor_parse (DfuFunctionalDescriptor *self,
                                 const guint8 *data,
                                 gsize length,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  if (length < LENGTH_1_0 || data[0] < LENGTH_1_0 || data[1] != DFU_FUNCTIONAL_DESCRIPTOR_TYPE) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                         "The device has no valid DFU functional descriptor");
    return FALSE;
  }

  self->can_download = (data[2] & CAN_DOWNLOAD) != 0;
  self->can_upload = (data[2] & CAN_UPLOAD) != 0;
  self->manifestation_tolerant = (data[2] & MANIFESTATION_TOLERANT) != 0;
  self->will_detach = (data[2] & WILL_DETACH) != 0;
  self->detach_timeout = read_le16 (data + 3);
  self->transfer_size = read_le16 (data + 5);
  self->version = length >= LENGTH_1_1 && data[0] >= LENGTH_1_1 ? read_le16 (data + 7) : 0x0100;

  if (self->transfer_size == 0) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                         "The device's DFU functional descriptor gives a transfer size of 0");
    return FALSE;
  }

  return TRUE;
}
