/* firmware-uf2-numbers.c: whether all blocks of a UF2 file are there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-error.h"

#include <string.h>

/* As many ranges of missing blocks as an error names. */
#define RANGES_MAX 8

/* Blocks that belong together: each number from 0 to the count comes once, in any order.
 *
 * The specification knows one series in a file. Espressif's tools number the blocks of each of
 * their input files anew, so there is one series behind the other. */
typedef struct {
  guint32 count;
  guint32 n_seen; /* 0 between two series */
  gsize offset;   /* of the series' first block in the file */
  guint32
    *places;      /* of each number: 1 + the index of its block in the file, 0 when it is missing */
  guint n_places; /* numbers beyond this are not kept: there are not so many blocks in the file */
  GArray *blocks;
} Series;

static void
series_clear (Series *self)
{
  g_clear_pointer (&self->places, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static guint32
find_missing (const Series *self, guint32 from)
{
  const guint32 end = MIN (self->count, self->n_places);

  while (from < end && self->places[from] != 0)
    from++;

  return from;
}

static char *
list_missing (const Series *self)
{
  const guint32 end = MIN (self->count, self->n_places);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_ranges = 0;
  guint32 first = find_missing (self, 0);

  while (first < end && n_ranges++ < RANGES_MAX) {
    guint32 last = first;

    while (last + 1 < end && self->places[last + 1] == 0)
      last++;

    g_string_append_printf (text, text->len > 0 ? ", %u" : "%u", first);
    if (last > first)
      g_string_append_printf (text, "-%u", last);
    first = find_missing (self, last + 1);
  }

  if (first < end || self->count > self->n_places)
    g_string_append (text, text->len > 0 ? ", ..." : "...");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
refuse_missing (const Series *self, GError **error)
{
  g_autofree char *missing = list_missing (self);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART,
               "%u of the %u blocks that begin at offset 0x%" G_GSIZE_MODIFIER
               "x are missing; their numbers: %s",
               self->count - self->n_seen, self->count, self->offset, missing);
}

/* A block 0 that does not fit begins another series. */
static gboolean
refuse_start (const Series *self, const FirmwareUf2Block *block, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART,
               "At offset 0x%" G_GSIZE_MODIFIER "x a series of %u blocks begins, but of the %u "
               "blocks that begin at offset 0x%" G_GSIZE_MODIFIER "x number %u has not come",
               block->offset, block->count, self->count, self->offset, find_missing (self, 0));
  return FALSE;
}

static gboolean
refuse_count (const Series *self, const FirmwareUf2Block *block, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Block %u at offset 0x%" G_GSIZE_MODIFIER
               "x says there are %u blocks; the one at offset 0x%" G_GSIZE_MODIFIER "x says %u",
               block->number, block->offset, block->count, self->offset, self->count);
  return FALSE;
}

static gboolean
refuse_duplicate (const Series *self, const FirmwareUf2Block *block, GError **error)
{
  const guint32 place = self->places[block->number] - 1;
  const FirmwareUf2Block *first = &g_array_index (self->blocks, FirmwareUf2Block, place);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Block %u is there twice: at offset 0x%" G_GSIZE_MODIFIER
               "x and at offset 0x%" G_GSIZE_MODIFIER "x",
               block->number, first->offset, block->offset);
  return FALSE;
}

static gboolean
series_add (Series *self, guint index, GError **error)
{
  const FirmwareUf2Block *block = &g_array_index (self->blocks, FirmwareUf2Block, index);
  gboolean is_duplicate = FALSE;

  if (self->n_seen == 0) {
    self->count = block->count;
    self->offset = block->offset;
  }

  is_duplicate = block->number < self->n_places && self->places[block->number] != 0;
  if (block->number == 0 && (is_duplicate || block->count != self->count))
    return refuse_start (self, block, error);
  if (block->count != self->count)
    return refuse_count (self, block, error);
  if (is_duplicate)
    return refuse_duplicate (self, block, error);

  if (block->number < self->n_places)
    self->places[block->number] = index + 1;

  self->n_seen++;
  return TRUE;
}

/* So many different numbers below the count are all of them, and all were kept. */
static void
finish_series (Series *self)
{
  if (self->n_seen < self->count)
    return;

  memset (self->places, 0, self->count * sizeof *self->places);
  self->n_seen = 0;
}

/**
 * firmware_uf2_check_numbers:
 * @blocks: (element-type FirmwareUf2Block): all blocks of a file, each good in itself
 * @main: one of them
 * @error: return location for %FIRMWARE_ERROR_MISSING_PART or %FIRMWARE_ERROR_MALFORMED
 *
 * Checks that of @main's family no block is missing and none is there twice. Those of others are
 * left to others, as the specification wants it.
 *
 * Returns: whether the blocks are complete
 */
gboolean
firmware_uf2_check_numbers (GArray *blocks, const FirmwareUf2Block *main, GError **error)
{
  g_auto (Series) series = {
    .places = g_new0 (guint32, 2 * blocks->len),
    .n_places = 2 * blocks->len,
    .blocks = blocks,
  };

  for (guint i = 0; i < blocks->len; i++) {
    const FirmwareUf2Block *block = &g_array_index (blocks, FirmwareUf2Block, i);

    if (block->is_ignored || !firmware_uf2_block_is_of (block, main))
      continue;

    if (!series_add (&series, i, error)) {
      firmware_error_set_offset (error, block->offset);
      return FALSE;
    }

    finish_series (&series);
  }

  if (series.n_seen == 0)
    return TRUE;

  refuse_missing (&series, error);
  firmware_error_set_offset (error, series.offset);
  return FALSE;
}
