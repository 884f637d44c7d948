/* setup-access.c: may this person use the board? (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include <glib/gi18n.h>

/**
 * setup_access_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_access_decide (const SetupAccessFacts *facts)
{
  if (!facts->connected)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once a board is in its bootloader."));

  if (facts->accessible)
    return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("You may use the board."));

  return setup_verdict_new (SETUP_STATE_BAD, _ ("Your account may not use this board yet."), NULL,
                            SETUP_ACTION_INSTALL_RULE, NULL);
}

/**
 * setup_access_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_access_answer (const SetupSituation *situation)
{
  SetupAccessFacts facts = { setup_situation_has_bootloader (situation) };

  if (facts.connected)
    facts.accessible = usb_device_is_accessible (situation->subject);

  return setup_access_decide (&facts);
}
