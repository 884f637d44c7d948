/* dfu-outcome.h: the one place that decides how the work on a device ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-enums.h"

G_BEGIN_DECLS

/**
 * DfuReadBack:
 * @DFU_READ_BACK_NOT_ASKED: nobody wanted it
 * @DFU_READ_BACK_NEEDLESS: the device has compared more than could be read
 * @DFU_READ_BACK_IMPOSSIBLE: the device gives nothing away, or has left
 * @DFU_READ_BACK_PARTLY: what was read and compared is what was written, or blank where all was
 *   erased, but that is not all
 * @DFU_READ_BACK_SAME: every byte is what was written
 *
 * What came of reading back. What differs is an error.
 */
typedef enum {
  DFU_READ_BACK_NOT_ASKED,
  DFU_READ_BACK_NEEDLESS,
  DFU_READ_BACK_IMPOSSIBLE,
  DFU_READ_BACK_PARTLY,
  DFU_READ_BACK_SAME,
} DfuReadBack;

/**
 * DfuLeave:
 * @took_end: whether the device acknowledged the empty block
 * @manifestation_tolerant: whether it promised to answer afterwards (bitManifestationTolerant)
 * @is_back: whether it came back at once, and not in its bootloader
 *
 * How a device left the bus instead of saying how manifestation went.
 */
typedef struct {
  gboolean took_end;
  gboolean manifestation_tolerant;
  gboolean is_back;
} DfuLeave;

gboolean dfu_outcome_needs_comeback (const DfuLeave *leave);
gboolean dfu_outcome_judge_leave (const DfuLeave *leave, const GError *cause, GError **error);
DfuOutcome dfu_outcome_of_upgrade (gboolean device_compared, DfuReadBack read_back);
DfuOutcome dfu_outcome_of_error (const GError *error);

G_END_DECLS
