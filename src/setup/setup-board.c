/* setup-board.c: is a board connected?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-board.h"

#include <glib/gi18n.h>

/**
 * setup_board_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_board_decide (const SetupBoardFacts *facts)
{
  g_autofree char *summary = NULL;

  if (!facts->connected)
    return setup_verdict_new (SETUP_STATE_WAITING, _ ("No board is connected."), NULL,
                              SETUP_ACTION_SHOW_WIRING, NULL);

  summary = g_strdup_printf (_ ("%s is connected."), facts->name);
  return setup_verdict_new (SETUP_STATE_GOOD, summary, NULL, SETUP_ACTION_NONE, NULL);
}

/**
 * setup_board_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_board_answer (const SetupSituation *situation)
{
  g_autofree char *name = setup_situation_dup_name (situation);
  const SetupBoardFacts facts = {
    .connected = situation->subject != NULL,
    .wanted = situation->port_path,
    .name = name,
    .kind = setup_situation_get_kind (situation),
    .speaks_dfu = situation->speaks_dfu,
    .n_devices = situation->devices->len,
  };

  return setup_board_decide (&facts);
}
