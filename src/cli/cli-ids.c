/* cli-ids.c: what a DFU suffix says, as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-ids.h"

#include <glib/gi18n.h>

static const struct {
  const char *name;
  guint16 number; /* bcdDFU */
} specifications[] = {
  { "1.0", FIRMWARE_DFU_SUFFIX_DFU },
  { "1.1a", FIRMWARE_DFU_SUFFIX_DFUSE },
};

/**
 * cli_ids_parse_one:
 * @text: an id in hexadecimal, as everywhere where USB is spoken of, with or without 0x
 * @number: (out): where it goes
 *
 * Returns: whether @text was understood
 */
gboolean
cli_ids_parse_one (const char *text, guint16 *number)
{
  guint64 value = 0;

  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    text += 2;

  if (!g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT16, &value, NULL))
    return FALSE;

  *number = (guint16) value;
  return TRUE;
}

/**
 * cli_ids_parse_device:
 * @text: "0483:df11" or "0483:df11:2200"
 * @ids: where idVendor and idProduct go, and bcdDevice when it is given; unchanged when @text is
 *   none of these. Says so on standard error
 *
 * Returns: whether @text was understood
 */
gboolean
cli_ids_parse_device (const char *text, FirmwareDfuSuffix *ids)
{
  g_auto (GStrv) words = g_strsplit (text, ":", 4);
  const guint n_words = g_strv_length (words);
  FirmwareDfuSuffix parsed = *ids;

  if ((n_words == 2 || n_words == 3) && cli_ids_parse_one (words[0], &parsed.vendor) &&
      cli_ids_parse_one (words[1], &parsed.product) &&
      (n_words == 2 || cli_ids_parse_one (words[2], &parsed.device))) {
    *ids = parsed;
    return TRUE;
  }

  g_printerr (_ ("“%s” is no device: write its ids in hexadecimal, such as 0483:df11; ffff stands "
                 "for any."),
              text);
  g_printerr ("\n");
  return FALSE;
}

/**
 * cli_ids_parse_release:
 * @text: (nullable): bcdDevice in hexadecimal, such as "0102"
 * @ids: where it goes
 *
 * Returns: whether @text was understood, or is missing; else it was said on standard error
 */
gboolean
cli_ids_parse_release (const char *text, FirmwareDfuSuffix *ids)
{
  if (text == NULL || cli_ids_parse_one (text, &ids->device))
    return TRUE;

  g_printerr (_ ("“%s” is no release: write it as four hexadecimal digits, such as 0102; ffff "
                 "stands for any."),
              text);
  g_printerr ("\n");
  return FALSE;
}

/**
 * cli_ids_parse_specification:
 * @text: (nullable): "1.0" or "1.1a"
 * @ids: where bcdDFU goes
 *
 * Returns: whether @text was understood, or is missing; else it was said on standard error
 */
gboolean
cli_ids_parse_specification (const char *text, FirmwareDfuSuffix *ids)
{
  if (text == NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (specifications); i++) {
    if (g_str_equal (text, specifications[i].name)) {
      ids->specification = specifications[i].number;
      return TRUE;
    }
  }

  g_printerr (_ ("“%s” is no version of the DFU specification. There are: %s."), text, "1.0, 1.1a");
  g_printerr ("\n");
  return FALSE;
}

/**
 * cli_ids_format_device:
 * @ids: a suffix
 *
 * Returns: (transfer full): idVendor and idProduct
 */
char *
cli_ids_format_device (const FirmwareDfuSuffix *ids)
{
  return g_strdup_printf ("[%04x:%04x]", ids->vendor, ids->product);
}

/**
 * cli_ids_format_release:
 * @ids: a suffix
 *
 * Returns: (transfer full): bcdDevice
 */
char *
cli_ids_format_release (const FirmwareDfuSuffix *ids)
{
  if (ids->device == FIRMWARE_DFU_SUFFIX_ANY_ID)
    return g_strdup (_ ("any"));

  return g_strdup_printf ("%04x", ids->device);
}

/**
 * cli_ids_format_specification:
 * @ids: a suffix
 *
 * Returns: (transfer full): bcdDFU and the name that it has
 */
char *
cli_ids_format_specification (const FirmwareDfuSuffix *ids)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specifications); i++) {
    if (ids->specification == specifications[i].number)
      return g_strdup_printf ("%s (0x%04x)", specifications[i].name, ids->specification);
  }

  return g_strdup_printf ("0x%04x", ids->specification);
}
