/* setup-driver-fault.h: what is wrong with a board's driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-driver-node.h"

G_BEGIN_DECLS

/**
 * SetupDriverFault:
 * @SETUP_DRIVER_FAULT_NO_BOARD: nothing that speaks DFU is connected
 * @SETUP_DRIVER_FAULT_NONE: the driver is right
 * @SETUP_DRIVER_FAULT_SERIAL_REPLACED: right, but a serial interface has lost its own driver
 * @SETUP_DRIVER_FAULT_PARENT_REPLACED: the board as a whole got what is for one interface
 * @SETUP_DRIVER_FAULT_UNREADABLE: a device is there whose descriptors Windows could not read
 * @SETUP_DRIVER_FAULT_FAILED: the right driver does not start
 * @SETUP_DRIVER_FAULT_DISABLED: somebody disabled it
 * @SETUP_DRIVER_FAULT_WRONG: a driver that programs cannot talk through
 * @SETUP_DRIVER_FAULT_MISSING: no driver
 * @SETUP_DRIVER_FAULT_MISPLACED: no driver, since it went to a serial interface
 *
 * What is wrong, the worst last.
 */
typedef enum {
  SETUP_DRIVER_FAULT_NO_BOARD,
  SETUP_DRIVER_FAULT_NONE,
  SETUP_DRIVER_FAULT_SERIAL_REPLACED,
  SETUP_DRIVER_FAULT_PARENT_REPLACED,
  SETUP_DRIVER_FAULT_UNREADABLE,
  SETUP_DRIVER_FAULT_FAILED,
  SETUP_DRIVER_FAULT_DISABLED,
  SETUP_DRIVER_FAULT_WRONG,
  SETUP_DRIVER_FAULT_MISSING,
  SETUP_DRIVER_FAULT_MISPLACED,
} SetupDriverFault;

/**
 * SetupDriverDiagnosis:
 * @fault: what is wrong
 * @node: (nullable): what needs WinUSB, or has it; %NULL when nothing does
 * @misled: (nullable): what has WinUSB and should not
 *
 * What is wrong, and where.
 */
typedef struct {
  SetupDriverFault fault;
  const SetupDriverNode *node;
  const SetupDriverNode *misled;
} SetupDriverDiagnosis;

SetupDriverDiagnosis setup_driver_diagnose (GPtrArray *nodes, guint16 vendor, guint16 product);

G_END_DECLS
