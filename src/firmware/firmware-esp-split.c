/* firmware-esp-split.c: takes the bytes of a flash apart into what an archive can hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-split.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-facts.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-partitions.h"
#include "firmware-esp-regions.h"
#include "firmware-esp-sector.h"
#include "firmware-esp-table.h"

typedef struct {
  const FirmwareEspFlash *flash;
  FirmwareEspBuild *build;
  GHashTable *names; /* of the parts so far, owned */
  GArray *sizes;     /* of gsize, of the parts so far */
  GString *untouched;
} Splitter;

static void
splitter_clear (Splitter *self)
{
  g_clear_pointer (&self->build, firmware_esp_build_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  if (self->untouched != NULL)
    g_string_free (g_steal_pointer (&self->untouched), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Splitter, splitter_clear)

/* How many bytes there are up to the last sector that is not erased. */
static gsize
find_end (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  while (size > 0) {
    gsize sector = (gsize) firmware_esp_sector_start (size - 1);

    if (!firmware_bytes_are_erased (data + sector, size - sector))
      break;

    size = sector;
  }

  return size;
}

static gboolean
is_erased (GBytes *bytes)
{
  return find_end (bytes) == 0;
}

/* A label can be anything; the archive's names are printable and differ from each other. */
static const char *
make_name (Splitter *self, const char *name, guint64 address)
{
  char *plain = g_strdup_printf ("%s.bin", name);

  if (!firmware_esp_table_is_name (plain) || g_hash_table_contains (self->names, plain)) {
    g_free (plain);
    plain = g_strdup_printf ("data-0x%08" G_GINT64_MODIFIER "x.bin", address);
  }

  g_hash_table_add (self->names, plain);
  return plain;
}

/* Returns the name under which it was added. */
static const char *
add_part (Splitter *self, const char *name, guint64 address, GBytes *data)
{
  const char *full_name = make_name (self, name, address);
  gsize size = g_bytes_get_size (data);

  firmware_esp_build_add_data (self->build, (guint32) address, full_name, data);
  g_array_append_val (self->sizes, size);
  return full_name;
}

/* From the first sector that is not erased to the last. */
static void
add_written_sectors (Splitter *self, const char *name, guint64 address, GBytes *bytes)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize end = find_end (bytes);
  gsize first = 0;
  g_autoptr (GBytes) part = NULL;

  if (end == 0)
    return;

  while (firmware_bytes_are_erased (data + first, MIN (FIRMWARE_ESP_SECTOR_SIZE, end - first)))
    first += FIRMWARE_ESP_SECTOR_SIZE;

  part = g_bytes_new_from_bytes (bytes, first, end - first);
  add_part (self, name, address + first, part);
}

/* What is behind an application is left from an older one; behind a bootloader it was put there. */
static void
add_rest (Splitter *self,
          const FirmwareEspRegion *region,
          guint64 address,
          GBytes *data,
          guint64 image_size)
{
  gsize offset = (gsize) firmware_esp_sector_end (image_size);
  g_autoptr (GBytes) rest = NULL;
  g_autofree char *size = NULL;

  if (offset >= g_bytes_get_size (data))
    return;

  rest = g_bytes_new_from_bytes (data, offset, g_bytes_get_size (data) - offset);
  if (is_erased (rest))
    return;

  if (region->kind == FIRMWARE_ESP_REGION_BOOTLOADER) {
    add_written_sectors (self, "behind-bootloader", address + offset, rest);
    return;
  }

  size = g_strdup_printf ("%" G_GSIZE_FORMAT, find_end (rest));
  firmware_esp_build_add_finding (self->build, FIRMWARE_FINDING_REST_LEFT_OUT, region->name, size,
                                  NULL);
}

/* That it is for another chip, the look at the archive tells. */
static void
add_image (Splitter *self, const FirmwareEspRegion *region, guint64 address, GBytes *data)
{
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (data);
  g_autoptr (GBytes) image = NULL;
  guint64 size = 0;

  if (facts == NULL || address != region->start) {
    add_written_sectors (self, region->name, address, data);
    return;
  }

  size = MIN (facts->total_size, g_bytes_get_size (data));
  image = g_bytes_new_from_bytes (data, 0, (gsize) size);
  add_part (self, region->name, address, image);
  add_rest (self, region, address, data, size);
}

static void
leave_untouched (Splitter *self, const char *name)
{
  if (self->untouched->len > 0)
    g_string_append (self->untouched, ", ");
  g_string_append (self->untouched, name);
}

/* A file system or a key store takes its erased sectors for empty, so none is cut off. */
static void
add_data (Splitter *self, const FirmwareEspRegion *region, guint64 address, GBytes *data)
{
  if (is_erased (data))
    leave_untouched (self, region->name);
  else
    add_part (self, region->name, address, data);
}

static void
report_table (Splitter *self, const char *name, guint64 address)
{
  g_autofree char *found = g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address);
  g_autofree char *expected = g_strdup_printf ("0x%08x", FIRMWARE_ESP_TABLE_ADDRESS);

  firmware_esp_build_add_finding (self->build, FIRMWARE_FINDING_TABLE_MOVED, name, found, expected);
}

/* As long as the tool makes it, unless there is more in its sector. */
static void
add_table (Splitter *self, const FirmwareEspRegion *region, guint64 address, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  gsize length = MIN (size, FIRMWARE_ESP_PARTITIONS_SIZE_MAX);
  g_autoptr (GBytes) table = NULL;
  const char *name = NULL;

  if (!firmware_bytes_are_erased (bytes + length, size - length))
    length = size;

  table = g_bytes_new_from_bytes (data, 0, length);
  name = add_part (self, region->name, address, table);
  if (address != FIRMWARE_ESP_TABLE_ADDRESS)
    report_table (self, name, address);
}

