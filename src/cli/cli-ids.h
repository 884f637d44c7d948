/* cli-ids.h: what a DFU suffix says, as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-dfu-suffix.h"

G_BEGIN_DECLS

gboolean cli_ids_parse_one (const char *text, guint16 *number);
gboolean cli_ids_parse_device (const char *text, FirmwareDfuSuffix *ids);
gboolean cli_ids_parse_release (const char *text, FirmwareDfuSuffix *ids);
gboolean cli_ids_parse_specification (const char *text, FirmwareDfuSuffix *ids);

char *cli_ids_format_device (const FirmwareDfuSuffix *ids);
char *cli_ids_format_release (const FirmwareDfuSuffix *ids);
char *cli_ids_format_specification (const FirmwareDfuSuffix *ids);

G_END_DECLS
