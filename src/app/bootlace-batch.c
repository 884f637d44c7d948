/* bootlace-batch.c: how far several jobs are, taken together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-batch.h"

#include <glib/gi18n.h>

#include "wording-format.h"

static double
get_job_fraction (BootlaceJob *job)
{
  DfuProgress progress = bootlace_job_get_progress (job);

  return bootlace_job_is_active (job) ? dfu_progress_get_fraction_of_all (&progress) : 1.0;
}

/* How many bytes go over the wire, as far as anybody knows. */
static double
get_weight (BootlaceJob *job)
{
  FirmwareImage *image = bootlace_job_get_image (job);

  if (image != NULL)
    return (double) firmware_image_get_total_size (image);

  return (double) MAX (bootlace_job_get_progress (job).bytes_total, 1);
}

/**
 * bootlace_batch_get_deed:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * Returns: what they are about
 */
BootlaceDeed
bootlace_batch_get_deed (GPtrArray *jobs)
{
  BootlaceDeed deed = BOOTLACE_DEED_FLASH;

  g_return_val_if_fail (jobs != NULL, BOOTLACE_DEED_FLASH);

  for (guint i = 0; i < jobs->len; i++) {
    const BootlaceDeed other = bootlace_job_get_deed (jobs->pdata[i]);

    deed = i == 0 ? other : bootlace_deed_join (deed, other);
  }

  return deed;
}

/**
 * bootlace_batch_is_measured:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * A board erases in one go, and some do not say how much there is to read.
 *
 * Returns: whether it is known how much there is to do for each that is not over
 */
gboolean
bootlace_batch_is_measured (GPtrArray *jobs)
{
  g_return_val_if_fail (jobs != NULL, FALSE);

  for (guint i = 0; i < jobs->len; i++) {
    BootlaceJob *job = jobs->pdata[i];
    const BootlaceDeed deed = bootlace_job_get_deed (job);

    if (!bootlace_job_is_active (job) || deed == BOOTLACE_DEED_FLASH)
      continue;
    if (deed != BOOTLACE_DEED_READ || bootlace_job_get_progress (job).bytes_total == 0)
      return FALSE;
  }

  return TRUE;
}

/**
 * bootlace_batch_get_fraction:
 * @jobs: (element-type BootlaceJob): jobs
 *
 * Weighs each by the size of its firmware, or of what is read.
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
    double weight = get_weight (job);

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

static char *
describe_board (BootlaceJob *job)
{
  DfuDevice *device = bootlace_job_get_device (job);
  const char *name = dfu_device_get_name (device);
  g_autofree char *port = NULL;

  /* Translators: %s is the path of a USB port, like "1-10" */
  port = g_strdup_printf (_ ("USB port %s"), dfu_device_get_port_path (device));

  /* Translators: a board and where it is, like "ESP32-S2 on USB port 1-10" */
  return g_strdup_printf (_ ("%s on %s"), name != NULL ? name : _ ("Unknown board"), port);
}

/* Of several boards, what needs somebody is what counts. */
static char *
describe_boards (GPtrArray *jobs, gboolean only_failed)
{
  g_autoptr (GPtrArray) boards = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < jobs->len; i++)
    if (!only_failed || bootlace_job_get_state (jobs->pdata[i]) == BOOTLACE_JOB_FAILED)
      g_ptr_array_add (boards, describe_board (jobs->pdata[i]));
  g_ptr_array_add (boards, NULL);

  joined = g_strjoinv (", ", (char **) boards->pdata);
  if (!only_failed)
    return g_steal_pointer (&joined);

  /* Translators: the boards of several where it did not work */
  return g_strdup_printf (_ ("failed: %s"), joined);
}

/* What all of them are about. */
static const char *
find_title (GPtrArray *jobs)
{
  const char *title = NULL;

  for (guint i = 0; i < jobs->len; i++) {
    FirmwareImage *image = bootlace_job_get_image (jobs->pdata[i]);
    const char *other = image != NULL ? firmware_image_get_title (image) : NULL;

    if (i > 0 && g_strcmp0 (title, other) != 0)
      return NULL;
    title = other;
  }

  return title;
}

/**
 * bootlace_batch_describe:
 * @jobs: (element-type BootlaceJob): jobs that are over, at least one
 *
 * Returns: (transfer full): which firmware they are about, as far as it has a name, and which
 *   boards: of several, those that failed if any did
 */
char *
bootlace_batch_describe (GPtrArray *jobs)
{
  g_autofree char *boards = NULL;

  g_return_val_if_fail (jobs != NULL && jobs->len > 0, NULL);

  boards = describe_boards (jobs, jobs->len > 1 && bootlace_batch_get_outcomes (jobs).n_failed > 0);

  return wording_format_join ((const char *[]){ find_title (jobs), boards }, 2);
}
