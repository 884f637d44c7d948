/* setup-check.h: one question of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-verdict.h"

G_BEGIN_DECLS

/**
 * SetupCheck:
 *
 * A question that the program answers itself. It stays the same object while its answer changes.
 * Main thread only.
 *
 * Properties: "id" (stable word: "access"), "title" (the question, translated), and of its verdict
 * "state", "summary", "advice", "action", "command".
 */
#define SETUP_TYPE_CHECK (setup_check_get_type ())
G_DECLARE_FINAL_TYPE (SetupCheck, setup_check, SETUP, CHECK, GObject)

SetupCheck *setup_check_new (const char *id, const char *title);

const char *setup_check_get_id (SetupCheck *self);
const char *setup_check_get_title (SetupCheck *self);
const SetupVerdict *setup_check_get_verdict (SetupCheck *self);
void setup_check_set_verdict (SetupCheck *self, const SetupVerdict *verdict);

G_END_DECLS
