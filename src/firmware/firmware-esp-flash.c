/* firmware-esp-flash.c: the bytes of an ESP chip's flash, and what is where in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-flash.h"

#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-parameters.h"
#include "firmware-esp-partitions.h"
#include "firmware-esp-sector.h"

#include <string.h>

/* No flash that these chips take is larger. */
#define FLASH_END (128 * 1024 * 1024)
#define FLASH_SIZE_MIN (1024 * 1024)

/* The ROM writes in units of this. */
#define WRITE_ALIGNMENT 4

/* How many bytes may be filled in between scattered ones, beside the number of those. */
#define FILL_MAX (4 * 1024 * 1024)

/* Where a table is looked for at most. */
#define TABLE_END (1024 * 1024)

/* Where the ROM of one chip or another looks for the bootloader. */
static const guint32 bootloader_places[] = { 0x0, 0x1000, 0x2000 };

static guint64
get_end (const FirmwareRun *run)
{
  return run->address + g_bytes_get_size (run->data);
}

static gboolean
check_run (const FirmwareRun *run, guint64 previous_end, GError **error)
{
  if (run->address >= previous_end && get_end (run) <= FLASH_END)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH,
               "The bytes from 0x%08" G_GINT64_MODIFIER "x to 0x%08" G_GINT64_MODIFIER
               "x are not in a flash of at most 0x%x bytes",
               run->address, get_end (run), FLASH_END);
  firmware_error_set_address (error, run->address);
  return FALSE;
}

/* Runs from @first that share sectors one with the next. */
static gsize
count_sharing (const FirmwareRun *runs, gsize n_runs, gsize first)
{
  gsize i = first + 1;

  while (i < n_runs && firmware_esp_sector_start (runs[i].address) < get_end (&runs[i - 1]))
    i++;

  return i - first;
}

/* The ROM erases whole sectors, so what nobody gave between bytes of one sector becomes 0xff. */
static FirmwareRun
join_runs (const FirmwareRun *runs, gsize n_runs)
{
  guint64 start = firmware_esp_align_down (runs[0].address, WRITE_ALIGNMENT);
  gsize size = (gsize) (get_end (&runs[n_runs - 1]) - start);
  FirmwareRun joined = { .address = start };
  guint8 *data = NULL;

  if (n_runs == 1 && start == runs[0].address) {
    joined.data = g_bytes_ref (runs[0].data);
    return joined;
  }

  data = g_malloc (size);
  memset (data, 0xff, size);
  for (gsize i = 0; i < n_runs; i++) {
    gsize length = 0;
    const guint8 *bytes = g_bytes_get_data (runs[i].data, &length);

    memcpy (data + (runs[i].address - start), bytes, length);
  }

  joined.data = g_bytes_new_take (data, size);
  return joined;
}

/* Bytes that are far from each other in many sectors would become many more. */
static gboolean
check_filling (const FirmwareRun *runs, gsize n_runs, GError **error)
{
  guint64 previous_end = 0;
  guint64 n_given = 0;
  guint64 n_filled = 0;

  for (gsize i = 0; i < n_runs; i++) {
    if (!check_run (&runs[i], previous_end, error))
      return FALSE;

    if (firmware_esp_sector_start (runs[i].address) < previous_end)
      n_filled += runs[i].address - previous_end;
    n_given += g_bytes_get_size (runs[i].data);
    previous_end = get_end (&runs[i]);
  }

  if (n_filled <= n_given + FILL_MAX)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "%" G_GUINT64_FORMAT " bytes are scattered over sectors in which %" G_GUINT64_FORMAT
               " are missing; that is no flash of an ESP chip",
               n_given, n_filled);
  firmware_error_set_address (error, runs[0].address);
  return FALSE;
}

static GArray *
join_all (const FirmwareRun *runs, gsize n_runs, GError **error)
{
  GArray *joined = NULL;
  gsize n_sharing = 0;

  if (!check_filling (runs, n_runs, error))
    return NULL;

  joined = firmware_runs_new ();
  for (gsize first = 0; first < n_runs; first += n_sharing) {
    FirmwareRun run;

    n_sharing = count_sharing (runs, n_runs, first);
    run = join_runs (runs + first, n_sharing);
    g_array_append_val (joined, run);
  }

  return joined;
}

