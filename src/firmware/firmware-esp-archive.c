/* firmware-esp-archive.c: ESP-IDF's dfu.bin, from the file to segments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-archive.h"

#include "firmware-cpio.h"
#include "firmware-dfu-suffix.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-parts.h"
#include "firmware-esp-role.h"
#include "firmware-format.h"
#include "firmware-image-private.h"

#include <string.h>

#define NAME_EXTENSION ".bin"

static gboolean
read_suffix (FirmwareDfuSuffix *suffix,
             const FirmwareEspChip **chip,
             GBytes *contents,
             GError **error)
{
  if (!firmware_dfu_suffix_is_present (contents)) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                         "The file begins as an ESP archive but has no DFU suffix at its end");
    return FALSE;
  }

  *chip = NULL;
  if (!firmware_dfu_suffix_parse (suffix, contents, error))
    return FALSE;

  if (suffix->vendor == FIRMWARE_ESP_VENDOR)
    *chip = firmware_esp_chip_find_by_product (suffix->product);

  if (*chip == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The file is an ESP archive, but its DFU suffix is for %04x:%04x, which is no ESP "
                 "chip with a DFU loader",
                 suffix->vendor, suffix->product);
    return FALSE;
  }

  return TRUE;
}

/* "app.bin", "app.bin.1", "app.bin.2" one behind the other are what the tool cut. */
static guint
count_pieces (GArray *parts, guint first)
{
  const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
  guint n_pieces = 1;

  for (guint i = first + 1; i < parts->len; i++, n_pieces++) {
    const FirmwareEspPart *previous = &g_array_index (parts, FirmwareEspPart, i - 1);
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);
    g_autofree char *name = g_strdup_printf ("%s.%u", head->name, n_pieces);

    if (!g_str_equal (part->name, name) || part->address != previous->address + previous->size)
      break;
  }

  return n_pieces;
}

static GBytes *
join_pieces (GBytes *payload, GArray *parts, guint first, guint n_pieces)
{
  const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
  GByteArray *joined = NULL;

  if (n_pieces == 1)
    return g_bytes_new_from_bytes (payload, head->offset, head->size);

  joined = g_byte_array_new ();
  for (guint i = first; i < first + n_pieces; i++) {
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);
    const guint8 *data = g_bytes_get_data (payload, NULL);

    g_byte_array_append (joined, data + part->offset, (guint) part->size);
  }

  return g_byte_array_free_to_bytes (joined);
}

/* The ROM does not look at chip ids; the board would be written and then not start. */
static gboolean
check_chip (const FirmwareEspChip *chip, const char *name, GBytes *data, GError **error)
{
  FirmwareEspImage header;
  const FirmwareEspChip *other = NULL;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  if (!firmware_esp_image_parse (&header, bytes, size) || header.chip_id == chip->id)
    return TRUE;

  other = firmware_esp_chip_find_by_id (header.chip_id);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "%s was built for %s (chip id 0x%04x), but the archive is for %s", name,
               other != NULL ? other->name : "an unknown chip", header.chip_id, chip->name);
  return FALSE;
}

static gboolean
add_segments (FirmwareImage *image, GArray *parts, const FirmwareEspChip *chip, GError **error)
{
  GBytes *payload = firmware_image_get_payload (image);
  guint n_pieces = 0;

  for (guint first = 0; first < parts->len; first += n_pieces) {
    const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
    g_autoptr (FirmwareSegment) segment = NULL;
    g_autoptr (GBytes) data = NULL;
    g_autoptr (FirmwareEspFacts) facts = NULL;
    FirmwareRole role = FIRMWARE_ROLE_DATA;

    n_pieces = count_pieces (parts, first);
    data = join_pieces (payload, parts, first, n_pieces);
    if (!check_chip (chip, head->name, data, error))
      return FALSE;

    role = firmware_esp_role_find (head->name, head->address, data, chip);
    facts = firmware_esp_facts_new (data);
    segment = firmware_segment_new_with_facts (head->name, head->address, data, role, facts);
    firmware_image_add_segment (image, segment);

    for (guint i = first; i < first + n_pieces; i++) {
      const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);

      firmware_image_add_piece (image, part->offset, part->size, segment, part->address);
    }
  }

  return TRUE;
}

/* The first application that describes itself speaks for the firmware. */
static char *
describe (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    g_auto (FirmwareEspDescription) description = { NULL };
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

    if (firmware_segment_get_role (segment) != FIRMWARE_ROLE_APPLICATION ||
        !firmware_esp_description_parse (&description, data, size))
      continue;

    firmware_image_set_build (image, description.idf_version, description.date);
    return firmware_esp_description_dup_title (&description);
  }

  return NULL;
}

static char *
name_after_largest (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autoptr (FirmwareSegment) largest = g_list_model_get_item (segments, 0);
  const char *name = NULL;

  for (guint i = 1; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (firmware_segment_get_size (segment) > firmware_segment_get_size (largest))
      g_set_object (&largest, segment);
  }

  name = firmware_segment_get_name (largest);
  if (!g_str_has_suffix (name, NAME_EXTENSION) || g_str_equal (name, NAME_EXTENSION))
    return g_strdup (name);

  return g_strndup (name, strlen (name) - strlen (NAME_EXTENSION));
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GArray) parts = NULL;
  g_autofree char *title = NULL;
  const FirmwareEspChip *chip = NULL;
  FirmwareDfuSuffix suffix;
  guint32 flash_size = 0;

  if (!read_suffix (&suffix, &chip, contents, error))
    return NULL;

  payload = g_bytes_new_from_bytes (contents, 0, g_bytes_get_size (contents) - suffix.length);
  parts = firmware_esp_parts_read (payload, &flash_size, error);
  if (parts == NULL)
    return NULL;

  image = firmware_image_new (&firmware_format_esp_archive, payload, &suffix);
  firmware_image_set_target (image, chip->name, flash_size);
  if (!add_segments (image, parts, chip, error))
    return NULL;

  title = describe (image);
  if (title == NULL)
    title = name_after_largest (image);
  firmware_image_set_title (image, title);

  return g_steal_pointer (&image);
}

const FirmwareFormat firmware_format_esp_archive = {
  .nick = "esp-archive",
  .name = "ESP-IDF DFU archive",
  .probe = firmware_cpio_is_present,
  .read = read_image,
};
