/* setup-question.c: what the setup assistant asks, in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-question.h"

#include <glib/gi18n.h>

#include "setup-access.h"
#include "setup-board.h"
#include "setup-bootloader.h"
#include "setup-driver.h"
#include "setup-holder.h"
#include "setup-limits.h"
#include "setup-usb.h"

/* Each one is worth asking only when those before it are answered well. On Windows devices are no
 * files: a driver decides what a permission decides elsewhere, and nothing hides the bus.
 *
 * Of what is untold: udev gives and takes access long after it told of the device, with each change
 * of the session in front; a program that opens a device or lets go of it leaves a trace in /proc
 * only; and Windows installs drivers for devices that libusb has not seen yet. */
static const SetupQuestion questions[] = {
#ifndef G_OS_WIN32
  { "usb", N_ ("Can USB be reached?"), setup_usb_answer, SETUP_UNTOLD_NEVER,
    N_ ("This is asked once USB can be reached.") },
#endif
  { "board", N_ ("Is a board connected?"), setup_board_answer },
  { "bootloader", N_ ("Is it in its bootloader?"), setup_bootloader_answer },
#ifdef G_OS_WIN32
  { "driver", N_ ("Has it the right driver?"), setup_driver_answer, SETUP_UNTOLD_ALWAYS },
#else
  { "access", N_ ("May you use it?"), setup_access_answer, SETUP_UNTOLD_WHEN_ASKED },
#endif
  { "holder", N_ ("Does anything else use it?"), setup_holder_answer, SETUP_UNTOLD_WHEN_ASKED },
  { "limits", N_ ("Does the chip allow it?"), setup_limits_answer },
};

/**
 * setup_question_get:
 * @i: which one
 *
 * Returns: (nullable): a question, or %NULL behind the last
 */
const SetupQuestion *
setup_question_get (guint i)
{
  return i < G_N_ELEMENTS (questions) ? &questions[i] : NULL;
}

/**
 * setup_question_may_change_untold:
 * @self: a question
 * @state: how it is answered
 *
 * What is in the way may be taken out of it in any manner, so that is always worth another look.
 *
 * Returns: whether the answer may change although nothing tells
 */
gboolean
setup_question_may_change_untold (const SetupQuestion *self, SetupState state)
{
  if (state == SETUP_STATE_BAD || self->untold == SETUP_UNTOLD_ALWAYS)
    return TRUE;

  return self->untold == SETUP_UNTOLD_WHEN_ASKED && state != SETUP_STATE_SKIPPED;
}

/**
 * setup_question_answer_all:
 * @situation: what is known
 *
 * Asks all of them. Worker thread: it may block on files.
 *
 * Returns: (transfer full) (element-type SetupVerdict): the answers
 */
GPtrArray *
setup_question_answer_all (const SetupSituation *situation)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) setup_verdict_free);
  const char *gate = NULL;

  g_return_val_if_fail (situation != NULL, verdicts);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    SetupVerdict *verdict = gate != NULL ? setup_verdict_new_plain (SETUP_STATE_SKIPPED, _ (gate))
                                         : questions[i].answer (situation);

    if (verdict->state == SETUP_STATE_BAD && gate == NULL)
      gate = questions[i].gate;
    g_ptr_array_add (verdicts, verdict);
  }

  return verdicts;
}
