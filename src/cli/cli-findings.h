/* cli-findings.h: what was found in a firmware, on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

char *cli_findings_dup_text (GListModel *findings, FirmwareSeverity lightest);

void cli_findings_print (const char *subject, GListModel *findings, FirmwareSeverity lightest);

G_END_DECLS
