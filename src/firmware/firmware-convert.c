/* firmware-convert.c: one file of a firmware to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-convert.h"

#include "firmware-dfuse.h"
#include "firmware-error.h"
#include "firmware-flatten.h"
#include "firmware-format.h"
#include "firmware-ihex.h"

G_DEFINE_ENUM_TYPE (FirmwareOutput,
                    firmware_output,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_OUTPUT_DFU, "dfu"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_OUTPUT_DFUSE, "dfuse"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_OUTPUT_BIN, "bin"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_OUTPUT_HEX, "hex"))

static gboolean
is_dfuse (FirmwareImage *image)
{
  return firmware_image_get_format (image) == &firmware_format_dfuse;
}

/* A name that a format has made up of an address or an alternate setting is none to write down. */
static FirmwareSegment *
place_segment (FirmwareImage *image, FirmwareSegment *segment, const FirmwareConversion *conversion)
{
  g_autofree char *default_name = NULL;
  guint8 alternate = firmware_segment_get_alternate (segment);
  const char *name = conversion->name;

  if (!is_dfuse (image) && conversion->alternate != FIRMWARE_CONVERSION_UNSET)
    alternate = (guint8) conversion->alternate;

  if (name == NULL && is_dfuse (image))
    name = firmware_segment_get_name (segment);
  if (name == NULL) {
    default_name = firmware_dfuse_dup_default_name (alternate);
    name = default_name;
  }

  return firmware_segment_new_for_alternate (name, alternate,
                                             firmware_segment_get_address (segment),
                                             firmware_segment_get_data (segment));
}

static void
add_part (GListStore *parts,
          FirmwareImage *image,
          FirmwareSegment *segment,
          const FirmwareConversion *conversion)
{
  g_autoptr (FirmwareSegment) part = NULL;

  if (is_dfuse (image) && conversion->alternate != FIRMWARE_CONVERSION_UNSET &&
      firmware_segment_get_alternate (segment) != conversion->alternate)
    return;

  part = place_segment (image, segment, conversion);
  g_list_store_append (parts, part);
}

static gboolean
add_payload (GListStore *parts,
             FirmwareImage *image,
             const FirmwareConversion *conversion,
             GError **error)
{
  g_autoptr (FirmwareSegment) segment = NULL;

  if (conversion->address == FIRMWARE_CONVERSION_UNSET) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_ADDRESS,
                 "The %s does not say where its bytes go", firmware_image_get_origin (image)->name);
    return FALSE;
  }

  segment = firmware_segment_new ("", (guint64) conversion->address,
                                  firmware_image_get_payload (image), FIRMWARE_ROLE_DATA);
  add_part (parts, image, segment, conversion);
  return TRUE;
}

static gboolean
check_parts (GListModel *parts, const FirmwareConversion *conversion, GError **error)
{
  guint n_parts = g_list_model_get_n_items (parts);
  g_autoptr (FirmwareSegment) first = g_list_model_get_item (parts, 0);
  g_autoptr (FirmwareSegment) last = g_list_model_get_item (parts, MAX (n_parts, 1) - 1);

  if (n_parts == 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOT_CONVERTIBLE,
                 "The image has no part for alternate setting %d", conversion->alternate);
    return FALSE;
  }

  /* Only DfuSe can say which bytes go to which memory, as long as they stay apart. */
  if (firmware_segment_get_alternate (first) != firmware_segment_get_alternate (last) &&
      (conversion->output != FIRMWARE_OUTPUT_DFUSE ||
       conversion->fill != FIRMWARE_CONVERSION_UNSET)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_SEVERAL_MEMORIES,
                 "The image is for alternate settings %u to %u",
                 firmware_segment_get_alternate (first), firmware_segment_get_alternate (last));
    return FALSE;
  }

  return TRUE;
}

/* Makes one part of all, where gaps are to be filled. */
static GListModel *
fill_gaps (GListStore *parts, int fill, GError **error)
{
  g_autoptr (FirmwareSegment) first = g_list_model_get_item (G_LIST_MODEL (parts), 0);
  g_autoptr (FirmwareSegment) filled = NULL;
  g_autoptr (GBytes) data = firmware_flatten (G_LIST_MODEL (parts), fill, error);

  if (data == NULL)
    return NULL;

  filled = firmware_segment_new_for_alternate (firmware_segment_get_name (first),
                                               firmware_segment_get_alternate (first),
                                               firmware_segment_get_address (first), data);
  g_list_store_remove_all (parts);
  g_list_store_append (parts, filled);

  return G_LIST_MODEL (g_object_ref (parts));
}

