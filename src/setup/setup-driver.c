/* setup-driver.c: has the board the right driver? (Windows)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-driver.h"

#include <glib/gi18n.h>

#include "setup-board-id.h"
#include "setup-symptom.h"
#include "usb-error.h"

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
  g_autofree char *board = dup_board_name (misled);

  return g_strdup_printf (
    _ (
      "To undo it, right-click “%s” in Device Manager, choose “Uninstall device”, tick “Attempt to "
      "remove the driver for this device” (older: “Delete the driver software for this device”), "
      "then unplug the board and plug it in again."),
    misled->name != NULL ? misled->name : board);
}

static SetupVerdict *G_GNUC_PRINTF (4, 5)
  say (SetupState state, SetupAction action, const char *advice, const char *format, ...)
{
  g_autofree char *summary = NULL;
  va_list arguments;

  va_start (arguments, format);
  summary = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return setup_verdict_new (state, summary, advice, action, NULL);
}

/* It can be flashed as it is. */
static SetupVerdict *
say_misled (const SetupDriverDiagnosis *diagnosis)
{
  const SetupDriverNode *misled = diagnosis->misled;
  g_autofree char *place = setup_driver_dup_place (misled);
  g_autofree char *undoing = dup_undoing (misled);

  if (diagnosis->fault == SETUP_DRIVER_FAULT_PARENT_REPLACED)
    return say (SETUP_STATE_DOUBTFUL, SETUP_ACTION_CHECK_AGAIN, undoing,
                _ ("%s as a whole has the driver %s, which only its DFU interface should have: its "
                   "serial port is gone."),
                place, misled->service);

  return say (SETUP_STATE_DOUBTFUL, SETUP_ACTION_CHECK_AGAIN, undoing,
              _ ("The board can be flashed, but its serial port is gone: %s has the driver %s "
                 "instead of its own."),
              place, misled->service);
}

static const char *
get_missing_advice (void)
{
  return setup_symptom_find_code (USB_ERROR, USB_ERROR_NO_DRIVER, SETUP_MOMENT_ANY)->advice;
}

static SetupVerdict *
say_misplaced (const SetupDriverNode *node, const SetupDriverNode *misled)
{
  g_autofree char *place = setup_driver_dup_place (node);
  g_autofree char *undoing = dup_undoing (misled);
  g_autofree char *advice = g_strdup_printf (_ ("%s Then install WinUSB for Interface %d alone."),
                                             undoing, node->interface);

  return say (SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER, advice,
              _ ("%s has no driver: it was installed for Interface %d, the serial port, by "
                 "mistake."),
              place, misled->interface);
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
  g_autofree char *place = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  diagnosis = setup_driver_diagnose (facts->nodes, facts->vendor, facts->product);
  if (diagnosis.node != NULL)
    place = setup_driver_dup_place (diagnosis.node);

  switch (diagnosis.fault) {
  case SETUP_DRIVER_FAULT_NONE:
    return say (SETUP_STATE_GOOD, SETUP_ACTION_NONE, NULL, _ ("%s has the right driver, %s."),
                place, diagnosis.node->service);
  case SETUP_DRIVER_FAULT_SERIAL_REPLACED:
  case SETUP_DRIVER_FAULT_PARENT_REPLACED:
    return say_misled (&diagnosis);
  case SETUP_DRIVER_FAULT_UNREADABLE:
    return say (SETUP_STATE_DOUBTFUL, SETUP_ACTION_SHOW_WIRING,
                _ ("If it is your board, the cable, a hub or the wiring of D+ and D− is to blame, "
                   "not a driver."),
                _ ("A USB device is connected that Windows cannot make out."));
  case SETUP_DRIVER_FAULT_FAILED:
    return say (SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
                _ ("Unplug the board and plug it in again. If that does not help, install WinUSB "
                   "anew with Zadig."),
                _ ("%s has the right driver, %s, but it does not start (Windows’ code %u)."), place,
                diagnosis.node->service, diagnosis.node->problem);
  case SETUP_DRIVER_FAULT_DISABLED:
    return say (SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN,
                _ ("Right-click it in Device Manager and choose “Enable device”."),
                _ ("%s is disabled in Device Manager."), place);
  case SETUP_DRIVER_FAULT_WRONG:
    return say (SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
                _ ("Replace that driver with WinUSB; Zadig does it in three clicks."),
                _ ("%s has the driver %s, through which no program can flash it."), place,
                diagnosis.node->service);
  case SETUP_DRIVER_FAULT_MISSING:
    return say (SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER, _ (get_missing_advice ()),
                _ ("No driver is installed for %s."), place);
  case SETUP_DRIVER_FAULT_MISPLACED:
    return say_misplaced (diagnosis.node, diagnosis.misled);
  case SETUP_DRIVER_FAULT_NO_BOARD:
    break;
  }

  return say (SETUP_STATE_SKIPPED, SETUP_ACTION_NONE, NULL,
              _ ("This is asked once a board is in its bootloader."));
}
