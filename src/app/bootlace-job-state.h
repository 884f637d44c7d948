/* bootlace-job-state.h: where a job is in its life
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-progress.h"

G_BEGIN_DECLS

/**
 * BootlaceJobState:
 * @BOOTLACE_JOB_WAITING: made, but not started
 * @BOOTLACE_JOB_RUNNING: under way; the operation tells how far
 * @BOOTLACE_JOB_VERIFIED: written, and the board compared
 * @BOOTLACE_JOB_WRITTEN: written, and nobody compared
 * @BOOTLACE_JOB_READ: read, and the file is there
 * @BOOTLACE_JOB_BLANK: erased, and somebody has looked
 * @BOOTLACE_JOB_ERASED: erased, and nobody has looked
 * @BOOTLACE_JOB_FAILED: an error ended it
 * @BOOTLACE_JOB_CANCELLED: the person ended it
 *
 * The life of a job. The nicks are for the report.
 */
typedef enum {
  BOOTLACE_JOB_WAITING,
  BOOTLACE_JOB_RUNNING,
  BOOTLACE_JOB_VERIFIED,
  BOOTLACE_JOB_WRITTEN,
  BOOTLACE_JOB_READ,
  BOOTLACE_JOB_BLANK,
  BOOTLACE_JOB_ERASED,
  BOOTLACE_JOB_FAILED,
  BOOTLACE_JOB_CANCELLED,
} BootlaceJobState;

#define BOOTLACE_TYPE_JOB_STATE (bootlace_job_state_get_type ())
GType bootlace_job_state_get_type (void);

BootlaceJobState bootlace_job_state_find_end (const DfuProgress *progress, const GError *error);

G_END_DECLS
