/* dfu-outcome.c: the one place that decides how the work on a device ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-outcome.h"

#include <gio/gio.h>

#include "dfu-error.h"

/**
 * dfu_outcome_needs_comeback:
 * @leave: how a device left; without @is_back
 *
 * A device that is not manifestation tolerant may leave once it has taken the empty block: that is
 * how it says that it is done (DFU 1.1 section 7). Of any other it is not known whether it is done
 * or was unplugged, unless it comes back with its program running.
 *
 * Returns: whether dfu_outcome_is_good_leave() must know if the device comes back
 */
gboolean
dfu_outcome_needs_comeback (const DfuLeave *leave)
{
  return leave->manifestation_tolerant || !leave->took_end;
}

/**
 * dfu_outcome_judge_leave:
 * @leave: how a device left
 * @cause: what it was asked last, and that it was gone
 * @error: return location for a %DFU_ERROR_LEFT
 *
 * Devices that say that they will answer, and restart instead, are common; and so are plugs that
 * come loose. What a device said before tells nothing either: dfuMANIFEST and dfuMANIFEST-SYNC may
 * follow each other for as long as it is at work (DFU 1.1 figure A.1). Only dfuIDLE and
 * dfuMANIFEST-WAIT-RESET say that manifestation is over, and after these nobody has to judge.
 *
 * Returns: whether it left as devices do that are done; else it is not known that they are, and
 *   neither that they were unplugged
 */
gboolean
dfu_outcome_judge_leave (const DfuLeave *leave, const GError *cause, GError **error)
{
  if (leave->is_back || !dfu_outcome_needs_comeback (leave))
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_LEFT, "%s, and did not say how manifestation went",
               cause->message);
  return FALSE;
}

/**
 * dfu_outcome_of_upgrade:
 * @device_compared: whether the device compared its memory with the image's digests before it said
 *   that all is well
 * @read_back: what came of reading back
 *
 * Returns: how an upgrade without an error ended
 */
DfuOutcome
dfu_outcome_of_upgrade (gboolean device_compared, DfuReadBack read_back)
{
  return device_compared || read_back == DFU_READ_BACK_SAME ? DFU_OUTCOME_VERIFIED
                                                            : DFU_OUTCOME_WRITTEN;
}

/**
 * dfu_outcome_of_error:
 * @error: what ended the work
 *
 * Returns: how it ended
 */
DfuOutcome
dfu_outcome_of_error (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? DFU_OUTCOME_CANCELLED
                                                                   : DFU_OUTCOME_FAILED;
}
