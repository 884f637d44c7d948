/* dfu-log.h: what happened, line by line, for a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DfuLog:
 *
 * English lines with the time since the log was made. Any thread may append and read.
 */
#define DFU_TYPE_LOG (dfu_log_get_type ())
G_DECLARE_FINAL_TYPE (DfuLog, dfu_log, DFU, LOG, GObject)

DfuLog *dfu_log_new (void);

void dfu_log_append (DfuLog *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *dfu_log_dup_text (DfuLog *self);

G_END_DECLS
