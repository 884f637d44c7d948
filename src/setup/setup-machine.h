/* setup-machine.h: what kind of computer this is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SetupMachineKind:
 * @SETUP_MACHINE_REAL: a computer of its own, as far as can be told
 * @SETUP_MACHINE_VIRTUAL: a virtual machine
 * @SETUP_MACHINE_WSL_1: the Windows Subsystem for Linux without a kernel of its own
 * @SETUP_MACHINE_WSL_2: the Windows Subsystem for Linux
 *
 * What the system runs on.
 */
typedef enum {
  SETUP_MACHINE_REAL,
  SETUP_MACHINE_VIRTUAL,
  SETUP_MACHINE_WSL_1,
  SETUP_MACHINE_WSL_2,
} SetupMachineKind;

/**
 * SetupHypervisor:
 * @SETUP_HYPERVISOR_UNKNOWN: none, or one that is not known
 * @SETUP_HYPERVISOR_QEMU: QEMU, with KVM or without
 * @SETUP_HYPERVISOR_VIRTUALBOX: VirtualBox
 * @SETUP_HYPERVISOR_VMWARE: VMware
 * @SETUP_HYPERVISOR_HYPER_V: Microsoft's Hyper-V
 * @SETUP_HYPERVISOR_PARALLELS: Parallels
 * @SETUP_HYPERVISOR_CLOUD: a computer for hire, which has no USB sockets that anybody could reach
 *
 * What a virtual machine runs on, as far as that changes what helps.
 */
typedef enum {
  SETUP_HYPERVISOR_UNKNOWN,
  SETUP_HYPERVISOR_QEMU,
  SETUP_HYPERVISOR_VIRTUALBOX,
  SETUP_HYPERVISOR_VMWARE,
  SETUP_HYPERVISOR_HYPER_V,
  SETUP_HYPERVISOR_PARALLELS,
  SETUP_HYPERVISOR_CLOUD,
} SetupHypervisor;

/**
 * SetupMachine:
 * @kind: what it is
 * @hypervisor: what it runs on
 * @container: (nullable): the container that this program is in, such as "docker"; a name
 *
 * A computer, and how much of one it is.
 */
typedef struct {
  SetupMachineKind kind;
  SetupHypervisor hypervisor;
  char *container;
} SetupMachine;

void setup_machine_gather (SetupMachine *self, const char *root);
void setup_machine_clear (SetupMachine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupMachine, setup_machine_clear)

G_END_DECLS
