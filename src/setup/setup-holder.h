/* setup-holder.h: does anything else hold the board?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupHolderFacts:
 * @connected: whether there is a board that speaks DFU
 * @busy: whether the last attempt failed because somebody else had it
 * @driver: (nullable): the kernel driver that has its DFU interface; "usbfs" when a program has it
 * @program: (nullable): what the program that has it open calls itself
 * @process: its process, 0 when there is none that can be seen
 *
 * Who holds a board.
 */
typedef struct {
  gboolean connected;
  gboolean busy;
  char *driver;
  char *program;
  guint process;
} SetupHolderFacts;

void setup_holder_facts_clear (SetupHolderFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupHolderFacts, setup_holder_facts_clear)

SetupVerdict *setup_holder_decide (const SetupHolderFacts *facts);
SetupVerdict *setup_holder_answer (const SetupSituation *situation);

G_END_DECLS
