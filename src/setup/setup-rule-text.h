/* setup-rule-text.h: the udev rule that lets people use their boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain C, because the helper that runs as root needs it and nothing else.
 */

#pragma once

#include <stdbool.h>

/* Below 73: udev's own 73-seat-late.rules acts upon the tag "uaccess". */
#define SETUP_RULE_NAME "70-bootlace.rules"
#define SETUP_RULE_FOLDER "/etc/udev/rules.d"

/* How a file of ours begins; the version follows. Counted up whenever the text changes. */
#define SETUP_RULE_MARK "# Bootlace rule "
#define SETUP_RULE_VERSION 3

/* Who may use the boards where nobody knows who sits at the computer. */
#define SETUP_RULE_GROUP_NAME "plugdev"

/**
 * SetupRuleFlags:
 * @SETUP_RULE_ALL_DEVICES: not only the known boards: whatever has a DFU interface
 * @SETUP_RULE_GROUP: also for the group plugdev, on systems without logind
 *
 * What the rule is to cover.
 */
typedef enum {
  SETUP_RULE_ALL_DEVICES = 1 << 0,
  SETUP_RULE_GROUP = 1 << 1,
} SetupRuleFlags;

char *setup_rule_text_new (unsigned int flags);
unsigned int setup_rule_text_get_version (const char *text);
bool setup_rule_text_covers_all (const char *text);
bool setup_rule_text_covers (const char *text, unsigned int vendor, unsigned int product);
bool setup_rule_text_is_for_group (const char *text);
