/* firmware-ihex.h: Intel HEX, bytes and their addresses as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-memory.h"

G_BEGIN_DECLS

/* RECTYP of Intel's Hexadecimal Object File Format Specification, revision A of 1988. */
#define FIRMWARE_IHEX_DATA 0x00
#define FIRMWARE_IHEX_END 0x01
#define FIRMWARE_IHEX_SEGMENT 0x02
#define FIRMWARE_IHEX_START_SEGMENT 0x03
#define FIRMWARE_IHEX_LINEAR 0x04
#define FIRMWARE_IHEX_START_LINEAR 0x05

/* No address is this high: a 64 KiB page's number has 16 bits. */
#define FIRMWARE_IHEX_LIMIT (G_GUINT64_CONSTANT (1) << 32)

gboolean firmware_ihex_is_present (GBytes *contents);
GArray *firmware_ihex_read (GBytes *contents, GError **error);
GBytes *firmware_ihex_write (const FirmwareRun *runs, gsize n_runs, GError **error);

G_END_DECLS
