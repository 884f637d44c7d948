/* setup-driver-fault.c: what is wrong with a board's driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-driver-fault.h"

#include "setup-board-id.h"

/* The ESP ROM's interfaces, whatever Windows knows of their classes. */
#define ROM_SERIAL_INTERFACE 0
#define ROM_DFU_INTERFACE 2

/* Microsoft's cfg.h; its codes are what Device Manager shows in brackets. */
typedef enum {
  PROBLEM_NOT_CONFIGURED = 1,
  PROBLEM_REINSTALL = 18,
  PROBLEM_DISABLED = 22,
  PROBLEM_NOT_THERE = 24,
  PROBLEM_FAILED_INSTALL = 28,
  PROBLEM_FAILED_POST_START = 43,
  PROBLEM_PHANTOM = 45,
} Problem;

static SetupBoardKind
get_kind (const SetupDriverNode *node)
{
  const SetupBoardId *id = setup_board_id_find (node->vendor, node->product);

  return id != NULL ? id->kind : SETUP_BOARD_KIND_UNKNOWN;
}

/* Windows never forgets a device. */
static gboolean
is_connected (const SetupDriverNode *node)
{
  return node->problem != PROBLEM_NOT_THERE && node->problem != PROBLEM_PHANTOM;
}

static gboolean
speaks_dfu (const SetupDriverNode *node)
{
  if (node->is_dfu)
    return TRUE;

  switch (get_kind (node)) {
  case SETUP_BOARD_KIND_ROM:
    return node->interface == ROM_DFU_INTERFACE;
  case SETUP_BOARD_KIND_DFU:
    return node->interface == SETUP_DRIVER_NO_INTERFACE &&
           g_strcmp0 (node->service, "usbccgp") != 0;
  case SETUP_BOARD_KIND_UNKNOWN:
  case SETUP_BOARD_KIND_APPLICATION:
  case SETUP_BOARD_KIND_SERIAL_BRIDGE:
  case SETUP_BOARD_KIND_SERIAL_JTAG:
  case SETUP_BOARD_KIND_DEBUG_PROBE:
  case SETUP_BOARD_KIND_UF2:
  case SETUP_BOARD_KIND_UF2_ONLY:
  case SETUP_BOARD_KIND_FOREIGN:
    break;
  }

  return FALSE;
}

static gboolean
is_serial_port (const SetupDriverNode *node)
{
  return node->is_serial ||
         (get_kind (node) == SETUP_BOARD_KIND_ROM && node->interface == ROM_SERIAL_INTERFACE);
}

static const SetupDriverNode *
find_misled_neighbour (GPtrArray *nodes, const SetupDriverNode *node)
{
  for (guint i = 0; i < nodes->len; i++) {
    const SetupDriverNode *other = nodes->pdata[i];

    if (is_connected (other) && setup_driver_node_is_beside (node, other) &&
        is_serial_port (other) && setup_driver_node_is_served (other))
      return other;
  }

  return NULL;
}

static SetupDriverFault
judge_driver (const SetupDriverNode *node)
{
  if (node->problem == PROBLEM_DISABLED)
    return SETUP_DRIVER_FAULT_DISABLED;

  if (node->problem == PROBLEM_FAILED_INSTALL || node->problem == PROBLEM_NOT_CONFIGURED ||
      node->problem == PROBLEM_REINSTALL || node->service == NULL || *node->service == '\0')
    return SETUP_DRIVER_FAULT_MISSING;

  if (!setup_driver_node_is_served (node))
    return SETUP_DRIVER_FAULT_WRONG;

  return node->problem != 0 ? SETUP_DRIVER_FAULT_FAILED : SETUP_DRIVER_FAULT_NONE;
}

static SetupDriverDiagnosis
judge_dfu (GPtrArray *nodes, const SetupDriverNode *node)
{
  const SetupDriverNode *misled = find_misled_neighbour (nodes, node);
  SetupDriverFault fault = judge_driver (node);

  if (misled != NULL && fault == SETUP_DRIVER_FAULT_MISSING)
    fault = SETUP_DRIVER_FAULT_MISPLACED;
  else if (misled != NULL && fault == SETUP_DRIVER_FAULT_NONE)
    fault = SETUP_DRIVER_FAULT_SERIAL_REPLACED;

  return (SetupDriverDiagnosis){ fault, node, misled };
}

static SetupDriverDiagnosis
judge (GPtrArray *nodes, const SetupDriverNode *node)
{
  if (speaks_dfu (node))
    return judge_dfu (nodes, node);

  /* Its functions are gone then: nobody splits the device any more. */
  if (get_kind (node) == SETUP_BOARD_KIND_ROM && node->interface == SETUP_DRIVER_NO_INTERFACE &&
      setup_driver_node_is_served (node))
    return (SetupDriverDiagnosis){ SETUP_DRIVER_FAULT_PARENT_REPLACED, NULL, node };

  return (SetupDriverDiagnosis){ SETUP_DRIVER_FAULT_NO_BOARD };
}

static gboolean
is_unreadable (const SetupDriverNode *node)
{
  return node->vendor == 0 && node->problem == PROBLEM_FAILED_POST_START;
}

/**
 * setup_driver_diagnose:
 * @nodes: (element-type SetupDriverNode): what Windows knows
 * @vendor: idVendor of the board that is meant, or 0 for all
 * @product: its idProduct
 *
 * Looks at what is connected and speaks DFU. Of several faults, the worst counts.
 *
 * Returns: what is wrong, and where; its nodes are those of @nodes
 */
SetupDriverDiagnosis
setup_driver_diagnose (GPtrArray *nodes, guint16 vendor, guint16 product)
{
  SetupDriverDiagnosis worst = { SETUP_DRIVER_FAULT_NO_BOARD };

  g_return_val_if_fail (nodes != NULL, worst);

  for (guint i = 0; i < nodes->len; i++) {
    const SetupDriverNode *node = nodes->pdata[i];
    SetupDriverDiagnosis diagnosis = { SETUP_DRIVER_FAULT_UNREADABLE };

    if (!is_connected (node))
      continue;

    if (!is_unreadable (node))
      diagnosis = judge (nodes, node);
    else if (vendor != 0)
      continue;

    if ((vendor == 0 || (node->vendor == vendor && node->product == product)) &&
        diagnosis.fault > worst.fault)
      worst = diagnosis;
  }

  return worst;
}
