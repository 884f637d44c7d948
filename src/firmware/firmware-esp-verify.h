/* firmware-esp-verify.h: whether an ESP image is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "firmware-esp-image.h"

G_BEGIN_DECLS

/**
 * FirmwareEspProof:
 * @FIRMWARE_ESP_PROOF_NONE: there is none, or the image is cut and it cannot be checked
 * @FIRMWARE_ESP_PROOF_GOOD: it agrees with the image
 * @FIRMWARE_ESP_PROOF_WRONG: it does not
 *
 * What a checksum or hash tells of an image. The nicks are "none", "good" and "wrong".
 */
typedef enum {
  FIRMWARE_ESP_PROOF_NONE,
  FIRMWARE_ESP_PROOF_GOOD,
  FIRMWARE_ESP_PROOF_WRONG,
} FirmwareEspProof;

#define FIRMWARE_TYPE_ESP_PROOF (firmware_esp_proof_get_type ())
GType firmware_esp_proof_get_type (void);

/**
 * FirmwareEspExtent:
 * @size: how long the image is, in bytes, with its checksum and its hash; of an image that is cut,
 *   the least that it had
 * @is_complete: whether all of that is there
 * @checksum: what the checksum of the segments tells
 * @hash: what the SHA-256 behind the image tells
 *
 * How far an image reaches inside its part, and whether it is the image that was built.
 */
typedef struct {
  guint64 size;
  gboolean is_complete;
  FirmwareEspProof checksum;
  FirmwareEspProof hash;
} FirmwareEspExtent;

void firmware_esp_verify (FirmwareEspExtent *self,
                          const FirmwareEspImage *header,
                          const guint8 *data,
                          gsize size);

G_END_DECLS
