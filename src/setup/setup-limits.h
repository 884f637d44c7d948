/* setup-limits.h: can DFU work on the board at all?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupLimitsFacts:
 * @speaks_dfu: whether the board speaks DFU, in whatever mode
 * @mode: in which
 * @kind: what it is by its ids
 * @error: (nullable): how the last attempt on it failed
 *
 * What tells whether a chip lets itself be written. Nobody can read its fuses over DFU: only what
 * it does shows them.
 */
typedef struct {
  gboolean speaks_dfu;
  DfuMode mode;
  SetupBoardKind kind;
  const GError *error;
} SetupLimitsFacts;

SetupVerdict *setup_limits_decide (const SetupLimitsFacts *facts);
SetupVerdict *setup_limits_answer (const SetupSituation *situation);

G_END_DECLS
