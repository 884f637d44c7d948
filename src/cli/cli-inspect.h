/* cli-inspect.h: the two ways to show what a firmware contains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

void cli_inspect_print_text (const char *path, FirmwareImage *image);
void cli_inspect_print_json (FirmwareImage *image);

char *cli_inspect_dup_sha256 (FirmwareImage *image);

G_END_DECLS
