/* dfu-status.h: the answer to DFU_GETSTATUS, DFU 1.1 section 6.1.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-enums.h"

G_BEGIN_DECLS

#define DFU_STATUS_LENGTH 6

/**
 * DfuStatus:
 * @code: bStatus; may be a value that the specification does not name
 * @state: bState, the state that the device enters by answering
 * @poll_timeout: bwPollTimeout, in milliseconds; means something only while the device is busy
 */
typedef struct {
  DfuStatusCode code;
  DfuState state;
  guint poll_timeout;
} DfuStatus;

gboolean dfu_status_parse (DfuStatus *self, const guint8 *data, gsize length, GError **error);
gboolean dfu_status_check (const DfuStatus *self, GError **error);
gboolean dfu_status_expect (const DfuStatus *self, DfuState state, GError **error);
char *dfu_status_to_string (const DfuStatus *self);

G_END_DECLS
