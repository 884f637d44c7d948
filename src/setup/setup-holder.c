/* setup-holder.c: does anything else hold the board?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-holder.h"

#include <glib/gi18n.h>

/**
 * setup_holder_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_holder_facts_clear (SetupHolderFacts *self)
{
  g_clear_pointer (&self->driver, g_free);
  g_clear_pointer (&self->program, g_free);
}

/**
 * setup_holder_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_holder_decide (const SetupHolderFacts *facts)
{
  if (!facts->connected)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once a board is in its bootloader."));

  return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("Nothing else uses the board."));
}

/**
 * setup_holder_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_holder_answer (const SetupSituation *situation)
{
  g_auto (SetupHolderFacts) facts = { .connected = setup_situation_has_bootloader (situation) };

  return setup_holder_decide (&facts);
}
