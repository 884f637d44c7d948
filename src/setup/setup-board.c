/* setup-board.c: is a board connected?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-board.h"

#include <glib/gi18n.h>

#include "setup-sign.h"
#include "setup-usb.h"

/**
 * setup_board_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_board_facts_clear (SetupBoardFacts *self)
{
  g_clear_pointer (&self->name, g_free);
  setup_machine_clear (&self->machine);
}

static SetupSign
find_absence (const SetupBoardFacts *facts)
{
  if (facts->wanted != NULL)
    return SETUP_SIGN_EMPTY_PORT;

  return facts->n_devices == 0 ? SETUP_SIGN_NO_BOARD : SETUP_SIGN_NO_KNOWN_BOARD;
}

/* First how it gets to the computer, then how it shows itself there: what runs on a board need not
 * know of USB, and then nothing at all is to be seen. */
static SetupVerdict *
miss_board (const SetupBoardFacts *facts)
{
  const SetupSymptom *cable = setup_sign_get_symptom (SETUP_SIGN_CHARGE_ONLY_CABLE);
  g_autofree char *handover = setup_usb_dup_handover (&facts->machine);

  return setup_sign_answer (find_absence (facts), SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING,
                            NULL, "{port}", facts->wanted, "{handover}",
                            handover != NULL ? handover : _ (cable->advice), NULL);
}

static SetupVerdict *
find_beside (const SetupBoardFacts *facts)
{
  const SetupSign sign =
    facts->kind == SETUP_BOARD_KIND_DEBUG_PROBE ? SETUP_SIGN_DEBUG_PROBE : SETUP_SIGN_SERIAL_SOCKET;

  return setup_sign_answer (sign, SETUP_STATE_WAITING, SETUP_ACTION_SHOW_WIRING, NULL, "{name}",
                            facts->name, NULL);
}

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

  g_return_val_if_fail (facts != NULL, NULL);

  if (!facts->connected)
    return miss_board (facts);

  if (setup_board_kind_is_beside (facts->kind) && !facts->speaks_dfu)
    return find_beside (facts);

  if (facts->kind == SETUP_BOARD_KIND_UNKNOWN && !facts->speaks_dfu)
    return setup_sign_answer (SETUP_SIGN_UNKNOWN_DEVICE, SETUP_STATE_DOUBTFUL, SETUP_ACTION_NONE,
                              NULL, "{name}", facts->name, NULL);

  summary = g_strdup_printf (_ ("%s is connected."), facts->name);
  return setup_verdict_new_plain (SETUP_STATE_GOOD, summary);
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
  g_auto (SetupBoardFacts) facts = {
    .connected = situation->subject != NULL,
    .wanted = situation->port_path,
    .name = setup_situation_dup_label (situation),
    .kind = setup_situation_get_kind (situation),
    .speaks_dfu = situation->speaks_dfu,
    .n_devices = situation->devices->len,
  };

  if (!facts.connected)
    setup_machine_gather (&facts.machine, situation->root);

  return setup_board_decide (&facts);
}