/* What there is from an address on, without a gap. */
static const guint8 *
peek (const FirmwareEspFlash *self, guint64 address, gsize *size)
{
  *size = 0;

  for (guint i = 0; i < self->runs->len; i++) {
    const FirmwareRun *run = &g_array_index (self->runs, FirmwareRun, i);

    if (address < run->address || address >= get_end (run))
      continue;

    *size = (gsize) (get_end (run) - address);
    return (const guint8 *) g_bytes_get_data (run->data, NULL) + (address - run->address);
  }

  return NULL;
}

static gboolean
is_application (const FirmwareEspFlash *self, guint64 address, FirmwareEspImage *header)
{
  gsize size = 0;
  const guint8 *data = peek (self, address, &size);

  return data != NULL && firmware_esp_image_parse (header, data, size) &&
         firmware_esp_description_is_application (data, size);
}

static gboolean
is_bootloader (const FirmwareEspFlash *self, guint64 address, FirmwareEspImage *header)
{
  gsize size = 0;
  const guint8 *data = peek (self, address, &size);

  return data != NULL && firmware_esp_image_parse (header, data, size) &&
         !firmware_esp_description_is_application (data, size);
}

/* In its chip's place before any other: one that is misplaced is still to be told. */
static void
find_bootloader (FirmwareEspFlash *self)
{
  FirmwareEspImage header;

  for (gsize i = 0; i < G_N_ELEMENTS (bootloader_places); i++) {
    const FirmwareEspChip *chip = NULL;
    guint32 place = bootloader_places[i];

    if (!is_bootloader (self, place, &header))
      continue;

    chip = firmware_esp_chip_find_by_id (header.chip_id);
    if (self->bootloader == FIRMWARE_ESP_NOWHERE)
      self->bootloader = place;

    if (chip != NULL && chip->bootloader_address == place) {
      self->bootloader = place;
      return;
    }
  }
}

/* In its usual place even a damaged one is the table; elsewhere it may be anything, unless its MD5
 * says that it is one. */
static gboolean
read_table (FirmwareEspFlash *self, guint64 address)
{
  g_auto (FirmwareEspPartitions) table = { NULL };
  gsize size = 0;
  const guint8 *data = peek (self, address, &size);

  size = MIN (size, FIRMWARE_ESP_PARTITIONS_SIZE_MAX);
  if (data == NULL || !firmware_esp_partitions_is_present (data, size))
    return FALSE;

  firmware_esp_partitions_parse (&table, data, size);
  if (table.partitions->len == 0 || (address != FIRMWARE_ESP_TABLE_ADDRESS &&
                                     (!table.has_md5 || !firmware_esp_partitions_is_good (&table))))
    return FALSE;

  self->table = (guint32) address;
  g_clear_pointer (&self->partitions, g_ptr_array_unref);
  self->partitions = g_steal_pointer (&table.partitions);
  return TRUE;
}

/* The first application, or where there can be none. */
static guint64
find_table_end (const FirmwareEspFlash *self)
{
  FirmwareEspImage header;

  for (guint64 address = 0; address < TABLE_END; address += FIRMWARE_ESP_APP_ALIGNMENT) {
    if (is_application (self, address, &header))
      return address;
  }

  return TABLE_END;
}

/* A project may put it elsewhere, but before its applications: those may hold tables, too. */
static void
find_table (FirmwareEspFlash *self)
{
  guint64 end = 0;

  if (read_table (self, FIRMWARE_ESP_TABLE_ADDRESS))
    return;

  end = find_table_end (self);
  for (guint64 address = 0; address < end; address += FIRMWARE_ESP_SECTOR_SIZE) {
    if (read_table (self, address))
      return;
  }
}

static void
find_listed_apps (FirmwareEspFlash *self)
{
  FirmwareEspImage header;

  for (guint i = 0; i < self->partitions->len; i++) {
    FirmwarePartition *partition = g_ptr_array_index (self->partitions, i);
    guint32 address = firmware_partition_get_address (partition);

    if (firmware_partition_get_partition_type (partition) == FIRMWARE_PARTITION_TYPE_APP &&
        is_application (self, address, &header))
      g_array_append_val (self->apps, address);
  }
}

static void
find_unlisted_apps (FirmwareEspFlash *self)
{
  FirmwareEspImage header;

  for (guint i = 0; i < self->runs->len; i++) {
    const FirmwareRun *run = &g_array_index (self->runs, FirmwareRun, i);
    guint32 address = (guint32) firmware_esp_align_up (run->address, FIRMWARE_ESP_APP_ALIGNMENT);

    for (; address < get_end (run); address += FIRMWARE_ESP_APP_ALIGNMENT) {
      if (is_application (self, address, &header))
        g_array_append_val (self->apps, address);
    }
  }
}

