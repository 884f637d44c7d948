/* cli-doctor-text.c: the setup assistant's answers, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-doctor.h"
#include "cli-print.h"

#define INDENT 12 /* characters, the longest word for a state and a gap */

static const char *
describe_state (SetupState state)
{
  switch (state) {
  case SETUP_STATE_GOOD:
    /* Translators: the answer to a question is good: nothing is in the way; at most 9 letters */
    return _ ("good");
  case SETUP_STATE_WAITING:
    /* Translators: the person is to do something first; at most 9 letters */
    return _ ("to do");
  case SETUP_STATE_DOUBTFUL:
    /* Translators: it may work, but something is not as it should be; at most 9 letters */
    return _ ("doubtful");
  case SETUP_STATE_BAD:
    /* Translators: this is in the way; at most 9 letters */
    return _ ("problem");
  case SETUP_STATE_SKIPPED:
    /* Translators: a question that was not asked; at most 9 letters */
    return _ ("not asked");
  case SETUP_STATE_CHECKING:
    break;
  }

  /* Translators: the answer to a question was not found in time; at most 9 letters */
  return _ ("unknown");
}

static void
print_line (const char *word, const char *text)
{
  const int gap = MAX (1, INDENT - 2 - (int) g_utf8_strlen (word, -1));

  g_print ("  %s%*s%s\n", word, gap, "", text);
}

/* A question is worth its line even where its answer says it again. */
static void
print_check (SetupCheck *check, const SetupVerdict *verdict)
{
  g_autofree char *text =
    g_strdup_printf ("%s %s", setup_check_get_title (check), verdict->summary);

  print_line (describe_state (verdict->state), text);
  if (verdict->advice != NULL)
    print_line ("", verdict->advice);
  if (verdict->command != NULL) {
    g_autofree char *command = g_strdup_printf ("$ %s", verdict->command);

    print_line ("", command);
  }
}

static void
print_board (const CliDoctorBoard *board)
{
  if (board->port_path != NULL && board->label != NULL) {
    cli_print_board (board->label, board->port_path);
  } else if (board->port_path != NULL) {
    g_print (_ ("USB port %s"), board->port_path);
    g_print ("\n");
  }

  for (guint i = 0; i < board->checks->len; i++)
    print_check (board->checks->pdata[i], board->verdicts->pdata[i]);
}

/**
 * cli_doctor_print_text:
 * @boards: (element-type CliDoctorBoard): what was found out
 *
 * Prints the questions and their answers to standard output.
 */
void
cli_doctor_print_text (GPtrArray *boards)
{
  for (guint i = 0; i < boards->len; i++) {
    if (i > 0)
      g_print ("\n");
    print_board (boards->pdata[i]);
  }
}
