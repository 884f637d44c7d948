/* firmware-uf2-block.c: one block of a UF2 file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-bytes.h"
#include "firmware-error.h"

/* struct UF2_Block of the specification. */
#define MAGIC_FIRST 0
#define MAGIC_SECOND 4
#define FLAGS 8
#define TARGET_ADDRESS 12
#define PAYLOAD_SIZE 16
#define BLOCK_NUMBER 20
#define BLOCK_COUNT 24
#define FAMILY 28
#define DATA 32
#define MAGIC_FINAL 508

/* A tag: its size including these four bytes, then three bytes that say what it is. */
#define TAG_HEAD 4
#define TAG_END 0x00000000
#define TAG_END_PADDING 0xffffffff

/* What Raspberry Pi's tools put before firmware for the RP2350 because of its erratum E10: a page
 * of this byte, said to be the first of two blocks, for a family of its own. */
#define ERRATUM_FAMILY 0xe48bff57
#define ERRATUM_COUNT 2
#define ERRATUM_FILL 0xef

static gboolean
check_magic (const guint8 *block, gsize at, guint32 expected, gsize offset, GError **error)
{
  const guint32 magic = firmware_bytes_read_u32 (block + at);

  if (magic == expected)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "There is no UF2 block at offset 0x%" G_GSIZE_MODIFIER "x: at 0x%" G_GSIZE_MODIFIER
               "x stands 0x%08x instead of 0x%08x",
               offset, offset + at, magic, expected);
  return FALSE;
}

static gsize
get_room (const FirmwareUf2Block *self)
{
  const gboolean has_md5 = (self->flags & FIRMWARE_UF2_MD5_PRESENT) != 0;

  return FIRMWARE_UF2_DATA_SIZE - (has_md5 ? FIRMWARE_UF2_MD5_SIZE : 0);
}

static gboolean
check_payload (const FirmwareUf2Block *self, GError **error)
{
  const gsize room = get_room (self);

  if (self->size >= 1 && self->size <= room)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Block %u at offset 0x%" G_GSIZE_MODIFIER
               "x says it has %u bytes for the flash; there is room for 1 to %" G_GSIZE_FORMAT,
               self->number, self->offset, self->size, room);
  return FALSE;
}

static gboolean
check_number (const FirmwareUf2Block *self, GError **error)
{
  if (self->number < self->count)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The block at offset 0x%" G_GSIZE_MODIFIER
               "x says it is number %u, counted from 0, of %u blocks",
               self->offset, self->number, self->count);
  return FALSE;
}

static gboolean
is_for_erratum (const FirmwareUf2Block *self)
{
  if ((self->flags & FIRMWARE_UF2_FAMILY_PRESENT) == 0 || self->family != ERRATUM_FAMILY ||
      self->number != 0 || self->count != ERRATUM_COUNT)
    return FALSE;

  for (gsize i = 0; i < self->size; i++) {
    if (self->data[i] != ERRATUM_FILL)
      return FALSE;
  }

  return TRUE;
}

/* Goes through all tags, so that they are known to be good. */
static gboolean
check_tags (FirmwareUf2Block *self, GError **error)
{
  FirmwareUf2Tag tag;
  gsize position = 0;

  if ((self->flags & FIRMWARE_UF2_TAGS_PRESENT) == 0)
    return TRUE;

  while (firmware_uf2_block_next_tag (self, &position, &tag)) {
    if (tag.data == NULL) {
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                   "Block %u at offset 0x%" G_GSIZE_MODIFIER
                   "x: the extension tag at 0x%" G_GSIZE_MODIFIER
                   "x is longer than the room for it",
                   self->number, self->offset, self->offset + DATA + position);
      return FALSE;
    }

    if (tag.type == FIRMWARE_UF2_TAG_IGNORE)
      self->is_ignored = TRUE;
  }

  return TRUE;
}

