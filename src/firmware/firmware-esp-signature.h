/* firmware-esp-signature.h: the signatures of Secure Boot v2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What signatures are made with. */
#define FIRMWARE_ESP_SIGNATURE_RSA 2
#define FIRMWARE_ESP_SIGNATURE_ECDSA 3

/**
 * FirmwareEspSignatureFault:
 * @FIRMWARE_ESP_SIGNATURE_FAULT_NONE: none; whether it is valid, only the chip can say
 * @FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM: its CRC-32 is wrong
 * @FIRMWARE_ESP_SIGNATURE_FAULT_VERSION: its version is neither 2 nor 3
 * @FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST: it was made for other bytes than those before it
 *
 * Why no chip takes a signature. The nicks are "none", "checksum", "version" and "digest".
 */
typedef enum {
  FIRMWARE_ESP_SIGNATURE_FAULT_NONE,
  FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM,
  FIRMWARE_ESP_SIGNATURE_FAULT_VERSION,
  FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST,
} FirmwareEspSignatureFault;

#define FIRMWARE_TYPE_ESP_SIGNATURE_FAULT (firmware_esp_signature_fault_get_type ())
GType firmware_esp_signature_fault_get_type (void);

/**
 * FirmwareEspSignature:
 * @offset: where the sector of signatures begins in the part, in bytes
 * @version: what the first is made with, %FIRMWARE_ESP_SIGNATURE_RSA or
 *   %FIRMWARE_ESP_SIGNATURE_ECDSA unless that is its fault
 * @n_blocks: how many signatures there are, 1 to 3
 * @fault: what is wrong with the first of them that has a fault
 *
 * The sector of signatures behind an image.
 */
typedef struct {
  gsize offset;
  guint8 version;
  guint n_blocks;
  FirmwareEspSignatureFault fault;
} FirmwareEspSignature;

gboolean firmware_esp_signature_find (FirmwareEspSignature *self,
                                      const guint8 *data,
                                      gsize size,
                                      gsize image_size);

G_END_DECLS