/* Lists what is to be written, each part with its place. */
static GListModel *
list_parts (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autoptr (GListStore) parts = g_list_store_new (FIRMWARE_TYPE_SEGMENT);

  if (firmware_image_has_addresses (image) && conversion->address != FIRMWARE_CONVERSION_UNSET) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOT_CONVERTIBLE,
                         "The image says itself where its bytes go");
    return NULL;
  }

  if (!firmware_image_has_addresses (image) && !add_payload (parts, image, conversion, error))
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    add_part (parts, image, segment, conversion);
  }

  if (!check_parts (G_LIST_MODEL (parts), conversion, error))
    return NULL;

  if (conversion->fill != FIRMWARE_CONVERSION_UNSET)
    return fill_gaps (parts, conversion->fill, error);

  return G_LIST_MODEL (g_steal_pointer (&parts));
}

/* What a device takes byte after byte. */
static GBytes *
list_bytes (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  g_autoptr (GListModel) parts = NULL;

  if (!firmware_image_has_addresses (image))
    return g_bytes_ref (firmware_image_get_payload (image));

  parts = list_parts (image, conversion, error);
  if (parts == NULL)
    return NULL;

  return firmware_flatten (parts, conversion->fill, error);
}

static const FirmwareDfuSuffix *
get_ids (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  const FirmwareDfuSuffix *ids =
    conversion->ids != NULL ? conversion->ids : firmware_image_get_suffix (image);

  if (ids == NULL)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_DEVICE,
                 "The %s does not say which device it is for",
                 firmware_image_get_origin (image)->name);

  return ids;
}

static GBytes *
write_dfu (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  const FirmwareDfuSuffix *ids = get_ids (image, conversion, error);
  g_autoptr (GBytes) bytes = NULL;
  FirmwareDfuSuffix suffix;

  if (ids == NULL)
    return NULL;

  if (firmware_image_get_payload (image) != NULL)
    bytes = g_bytes_ref (firmware_image_get_payload (image));
  else
    bytes = list_bytes (image, conversion, error);
  if (bytes == NULL)
    return NULL;

  suffix = *ids;
  suffix.specification = FIRMWARE_DFU_SUFFIX_DFU;

  return firmware_dfu_suffix_append_ids (bytes, &suffix);
}

static GBytes *
write_dfuse (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  const FirmwareDfuSuffix *ids = NULL;
  g_autoptr (GListModel) parts = NULL;

  if (firmware_image_get_format (image) == &firmware_format_esp_archive) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOT_CONVERTIBLE,
                 "The ROM of an %s takes nothing but an ESP archive",
                 firmware_image_get_chip (image));
    return NULL;
  }

  ids = get_ids (image, conversion, error);
  if (ids == NULL)
    return NULL;

  parts = list_parts (image, conversion, error);
  if (parts == NULL)
    return NULL;

  return firmware_dfuse_write (parts, ids, error);
}

static GBytes *
write_hex (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  g_autoptr (GListModel) parts = list_parts (image, conversion, error);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (FirmwareRun));

  if (parts == NULL)
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (parts); i++) {
    g_autoptr (FirmwareSegment) part = g_list_model_get_item (parts, i);
    const FirmwareRun run = {
      .address = firmware_segment_get_address (part),
      .data = firmware_segment_get_data (part), /* which the list holds */
    };

    g_array_append_val (runs, run);
  }

  return firmware_ihex_write ((const FirmwareRun *) runs->data, runs->len, error);
}

/**
 * firmware_convert:
 * @image: an image
 * @conversion: what to make of it
 * @error: return location for a %FIRMWARE_ERROR that says what @conversion lacks, or that it cannot
 *   be done
 *
 * Turns a firmware into a file of another format. A file for a device is still to be read back
 * before it is offered to anyone: the bytes of raw firmware may be what a device must not be given.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
firmware_convert (FirmwareImage *image, const FirmwareConversion *conversion, GError **error)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (conversion != NULL, NULL);

  switch (conversion->output) {
  case FIRMWARE_OUTPUT_DFU:
    return write_dfu (image, conversion, error);
  case FIRMWARE_OUTPUT_DFUSE:
    return write_dfuse (image, conversion, error);
  case FIRMWARE_OUTPUT_BIN:
    return list_bytes (image, conversion, error);
  case FIRMWARE_OUTPUT_HEX:
    return write_hex (image, conversion, error);
  }

  g_return_val_if_reached (NULL);
}