/**
 * firmware_uf2_block_parse:
 * @self: (out caller-allocates): the block to fill
 * @file: a file
 * @offset: where a block begins in it; there are %FIRMWARE_UF2_BLOCK_SIZE bytes
 * @error: return location for %FIRMWARE_ERROR_MALFORMED
 *
 * Reads a block with every check that needs no other one. For one that is not for the flash, the
 * size is not checked, and nobody uses it. Of a block that is part of a file container only the
 * magic numbers are checked.
 *
 * Returns: whether the block is good
 */
gboolean
firmware_uf2_block_parse (FirmwareUf2Block *self, const guint8 *file, gsize offset, GError **error)
{
  const guint8 *block = file + offset;

  if (!check_magic (block, MAGIC_FIRST, FIRMWARE_UF2_MAGIC_FIRST, offset, error) ||
      !check_magic (block, MAGIC_SECOND, FIRMWARE_UF2_MAGIC_SECOND, offset, error) ||
      !check_magic (block, MAGIC_FINAL, FIRMWARE_UF2_MAGIC_FINAL, offset, error))
    return FALSE;

  *self = (FirmwareUf2Block){
    .offset = offset,
    .flags = firmware_bytes_read_u32 (block + FLAGS),
    .address = firmware_bytes_read_u32 (block + TARGET_ADDRESS),
    .size = firmware_bytes_read_u32 (block + PAYLOAD_SIZE),
    .number = firmware_bytes_read_u32 (block + BLOCK_NUMBER),
    .count = firmware_bytes_read_u32 (block + BLOCK_COUNT),
    .family = firmware_bytes_read_u32 (block + FAMILY),
    .data = block + DATA,
  };
  self->is_skipped = (self->flags & FIRMWARE_UF2_NOT_MAIN_FLASH) != 0;

  if ((self->flags & FIRMWARE_UF2_FILE_CONTAINER) != 0)
    return TRUE;

  if (!check_number (self, error) || (!self->is_skipped && !check_payload (self, error)))
    return FALSE;
  if (self->is_skipped)
    return TRUE;

  self->is_ignored = is_for_erratum (self);
  if (!check_tags (self, error))
    return FALSE;

  self->is_skipped = self->is_ignored;
  return TRUE;
}

/**
 * firmware_uf2_block_next_tag:
 * @self: a block with %FIRMWARE_UF2_TAGS_PRESENT
 * @position: (inout): 0 at first; after an error, where the tag begins in the data
 * @tag: (out caller-allocates): the next tag; without data when it does not fit
 *
 * Goes through the extension tags, which begin behind the payload, each at a multiple of four.
 *
 * Returns: whether there is one more
 */
gboolean
firmware_uf2_block_next_tag (const FirmwareUf2Block *self, gsize *position, FirmwareUf2Tag *tag)
{
  const gsize room = get_room (self);
  guint32 head = 0;
  gsize size = 0;

  if (*position == 0)
    *position = self->size;
  *position = (*position + 3) / 4 * 4;

  if (*position + TAG_HEAD > room)
    return FALSE;

  head = firmware_bytes_read_u32 (self->data + *position);
  if (head == TAG_END || head == TAG_END_PADDING)
    return FALSE;

  size = head & 0xff;
  *tag = (FirmwareUf2Tag){ .type = head >> 8 };
  if (size < TAG_HEAD || size > room - *position)
    return TRUE;

  tag->data = self->data + *position + TAG_HEAD;
  tag->size = size - TAG_HEAD;
  *position += size;
  return TRUE;
}

/**
 * firmware_uf2_block_is_of:
 * @self: a block
 * @other: another one
 *
 * Tells whether two blocks are for the same family, or both for none.
 *
 * Returns: whether they are
 */
gboolean
firmware_uf2_block_is_of (const FirmwareUf2Block *self, const FirmwareUf2Block *other)
{
  if (((self->flags ^ other->flags) & FIRMWARE_UF2_FAMILY_PRESENT) != 0)
    return FALSE;

  return (self->flags & FIRMWARE_UF2_FAMILY_PRESENT) == 0 || self->family == other->family;
}
