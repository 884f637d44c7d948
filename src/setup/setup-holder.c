/* setup-holder.c: does anything else hold the board?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-holder.h"

#include <glib/gi18n.h>

#include "setup-program.h"
#include "setup-symptom.h"
#include "usb-error.h"
#include "usb-process.h"

/* The first program that takes boards and hides whether it has this one: it is the system's, or was
 * started with sudo. Only root could tell more. */
static char *
dup_suspect (const char *root)
{
  g_autoptr (GArray) processes = usb_process_list (root);

  for (guint i = 0; i < processes->len; i++) {
    const guint process = g_array_index (processes, guint, i);
    g_autofree char *name = usb_process_dup_name (root, process);

    if (name != NULL && setup_program_find (name) != NULL && usb_process_is_secret (root, process))
      return g_steal_pointer (&name);
  }

  return NULL;
}

static gboolean
is_taken (const SetupHolderFacts *facts)
{
  if (!facts->holder.known)
    return facts->busy;

  return g_strcmp0 (facts->holder.driver, USB_HOLDER_PROGRAM_DRIVER) == 0;
}

/**
 * setup_holder_gather:
 * @self: (out caller-allocates): the facts
 * @situation: what is known
 *
 * Looks around. Blocks for some milliseconds.
 */
void
setup_holder_gather (SetupHolderFacts *self, const SetupSituation *situation)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (situation != NULL);

  *self = (SetupHolderFacts){ .connected = setup_situation_has_bootloader (situation),
                              .busy = usb_error_is_busy (situation->error) };
  if (!self->connected)
    return;

  usb_holder_find (&self->holder, situation->root, situation->subject, situation->dfu.number);
  if (is_taken (self) && self->holder.program == NULL)
    self->suspect = dup_suspect (situation->root);
}

/**
 * setup_holder_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_holder_facts_clear (SetupHolderFacts *self)
{
  usb_holder_clear (&self->holder);
  g_clear_pointer (&self->suspect, g_free);
}

/**
 * setup_holder_dup_summary:
 * @holder: who has a board, with the name of a program or else of a driver
 *
 * Returns: (transfer full): that as a sentence, translated
 */
char *
setup_holder_dup_summary (const UsbHolder *holder)
{
  g_return_val_if_fail (holder != NULL, NULL);

  if (usb_holder_is_kernel (holder))
    return g_strdup_printf (_ ("The kernel’s driver “%s” has the board."), holder->driver);

  return g_strdup_printf (_ ("“%s” is using the board (process %u)."), holder->program,
                          holder->process);
}

static SetupVerdict *
blame (SetupState state, const char *summary, const char *name)
{
  const SetupProgram *program = setup_program_find (name);
  const char *command = program != NULL ? program->command : NULL;

  return setup_verdict_new (state, summary, setup_program_get_advice (name),
                            command != NULL ? SETUP_ACTION_COPY_COMMAND : SETUP_ACTION_CHECK_AGAIN,
                            command);
}

static SetupVerdict *
blame_program (const SetupHolderFacts *facts)
{
  const SetupSymptom *symptom =
    setup_symptom_find_code (USB_ERROR, USB_ERROR_BUSY, SETUP_MOMENT_ANY);
  const UsbHolder *holder = &facts->holder;
  g_autofree char *summary = NULL;

  if (holder->program != NULL) {
    summary = setup_holder_dup_summary (holder);
    return blame (SETUP_STATE_BAD, summary, holder->program);
  }

  if (facts->suspect != NULL) {
    summary =
      g_strdup_printf (_ ("Another program is using the board, probably “%s”."), facts->suspect);
    return blame (SETUP_STATE_BAD, summary, facts->suspect);
  }

  return setup_verdict_new (SETUP_STATE_BAD, _ (symptom->summary), _ (symptom->advice),
                            SETUP_ACTION_CHECK_AGAIN, NULL);
}

/* A driver of the kernel's own: libusb asks it to step back, which may fail. */
static SetupVerdict *
blame_driver (const SetupHolderFacts *facts)
{
  const char *driver = facts->holder.driver;
  g_autofree char *summary = setup_holder_dup_summary (&facts->holder);
  g_autofree char *command = g_strdup_printf ("sudo modprobe -r %s", driver);

  if (!facts->busy)
    return setup_verdict_new (SETUP_STATE_GOOD, summary,
                              _ ("It steps back when Bootlace needs the board."), SETUP_ACTION_NONE,
                              NULL);

  return setup_verdict_new (SETUP_STATE_BAD, summary,
                            _ ("It did not step back for Bootlace. This command unloads it until "
                               "the next start of the computer."),
                            SETUP_ACTION_COPY_COMMAND, command);
}

/**
 * setup_holder_decide:
 * @facts: the facts
 *
 * What is true now counts; that an attempt failed counts only where nothing can be seen.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_holder_decide (const SetupHolderFacts *facts)
{
  const UsbHolder *holder = NULL;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  holder = &facts->holder;

  if (!facts->connected)
    return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                    _ ("This is asked once a board is in its bootloader."));

  if (holder->ours)
    return setup_verdict_new_plain (SETUP_STATE_GOOD,
                                    _ ("Bootlace itself is using the board at the moment."));

  if (is_taken (facts))
    return blame_program (facts);

  if (holder->driver != NULL)
    return blame_driver (facts);

  if (holder->program != NULL) {
    summary = g_strdup_printf (_ ("“%s” has the board open (process %u)."), holder->program,
                               holder->process);
    return blame (SETUP_STATE_DOUBTFUL, summary, holder->program);
  }

  if (facts->busy)
    return setup_verdict_new_plain (SETUP_STATE_GOOD,
                                    _ ("Nothing else uses the board any more: try again."));

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
  g_auto (SetupHolderFacts) facts = { 0 };

  setup_holder_gather (&facts, situation);

  return setup_holder_decide (&facts);
}
