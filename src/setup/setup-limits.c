/* setup-limits.c: can DFU work on the board at all?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-limits.h"

#include <glib/gi18n.h>

/**
 * setup_limits_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_limits_decide (const SetupLimitsFacts *facts)
{
  return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                  _ ("Only an attempt to flash the board shows this."));
}

/**
 * setup_limits_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_limits_answer (const SetupSituation *situation)
{
  const SetupLimitsFacts facts = {
    .connected = setup_situation_has_bootloader (situation),
    .kind = setup_situation_get_kind (situation),
    .error = situation->error,
  };

  return setup_limits_decide (&facts);
}
