/* setup-holder.h: does anything else hold the board?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"
#include "usb-holder.h"

G_BEGIN_DECLS

/**
 * SetupHolderFacts:
 * @connected: whether there is a board that speaks DFU
 * @busy: whether the last attempt failed because somebody else had it
 * @holder: who has its DFU interface now
 * @node: (nullable): the board's file, where a program has it that cannot be seen
 * @n_suspects: how many programs then run that are known to take boards and cannot be looked into
 * @suspect: (nullable): one of those
 * @suspect_process: its number
 *
 * Who holds a board.
 */
typedef struct {
  gboolean connected;
  gboolean busy;
  UsbHolder holder;
  char *node;
  guint n_suspects;
  char *suspect;
  guint suspect_process;
} SetupHolderFacts;

void setup_holder_gather (SetupHolderFacts *self, const SetupSituation *situation);
void setup_holder_facts_clear (SetupHolderFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupHolderFacts, setup_holder_facts_clear)

char *setup_holder_dup_summary (const UsbHolder *holder);
SetupVerdict *setup_holder_decide (const SetupHolderFacts *facts);
SetupVerdict *setup_holder_answer (const SetupSituation *situation);

G_END_DECLS
