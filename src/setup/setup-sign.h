/* setup-sign.h: what keeps people from using a board and is no error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-symptom.h"
#include "setup-verdict.h"

G_BEGIN_DECLS

#define SETUP_SIGN (setup_sign_quark ())

/**
 * SetupSign:
 * @SETUP_SIGN_NO_BOARD: nothing is connected; {handover} is how it gets here
 * @SETUP_SIGN_NO_KNOWN_BOARD: nothing that is known; {handover}
 * @SETUP_SIGN_EMPTY_PORT: nothing is at {port}; {handover}
 * @SETUP_SIGN_UNKNOWN_DEVICE: {name} may be a board or not
 * @SETUP_SIGN_APPLICATION: a board runs its application
 * @SETUP_SIGN_SERIAL_SOCKET: {name} is the converter on a board's other socket
 * @SETUP_SIGN_DEBUG_PROBE: {name} programs a chip over other wires
 * @SETUP_SIGN_SERIAL_JTAG: the socket is wired to Espressif's USB-Serial-JTAG unit
 * @SETUP_SIGN_UF2_DRIVE: a bootloader is a drive, and the chip has another below it
 * @SETUP_SIGN_UF2_ONLY: the chip's only bootloader is a drive
 * @SETUP_SIGN_OTHER_PROTOCOL: a bootloader speaks something else
 * @SETUP_SIGN_CHARGE_ONLY_CABLE: nothing happens on plugging in
 * @SETUP_SIGN_SWAPPED_LINES: D+ and D− are swapped
 * @SETUP_SIGN_HUB: something between board and computer disturbs
 * @SETUP_SIGN_APPLICATION_WITHOUT_USB: an application leaves no way in over USB
 * @SETUP_SIGN_STAYS_AFTER_RESET: a board does not leave its bootloader
 * @SETUP_SIGN_NEEDS_RESET: a board is written and does not start by itself
 * @SETUP_SIGN_LOCKED_CHIP: Secure Boot, flash encryption or Secure Download Mode
 * @SETUP_SIGN_BURNT_FUSES: DIS_USB and the like
 * @SETUP_SIGN_OLD_ESP32_S3: the eFuse for DFU has no effect
 * @SETUP_SIGN_CHIP_WITHOUT_DFU: a chip has no DFU in its ROM
 * @SETUP_SIGN_DFU_UTIL_DETACHING: dfu-util's "error detaching"
 * @SETUP_SIGN_DFU_UTIL_MISSING: there is no dfu-util
 * @SETUP_SIGN_DFU_UTIL_FAILED: dfu-util's exit code 74
 * @SETUP_SIGN_FLATPAK_WITHOUT_USB: a Flatpak may not use devices
 * @SETUP_SIGN_CONTAINER_WITHOUT_USB: a container of {kind} has none
 * @SETUP_SIGN_WSL_1: the first WSL has no USB
 * @SETUP_SIGN_WSL_2: Windows kept its devices
 * @SETUP_SIGN_VIRTUAL_MACHINE_WITHOUT_USB: a virtual machine has none; {handover}
 * @SETUP_SIGN_NO_NODES: the kernel has no USB devices
 * @SETUP_SIGN_BACK_AT_WINDOWS: a board that restarted is not in WSL any more
 * @SETUP_SIGN_BACK_AT_HOST: nor in a virtual machine; {handover}
 * @SETUP_SIGN_OPEN_BY_OLDER: our rule works and is old
 * @SETUP_SIGN_OPEN_TO_ALL: the rule {path} lets everybody in
 * @SETUP_SIGN_SANDBOX: a sandbox cannot change who may use a board
 * @SETUP_SIGN_SANDBOX_UNKNOWN: nor for a board that no rule knows
 * @SETUP_SIGN_NO_UDEV: nobody acts upon rules
 * @SETUP_SIGN_NOT_SEATED: somebody else sits at the computer
 * @SETUP_SIGN_RULE_ABSENT: our rule is not installed
 * @SETUP_SIGN_RULE_ABSENT_BY_HAND: the same where a click cannot do it
 * @SETUP_SIGN_RULE_ABSENT_UNKNOWN: the same for a board that no rule knows
 * @SETUP_SIGN_RULE_OLDER: our rule is old and does not work
 * @SETUP_SIGN_RULE_NEWER: our rule is newer and does not reach the board
 * @SETUP_SIGN_RULE_FOREIGN: somebody else's file is at {path}
 * @SETUP_SIGN_RULE_MASKED: our rule is switched off by {path}
 * @SETUP_SIGN_RULE_TOO_NARROW: our rule is not for this board
 * @SETUP_SIGN_RULE_UNDONE: the rule {path} undoes ours
 * @SETUP_SIGN_RULE_NOT_APPLIED: our rule came after the board
 * @SETUP_SIGN_RULE_WITHOUT_GROUP: our rule is for another kind of computer
 * @SETUP_SIGN_GROUP_MISSING: there is no group for it
 * @SETUP_SIGN_NOT_IN_GROUP: the person is not in the group
 * @SETUP_SIGN_GROUP_LATER: the person is, from the next login on
 * @SETUP_SIGN_ACCESS_UNEXPLAINED: {path} with {mode}, {user} and {group} does not open
 * @SETUP_SIGN_HELD: {program} with the number {process} has a board; {advice}
 * @SETUP_SIGN_HELD_BY_SUSPECT: {program} may have it, {process}; {advice}
 * @SETUP_SIGN_HELD_BY_HIDDEN: a program has it that cannot be looked into
 * @SETUP_SIGN_OPENED: {program} looks on, {process}; {advice}
 * @SETUP_SIGN_KERNEL_YIELDS: the kernel's {driver} has a board and will let go
 * @SETUP_SIGN_KERNEL_STAYS: the kernel's {driver} did not
 * @SETUP_SIGN_DRIVER_MISSING: {place} has no driver
 * @SETUP_SIGN_DRIVER_WRONG: {place} has {driver}
 * @SETUP_SIGN_DRIVER_DISABLED: {place} is disabled
 * @SETUP_SIGN_DRIVER_FAILED: {driver} of {place} does not start, {problem}
 * @SETUP_SIGN_DRIVER_MISPLACED: what {place}, {own}, needs is at {other}; {undoing}
 * @SETUP_SIGN_SERIAL_REPLACED: {place} has {driver} instead of its own; {name}
 * @SETUP_SIGN_PARENT_REPLACED: so has the whole board
 * @SETUP_SIGN_UNREADABLE: Windows cannot make a device out
 *
 * What the checks and pages of the setup assistant find, or describe for somebody to find. Each has
 * a row of the table of symptoms, whose texts have a place for what is in {braces}. The nicks are
 * the words behind SETUP_SIGN_ in lower case with hyphens.
 */
