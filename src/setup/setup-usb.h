/* setup-usb.h: is USB reachable from here?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupMachine:
 * @SETUP_MACHINE_REAL: a computer of its own, as far as can be told
 * @SETUP_MACHINE_VIRTUAL: a virtual machine
 * @SETUP_MACHINE_WSL: the Windows Subsystem for Linux
 *
 * What the system runs on.
 */
typedef enum {
  SETUP_MACHINE_REAL,
  SETUP_MACHINE_VIRTUAL,
  SETUP_MACHINE_WSL,
} SetupMachine;

/**
 * SetupUsbFacts:
 * @flatpak: whether this is a Flatpak's sandbox
 * @flatpak_devices: whether that has the permission for devices
 * @container: (nullable): what kind of container this is, such as "docker"; a name
 * @machine: what the system runs on
 * @hypervisor: (nullable): what a virtual machine runs on, such as "VirtualBox"; a name
 * @has_nodes: whether the system has device nodes for USB at all
 * @n_devices: how many devices are connected, hubs not counted
 *
 * Where this program runs.
 */
typedef struct {
  gboolean flatpak;
  gboolean flatpak_devices;
  char *container;
  SetupMachine machine;
  char *hypervisor;
  gboolean has_nodes;
  guint n_devices;
} SetupUsbFacts;

void setup_usb_facts_clear (SetupUsbFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupUsbFacts, setup_usb_facts_clear)

void setup_usb_gather (SetupUsbFacts *self, const char *root);
SetupVerdict *setup_usb_decide (const SetupUsbFacts *facts);
SetupVerdict *setup_usb_answer (const SetupSituation *situation);

G_END_DECLS
