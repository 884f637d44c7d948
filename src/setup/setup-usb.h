/* setup-usb.h: is USB reachable from here?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-machine.h"
#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupUsbFacts:
 * @flatpak: whether this is a Flatpak's sandbox
 * @flatpak_devices: whether that has the permission for devices
 * @machine: where the program runs
 * @has_nodes: whether the system has device nodes for USB at all
 * @n_devices: how many devices are connected, hubs not counted
 * @lost: whether a board left for its bootloader and did not come back
 * @blind: whether libusb could not start, for whatever reason
 *
 * What stands between this program and USB.
 */
typedef struct {
  gboolean flatpak;
  gboolean flatpak_devices;
  SetupMachine machine;
  gboolean has_nodes;
  guint n_devices;
  gboolean lost;
  gboolean blind;
} SetupUsbFacts;

void setup_usb_gather (SetupUsbFacts *self, const char *root);
void setup_usb_facts_clear (SetupUsbFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupUsbFacts, setup_usb_facts_clear)

SetupVerdict *setup_usb_decide (const SetupUsbFacts *facts);
SetupVerdict *setup_usb_answer (const SetupSituation *situation);

char *setup_usb_dup_handover (const SetupMachine *machine);

G_END_DECLS