/* The bootloader first, then the applications. */
static gboolean
read_header (const FirmwareEspFlash *self, guint number, FirmwareEspImage *header)
{
  if (self->bootloader != FIRMWARE_ESP_NOWHERE && number-- == 0)
    return is_bootloader (self, self->bootloader, header);

  return number < self->apps->len &&
         is_application (self, g_array_index (self->apps, guint32, number), header);
}

static gboolean
has_loader (const FirmwareEspChip *chip)
{
  return chip != NULL && firmware_esp_chip_check_loader (chip, NULL);
}

/* One part may have come from another board; the flash is that of a chip which takes it over DFU.
 */
static void
find_chip (FirmwareEspFlash *self)
{
  FirmwareEspImage header;

  for (guint i = 0; read_header (self, i, &header) && !has_loader (self->chip); i++) {
    const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (header.chip_id);

    if (self->chip == NULL || has_loader (chip))
      self->chip = chip;
  }
}

static void
find_size (FirmwareEspFlash *self)
{
  const FirmwareRun *last = &g_array_index (self->runs, FirmwareRun, self->runs->len - 1);
  FirmwareEspImage header;
  guint32 needed = FLASH_SIZE_MIN;

  while (needed < get_end (last))
    needed *= 2;

  self->size = FIRMWARE_ESP_FLASH_SIZE_DEFAULT;
  if (read_header (self, 0, &header))
    self->size = (guint32) MIN (header.flash_size, FLASH_END);

  self->size = MAX (self->size, needed);
}

/**
 * firmware_esp_flash_survey:
 * @self: (out caller-allocates): the survey to fill; clear it afterwards, even after an error
 * @runs: (array length=n_runs): bytes with addresses, ascending and without overlap
 * @n_runs: how many, at least one
 * @chip: (nullable): the chip it is for, where that is known from elsewhere
 * @error: return location for an error
 *
 * Looks at what is where in a flash: bootloader, partition table, applications. Finding nothing is
 * no error.
 *
 * Returns: whether the bytes can be in a flash
 */
gboolean
firmware_esp_flash_survey (FirmwareEspFlash *self,
                           const FirmwareRun *runs,
                           gsize n_runs,
                           const FirmwareEspChip *chip,
                           GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (runs != NULL && n_runs > 0, FALSE);

  *self = (FirmwareEspFlash){
    .chip = chip,
    .bootloader = FIRMWARE_ESP_NOWHERE,
    .table = FIRMWARE_ESP_NOWHERE,
    .apps = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .partitions = g_ptr_array_new (),
  };

  self->runs = join_all (runs, n_runs, error);
  if (self->runs == NULL)
    return FALSE;

  find_bootloader (self);
  find_table (self);
  if (self->table != FIRMWARE_ESP_NOWHERE)
    find_listed_apps (self);
  else
    find_unlisted_apps (self);
  if (chip == NULL)
    find_chip (self);
  find_size (self);

  return TRUE;
}

/**
 * firmware_esp_flash_check_chip:
 * @self: a survey
 * @error: return location for %FIRMWARE_ERROR_UNKNOWN_CHIP or %FIRMWARE_ERROR_NO_LOADER
 *
 * Checks that it is known which chip the flash belongs to, and that this one has a DFU loader.
 *
 * Returns: whether it is so
 */
gboolean
firmware_esp_flash_check_chip (const FirmwareEspFlash *self, GError **error)
{
  FirmwareEspImage header;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->chip != NULL)
    return firmware_esp_chip_check_loader (self->chip, error);

  if (read_header (self, 0, &header)) {
    const gboolean has_bootloader = self->bootloader != FIRMWARE_ESP_NOWHERE;

    return firmware_esp_chip_find_loader (header.chip_id,
                                          has_bootloader ? "The bootloader" : "The application",
                                          error) != NULL;
  }

  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP,
                       "There is neither a bootloader nor an application that says which chip the "
                       "flash belongs to");
  return FALSE;
}

/**
 * firmware_esp_flash_clear:
 * @self: a survey
 *
 * Frees what firmware_esp_flash_survey() filled in.
 */
void
firmware_esp_flash_clear (FirmwareEspFlash *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->apps, g_array_unref);
  g_clear_pointer (&self->partitions, g_ptr_array_unref);
}
