/* setup-holder.c: does anything else hold the board?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-holder.h"

#include <glib/gi18n.h>

#include "setup-program.h"
#include "setup-sign.h"
#include "usb-error.h"
#include "usb-process.h"

/* Programs that take boards and hide whether they have this one: they are the system's, or were
 * started with sudo. Only root could tell more. */
static void
find_suspects (SetupHolderFacts *self, const char *root)
{
  g_autoptr (GArray) processes = usb_process_list (root);

  for (guint i = 0; i < processes->len; i++) {
    const guint process = g_array_index (processes, guint, i);
    g_autofree char *name = usb_process_dup_name (root, process);

    if (name == NULL || setup_program_find (name) == NULL || !usb_process_is_secret (root, process))
      continue;

    self->n_suspects++;
    g_free (self->suspect);
    self->suspect = g_steal_pointer (&name);
    self->suspect_process = process;
  }
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
  if (!self->holder.known || !is_taken (self) || self->holder.program != NULL)
    return;

  self->node =
    g_strdup_printf ("/dev/bus/usb/%03u/%03u", usb_device_get_bus_number (situation->subject),
                     usb_device_get_address (situation->subject));
  find_suspects (self, situation->root);
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
  g_clear_pointer (&self->node, g_free);
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
  const SetupSign sign = usb_holder_is_kernel (holder) ? SETUP_SIGN_KERNEL_STAYS : SETUP_SIGN_HELD;
  g_autofree char *process = g_strdup_printf ("%u", holder->process);

  return setup_symptom_fill_in (_ (setup_sign_get_symptom (sign)->summary), "{driver}",
                                holder->driver, "{program}", holder->program, "{process}", process,
                                NULL);
}

static SetupVerdict *
blame (SetupSign sign, SetupState state, const char *name, guint number)
{
  const SetupProgram *program = setup_program_find (name);
  const char *command = program != NULL ? program->command : NULL;
  g_autofree char *process = g_strdup_printf ("%u", number);

  return setup_sign_answer (sign, state,
                            command != NULL ? SETUP_ACTION_COPY_COMMAND : SETUP_ACTION_CHECK_AGAIN,
                            command, "{program}", name, "{process}", process, "{advice}",
                            setup_program_get_advice (name), NULL);
}

/* That a program has the board is known, and that it is none of those that show what they have
 * open. Of one suspect it is likely; of several nobody knows. */
static SetupVerdict *
blame_hidden (const SetupHolderFacts *facts)
{
  g_autofree char *command = NULL;

  if (facts->n_suspects == 1)
    return blame (SETUP_SIGN_HELD_BY_SUSPECT, SETUP_STATE_BAD, facts->suspect,
                  facts->suspect_process);

  command = g_strdup_printf ("sudo fuser -v %s", facts->node);
  return setup_sign_answer (SETUP_SIGN_HELD_BY_HIDDEN, SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                            command, NULL);
}

static SetupVerdict *
blame_program (const SetupHolderFacts *facts)
{
  const SetupSymptom *symptom =
    setup_symptom_find_code (USB_ERROR, USB_ERROR_BUSY, SETUP_MOMENT_ANY);
  const UsbHolder *holder = &facts->holder;
  g_autofree char *hint = NULL;

  if (holder->program != NULL)
    return blame (SETUP_SIGN_HELD, SETUP_STATE_BAD, holder->program, holder->process);

  if (facts->node != NULL)
    return blame_hidden (facts);

  hint = setup_symptom_dup_hint (symptom);
  return setup_verdict_new (SETUP_STATE_BAD, _ (symptom->summary), hint, SETUP_ACTION_CHECK_AGAIN,
                            NULL);
}

/* A driver of the kernel's own: libusb asks it to step back, which may fail. */
static SetupVerdict *
blame_driver (const SetupHolderFacts *facts)
{
  const char *driver = facts->holder.driver;
  g_autofree char *command = g_strdup_printf ("sudo modprobe -r %s", driver);

  if (!facts->busy)
    return setup_sign_answer (SETUP_SIGN_KERNEL_YIELDS, SETUP_STATE_GOOD, SETUP_ACTION_NONE, NULL,
                              "{driver}", driver, NULL);

  return setup_sign_answer (SETUP_SIGN_KERNEL_STAYS, SETUP_STATE_BAD, SETUP_ACTION_COPY_COMMAND,
                            command, "{driver}", driver, NULL);
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

  if (holder->program != NULL)
    return blame (SETUP_SIGN_OPENED, SETUP_STATE_DOUBTFUL, holder->program, holder->process);

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
