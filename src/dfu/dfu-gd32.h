/* dfu-gd32.h: what GigaDevice's ROM says of itself, set right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dfu_gd32_decode_serial (const char *serial);
char *dfu_gd32_describe_flash (const char *serial);

G_END_DECLS
