/* cli-consent.c: whether a firmware is written in spite of what was found in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-consent.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli-findings.h"

#define ANSWER_SIZE 64 /* bytes, more than any "yes" has */

/**
 * cli_consent_check:
 * @subject: what the firmware is called on the command line
 * @image: a firmware
 *
 * Says on standard error what is wrong with a firmware that no board would start with.
 *
 * Returns: %CLI_EXIT_SUCCESS when there is no such thing
 */
CliExit
cli_consent_check (const char *subject, FirmwareImage *image)
{
  if (!firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR))
    return CLI_EXIT_SUCCESS;

  cli_findings_print (subject, firmware_image_get_findings (image), FIRMWARE_SEVERITY_WARNING);
  return CLI_EXIT_FILE;
}

static gboolean
is_yes (char *answer)
{
  /* Translators: what people type to agree; both the letter and the word count */
  const char *const words[] = { "y", "yes", _ ("y"), _ ("yes") };
  g_autofree char *folded = NULL;

  if (!g_utf8_validate (answer, -1, NULL))
    return FALSE;

  folded = g_utf8_casefold (g_strstrip (answer), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (folded, words[i]))
      return TRUE;

  return FALSE;
}

/* Whoever cannot see the question, or did not type the answer, has not consented. */
static gboolean
ask_on_terminal (const char *question)
{
  char answer[ANSWER_SIZE];

  g_printerr ("%s ", question);

  if (fgets (answer, sizeof answer, stdin) != NULL)
    return is_yes (answer);

  g_printerr ("\n");
  return FALSE;
}

/* @refusal: what is said on a terminal after a no
 * @advice: the same where there is nobody to ask, and how to do it all the same */
static CliExit
ask (const char *question, const char *refusal, const char *advice)
{
  if (isatty (STDIN_FILENO) && isatty (STDERR_FILENO)) {
    if (ask_on_terminal (question))
      return CLI_EXIT_SUCCESS;
    g_printerr ("%s\n", refusal);
  } else {
    g_printerr ("%s\n", advice);
  }

  return CLI_EXIT_CONSENT;
}

static gboolean
needs_consent (FirmwareImage *image, gboolean may_be_alone)
{
  GListModel *findings = firmware_image_get_findings (image);
  const guint n_findings = g_list_model_get_n_items (findings);

  for (guint i = 0; i < n_findings; i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_severity (finding) == FIRMWARE_SEVERITY_WARNING &&
        (!may_be_alone || firmware_finding_get_kind (finding) != FIRMWARE_FINDING_ALONE))
      return TRUE;
  }

  return FALSE;
}

/**
 * cli_consent_ask:
 * @subject: what the firmware is called on the command line
 * @image: a firmware that cli_consent_check() has let pass
 * @may_be_alone: whether the board leaves everything else as it is, so that it does not matter what
 *   the firmware lacks
 * @accepted: whether the person has accepted all warnings beforehand
 *
 * Says on standard error what a person must know before a firmware is written, and on a terminal
 * asks. Without a terminal, there is nobody to ask.
 *
 * Returns: %CLI_EXIT_SUCCESS when it may be written
 */
CliExit
cli_consent_ask (const char *subject,
                 FirmwareImage *image,
                 gboolean may_be_alone,
                 gboolean accepted)
{
  if (!needs_consent (image, may_be_alone))
    return CLI_EXIT_SUCCESS;

  cli_findings_print (subject, firmware_image_get_findings (image), FIRMWARE_SEVERITY_WARNING);
  if (accepted)
    return CLI_EXIT_SUCCESS;

  /* Translators: “y” is what people type to agree, the capital one is what Enter means */
  return ask (_ ("Write it all the same? [y/N]"), _ ("Nothing was written."),
              _ ("Nothing was written. To write it all the same, "
                 "add --accept-warnings."));
}

static CliExit
ask_to_erase (const char *consequence, gboolean accepted)
{
  g_printerr ("%s\n", consequence);
  if (accepted)
    return CLI_EXIT_SUCCESS;

  /* Translators: “y” is what people type to agree, the capital one is what Enter means */
  return ask (_ ("Erase everything? [y/N]"), _ ("Nothing was erased."),
              _ ("Nothing was erased. To do it all the same, add "
                 "--accept-warnings."));
}

/**
 * cli_consent_ask_read_unprotect:
 * @accepted: whether the person has accepted all warnings beforehand
 *
 * Says on standard error what it costs to take a board's read protection away, and on a terminal
 * asks.
 *
 * Returns: %CLI_EXIT_SUCCESS when it may be done
 */
CliExit
cli_consent_ask_read_unprotect (gboolean accepted)
{
  return ask_to_erase (_ ("Taking the read protection away erases everything that is on the board, "
                          "for good."),
                       accepted);
}

/**
 * cli_consent_ask_erase:
 * @accepted: whether the person has accepted all warnings beforehand
 *
 * Does the same for all of a memory.
 *
 * Returns: %CLI_EXIT_SUCCESS when it may be done
 */
CliExit
cli_consent_ask_erase (gboolean accepted)
{
  return ask_to_erase (_ ("This erases everything in the board’s memory, for good."), accepted);
}
