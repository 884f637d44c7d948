/* setup-driver.c: has the board the right driver? (Windows)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-driver.h"

#include <glib/gi18n.h>

/**
 * setup_driver_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_driver_decide (const SetupDriverFacts *facts)
{
  return setup_verdict_new (SETUP_STATE_SKIPPED, _ ("This is asked once a board is connected."),
                            NULL, SETUP_ACTION_NONE, NULL);
}

/**
 * setup_driver_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_driver_answer (const SetupSituation *situation)
{
  SetupDriverFacts facts = { situation->subject != NULL };

  return setup_driver_decide (&facts);
}
