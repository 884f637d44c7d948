/* setup-rule-command.h: what to type into a terminal to get our udev rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lets udev read its rules and look at the boards again. */
#define SETUP_RULE_COMMAND_APPLY                                                                   \
  "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb"

/* What prints the rule where a Flatpak is installed. */
#define SETUP_RULE_COMMAND_FLATPAK "flatpak run --command=bootlace-cli " APPLICATION_ID

char *setup_rule_command_new_helper (guint flags);
char *setup_rule_command_new_helper_remove (void);
char *setup_rule_command_new_print (const char *printer, guint flags);
char *setup_rule_command_new_text (guint flags);
char *setup_rule_command_quote (const char *word);
char *setup_rule_command_new_remove (void);
char *setup_rule_command_new_join (const char *user);
char *setup_rule_command_new_set_aside (const char *path);

G_END_DECLS
