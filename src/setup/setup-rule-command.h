/* setup-rule-command.h: what to type into a terminal to get our udev rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SetupRuleWay:
 * @SETUP_RULE_WAY_HELPER: the helper is installed
 * @SETUP_RULE_WAY_FLATPAK: this is a Flatpak; the command is for the computer around it
 * @SETUP_RULE_WAY_TEXT: neither: the command holds the whole rule
 *
 * By which way a rule gets to its place without a click.
 */
typedef enum {
  SETUP_RULE_WAY_HELPER,
  SETUP_RULE_WAY_FLATPAK,
  SETUP_RULE_WAY_TEXT,
} SetupRuleWay;

/* Lets udev read its rules and look at the boards again. */
#define SETUP_RULE_COMMAND_APPLY                                                                   \
  "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb"

char *setup_rule_command_new_install (SetupRuleWay way, guint flags);
char *setup_rule_command_new_remove (void);
char *setup_rule_command_new_join (const char *user);
char *setup_rule_command_new_set_aside (const char *path);

G_END_DECLS
