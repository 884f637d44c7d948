/* helper-rule-file.h: puts the udev rule into its folder, and takes it out again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

int helper_rule_file_open_folder (const char *path);
int helper_rule_file_install (int folder, const char *text);
int helper_rule_file_remove (int folder);
