/* bootlace-rule-guide.h: what the udev rule does, a wider one, and how to take it away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "setup-access.h"

G_BEGIN_DECLS

/**
 * BootlaceRuleGuide:
 *
 * What there is to choose about the rule, each with its command for a terminal. Where a click
 * cannot do it, as in a sandbox or without the helper, the button only copies the command.
 *
 * Properties: "active" and "busy" (writable; it looks around again when the one begins or the other
 * ends), "can-install" (whether a click can do it), "wide-command" and "remove-command" (%NULL
 * where there is nothing to do).
 */
#define BOOTLACE_TYPE_RULE_GUIDE (bootlace_rule_guide_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceRuleGuide, bootlace_rule_guide, BOOTLACE, RULE_GUIDE, GtkWidget)

void bootlace_rule_guide_set_facts (BootlaceRuleGuide *self, const SetupAccessFacts *facts);

G_END_DECLS
