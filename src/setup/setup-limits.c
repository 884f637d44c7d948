/* setup-limits.c: can DFU work on the board at all?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-limits.h"

#include <glib/gi18n.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "setup-sign.h"

/* ESP-IDF's guide on DFU: with Secure Boot or flash encryption the ROM switches its USB off, and so
 * it does for the eFuses DIS_USB, DIS_USB_DOWNLOAD_MODE, DIS_DOWNLOAD_MODE and
 * ENABLE_SECURITY_DOWNLOAD. Such a chip never shows a bootloader. */
static SetupVerdict *
suspect_fuses (const SetupSymptom *symptom)
{
  g_autofree char *locked = setup_sign_dup_hint (SETUP_SIGN_LOCKED_CHIP);
  g_autofree char *hint = setup_symptom_dup_hint (symptom);
  g_autofree char *advice = g_strdup_printf ("%s %s", hint, locked);

  return setup_verdict_new (SETUP_STATE_DOUBTFUL, _ (symptom->summary), advice,
                            SETUP_ACTION_SHOW_LIMITS, NULL);
}

static SetupVerdict *
judge_error (const SetupLimitsFacts *facts)
{
  const SetupSymptom *symptom = setup_symptom_find (facts->error, SETUP_MOMENT_ANY);
  g_autofree char *hint = NULL;

  if (g_error_matches (facts->error, DFU_ERROR, DFU_ERROR_NOT_RETURNED))
    return suspect_fuses (symptom);

  /* The ROM answers errUNKNOWN where it was not allowed to be updated. */
  if (facts->kind == SETUP_BOARD_KIND_ROM &&
      g_error_matches (facts->error, DFU_ERROR, DFU_ERROR_DEVICE))
    return suspect_fuses (symptom);

  if (g_error_matches (facts->error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER)) {
    hint = setup_symptom_dup_hint (symptom);
    return setup_verdict_new (SETUP_STATE_BAD, _ (symptom->summary), hint, SETUP_ACTION_SHOW_LIMITS,
                              NULL);
  }

  return NULL;
}

/**
 * setup_limits_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_limits_decide (const SetupLimitsFacts *facts)
{
  g_autofree char *locked = NULL;
  SetupVerdict *verdict = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  verdict = facts->error != NULL ? judge_error (facts) : NULL;
  if (verdict != NULL)
    return verdict;

  if (facts->speaks_dfu && facts->mode == DFU_MODE_DFU)
    return setup_verdict_new_plain (SETUP_STATE_GOOD, _ ("The board’s bootloader offers DFU, which "
                                                         "a locked chip would not show."));

  /* It is asked for its bootloader, and whether it obeys is an answer of its own. */
  if (facts->speaks_dfu)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is known once the board is in its bootloader."));

  locked = setup_sign_dup_hint (SETUP_SIGN_LOCKED_CHIP);
  return setup_verdict_new (SETUP_STATE_SKIPPED,
                            _ ("This is known once the board is in its bootloader."), locked,
                            SETUP_ACTION_SHOW_LIMITS, NULL);
}

/**
 * setup_limits_answer:
 * @situation: what is known
 *
 * Decides. Any thread.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_limits_answer (const SetupSituation *situation)
{
  const SetupLimitsFacts facts = {
    .speaks_dfu = situation->speaks_dfu,
    .mode = situation->dfu.mode,
    .kind = setup_situation_get_kind (situation),
    .error = situation->error,
  };

  return setup_limits_decide (&facts);
}
