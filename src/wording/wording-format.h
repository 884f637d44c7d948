/* wording-format.h: numbers, times and names as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-format.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

char *wording_format_address (guint64 address);
char *wording_format_flash_size (guint64 size);
char *wording_format_size (guint64 size);
char *wording_format_exact_size (guint64 size);
char *wording_format_percent (double fraction);
char *wording_format_rate (double rate);
char *wording_format_time_left (double seconds);
char *wording_format_erase (int elapsed, double expected);
char *wording_format_check (int elapsed, double expected);
char *wording_format_silence (int seconds);
char *wording_format_ago (gint64 seconds);
char *wording_format_build_date (const char *date);
char *wording_format_moment (gint64 time);
const char *wording_format_role (FirmwareRole role);
const char *wording_format_table_md5 (FirmwareEspProof md5);
const char *wording_format_name (const FirmwareFormat *format);
char *wording_format_join (const char *const *texts, gsize n_texts);

G_END_DECLS
