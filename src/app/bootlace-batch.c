/* bootlace-batch.c: how far several jobs are, taken together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-batch.h"

static double
get_job_fraction (BootlaceJob *job)
{
  DfuProgress progress = bootlace_job_get_progress (job);

  return bootlace_job_is_active (job) ? dfu_progress_get_fraction_of_all (&progress) : 1.0;
}

/**
 * bootlace_batch_get_fraction:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * Weighs each by the size of its firmware.
 *
 * Returns: how much of them is done, from 0 to 1; 0 for none
 */
double
bootlace_batch_get_fraction (GPtrArray *jobs)
{
  double done = 0.0;
  double total = 0.0;

  g_return_val_if_fail (jobs != NULL, 0.0);

  for (guint i = 0; i < jobs->len; i++) {
    BootlaceJob *job = jobs->pdata[i];
    double weight = (double) firmware_image_get_total_size (bootlace_job_get_image (job));

    done += weight * get_job_fraction (job);
    total += weight;
  }

  return total > 0.0 ? done / total : 0.0;
}

/**
 * bootlace_batch_get_time_left:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * Returns: how many seconds the slowest of those will take that are not over, -1 when one cannot
 * tell or none is left
 */
double
bootlace_batch_get_time_left (GPtrArray *jobs)
{
  double longest = -1.0;

  g_return_val_if_fail (jobs != NULL, -1.0);

  for (guint i = 0; i < jobs->len; i++) {
    BootlaceJob *job = jobs->pdata[i];
    DfuProgress progress = bootlace_job_get_progress (job);

    if (!bootlace_job_is_active (job))
      continue;
    if (progress.time_left < 0.0 || !dfu_progress_is_last_step (&progress))
      return -1.0;
    longest = MAX (longest, progress.time_left);
  }

  return longest;
}

/**
 * bootlace_batch_get_outcomes:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * Returns: how those ended that are over
 */
BootlaceOutcomes
bootlace_batch_get_outcomes (GPtrArray *jobs)
{
  BootlaceOutcomes outcomes = { 0 };

  g_return_val_if_fail (jobs != NULL, outcomes);

  for (guint i = 0; i < jobs->len; i++)
    bootlace_outcomes_add (&outcomes, jobs->pdata[i]);

  return outcomes;
}