typedef enum {
  SETUP_SIGN_NO_BOARD,
  SETUP_SIGN_NO_KNOWN_BOARD,
  SETUP_SIGN_EMPTY_PORT,
  SETUP_SIGN_UNKNOWN_DEVICE,
  SETUP_SIGN_APPLICATION,
  SETUP_SIGN_SERIAL_SOCKET,
  SETUP_SIGN_DEBUG_PROBE,
  SETUP_SIGN_SERIAL_JTAG,
  SETUP_SIGN_UF2_DRIVE,
  SETUP_SIGN_UF2_ONLY,
  SETUP_SIGN_OTHER_PROTOCOL,
  SETUP_SIGN_CHARGE_ONLY_CABLE,
  SETUP_SIGN_SWAPPED_LINES,
  SETUP_SIGN_HUB,
  SETUP_SIGN_APPLICATION_WITHOUT_USB,
  SETUP_SIGN_STAYS_AFTER_RESET,
  SETUP_SIGN_NEEDS_RESET,
  SETUP_SIGN_LOCKED_CHIP,
  SETUP_SIGN_BURNT_FUSES,
  SETUP_SIGN_OLD_ESP32_S3,
  SETUP_SIGN_CHIP_WITHOUT_DFU,
  SETUP_SIGN_DFU_UTIL_DETACHING,
  SETUP_SIGN_DFU_UTIL_MISSING,
  SETUP_SIGN_DFU_UTIL_FAILED,
  SETUP_SIGN_FLATPAK_WITHOUT_USB,
  SETUP_SIGN_CONTAINER_WITHOUT_USB,
  SETUP_SIGN_WSL_1,
  SETUP_SIGN_WSL_2,
  SETUP_SIGN_VIRTUAL_MACHINE_WITHOUT_USB,
  SETUP_SIGN_NO_NODES,
  SETUP_SIGN_BACK_AT_WINDOWS,
  SETUP_SIGN_BACK_AT_HOST,
  SETUP_SIGN_OPEN_BY_OLDER,
  SETUP_SIGN_OPEN_TO_ALL,
  SETUP_SIGN_SANDBOX,
  SETUP_SIGN_SANDBOX_UNKNOWN,
  SETUP_SIGN_NO_UDEV,
  SETUP_SIGN_NOT_SEATED,
  SETUP_SIGN_RULE_ABSENT,
  SETUP_SIGN_RULE_ABSENT_BY_HAND,
  SETUP_SIGN_RULE_ABSENT_UNKNOWN,
  SETUP_SIGN_RULE_OLDER,
  SETUP_SIGN_RULE_NEWER,
  SETUP_SIGN_RULE_FOREIGN,
  SETUP_SIGN_RULE_MASKED,
  SETUP_SIGN_RULE_TOO_NARROW,
  SETUP_SIGN_RULE_UNDONE,
  SETUP_SIGN_RULE_NOT_APPLIED,
  SETUP_SIGN_RULE_WITHOUT_GROUP,
  SETUP_SIGN_GROUP_MISSING,
  SETUP_SIGN_NOT_IN_GROUP,
  SETUP_SIGN_GROUP_LATER,
  SETUP_SIGN_ACCESS_UNEXPLAINED,
  SETUP_SIGN_HELD,
  SETUP_SIGN_HELD_BY_SUSPECT,
  SETUP_SIGN_HELD_BY_HIDDEN,
  SETUP_SIGN_OPENED,
  SETUP_SIGN_KERNEL_YIELDS,
  SETUP_SIGN_KERNEL_STAYS,
  SETUP_SIGN_DRIVER_MISSING,
  SETUP_SIGN_DRIVER_WRONG,
  SETUP_SIGN_DRIVER_DISABLED,
  SETUP_SIGN_DRIVER_FAILED,
  SETUP_SIGN_DRIVER_MISPLACED,
  SETUP_SIGN_SERIAL_REPLACED,
  SETUP_SIGN_PARENT_REPLACED,
  SETUP_SIGN_UNREADABLE,
} SetupSign;

GType setup_sign_get_type (void);
GQuark setup_sign_quark (void);

const SetupSymptom *setup_sign_get_symptom (SetupSign sign);
char *setup_sign_dup_hint (SetupSign sign);
SetupVerdict *setup_sign_answer (SetupSign sign,
                                 SetupState state,
                                 SetupAction action,
                                 const char *command,
                                 ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
