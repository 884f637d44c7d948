/* cli-ids-choice.c: which ids a board may have, as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-ids-choice.h"

#include <glib/gi18n.h>

#include "cli-ids.h"

/* Written as dfu-util takes it: what is left out is as it was before. */
static gboolean
parse_id (const char *text, int *id)
{
  guint16 number = 0;

  if (*text == '\0')
    return TRUE;

  if (g_str_equal (text, "*") || g_str_equal (text, "-")) {
    *id = *text == '*' ? CLI_IDS_ANY : CLI_IDS_NONE;
    return TRUE;
  }

  if (!cli_ids_parse_one (text, &number))
    return FALSE;

  *id = number == FIRMWARE_DFU_SUFFIX_ANY_ID ? CLI_IDS_ANY : number;
  return TRUE;
}

static gboolean
parse_pair (const char *text, CliIds *ids)
{
  g_auto (GStrv) words = g_strsplit (text, ":", 3);
  const guint n_words = g_strv_length (words);

  return n_words <= 2 && (n_words < 1 || parse_id (words[0], &ids->vendor)) &&
         (n_words < 2 || parse_id (words[1], &ids->product));
}

static gboolean
parse_both (const char *text, CliIds *runtime, CliIds *dfu)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", 3);
  const guint n_pairs = g_strv_length (pairs);
  const CliIds any = { CLI_IDS_ANY, CLI_IDS_ANY };
  const CliIds none = { CLI_IDS_NONE, CLI_IDS_NONE };

  if (n_pairs < 1 || n_pairs > 2)
    return FALSE;

  *runtime = any;
  if (!parse_pair (pairs[0], runtime))
    return FALSE;

  *dfu = *runtime;
  if (*pairs[0] == '\0')
    *runtime = none;

  return n_pairs < 2 || parse_pair (pairs[1], dfu);
}

/**
 * cli_ids_choice_parse:
 * @text: "303a:0002", or "1209:0001,1209:0002" with the ids in DFU mode behind the comma. Of a
 * pair, either may be left out, "*", or "-" for none
 * @runtime: (out): what a board may have in run-time mode
 * @dfu: (out): what it may have in DFU mode
 *
 * A pair alone holds for both modes. Behind a comma, what is left out is as before it; with nothing
 * before it, no board in run-time mode is meant.
 *
 * Returns: whether @text was understood; else it was said on standard error
 */
gboolean
cli_ids_choice_parse (const char *text, CliIds *runtime, CliIds *dfu)
{
  if (parse_both (text, runtime, dfu))
    return TRUE;

  g_printerr (_ ("“%s” names no boards: write their ids in hexadecimal, such as 303a:0002, or "
                 "1209:0001,1209:0002 with those in the bootloader behind the comma; * stands for "
                 "any."),
              text);
  g_printerr ("\n");
  return FALSE;
}

/**
 * cli_ids_choice_has_both:
 * @text: what cli_ids_choice_parse() understands
 *
 * Returns: whether it tells the ids in either mode apart
 */
gboolean
cli_ids_choice_has_both (const char *text)
{
  return strchr (text, ',') != NULL;
}

static gboolean
fits (int meant, guint16 id)
{
  return meant == CLI_IDS_ANY || meant == id;
}

/**
 * cli_ids_fit:
 * @self: what is meant
 * @vendor: idVendor of a board
 * @product: its idProduct
 *
 * Returns: whether it may be meant
 */
gboolean
cli_ids_fit (const CliIds *self, guint16 vendor, guint16 product)
{
  return fits (self->vendor, vendor) && fits (self->product, product);
}

/**
 * cli_ids_are_of_one:
 * @self: what is meant
 *
 * Returns: whether these are the ids of one kind of board, with nothing left open
 */
gboolean
cli_ids_are_of_one (const CliIds *self)
{
  return self->vendor >= 0 && self->product >= 0;
}