static void
add_slice (Splitter *self, const FirmwareEspRegion *region, guint64 address, GBytes *data)
{
  switch (region->kind) {
  case FIRMWARE_ESP_REGION_BOOTLOADER:
  case FIRMWARE_ESP_REGION_APPLICATION:
    add_image (self, region, address, data);
    return;
  case FIRMWARE_ESP_REGION_DATA:
    add_data (self, region, address, data);
    return;
  case FIRMWARE_ESP_REGION_TABLE:
    add_table (self, region, address, data);
    return;
  case FIRMWARE_ESP_REGION_OTA_DATA:
    add_part (self, region->name, address, data);
    return;
  case FIRMWARE_ESP_REGION_NOTHING:
    break;
  }

  add_written_sectors (self, region->name, address, data);
}

static void
add_region (Splitter *self, const FirmwareEspRegion *region)
{
  for (guint i = 0; i < self->flash->runs->len; i++) {
    const FirmwareRun *run = &g_array_index (self->flash->runs, FirmwareRun, i);
    guint64 start = MAX (region->start, run->address);
    guint64 end = MIN (region->end, run->address + g_bytes_get_size (run->data));
    g_autoptr (GBytes) data = NULL;

    if (start >= end)
      continue;

    data =
      g_bytes_new_from_bytes (run->data, (gsize) (start - run->address), (gsize) (end - start));
    add_slice (self, region, start, data);
  }
}

static guint
count_members (const Splitter *self, guint32 part_size)
{
  guint n_members = 1; /* flash_params.dat */

  for (guint i = 0; i < self->sizes->len; i++)
    n_members += (guint) ((g_array_index (self->sizes, gsize, i) + part_size - 1) / part_size);

  return n_members;
}

/* The ROM takes a limited number of members, so those of a large flash must be larger. */
static guint32
choose_part_size (const Splitter *self)
{
  guint32 part_size = FIRMWARE_ESP_PART_SIZE_DEFAULT;

  while (part_size < self->flash->size &&
         count_members (self, part_size) > FIRMWARE_ESP_RECORDS_MAX)
    part_size *= 2;

  return part_size;
}

/**
 * firmware_esp_split_is_flash:
 * @runs: (array length=n_runs): bytes with addresses, as firmware_memory_join() gives them
 * @n_runs: how many
 *
 * Tells whether bytes with addresses are the flash of an ESP chip or a part of it: there is a
 * bootloader in its chip's place, or an application in its own.
 *
 * Returns: whether firmware_esp_split() makes sense without knowing the chip
 */
gboolean
firmware_esp_split_is_flash (const FirmwareRun *runs, gsize n_runs)
{
  g_auto (FirmwareEspFlash) flash = { NULL };

  if (n_runs == 0 || !firmware_esp_flash_survey (&flash, runs, n_runs, NULL, NULL))
    return FALSE;

  return flash.apps->len > 0 ||
         (flash.chip != NULL && (flash.table != FIRMWARE_ESP_NOWHERE ||
                                 flash.bootloader == flash.chip->bootloader_address));
}

/**
 * firmware_esp_split:
 * @runs: (array length=n_runs): bytes with addresses, as firmware_memory_join() gives them
 * @n_runs: how many, at least one
 * @chip: (nullable): the chip, where it is known from elsewhere; otherwise the bootloader or the
 *   first application tells
 * @error: return location for an error: the bytes are for no chip with a DFU loader, or in no flash
 *
 * Takes the flash of an ESP chip apart as its partition table says. Images are as long as they say
 * themselves, with their signatures; what nobody listed is a part of its own unless it is erased.
 *
 * A partition of data that is not wholly erased is written whole, since what it holds relies on its
 * erased sectors. One that is erased is left out: settings on the board, such as those in "nvs",
 * stay. The exception is the OTA data: it decides which application starts, so it is written even
 * then.
 *
 * Returns: (transfer full) (nullable): a build
 */
FirmwareEspBuild *
firmware_esp_split (const FirmwareRun *runs,
                    gsize n_runs,
                    const FirmwareEspChip *chip,
                    GError **error)
{
  g_auto (FirmwareEspFlash) flash = { NULL };
  g_auto (Splitter) self = { .flash = &flash };
  g_autoptr (GArray) regions = NULL;

  g_return_val_if_fail (runs != NULL && n_runs > 0, NULL);

  if (!firmware_esp_flash_survey (&flash, runs, n_runs, chip, error) ||
      !firmware_esp_flash_check_chip (&flash, error))
    return NULL;

  self.build = firmware_esp_build_new ();
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  self.untouched = g_string_new (NULL);
  firmware_esp_build_set_chip (self.build, flash.chip);
  firmware_esp_build_set_flash_size (self.build, flash.size);

  regions = firmware_esp_regions_find (&flash);
  for (guint i = 0; i < regions->len; i++)
    add_region (&self, &g_array_index (regions, FirmwareEspRegion, i));

  if (self.sizes->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOTHING_TO_WRITE,
                         "All bytes are those of an erased flash, so there is nothing to write");
    return NULL;
  }

  firmware_esp_build_set_part_size (self.build, choose_part_size (&self));
  if (self.untouched->len > 0)
    firmware_esp_build_add_finding (self.build, FIRMWARE_FINDING_LEFT_UNTOUCHED, NULL,
                                    self.untouched->str, NULL);

  return g_steal_pointer (&self.build);
}
