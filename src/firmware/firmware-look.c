/* firmware-look.c: what a file is, even if no board can be given it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-look.h"

#include "firmware-error.h"
#include "firmware-esp-checks.h"
#include "firmware-esp-flash.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-raw.h"

static FirmwareImage *
look_at_raw (GBytes *contents)
{
  FirmwareImage *image = NULL;

  if (!firmware_raw_is_possible (contents))
    return NULL;

  image = firmware_raw_read (contents, NULL);
  if (image != NULL)
    firmware_image_report (image, FIRMWARE_FINDING_NO_HEADER, NULL, NULL, NULL);

  return image;
}

/* What it divides is the flash of any chip, so it says nothing of one. */
static FirmwareImage *
look_at_table (GBytes *contents, const char *name)
{
  g_auto (FirmwareEspPartitions) table = { NULL };
  g_autoptr (FirmwareSegment) segment = NULL;
  FirmwareEspContext context = { NULL };
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);

  if (!firmware_esp_partitions_is_present (data, size))
    return NULL;

  context.image = firmware_image_new (&firmware_format_esp_binary, NULL, NULL);
  segment = firmware_segment_new (name, FIRMWARE_ESP_TABLE_ADDRESS, contents,
                                  FIRMWARE_ROLE_PARTITION_TABLE);
  firmware_image_add_segment (context.image, segment);
  firmware_esp_partitions_parse (&table, data, size);
  firmware_esp_checks_add_table (&context, name, &table);
  firmware_image_report (context.image, FIRMWARE_FINDING_NO_CHIP, name, NULL, NULL);

  return context.image;
}

/* @reason: why no board can be given it */
static FirmwareImage *
look_at (GBytes *contents, const char *name, const GError *reason)
{
  if (g_error_matches (reason, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT))
    return look_at_raw (contents);
  if (g_error_matches (reason, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP))
    return look_at_table (contents, name);

  return NULL;
}

static FirmwareImage *
look_at_file (GFile *file, const GError *reason, GCancellable *cancellable)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name != NULL ? name : "");
  g_autoptr (GBytes) contents =
    firmware_file_read (file, FIRMWARE_IMAGE_MAX_SIZE, cancellable, NULL);

  return contents != NULL ? look_at (contents, display, reason) : NULL;
}

/**
 * firmware_look_at_files:
 * @files: (element-type GFile): at least one
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Does firmware_image_load_files(), and tells also of a single file what it is when no board can be
 * given it: bytes of no known format, which %FIRMWARE_FINDING_NO_HEADER says, and a partition table
 * alone, with %FIRMWARE_FINDING_NO_CHIP.
 *
 * Returns: (transfer full) (nullable): an image to be looked at
 */
FirmwareImage *
firmware_look_at_files (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  FirmwareImage *image = firmware_image_load_files (files, cancellable, &local_error);

  if (image == NULL && files->len == 1 && local_error->domain == FIRMWARE_ERROR)
    image = look_at_file (g_ptr_array_index (files, 0), local_error, cancellable);
  if (image == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return image;
}

/**
 * firmware_look_at_bytes:
 * @contents: a whole file
 * @error: return location for an error
 *
 * Does firmware_look_at_files() with bytes of which no name is known.
 *
 * Returns: (transfer full) (nullable): an image to be looked at
 */
FirmwareImage *
firmware_look_at_bytes (GBytes *contents, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  FirmwareImage *image = firmware_image_new_from_bytes (contents, &local_error);

  if (image == NULL)
    image = look_at (contents, "partition-table.bin", local_error);
  if (image == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return image;
}
