/* firmware-esp-signature.h: the signatures of Secure Boot v2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FirmwareEspSignature:
 * @offset: where the sector of signatures begins in the part, in bytes
 * @version: what they are made with: 2 is RSA, 3 is ECDSA
 * @n_blocks: how many signatures there are, 1 to 3
 * @has_good_crc: whether the CRC-32 of each of them is right; always for version 3, whose layout
 *   is not known here
 *
 * The sector of signatures behind an image.
 */
typedef struct {
  gsize offset;
  guint8 version;
  guint n_blocks;
  gboolean has_good_crc;
} FirmwareEspSignature;

gboolean firmware_esp_signature_find (FirmwareEspSignature *self,
                                      const guint8 *data,
                                      gsize size,
                                      gsize image_size);

G_END_DECLS
