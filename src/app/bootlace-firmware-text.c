/* bootlace-firmware-text.c: firmware in a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware-text.h"

#include <glib/gi18n.h>

#include "firmware-format.h"
#include "wording-format.h"

#define NO_BREAK_SPACE "\302\240"

/* A number and its unit, never in two lines. */
static char *
format_size_in_one_line (guint64 size)
{
  g_autofree char *text = wording_format_size (size);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv (NO_BREAK_SPACE, words);
}

static char *
describe_size (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  guint n_parts = g_list_model_get_n_items (segments);
  g_autofree char *size = format_size_in_one_line (firmware_image_get_total_size (image));
  g_autoptr (FirmwareSegment) only = NULL;
  g_autofree char *address = NULL;

  if (n_parts > 1)
    /* Translators: the size of a firmware, like "942 kB in 4 parts" */
    return g_strdup_printf (ngettext ("%s in %u part", "%s in %u parts", n_parts), size, n_parts);
  if (n_parts == 0 || firmware_image_get_payload (image) != NULL)
    return g_steal_pointer (&size);

  only = g_list_model_get_item (segments, 0);
  address = wording_format_address (firmware_segment_get_address (only));

  /* Translators: the size of a firmware and where it goes, like "300 kB at 0x08000000" */
  return g_strdup_printf (_ ("%s at %s"), size, address);
}

/* Whoever chose the place sees what it comes to. */
static char *
describe_place (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, 0);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  guint64 address;

  if (segment == NULL)
    return g_strdup (_ ("from the beginning"));

  address = firmware_segment_get_address (segment);
  first = wording_format_address (address);
  last = wording_format_address (address + firmware_image_get_total_size (image) - 1);

  /* Translators: two addresses, like "0x08000000 to 0x08004fff" */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

static char *
describe_raw (FirmwareImage *image)
{
  g_autofree char *place = describe_place (image);
  g_autofree char *size = format_size_in_one_line (firmware_image_get_total_size (image));

  return wording_format_join ((const char *[]){ _ ("Raw bytes"), place, size }, 3);
}

/* What an ESP chip's file is called says less than the chip. */
static char *
describe_file (FirmwareImage *image)
{
  const char *version = firmware_image_get_idf_version (image);
  const char *chip = firmware_image_get_chip (image);
  const char *kind = chip != NULL ? chip : wording_format_name (firmware_image_get_origin (image));
  g_autofree char *size = describe_size (image);
  g_autofree char *date = wording_format_build_date (firmware_image_get_build_date (image));
  g_autofree char *framework = NULL;

  if (version != NULL)
    framework = g_strdup_printf ("ESP-IDF %s", version);

  return wording_format_join ((const char *[]){ kind, framework, date, size }, 4);
}

/**
 * bootlace_firmware_text_describe:
 * @image: an image
 *
 * Returns: (transfer full): what it is, from when and how large
 */
char *
bootlace_firmware_text_describe (FirmwareImage *image)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  return firmware_image_get_origin (image) == &firmware_format_raw ? describe_raw (image)
                                                                   : describe_file (image);
}
