/* setup-board.h: is a board connected?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-machine.h"
#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupBoardFacts:
 * @connected: whether there is a device to talk about
 * @wanted: (nullable): the port that was asked for
 * @name: (nullable): what the device is called
 * @kind: what it is by its ids
 * @speaks_dfu: whether it has a DFU interface
 * @n_devices: how many devices are connected, hubs not counted
 * @machine: where the program runs
 *
 * Which boards are there.
 */
typedef struct {
  gboolean connected;
  const char *wanted;
  char *name;
  SetupBoardKind kind;
  gboolean speaks_dfu;
  guint n_devices;
  SetupMachine machine;
} SetupBoardFacts;

void setup_board_facts_clear (SetupBoardFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupBoardFacts, setup_board_facts_clear)

SetupVerdict *setup_board_decide (const SetupBoardFacts *facts);
SetupVerdict *setup_board_answer (const SetupSituation *situation);

G_END_DECLS
