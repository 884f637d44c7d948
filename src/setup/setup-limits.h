/* setup-limits.h: can DFU work on the board at all?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupLimitsFacts:
 * @connected: whether there is a board that speaks DFU
 * @kind: what it is by its ids
 * @error: (nullable): how the last attempt on it failed
 *
 * What tells whether DFU can work. Nothing but an attempt shows what a chip's fuses forbid.
 */
typedef struct {
  gboolean connected;
  SetupBoardKind kind;
  const GError *error;
} SetupLimitsFacts;

SetupVerdict *setup_limits_decide (const SetupLimitsFacts *facts);
SetupVerdict *setup_limits_answer (const SetupSituation *situation);

G_END_DECLS
