/* setup-usb.c: is USB reachable from here?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-usb.h"

#include <glib/gi18n.h>

/**
 * setup_usb_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_usb_facts_clear (SetupUsbFacts *self)
{
  g_clear_pointer (&self->container, g_free);
  g_clear_pointer (&self->hypervisor, g_free);
}

/**
 * setup_usb_decide:
 * @facts: the facts
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_usb_decide (const SetupUsbFacts *facts)
{
  return setup_verdict_new (SETUP_STATE_GOOD, _ ("Bootlace sees the USB devices."), NULL,
                            SETUP_ACTION_NONE, NULL);
}

/**
 * setup_usb_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_usb_answer (const SetupSituation *situation)
{
  g_auto (SetupUsbFacts) facts = { 0 };

  setup_usb_gather (&facts, situation->root);
  facts.n_devices = situation->devices->len;

  return setup_usb_decide (&facts);
}
