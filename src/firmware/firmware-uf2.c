/* firmware-uf2.c: UF2, from blocks of 512 bytes to bytes with addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-image-runs.h"
#include "firmware-text.h"
#include "firmware-uf2-family.h"

#include <string.h>

#define ADDRESS_LIMIT (G_GUINT64_CONSTANT (1) << 32)

/* As many families as an error names. */
#define FAMILIES_MAX 6

/* FIRMWARE_UF2_MAGIC_FIRST as it stands in a file. */
#define MAGIC "UF2\n"

/* How far a block must be there for its number to be read. */
#define NUMBER_OFFSET 20
#define NUMBER_END 24

static gboolean
refuse_rest (const guint8 *file, gsize offset, gsize size, GError **error)
{
  const guint8 *rest = file + offset;

  if (memcmp (rest, MAGIC, MIN (size, sizeof MAGIC - 1)) != 0)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The file is no whole number of blocks: %" G_GSIZE_FORMAT
                 " bytes follow the last one, from offset 0x%" G_GSIZE_MODIFIER "x on",
                 size, offset);
  else if (size < NUMBER_END)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The last block, at offset 0x%" G_GSIZE_MODIFIER "x, has %" G_GSIZE_FORMAT
                 " of %d bytes",
                 offset, size, FIRMWARE_UF2_BLOCK_SIZE);
  else
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The last block, number %u at offset 0x%" G_GSIZE_MODIFIER
                 "x, has %" G_GSIZE_FORMAT " of %d bytes",
                 firmware_bytes_read_u32 (rest + NUMBER_OFFSET), offset, size,
                 FIRMWARE_UF2_BLOCK_SIZE);
  return FALSE;
}

static gboolean
refuse_container (const FirmwareUf2Block *block, GError **error)
{
  const gsize start = MIN (block->size, FIRMWARE_UF2_DATA_SIZE);
  g_autofree char *name =
    g_strndup ((const char *) block->data + start, FIRMWARE_UF2_DATA_SIZE - start);
  g_autofree char *shown = firmware_text_dup_quoted (name);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_FOR_DRIVE,
               "Block %u at offset 0x%" G_GSIZE_MODIFIER
               "x is part of the file %s: this UF2 file holds files for a board's file system, not "
               "firmware for its flash",
               block->number, block->offset, shown);
  return FALSE;
}

static gboolean
read_block (GArray *blocks, const guint8 *file, gsize offset, gsize size, GError **error)
{
  FirmwareUf2Block block;

  if (size - offset < FIRMWARE_UF2_BLOCK_SIZE)
    return refuse_rest (file, offset, size - offset, error);
  if (!firmware_uf2_block_parse (&block, file, offset, error))
    return FALSE;
  if ((block.flags & FIRMWARE_UF2_FILE_CONTAINER) != 0)
    return refuse_container (&block, error);

  g_array_append_val (blocks, block);
  return TRUE;
}

static gboolean
read_blocks (GArray *blocks, GBytes *contents, GError **error)
{
  gsize size = 0;
  const guint8 *file = g_bytes_get_data (contents, &size);

  for (gsize offset = 0; offset < size; offset += FIRMWARE_UF2_BLOCK_SIZE) {
    if (!read_block (blocks, file, offset, size, error)) {
      firmware_error_set_offset (error, offset);
      return FALSE;
    }
  }

  return TRUE;
}

static char *
dup_family_name (const FirmwareUf2Block *block)
{
  const char *name = NULL;

  if ((block->flags & FIRMWARE_UF2_FAMILY_PRESENT) == 0)
    return g_strdup ("no family");

  name = firmware_uf2_family_name (block->family);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("UF2 family 0x%08x", block->family);
}

static gboolean
is_among (const FirmwareUf2Block *block, GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++) {
    if (firmware_uf2_block_is_of (block, g_ptr_array_index (others, i)))
      return TRUE;
  }

  return FALSE;
}

/* One block of each family, in the order of the file; not more than an error needs. */
static GPtrArray *
find_families (GArray *blocks)
{
  GPtrArray *families = g_ptr_array_new ();

  for (guint i = 0; i < blocks->len && families->len <= FAMILIES_MAX; i++) {
    FirmwareUf2Block *block = &g_array_index (blocks, FirmwareUf2Block, i);

    if (!block->is_skipped && !is_among (block, families))
      g_ptr_array_add (families, block);
  }

  return families;
}

static void
set_several_chips (GPtrArray *families, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < families->len; i++) {
    g_autofree char *name = dup_family_name (g_ptr_array_index (families, i));

    g_string_append (names, i > 0 ? "; " : "");
    g_string_append (names, i < FAMILIES_MAX ? name : "...");
  }

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_SEVERAL_CHIPS,
               "The UF2 file holds firmware for several families of chips: %s", names->str);
}

static void
set_no_flash (GArray *blocks, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "None of the %u blocks is for the main flash", blocks->len);
  firmware_error_set_offset (error, g_array_index (blocks, FirmwareUf2Block, 0).offset);
}

static const FirmwareUf2Block *
find_main (GArray *blocks, GError **error)
{
  g_autoptr (GPtrArray) families = find_families (blocks);

  if (families->len == 1)
    return g_ptr_array_index (families, 0);

  if (families->len > 1)
    set_several_chips (families, error);
  else
    set_no_flash (blocks, error);
  return NULL;
}

