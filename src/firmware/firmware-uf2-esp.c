/* firmware-uf2-esp.c: a UF2 file for an ESP chip, as what its ROM takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-error.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-uf2-family.h"

static const FirmwareEspChip *
find_chip (guint32 family, GError **error)
{
  const char *name = firmware_uf2_family_name (family);
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_name (name);

  if (chip != NULL)
    return firmware_esp_chip_check_loader (chip, error) ? chip : NULL;

  /* The ESP8266 has no chip id either. */
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
               "The %s has no DFU loader in its ROM", name);
  return NULL;
}

/* No ROM looks for an application at address 0. It is a file for a UF2 bootloader such as TinyUF2,
 * in which addresses are counted from the start of an app partition that only the board knows. */
static gboolean
is_relative (GArray *runs)
{
  const FirmwareRun *run = &g_array_index (runs, FirmwareRun, 0);
  FirmwareEspImage header;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (run->data, &size);

  return run->address == 0 && firmware_esp_image_parse (&header, data, size) &&
         firmware_esp_description_is_application (data, size);
}

/* Of what belongs to an application, nothing but that can have its usual place. */
static gboolean
check_relative (GArray *runs, GError **error)
{
  if (runs->len == 1)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The file has an application at address 0, so its addresses are counted from the "
               "start of a partition, and more at 0x%08" G_GINT64_MODIFIER
               "x, whose place in the flash it does not say",
               g_array_index (runs, FirmwareRun, 1).address);
  return FALSE;
}

static gboolean
is_known (FirmwareRole role)
{
  return role == FIRMWARE_ROLE_APPLICATION || role == FIRMWARE_ROLE_BOOTLOADER ||
         role == FIRMWARE_ROLE_PARTITION_TABLE;
}

/* Where nothing else is in its place, addresses may as well be counted from a partition's start. */
static FirmwareSegment *
find_unplaced (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (is_known (firmware_segment_get_role (segment)))
      return NULL;
  }

  return g_list_model_get_item (segments, 0);
}

static void
add_proposal (FirmwareImage *image, FirmwareSegment *segment)
{
  g_autofree char *address =
    g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", firmware_segment_get_address (segment));

  firmware_image_report (image, FIRMWARE_FINDING_PLACE_PROPOSED,
                         firmware_segment_get_name (segment), address, NULL);
}

/**
 * firmware_uf2_read_esp:
 * @runs: (element-type FirmwareRun): the bytes of a file in the order of addresses, at least one
 * @family: an ESP chip's
 * @error: return location for an error; %FIRMWARE_ERROR_NO_LOADER for a chip without DFU
 *
 * Makes the archive that the chip's ROM takes. ESP-IDF counts addresses from the start of the
 * flash; what is for a UF2 bootloader counts them from the start of an app partition. An
 * application of that kind gets the usual address of the first app partition, which the image tells
 * as a finding.
 *
 * Returns: (transfer full) (nullable): an image
 */
FirmwareImage *
firmware_uf2_read_esp (GArray *runs, guint32 family, GError **error)
{
  const FirmwareEspChip *chip = find_chip (family, error);
  const gboolean relative = is_relative (runs);
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (FirmwareSegment) unplaced = NULL;

  if (chip == NULL || (relative && !check_relative (runs, error)))
    return NULL;

  if (relative)
    g_array_index (runs, FirmwareRun, 0).address = FIRMWARE_ESP_APP_ADDRESS;

  build = firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, chip, error);
  if (build == NULL)
    return NULL;

  image = firmware_esp_build_read (build, &firmware_format_uf2, NULL, error);
  if (image == NULL)
    return NULL;

  unplaced = relative ? g_list_model_get_item (firmware_image_get_segments (image), 0)
                      : find_unplaced (image);
  if (unplaced != NULL)
    add_proposal (image, unplaced);

  return g_steal_pointer (&image);
}
