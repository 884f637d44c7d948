/* wording-finding.h: what was found in a firmware, in the words of people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-finding.h"

G_BEGIN_DECLS

const char *wording_severity_get_word (FirmwareSeverity severity);

char *wording_finding_dup_sentence (FirmwareFinding *finding);
char *wording_finding_dup_advice (FirmwareFinding *finding);

G_END_DECLS
