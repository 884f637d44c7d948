/* setup-driver.c: has the board the right driver? (Windows)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-driver.h"

#include <glib/gi18n.h>

#include "setup-board-id.h"
#include "setup-sign.h"

static char *
dup_board_name (const SetupDriverNode *node)
{
  const SetupBoardId *id = setup_board_id_find (node->vendor, node->product);

  if (id != NULL)
    return g_strdup (setup_board_id_get_title (id));

  if (node->name != NULL)
    return g_strdup (node->name);

  return g_strdup_printf ("[%04x:%04x]", node->vendor, node->product);
}

/**
 * setup_driver_dup_place:
 * @node: a node
 *
 * Returns: (transfer full): what to call it, such as "Interface 2 of ESP32-S2", translated
 */
char *
setup_driver_dup_place (const SetupDriverNode *node)
{
  g_autofree char *board = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  board = dup_board_name (node);
  if (node->interface == SETUP_DRIVER_NO_INTERFACE)
    return g_steal_pointer (&board);

  /* Translators: a part of a board, such as "Interface 2 of ESP32-S2"; stands where a name does. */
  return g_strdup_printf (_ ("Interface %d of %s"), node->interface, board);
}

static char *
dup_undoing (const SetupDriverNode *misled)
{
  const SetupSymptom *symptom = setup_sign_get_symptom (SETUP_SIGN_SERIAL_REPLACED);
  g_autofree char *board = dup_board_name (misled);

  return setup_symptom_fill_in (_ (symptom->advice), "{name}",
                                misled->name != NULL ? misled->name : board, NULL);
}

/* It can be flashed as it is. */
static SetupVerdict *
say_misled (SetupSign sign, const SetupDriverNode *misled)
{
  g_autofree char *place = setup_driver_dup_place (misled);
  g_autofree char *board = dup_board_name (misled);

  return setup_sign_answer (sign, SETUP_STATE_DOUBTFUL, SETUP_ACTION_CHECK_AGAIN, NULL, "{place}",
                            place, "{driver}", misled->service, "{name}",
                            misled->name != NULL ? misled->name : board, NULL);
}

static SetupVerdict *
say_misplaced (const SetupDriverNode *node, const SetupDriverNode *misled)
{
  g_autofree char *place = setup_driver_dup_place (node);
  g_autofree char *undoing = dup_undoing (misled);
  g_autofree char *own = g_strdup_printf ("%d", node->interface);
  g_autofree char *other = g_strdup_printf ("%d", misled->interface);

  return setup_sign_answer (SETUP_SIGN_DRIVER_MISPLACED, SETUP_STATE_BAD,
                            SETUP_ACTION_INSTALL_DRIVER, NULL, "{place}", place, "{other}", other,
                            "{own}", own, "{undoing}", undoing, NULL);
}

static SetupVerdict *
say_bad (SetupSign sign, SetupAction action, const SetupDriverNode *node)
{
  g_autofree char *place = setup_driver_dup_place (node);
  g_autofree char *problem = g_strdup_printf ("%u", node->problem);

  return setup_sign_answer (sign, SETUP_STATE_BAD, action, NULL, "{place}", place, "{driver}",
                            node->service, "{problem}", problem, NULL);
}

static SetupVerdict *
say_right (const SetupDriverNode *node)
{
  g_autofree char *place = setup_driver_dup_place (node);
  g_autofree char *summary =
    g_strdup_printf (_ ("%s has the right driver, %s."), place, node->service);

  return setup_verdict_new_plain (SETUP_STATE_GOOD, summary);
}

/**
 * setup_driver_facts_clear:
 * @self: facts
 *
 * Frees what @self holds and leaves it empty.
 */
void
setup_driver_facts_clear (SetupDriverFacts *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  *self = (SetupDriverFacts){ 0 };
}

/**
 * setup_driver_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_driver_decide (const SetupDriverFacts *facts)
{
  SetupDriverDiagnosis diagnosis;

  g_return_val_if_fail (facts != NULL, NULL);

  diagnosis = setup_driver_diagnose (facts->nodes, facts->vendor, facts->product);

  switch (diagnosis.fault) {
  case SETUP_DRIVER_FAULT_NONE:
    return say_right (diagnosis.node);
  case SETUP_DRIVER_FAULT_SERIAL_REPLACED:
    return say_misled (SETUP_SIGN_SERIAL_REPLACED, diagnosis.misled);
  case SETUP_DRIVER_FAULT_PARENT_REPLACED:
    return say_misled (SETUP_SIGN_PARENT_REPLACED, diagnosis.misled);
  case SETUP_DRIVER_FAULT_UNREADABLE:
    return setup_sign_answer (SETUP_SIGN_UNREADABLE, SETUP_STATE_DOUBTFUL, SETUP_ACTION_SHOW_WIRING,
                              NULL, NULL);
  case SETUP_DRIVER_FAULT_FAILED:
    return say_bad (SETUP_SIGN_DRIVER_FAILED, SETUP_ACTION_INSTALL_DRIVER, diagnosis.node);
  case SETUP_DRIVER_FAULT_DISABLED:
    return say_bad (SETUP_SIGN_DRIVER_DISABLED, SETUP_ACTION_CHECK_AGAIN, diagnosis.node);
  case SETUP_DRIVER_FAULT_WRONG:
    return say_bad (SETUP_SIGN_DRIVER_WRONG, SETUP_ACTION_INSTALL_DRIVER, diagnosis.node);
  case SETUP_DRIVER_FAULT_MISSING:
    return say_bad (SETUP_SIGN_DRIVER_MISSING, SETUP_ACTION_INSTALL_DRIVER, diagnosis.node);
  case SETUP_DRIVER_FAULT_MISPLACED:
    return say_misplaced (diagnosis.node, diagnosis.misled);
  case SETUP_DRIVER_FAULT_NO_BOARD:
    break;
  }

  return setup_verdict_new_plain (SETUP_STATE_SKIPPED,
                                  _ ("This is asked once a board is in its bootloader."));
}
