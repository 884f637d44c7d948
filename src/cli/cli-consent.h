/* cli-consent.h: whether a firmware is written in spite of what was found in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

CliExit cli_consent_check (const char *subject, FirmwareImage *image);
CliExit cli_consent_ask_read_unprotect (gboolean accepted);
CliExit cli_consent_ask_erase (gboolean accepted);
CliExit cli_consent_ask (const char *subject,
                         FirmwareImage *image,
                         gboolean may_be_alone,
                         gboolean accepted);

G_END_DECLS
