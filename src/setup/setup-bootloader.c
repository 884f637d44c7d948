/* setup-bootloader.c: is the board in its bootloader?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-bootloader.h"

#include <glib/gi18n.h>

#include "setup-board-id.h"
#include "setup-sign.h"

/* What cannot get there by BOOT and RESET; all others can, or are worth the attempt. */
static gboolean
is_hopeless (SetupBoardKind kind)
{
  return kind == SETUP_BOARD_KIND_SERIAL_JTAG || kind == SETUP_BOARD_KIND_UF2_ONLY ||
         kind == SETUP_BOARD_KIND_FOREIGN;
}

/* An application may have the ids of the chip's ROM, or of a bootloader. */
static SetupSign
find_sign (SetupBoardKind kind)
{
  SetupSign sign;

  return setup_board_kind_find_sign (kind, &sign) ? sign : SETUP_SIGN_APPLICATION;
}

/* What it is was told already. */
static SetupVerdict *
advise_stranger (void)
{
  const SetupSymptom *not_there = setup_sign_get_symptom (SETUP_SIGN_APPLICATION);
  const SetupSymptom *stranger = setup_sign_get_symptom (SETUP_SIGN_UNKNOWN_DEVICE);

  return setup_verdict_new (SETUP_STATE_WAITING, _ (not_there->summary), _ (stranger->advice),
                            SETUP_ACTION_SHOW_BOOTLOADER, NULL);
}

/**
 * setup_bootloader_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_bootloader_decide (const SetupBootloaderFacts *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  if (!facts->connected)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once a board is connected."));

  if (facts->speaks_dfu && facts->mode == DFU_MODE_DFU)
    return setup_verdict_new_plain (SETUP_STATE_GOOD,
                                    _ ("The board is in its bootloader and waits for firmware."));

  if (facts->speaks_dfu)
    return setup_verdict_new_plain (SETUP_STATE_GOOD,
                                    _ ("Bootlace can switch the board to its bootloader itself."));

  if (is_hopeless (facts->kind))
    return setup_sign_answer (find_sign (facts->kind), SETUP_STATE_BAD, SETUP_ACTION_SHOW_LIMITS,
                              NULL, NULL);

  if (setup_board_kind_is_beside (facts->kind))
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once the other socket is connected."));

  if (facts->kind == SETUP_BOARD_KIND_UNKNOWN)
    return advise_stranger ();

  return setup_sign_answer (find_sign (facts->kind), SETUP_STATE_WAITING,
                            SETUP_ACTION_SHOW_BOOTLOADER, NULL, NULL);
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
  const SetupBootloaderFacts facts = {
    .connected = situation->subject != NULL,
    .kind = setup_situation_get_kind (situation),
    .speaks_dfu = situation->speaks_dfu,
    .mode = situation->dfu.mode,
  };

  return setup_bootloader_decide (&facts);
}
