/* bootlace-job-state.c: where a job is in its life
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-job-state.h"

#include <gio/gio.h>

G_DEFINE_ENUM_TYPE (BootlaceJobState,
                    bootlace_job_state,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_WRITTEN, "written"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_READ, "read"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_BLANK, "erased and checked"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_ERASED, "erased"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_JOB_CANCELLED, "cancelled"))

/* What was erased was looked at if any of it was read. */
static BootlaceJobState
find_good_end (const DfuProgress *progress)
{
  if (progress->outcome == DFU_OUTCOME_READ)
    return BOOTLACE_JOB_READ;
  if (progress->outcome == DFU_OUTCOME_ERASED)
    return progress->read_back == DFU_READ_BACK_PARTLY ? BOOTLACE_JOB_BLANK : BOOTLACE_JOB_ERASED;
  if (progress->outcome == DFU_OUTCOME_VERIFIED)
    return BOOTLACE_JOB_VERIFIED;

  return BOOTLACE_JOB_WRITTEN;
}

/**
 * bootlace_job_state_find_end:
 * @progress: how far the work of a job has come that has ended
 * @error: (nullable): why it did not come to its end
 *
 * Returns: how the job ended
 */
BootlaceJobState
bootlace_job_state_find_end (const DfuProgress *progress, const GError *error)
{
  g_return_val_if_fail (progress != NULL, BOOTLACE_JOB_FAILED);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BOOTLACE_JOB_CANCELLED;

  return error != NULL ? BOOTLACE_JOB_FAILED : find_good_end (progress);
}
