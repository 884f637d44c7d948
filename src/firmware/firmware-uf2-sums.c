/* firmware-uf2-sums.c: the MD5 sums in a UF2 file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-table.h"

#include <string.h>

/* Region's start, region's length, sum. */
#define START 0
#define LENGTH 4
#define SUM 8

/* A region of the flash and what a block says of it. */
typedef struct {
  guint64 start;
  guint64 end;
  const guint8 *sum;
  const FirmwareUf2Block *block;
} Region;

static gboolean
read_region (Region *region, const FirmwareUf2Block *block, gsize at)
{
  const guint8 *data = block->data + at;

  region->start = firmware_bytes_read_u32 (data + START);
  region->end = region->start + firmware_bytes_read_u32 (data + LENGTH);
  region->sum = data + SUM;
  region->block = block;

  return region->start <= block->address && region->end >= (guint64) block->address + block->size;
}

/* The specification puts it at the end of the data. Espressif's tools put it right behind the
 * payload, which is another place in the last block of a file. */
static gboolean
find_region (Region *region, const FirmwareUf2Block *block, GError **error)
{
  if (read_region (region, block, FIRMWARE_UF2_DATA_SIZE - FIRMWARE_UF2_MD5_SIZE) ||
      read_region (region, block, block->size))
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_DIGEST,
               "Block %u at offset 0x%" G_GSIZE_MODIFIER
               "x says it has an MD5 sum, but there is none for its address 0x%08x",
               block->number, block->offset, block->address);
  firmware_error_set_offset (error, block->offset);
  return FALSE;
}

static gboolean
check_sum (const Region *region, const guint8 *data, GError **error)
{
  const gsize size = (gsize) (region->end - region->start);
  guint8 sum[FIRMWARE_ESP_RECORD_MD5_LENGTH];

  firmware_esp_md5 (sum, data, size);
  if (memcmp (sum, region->sum, sizeof sum) == 0)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_DIGEST,
               "Block %u at offset 0x%" G_GSIZE_MODIFIER "x: the MD5 sum of the %" G_GSIZE_FORMAT
               " bytes for 0x%08" G_GINT64_MODIFIER "x is wrong",
               region->block->number, region->block->offset, size, region->start);
  firmware_error_set_offset (error, region->block->offset);
  return FALSE;
}

static gboolean
is_block_itself (const Region *region)
{
  return region->start == region->block->address &&
         region->end - region->start == region->block->size;
}

/* Sums of single blocks are checked at once, those of larger regions are kept. */
static gboolean
read_sums (GArray *regions, GArray *blocks, GError **error)
{
  for (guint i = 0; i < blocks->len; i++) {
    const FirmwareUf2Block *block = &g_array_index (blocks, FirmwareUf2Block, i);
    Region region;

    if (block->is_skipped || (block->flags & FIRMWARE_UF2_MD5_PRESENT) == 0)
      continue;

    if (!find_region (&region, block, error))
      return FALSE;

    if (!is_block_itself (&region))
      g_array_append_val (regions, region);
    else if (!check_sum (&region, block->data, error))
      return FALSE;
  }

  return TRUE;
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const Region *first = a;
  const Region *second = b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;

  return (first->end > second->end) - (first->end < second->end);
}

static gboolean
is_same (const Region *first, const Region *second)
{
  return compare_regions (first, second) == 0 &&
         memcmp (first->sum, second->sum, FIRMWARE_ESP_RECORD_MD5_LENGTH) == 0;
}

static gboolean
refuse_contradiction (const Region *first, const Region *second, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The blocks at offsets 0x%" G_GSIZE_MODIFIER "x and 0x%" G_GSIZE_MODIFIER
               "x have MD5 sums of regions that share some bytes, which makes no sense",
               first->block->offset, second->block->offset);
  firmware_error_set_offset (error, second->block->offset);
  return FALSE;
}

/* A region may reach into what the file does not have; its sum is then for the flash alone. */
static const guint8 *
find_data (GArray *runs, guint *i, const Region *region)
{
  const FirmwareRun *run = NULL;
  gsize size = 0;
  const guint8 *data = NULL;

  while (*i < runs->len) {
    run = &g_array_index (runs, FirmwareRun, *i);
    data = g_bytes_get_data (run->data, &size);
    if (region->start < run->address + size)
      break;
    (*i)++;
  }

  if (*i == runs->len || region->start < run->address || region->end > run->address + size)
    return NULL;

  return data + (region->start - run->address);
}

/* Regions that share nothing take no more time than the file is long. */
static gboolean
check_regions (GArray *regions, GArray *runs, GError **error)
{
  const Region *previous = NULL;
  guint n_run = 0;

  g_array_sort (regions, compare_regions);

  for (guint i = 0; i < regions->len; i++) {
    const Region *region = &g_array_index (regions, Region, i);
    const guint8 *data = NULL;

    if (previous != NULL && is_same (previous, region))
      continue;
    if (previous != NULL && region->start < previous->end)
      return refuse_contradiction (previous, region, error);

    data = find_data (runs, &n_run, region);
    if (data != NULL && !check_sum (region, data, error))
      return FALSE;

    previous = region;
  }

  return TRUE;
}

/**
 * firmware_uf2_check_sums:
 * @blocks: (element-type FirmwareUf2Block): all blocks of a file
 * @runs: (element-type FirmwareRun): what they add up to
 * @error: return location for %FIRMWARE_ERROR_DIGEST or %FIRMWARE_ERROR_MALFORMED
 *
 * Checks the MD5 sums that blocks have of themselves or of a region around them.
 *
 * Returns: whether all are right
 */
gboolean
firmware_uf2_check_sums (GArray *blocks, GArray *runs, GError **error)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (Region));

  return read_sums (regions, blocks, error) && check_regions (regions, runs, error);
}
