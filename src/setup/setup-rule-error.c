/* setup-rule-error.c: why udev's rule could not be installed or removed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-error.h"

G_DEFINE_QUARK (setup_rule_error_quark, setup_rule_error)