/* A block's place is its index in the file, which is its number unless there are several series. */
static GArray *
join_blocks (GArray *blocks, GError **error)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (ADDRESS_LIMIT);
  GArray *runs = NULL;
  guint fault = 0;

  for (guint i = 0; i < blocks->len; i++) {
    const FirmwareUf2Block *block = &g_array_index (blocks, FirmwareUf2Block, i);

    if (block->is_skipped)
      continue;

    if (!firmware_memory_add (memory, block->address, block->data, block->size, i, error)) {
      g_prefix_error (error, "Block %u at offset 0x%" G_GSIZE_MODIFIER "x: ", block->number,
                      block->offset);
      firmware_error_set_offset (error, block->offset);
      return NULL;
    }
  }

  runs = firmware_memory_join (memory, "block", &fault, error);
  if (runs == NULL)
    firmware_error_set_offset (error, g_array_index (blocks, FirmwareUf2Block, fault).offset);

  return runs;
}

static char *
dup_tag (const FirmwareUf2Block *block, guint32 type)
{
  FirmwareUf2Tag tag;
  gsize position = 0;

  if ((block->flags & FIRMWARE_UF2_TAGS_PRESENT) == 0)
    return NULL;

  while (firmware_uf2_block_next_tag (block, &position, &tag)) {
    if (tag.type == type && tag.size > 0)
      return firmware_text_dup_field (tag.data, tag.size);
  }

  return NULL;
}

/* The tags of the first block are good for all of them. */
static char *
describe (const FirmwareUf2Block *block)
{
  g_autofree char *device = dup_tag (block, FIRMWARE_UF2_TAG_DESCRIPTION);
  g_autofree char *version = dup_tag (block, FIRMWARE_UF2_TAG_VERSION);

  if (device == NULL || version == NULL)
    return g_steal_pointer (&device);

  return g_strdup_printf ("%s %s", device, version);
}

static FirmwareImage *
create_image (const FirmwareUf2Block *main, GArray *runs)
{
  const gboolean has_family = (main->flags & FIRMWARE_UF2_FAMILY_PRESENT) != 0;
  g_autofree char *chip = has_family ? dup_family_name (main) : NULL;
  g_autofree char *title = describe (main);
  FirmwareImage *image = firmware_image_new_from_runs (&firmware_format_uf2, runs, chip);

  firmware_image_set_title (image, title);
  return image;
}

/* What the blocks of the flash have, and one of these blocks; @blocks is the room for them. */
static GArray *
read_runs (GBytes *contents, GArray *blocks, const FirmwareUf2Block **main, GError **error)
{
  g_autoptr (GArray) runs = NULL;

  if (!read_blocks (blocks, contents, error))
    return NULL;

  *main = find_main (blocks, error);
  if (*main == NULL || !firmware_uf2_check_numbers (blocks, *main, error))
    return NULL;

  runs = join_blocks (blocks, error);
  if (runs == NULL || !firmware_uf2_check_sums (blocks, runs, error))
    return NULL;

  return g_steal_pointer (&runs);
}

static gboolean
is_for_esp (const FirmwareUf2Block *main)
{
  return (main->flags & FIRMWARE_UF2_FAMILY_PRESENT) != 0 &&
         firmware_uf2_family_is_esp (main->family);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (FirmwareUf2Block));
  const FirmwareUf2Block *main = NULL;
  g_autoptr (GArray) runs = read_runs (contents, blocks, &main, error);
  g_autoptr (FirmwareEspBuild) build = NULL;

  if (runs == NULL)
    return NULL;

  if (!is_for_esp (main))
    return create_image (main, runs);

  build = firmware_uf2_new_esp_build (runs, main->family, error);
  return build != NULL ? firmware_esp_build_read (build, &firmware_format_uf2, NULL, error) : NULL;
}

/* Its family says which chip it is for; another one is for the caller to set. */
static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (FirmwareUf2Block));
  const FirmwareUf2Block *main = NULL;
  g_autoptr (GArray) runs = read_runs (contents, blocks, &main, error);
  FirmwareEspBuild *build = NULL;

  if (runs == NULL)
    return NULL;

  if (!is_for_esp (main)) {
    g_autofree char *name = dup_family_name (main);

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_BUILD,
                 "The file is not for an ESP chip, but for %s", name);
    return NULL;
  }

  build = firmware_uf2_new_esp_build (runs, main->family, error);
  if (build != NULL)
    firmware_esp_build_add_input (build, file);

  return build;
}

/**
 * firmware_uf2_is_present:
 * @contents: a whole file
 *
 * Tells whether a file begins as a UF2 block does.
 *
 * Returns: whether it does
 */
gboolean
firmware_uf2_is_present (GBytes *contents)
{
  gsize size = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);

  return size >= 8 && firmware_bytes_read_u32 (data) == FIRMWARE_UF2_MAGIC_FIRST &&
         firmware_bytes_read_u32 (data + 4) == FIRMWARE_UF2_MAGIC_SECOND;
}

const FirmwareFormat firmware_format_uf2 = {
  .nick = "uf2",
  .name = "UF2 file",
  .probe = firmware_uf2_is_present,
  .read = read_image,
  .open_build = open_build,
};
