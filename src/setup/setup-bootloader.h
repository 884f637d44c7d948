/* setup-bootloader.h: is the board in its bootloader?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupBootloaderFacts:
 * @connected: whether there is a device to talk about
 * @kind: what it is by its ids
 * @speaks_dfu: whether it has a DFU interface
 * @mode: the mode of that interface
 *
 * What a board runs.
 */
typedef struct {
  gboolean connected;
  SetupBoardKind kind;
  gboolean speaks_dfu;
  DfuMode mode;
} SetupBootloaderFacts;

SetupVerdict *setup_bootloader_decide (const SetupBootloaderFacts *facts);
SetupVerdict *setup_bootloader_answer (const SetupSituation *situation);

G_END_DECLS
