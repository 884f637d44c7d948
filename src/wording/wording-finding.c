/* wording-finding.c: what was found in a firmware, in the words of people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-finding.h"

#include <glib/gi18n.h>

#include "setup-symptom.h"
#include "wording-finding-table.h"
#include "wording-format.h"

/* Words stay as they are, such as the label of a partition beside a size. */
static char *
format_value (const char *value, char *(*format) (guint64 number))
{
  char *end = NULL;
  guint64 number;

  if (value == NULL)
    return g_strdup ("?");

  number = g_ascii_strtoull (value, &end, g_str_has_prefix (value, "0x") ? 16 : 10);
  if (format == NULL || !g_ascii_isdigit (*value) || *end != '\0')
    return g_strdup (value);

  return format (number);
}

/* Nobody is helped by "has 1.1 MB, its partition only 1.1 MB". */
static char *
format_exactly (const char *value)
{
  return wording_format_exact_size (g_ascii_strtoull (value, NULL, 10));
}

static void
format_values (FirmwareFinding *finding,
               const WordingFindingWords *row,
               char **found,
               char **expected)
{
  const char *first = firmware_finding_get_found (finding);
  const char *second = firmware_finding_get_expected (finding);

  *found = row->found_text != NULL ? row->found_text (first) : format_value (first, row->found);
  *expected = format_value (second, row->expected);

  if (row->found != wording_format_size || g_strcmp0 (*found, *expected) != 0 ||
      g_strcmp0 (first, second) == 0)
    return;

  g_free (*found);
  g_free (*expected);
  *found = format_exactly (first);
  *expected = format_exactly (second);
}

static char *
quote_part (FirmwareFinding *finding)
{
  const char *part = firmware_finding_get_part (finding);

  if (part == NULL)
    /* Translators: stands for {part} when that has no name */
    return g_strdup (_ ("The firmware"));

  /* Translators: the name of a file */
  return g_strdup_printf (_ ("“%s”"), part);
}

static char *
word (FirmwareFinding *finding, const WordingFindingWords *row, const char *text)
{
  g_autofree char *part = quote_part (finding);
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  format_values (finding, row, &found, &expected);

  return setup_symptom_fill_in (_ (text), "{part}", part, "{found}", found, "{expected}", expected,
                                NULL);
}

/**
 * wording_severity_get_word:
 * @severity: how much a finding weighs
 *
 * Returns: the word that stands in front of its sentence
 */
const char *
wording_severity_get_word (FirmwareSeverity severity)
{
  switch (severity) {
  case FIRMWARE_SEVERITY_ERROR:
    /* Translators: stands in front of a sentence about a firmware */
    return _ ("Error");
  case FIRMWARE_SEVERITY_WARNING:
    /* Translators: stands in front of a sentence about a firmware */
    return _ ("Warning");
  case FIRMWARE_SEVERITY_NOTE:
    break;
  }

  /* Translators: stands in front of a sentence about a firmware: something worth knowing, neither
   * an error nor a warning */
  return _ ("Note");
}

/**
 * wording_finding_dup_sentence:
 * @finding: what was found in a firmware
 *
 * Returns: (transfer full): one translated sentence with the finding's values
 */
char *
wording_finding_dup_sentence (FirmwareFinding *finding)
{
  const WordingFindingWords *row;

  g_return_val_if_fail (FIRMWARE_IS_FINDING (finding), NULL);

  row = wording_finding_table_find (firmware_finding_get_kind (finding));
  g_return_val_if_fail (row != NULL, NULL);

  return word (finding, row, wording_finding_table_choose_sentence (finding));
}

/**
 * wording_finding_dup_advice:
 * @finding: what was found in a firmware
 *
 * Returns: (transfer full) (nullable): one or two translated sentences that say what to do; %NULL
 *   where nothing needs to be done
 */
char *
wording_finding_dup_advice (FirmwareFinding *finding)
{
  const WordingFindingWords *row;

  g_return_val_if_fail (FIRMWARE_IS_FINDING (finding), NULL);

  row = wording_finding_table_find (firmware_finding_get_kind (finding));
  if (row == NULL || row->advice == NULL)
    return NULL;

  return word (finding, row, row->advice);
}
