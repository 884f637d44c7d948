/* setup-rule-error.h: why udev's rule could not be installed or removed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SETUP_RULE_ERROR (setup_rule_error_quark ())

/**
 * SetupRuleError:
 * @SETUP_RULE_ERROR_FAILED: anything that no other code names
 * @SETUP_RULE_ERROR_NO_POLKIT: polkit's pkexec or the setup helper is not installed: only a command
 *   in a terminal does it
 * @SETUP_RULE_ERROR_NOT_ALLOWED: polkit refused, or could not ask: the same
 * @SETUP_RULE_ERROR_NOT_OURS: a file of that name is somebody else's
 * @SETUP_RULE_ERROR_NEWER: a newer version of this program wrote the file
 * @SETUP_RULE_ERROR_READ_ONLY: the system's configuration cannot be written
 * @SETUP_RULE_ERROR_NO_UDEV: it was done, but udev did not take notice
 *
 * Why a rule could not be installed or removed. When the person declines to give a password it is
 * %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  SETUP_RULE_ERROR_FAILED,
  SETUP_RULE_ERROR_NO_POLKIT,
  SETUP_RULE_ERROR_NOT_ALLOWED,
  SETUP_RULE_ERROR_NOT_OURS,
  SETUP_RULE_ERROR_NEWER,
  SETUP_RULE_ERROR_READ_ONLY,
  SETUP_RULE_ERROR_NO_UDEV,
} SetupRuleError;

GQuark setup_rule_error_quark (void);

G_END_DECLS
