/* bootlace-setup-look.h: words, icons and buttons for the answers of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-verdict.h"

G_BEGIN_DECLS

const char *bootlace_setup_state_get_word (SetupState state);
const char *bootlace_setup_state_get_icon (SetupState state);
const char *bootlace_setup_state_get_style (SetupState state);

const char *bootlace_setup_action_get_label (SetupAction action);
const char *bootlace_setup_action_get_name (SetupAction action);

G_END_DECLS
