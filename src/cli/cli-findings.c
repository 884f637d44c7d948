/* cli-findings.c: what was found in a firmware, on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-findings.h"

#include "wording-finding.h"

static void
append_advice (GString *text, const char *advice)
{
  if (advice != NULL)
    g_string_append_printf (text, "  %s\n", advice);
}

static void
append_sentence (GString *text, FirmwareFinding *finding)
{
  g_autofree char *sentence = wording_finding_dup_sentence (finding);

  g_string_append_printf (text, "%s: %s\n",
                          wording_severity_get_word (firmware_finding_get_severity (finding)),
                          sentence);
}

/**
 * cli_findings_dup_text:
 * @findings: a list of #FirmwareFinding, heaviest first
 * @lightest: those that weigh less are left out
 *
 * Returns: (transfer full): lines that say what was found and what to do; empty when there is
 *   nothing to say
 */
char *
cli_findings_dup_text (GListModel *findings, FirmwareSeverity lightest)
{
  GString *text = g_string_new (NULL);
  g_autofree char *pending = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);
    g_autofree char *advice = wording_finding_dup_advice (finding);

    if (firmware_finding_get_severity (finding) < lightest)
      break;

    /* Once is enough, when the next one needs the same. */
    if (g_strcmp0 (pending, advice) != 0)
      append_advice (text, pending);
    append_sentence (text, finding);
    g_free (pending);
    pending = g_steal_pointer (&advice);
  }

  append_advice (text, pending);
  return g_string_free (text, FALSE);
}

/**
 * cli_findings_print:
 * @subject: what the firmware is called on the command line
 * @findings: a list of #FirmwareFinding, heaviest first
 * @lightest: those that weigh less are left out
 *
 * Says on standard error what was found in a firmware, when something was.
 */
void
cli_findings_print (const char *subject, GListModel *findings, FirmwareSeverity lightest)
{
  g_autofree char *text = cli_findings_dup_text (findings, lightest);

  if (*text != '\0')
    g_printerr ("%s:\n%s", subject, text);
}
