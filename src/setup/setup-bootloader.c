/* setup-bootloader.c: is the board in its bootloader?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-bootloader.h"

#include <glib/gi18n.h>

/**
 * setup_bootloader_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_bootloader_decide (const SetupBootloaderFacts *facts)
{
  g_autofree char *hint = NULL;

  if (!facts->connected)
    return setup_verdict_new (SETUP_STATE_SKIPPED, _ ("This is asked once a board is connected."),
                              NULL, SETUP_ACTION_NONE, NULL);

  if (facts->speaks_dfu)
    return setup_verdict_new (SETUP_STATE_GOOD, _ ("The board is in its bootloader."), NULL,
                              SETUP_ACTION_NONE, NULL);

  hint = setup_board_kind_dup_hint (facts->kind);
  return setup_verdict_new (SETUP_STATE_WAITING, _ ("The board is not in its bootloader."), hint,
                            SETUP_ACTION_SHOW_BOOTLOADER, NULL);
}

/**
 * setup_bootloader_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_bootloader_answer (const SetupSituation *situation)
{
  g_autofree char *name = setup_situation_dup_name (situation);
  const SetupBootloaderFacts facts = {
    .connected = situation->subject != NULL,
    .kind = setup_situation_get_kind (situation),
    .name = name,
    .speaks_dfu = situation->speaks_dfu,
    .mode = situation->dfu.mode,
  };

  return setup_bootloader_decide (&facts);
}
