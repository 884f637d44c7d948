/* cli-facts.h: what an ESP bootloader or application tells, on the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "firmware-esp-facts.h"

G_BEGIN_DECLS

char *cli_facts_dup_text (const FirmwareEspFacts *facts, const char *indent);
void cli_facts_add (JsonBuilder *builder, const FirmwareEspFacts *facts);

G_END_DECLS
