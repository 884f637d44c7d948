/* firmware-esp-archive.c: ESP-IDF's dfu.bin, from the file to segments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-archive.h"

#include "firmware-cpio.h"
#include "firmware-dfu-suffix.h"
#include "firmware-error.h"
#include "firmware-esp-join.h"
#include "firmware-esp-parts.h"
#include "firmware-esp-segments.h"
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
    firmware_dfu_suffix_locate (error, contents);
    return FALSE;
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
    const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);

    if (firmware_segment_get_role (segment) != FIRMWARE_ROLE_APPLICATION || facts == NULL ||
        !facts->is_described)
      continue;

    firmware_image_set_build (image, facts->application.idf_version, facts->application.date);
    return firmware_esp_description_dup_title (&facts->application);
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
read_archive (GBytes *contents,
              FirmwareEspMd5 md5,
              const FirmwareEspArchiveInput *inputs,
              gsize n_inputs,
              GError **error)
{
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GArray) parts = NULL;
  g_autofree char *title = NULL;
  const FirmwareEspChip *chip = NULL;
  FirmwareDfuSuffix suffix;
  guint32 flash_size = 0;
  gboolean has_parameters = FALSE;
  FirmwareEspContext context = { .inputs = inputs, .n_inputs = n_inputs };

  if (!read_suffix (&suffix, &chip, contents, error))
    return NULL;

  payload = g_bytes_new_from_bytes (contents, 0, g_bytes_get_size (contents) - suffix.length);
  parts = firmware_esp_parts_read (payload, md5, &flash_size, &has_parameters, error);
  if (parts == NULL)
    return NULL;

  image = firmware_image_new (&firmware_format_esp_archive, payload, &suffix);
  firmware_image_set_target (image, chip->name, flash_size);

  context.image = image;
  context.chip = chip;
  context.flash_size = has_parameters ? flash_size : 0;
  firmware_esp_segments_add (&context, parts);
  firmware_esp_checks_run (&context);

  title = describe (image);
  if (title == NULL)
    title = name_after_largest (image);
  firmware_image_set_title (image, title);

  return g_steal_pointer (&image);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  FirmwareImage *image = read_archive (contents, FIRMWARE_ESP_MD5_VERIFY, NULL, 0, error);

  if (image != NULL)
    firmware_esp_archive_join (image);

  return image;
}

/**
 * firmware_esp_archive_examine:
 * @contents: what firmware_esp_archive_write() has made, just now
 * @inputs: (array length=n_inputs): of these
 * @n_inputs: how many
 * @error: return location for an error
 *
 * Reads an archive with every check that a stranger's goes through, but for the MD5s, which were
 * computed from these bytes. See firmware_esp_archive_join() for what the image lacks.
 *
 * Returns: (transfer full) (nullable): the image
 */
FirmwareImage *
firmware_esp_archive_examine (GBytes *contents,
                              const FirmwareEspArchiveInput *inputs,
                              gsize n_inputs,
                              GError **error)
{
  g_return_val_if_fail (contents != NULL, NULL);

  return read_archive (contents, FIRMWARE_ESP_MD5_TRUST, inputs, n_inputs, error);
}

/**
 * firmware_esp_archive_join:
 * @image: an archive that nobody else has seen yet
 *
 * Gives an image that is to be sent to a board its firmware_image_get_joined().
 */
void
firmware_esp_archive_join (FirmwareImage *image)
{
  g_autoptr (FirmwareImage) joined = firmware_esp_join (image);

  firmware_image_set_joined (image, joined);
}

const FirmwareFormat firmware_format_esp_archive = {
  .nick = "esp-archive",
  .name = "ESP-IDF DFU archive",
  .probe = firmware_cpio_is_present,
  .read = read_image,
};
