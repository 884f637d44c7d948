/* cli-memories.h: the memories of a device that a firmware is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "firmware-image.h"

G_BEGIN_DECLS

gboolean cli_memories_are_named (FirmwareImage *image);
char *cli_memories_dup_text (FirmwareImage *image);
void cli_memories_add (JsonBuilder *builder, FirmwareImage *image);

G_END_DECLS
