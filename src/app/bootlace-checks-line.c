/* bootlace-checks-line.c: what the checks of a firmware came to, in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-checks-line.h"

#include <glib/gi18n.h>

#include "bootlace-finding-row.h"
#include "firmware-format.h"
#include "wording-format.h"

static char *
describe_count (BootlaceClearance *clearance, FirmwareSeverity severity)
{
  guint n = bootlace_clearance_count (clearance, severity);

  if (n == 0)
    return NULL;

  switch (severity) {
  case FIRMWARE_SEVERITY_ERROR:
    return g_strdup_printf (ngettext ("%u error", "%u errors", n), n);
  case FIRMWARE_SEVERITY_WARNING:
    return g_strdup_printf (ngettext ("%u warning", "%u warnings", n), n);
  case FIRMWARE_SEVERITY_NOTE:
    break;
  }

  return g_strdup_printf (ngettext ("%u note", "%u notes", n), n);
}

static FirmwareSeverity
find_worst (BootlaceClearance *clearance)
{
  if (bootlace_clearance_count (clearance, FIRMWARE_SEVERITY_ERROR) > 0)
    return FIRMWARE_SEVERITY_ERROR;
  if (bootlace_clearance_count (clearance, FIRMWARE_SEVERITY_WARNING) > 0)
    return FIRMWARE_SEVERITY_WARNING;

  return FIRMWARE_SEVERITY_NOTE;
}

static gboolean
is_from_build (FirmwareImage *image)
{
  return firmware_image_get_origin (image) == &firmware_format_esp_build;
}

/* Of what cannot be checked nothing is known to be good. */
static gboolean
is_raw (FirmwareImage *image)
{
  return firmware_image_get_origin (image) == &firmware_format_raw;
}

/* What could be checked in a file that is no archive. */
static const char *
describe_plain_checks (const FirmwareFormat *format)
{
  if (format == &firmware_format_dfu)
    return _ ("The file’s checksum is right; it does not tell what is inside");
  if (format == &firmware_format_dfuse)
    return _ ("The file’s checksum is right");
  if (format == &firmware_format_ihex)
    return _ ("The checksum of every line is right");
  if (format == &firmware_format_uf2)
    return _ ("All blocks of the file are there");

  return _ ("The file is complete");
}

/* Without it nobody knows whether the firmware fits. */
static gboolean
says_flash_size (FirmwareImage *image)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_kind (finding) == FIRMWARE_FINDING_NO_PARAMETERS)
      return FALSE;
  }

  return TRUE;
}

static char *
describe_checks (FirmwareImage *image)
{
  const FirmwareFormat *format = firmware_image_get_format (image);
  guint n_parts;

  if (is_raw (image))
    return g_strdup (_ ("Written as it is: nothing in the file can be checked"));

  /* The sums of what was put together are ours: that they are right says nothing. */
  if (is_from_build (image))
    return g_strdup (_ ("Put together from an ESP-IDF build: all its files are there"));
  if (firmware_image_get_origin (image) != format)
    return g_strdup (_ ("Put together for the board: everything fits its flash"));
  if (format != &firmware_format_esp_archive)
    return g_strdup (describe_plain_checks (format));

  n_parts = g_list_model_get_n_items (firmware_image_get_segments (image));
  if (!says_flash_size (image))
    return g_strdup_printf (ngettext ("All checks passed: the file’s checksum, the MD5 of %u part",
                                      "All checks passed: the file’s checksum, the MD5 of %u parts",
                                      n_parts),
                            n_parts);

  return g_strdup_printf (ngettext ("All checks passed: the file’s checksum, the MD5 of %u part, "
                                    "the size of the flash",
                                    "All checks passed: the file’s checksum, the MD5 of %u parts, "
                                    "the size of the flash",
                                    n_parts),
                          n_parts);
}

/**
 * bootlace_checks_line_dup_text:
 * @image: a firmware
 * @clearance: its clearance
 *
 * That all sums are right is not said beside what is wrong; where the firmware came from may be.
 *
 * Returns: (transfer full): what was checked, and how many errors, warnings and notes there are
 */
char *
bootlace_checks_line_dup_text (FirmwareImage *image, BootlaceClearance *clearance)
{
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *checks = NULL;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (clearance), NULL);

  errors = describe_count (clearance, FIRMWARE_SEVERITY_ERROR);
  warnings = describe_count (clearance, FIRMWARE_SEVERITY_WARNING);
  notes = describe_count (clearance, FIRMWARE_SEVERITY_NOTE);
  if ((errors == NULL && warnings == NULL) || is_from_build (image))
    checks = describe_checks (image);

  return wording_format_join ((const char *[]){ checks, errors, warnings, notes }, 4);
}

/**
 * bootlace_checks_line_get_icon:
 * @image: a firmware
 * @clearance: its clearance
 *
 * Returns: the name of the icon of the worst that was found, or that all is well
 */
const char *
bootlace_checks_line_get_icon (FirmwareImage *image, BootlaceClearance *clearance)
{
  FirmwareSeverity worst;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (clearance), NULL);

  worst = find_worst (clearance);
  if (worst == FIRMWARE_SEVERITY_NOTE && !is_raw (image))
    return "bootlace-done-symbolic";

  return bootlace_finding_get_icon (worst);
}

/**
 * bootlace_checks_line_get_style:
 * @image: a firmware
 * @clearance: its clearance
 *
 * Returns: (nullable): the CSS class that colours it; %NULL where nothing could be checked
 */
const char *
bootlace_checks_line_get_style (FirmwareImage *image, BootlaceClearance *clearance)
{
  static const char *const styles[] = {
    [FIRMWARE_SEVERITY_NOTE] = "good",
    [FIRMWARE_SEVERITY_WARNING] = "warn",
    [FIRMWARE_SEVERITY_ERROR] = "bad",
  };
  FirmwareSeverity worst;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (clearance), NULL);

  worst = find_worst (clearance);
  if (worst == FIRMWARE_SEVERITY_NOTE && is_raw (image))
    return NULL;

  return styles[worst];
}
