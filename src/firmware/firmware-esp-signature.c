/* firmware-esp-signature.c: the signatures of Secure Boot v2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-signature.h"

#include "firmware-bytes.h"
#include "firmware-esp-sector.h"

#include <string.h>
#include <zlib.h>

/* ets_secure_boot_sig_block_t of ESP-IDF. That of ECDSA has other fields between digest and CRC. */
#define BLOCK_MAGIC 0xe7
#define BLOCK_LENGTH 1216
#define BLOCK_VERSION 1
#define BLOCK_HASH 2 /* of ECDSA: 1 is SHA-384, all else SHA-256 */
#define BLOCK_DIGEST 4
#define BLOCK_CRC 1196
#define BLOCKS_MAX 3

#define HASH_SHA384 1
#define DIGEST_LENGTH_MAX 48

/* What was signed, and the sector of its signatures. */
typedef struct {
  const guint8 *data;
  gsize length;
} Signed;

G_DEFINE_ENUM_TYPE (FirmwareEspSignatureFault,
                    firmware_esp_signature_fault,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_SIGNATURE_FAULT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM, "checksum"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_SIGNATURE_FAULT_VERSION, "version"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST, "digest"))

static gboolean
has_known_version (const guint8 *block)
{
  return block[BLOCK_VERSION] == FIRMWARE_ESP_SIGNATURE_RSA ||
         block[BLOCK_VERSION] == FIRMWARE_ESP_SIGNATURE_ECDSA;
}

static gboolean
has_good_crc (const guint8 *block)
{
  return firmware_bytes_read_u32 (block + BLOCK_CRC) == (guint32) crc32_z (0, block, BLOCK_CRC);
}

static gboolean
has_good_digest (const guint8 *block, const Signed *what)
{
  const gboolean is_long =
    block[BLOCK_VERSION] == FIRMWARE_ESP_SIGNATURE_ECDSA && block[BLOCK_HASH] == HASH_SHA384;
  g_autoptr (GChecksum) checksum = g_checksum_new (is_long ? G_CHECKSUM_SHA384 : G_CHECKSUM_SHA256);
  guint8 digest[DIGEST_LENGTH_MAX];
  gsize length = sizeof digest;

  g_checksum_update (checksum, what->data, (gssize) what->length);
  g_checksum_get_digest (checksum, digest, &length);

  return memcmp (block + BLOCK_DIGEST, digest, length) == 0;
}

/* With a version that nobody knows, the rest must show that it is one. */
static gboolean
is_block (const guint8 *block)
{
  return block[0] == BLOCK_MAGIC && (has_known_version (block) || has_good_crc (block));
}

static FirmwareEspSignatureFault
check_block (const guint8 *block, const Signed *what)
{
  if (!has_known_version (block))
    return FIRMWARE_ESP_SIGNATURE_FAULT_VERSION;
  if (!has_good_crc (block))
    return FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM;

  return has_good_digest (block, what) ? FIRMWARE_ESP_SIGNATURE_FAULT_NONE
                                       : FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST;
}

/* What begins like one behind the first is one. */
static void
read_blocks (FirmwareEspSignature *self, const Signed *what)
{
  const guint8 *sector = what->data + what->length;

  *self = (FirmwareEspSignature){ .offset = what->length, .version = sector[BLOCK_VERSION] };

  for (; self->n_blocks < BLOCKS_MAX; self->n_blocks++) {
    const guint8 *block = sector + self->n_blocks * BLOCK_LENGTH;

    if (block[0] != BLOCK_MAGIC)
      return;

    if (self->fault == FIRMWARE_ESP_SIGNATURE_FAULT_NONE)
      self->fault = check_block (block, what);
  }
}

/**
 * firmware_esp_signature_find:
 * @self: (out caller-allocates): what to fill
 * @data: (array length=size): a part that begins with an image
 * @size: its size
 * @image_size: how long the image is
 *
 * Looks for signatures behind an image. They have a sector of their own, the first one behind the
 * image or, where the image was padded before it was signed, a later one.
 *
 * Returns: whether the image is signed
 */
gboolean
firmware_esp_signature_find (FirmwareEspSignature *self,
                             const guint8 *data,
                             gsize size,
                             gsize image_size)
{
  const gsize first = (gsize) firmware_esp_sector_end (image_size);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  for (gsize offset = first; offset < size && size - offset >= FIRMWARE_ESP_SECTOR_SIZE;
       offset += FIRMWARE_ESP_SECTOR_SIZE) {
    const guint8 *block = data + offset;
    const Signed what = { .data = data, .length = offset };

    /* Everything but its version may be good; hashes of later places would take too long. */
    if (!is_block (block) &&
        (offset != first || block[0] != BLOCK_MAGIC || !has_good_digest (block, &what)))
      continue;

    read_blocks (self, &what);
    return TRUE;
  }

  return FALSE;
}
