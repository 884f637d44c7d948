/* firmware-uf2-esp.c: a UF2 file for an ESP chip, as what its ROM takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2.h"

#include "firmware-error.h"
#include "firmware-esp-build-private.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-split.h"
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
  firmware_error_set_address (error, g_array_index (runs, FirmwareRun, 1).address);
  return FALSE;
}

/* Where nothing is in its place, addresses may as well be counted from a partition's start. */
static gboolean
has_known_part (GArray *runs, const FirmwareEspChip *chip)
{
  g_auto (FirmwareEspFlash) flash = { NULL };

  return firmware_esp_flash_survey (&flash, (const FirmwareRun *) runs->data, runs->len, chip,
                                    NULL) &&
         (flash.apps->len > 0 || flash.bootloader != FIRMWARE_ESP_NOWHERE ||
          flash.table != FIRMWARE_ESP_NOWHERE);
}

static void
add_proposal (FirmwareEspBuild *build)
{
  const FirmwareEspBuildPart *part = NULL;
  g_autofree char *address = NULL;

  if (build->parts->len == 0)
    return;

  part = &g_array_index (build->parts, FirmwareEspBuildPart, 0);
  address = g_strdup_printf ("0x%08x", part->address);
  firmware_esp_build_add_finding (build, FIRMWARE_FINDING_PLACE_PROPOSED, part->name, address,
                                  NULL);
}

/**
 * firmware_uf2_new_esp_build:
 * @runs: (element-type FirmwareRun): the bytes of a file in the order of addresses, at least one
 * @family: an ESP chip's
 * @error: return location for an error; %FIRMWARE_ERROR_NO_LOADER for a chip without DFU
 *
 * Makes a build for the chip's ROM. ESP-IDF counts addresses from the start of the flash; what is
 * for a UF2 bootloader counts them from the start of an app partition. An application of that kind
 * gets the usual address of the first app partition, which the build tells as a finding.
 *
 * Returns: (transfer full) (nullable): a build
 */
FirmwareEspBuild *
firmware_uf2_new_esp_build (GArray *runs, guint32 family, GError **error)
{
  const FirmwareEspChip *chip = find_chip (family, error);
  const gboolean relative = is_relative (runs);
  FirmwareEspBuild *build = NULL;

  if (chip == NULL || (relative && !check_relative (runs, error)))
    return NULL;

  if (relative)
    g_array_index (runs, FirmwareRun, 0).address = FIRMWARE_ESP_APP_ADDRESS;

  build = firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, chip, error);
  if (build != NULL && (relative || !has_known_part (runs, chip)))
    add_proposal (build);

  return build;
}
