/* test-verdict.h: what tests expect of the setup assistant's answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-verdict.h"

G_BEGIN_DECLS

void test_assert_verdict (const SetupVerdict *verdict,
                          SetupState state,
                          SetupAction action,
                          const char *words,
                          const char *command);

G_END_DECLS
