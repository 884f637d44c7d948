/* firmware-uf2.h: Microsoft's USB Flashing Format, blocks of 512 bytes that stand for themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"
#include "firmware-memory.h"

G_BEGIN_DECLS

#define FIRMWARE_UF2_BLOCK_SIZE 512
#define FIRMWARE_UF2_DATA_SIZE 476
#define FIRMWARE_UF2_MD5_SIZE 24 /* start and length of a region, then the sum */

#define FIRMWARE_UF2_MAGIC_FIRST 0x0a324655 /* "UF2\n" */
#define FIRMWARE_UF2_MAGIC_SECOND 0x9e5d5157
#define FIRMWARE_UF2_MAGIC_FINAL 0x0ab16f30

/* flags */
#define FIRMWARE_UF2_NOT_MAIN_FLASH 0x00000001
#define FIRMWARE_UF2_FILE_CONTAINER 0x00001000
#define FIRMWARE_UF2_FAMILY_PRESENT 0x00002000
#define FIRMWARE_UF2_MD5_PRESENT 0x00004000
#define FIRMWARE_UF2_TAGS_PRESENT 0x00008000

/* Types of extension tags. */
#define FIRMWARE_UF2_TAG_VERSION 0x9fc7bc     /* of the firmware, UTF-8 */
#define FIRMWARE_UF2_TAG_DESCRIPTION 0x650d9d /* of the device, UTF-8 */
#define FIRMWARE_UF2_TAG_IGNORE 0x9957e3      /* Raspberry Pi's: the block is not for the flash */

/**
 * FirmwareUf2Block:
 * @offset: where it begins in the file
 * @flags: FIRMWARE_UF2_NOT_MAIN_FLASH and so on
 * @address: targetAddr
 * @size: payloadSize, which is right unless the block is not for the main flash
 * @number: blockNo, from 0
 * @count: numBlocks
 * @family: familyID, or something else without %FIRMWARE_UF2_FAMILY_PRESENT
 * @is_skipped: whether a flasher leaves it out: a comment, or a block marked to be ignored
 * @is_ignored: whether it is not even counted
 * @data: the %FIRMWARE_UF2_DATA_SIZE bytes of which the payload is the beginning
 *
 * One block. Borrows its data.
 */
typedef struct {
  gsize offset;
  guint32 flags;
  guint32 address;
  guint32 size;
  guint32 number;
  guint32 count;
  guint32 family;
  gboolean is_skipped;
  gboolean is_ignored;
  const guint8 *data;
} FirmwareUf2Block;

/**
 * FirmwareUf2Tag:
 * @type: FIRMWARE_UF2_TAG_VERSION and so on
 * @data: its contents
 * @size: how long those are
 *
 * One extension tag. Borrows its data.
 */
typedef struct {
  guint32 type;
  const guint8 *data;
  gsize size;
} FirmwareUf2Tag;

gboolean firmware_uf2_is_present (GBytes *contents);

gboolean
firmware_uf2_block_parse (FirmwareUf2Block *self, const guint8 *file, gsize offset, GError **error);
gboolean
firmware_uf2_block_next_tag (const FirmwareUf2Block *self, gsize *position, FirmwareUf2Tag *tag);
gboolean firmware_uf2_block_is_of (const FirmwareUf2Block *self, const FirmwareUf2Block *other);

gboolean firmware_uf2_check_numbers (GArray *blocks, const FirmwareUf2Block *main, GError **error);
gboolean firmware_uf2_check_sums (GArray *blocks, GArray *runs, GError **error);

FirmwareEspBuild *firmware_uf2_new_esp_build (GArray *runs, guint32 family, GError **error);

G_END_DECLS
