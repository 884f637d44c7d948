/* setup-board.c: is a board connected?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-board.h"

#include <glib/gi18n.h>

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

/* First how it gets to the computer, then how it shows itself there: what runs on a board need not
 * know of USB, and then nothing at all is to be seen. */
static char *
dup_advice_for_none (const SetupMachine *machine)
{
  g_autofree char *handover = setup_usb_dup_handover (machine);
  const char *cable = N_ ("Plug it straight into the computer, without a hub, with a cable that "
                          "carries data: many only charge. If the board has two USB sockets, take "
                          "the one that is marked “USB” or “OTG”, not “UART” or “COM”.");
  /* Translators: this follows how to plug a board in. */
  const char *buttons = N_ ("Then hold BOOT, tap RESET, let go of BOOT: many boards appear only in "
                            "their bootloader. If you wired it yourself, try D+ and D− the other "
                            "way round.");

  return g_strdup_printf ("%s %s", handover != NULL ? handover : _ (cable), _ (buttons));
}

static SetupVerdict *
miss_board (const SetupBoardFacts *facts)
{
  g_autofree char *advice = dup_advice_for_none (&facts->machine);
  g_autofree char *summary = NULL;

  if (facts->wanted != NULL)
    summary = g_strdup_printf (_ ("Nothing is connected at USB port %s."), facts->wanted);
  else if (facts->n_devices == 0)
    summary = g_strdup (_ ("No board is connected."));
  else
    summary = g_strdup (_ ("No board that Bootlace knows is connected."));

  return setup_verdict_new (SETUP_STATE_WAITING, summary, advice, SETUP_ACTION_SHOW_WIRING, NULL);
}

static SetupVerdict *
find_beside (const SetupBoardFacts *facts)
{
  g_autofree char *hint = setup_board_kind_dup_hint (facts->kind);
  g_autofree char *summary = NULL;

  if (facts->kind == SETUP_BOARD_KIND_DEBUG_PROBE)
    /* Translators: %s is a name, like "ST-LINK/V2" */
    summary = g_strdup_printf (_ ("Only a debug probe is connected (%s)."), facts->name);
  else
    summary =
      g_strdup_printf (_ ("Only the serial socket of a board is connected (%s)."), facts->name);

  return setup_verdict_new (SETUP_STATE_WAITING, summary, hint, SETUP_ACTION_SHOW_WIRING, NULL);
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

  if (facts->kind == SETUP_BOARD_KIND_UNKNOWN && !facts->speaks_dfu) {
    summary = g_strdup_printf (_ ("“%s” is connected; Bootlace does not know whether it is a "
                                  "board."),
                               facts->name);
    return setup_verdict_new_plain (SETUP_STATE_DOUBTFUL, summary);
  }

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
