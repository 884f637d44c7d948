/* wording-facts.h: what an ESP image tells of itself, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-facts.h"

G_BEGIN_DECLS

char *wording_facts_dup_origin (const FirmwareEspFacts *facts);
char *wording_facts_dup_target (const FirmwareEspFacts *facts);
char *wording_facts_dup_flash (const FirmwareEspFacts *facts);
char *wording_facts_dup_signature (const FirmwareEspFacts *facts);

G_END_DECLS
