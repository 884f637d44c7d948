/* bootlace-job-list.h: all boards that are or were being worked on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-outcomes.h"

G_BEGIN_DECLS

/**
 * BootlaceJobList:
 *
 * A #GListModel of #BootlaceJob, at most one for each board: a new job takes the place of the
 * board's last one. A batch is everything that was started since the list was last idle.
 *
 * Properties: "n-running" (jobs that are not over), "stopping" (whether all of these were
 * cancelled), "fraction" (of the batch, from 0 to 1; told whenever anything of its progress is
 * another).
 *
 * Signal "job-over" (#BootlaceJob): a job has ended.
 */
#define BOOTLACE_TYPE_JOB_LIST (bootlace_job_list_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceJobList, bootlace_job_list, BOOTLACE, JOB_LIST, GObject)

BootlaceJobList *bootlace_job_list_new (UsbBus *bus);

BootlaceJob *bootlace_job_list_find (BootlaceJobList *self, DfuDevice *device);
BootlaceJob *bootlace_job_list_start (BootlaceJobList *self,
                                      DfuDevice *device,
                                      FirmwareImage *image,
                                      const DfuChoice *choice);
gboolean bootlace_job_list_run (BootlaceJobList *self, BootlaceJob *job, const DfuChoice *choice);
void bootlace_job_list_cancel_all (BootlaceJobList *self);
void bootlace_job_list_dismiss (BootlaceJobList *self, BootlaceJob *job);

UsbBus *bootlace_job_list_get_bus (BootlaceJobList *self);
GPtrArray *bootlace_job_list_get_batch (BootlaceJobList *self);
guint bootlace_job_list_get_n_running (BootlaceJobList *self);
guint bootlace_job_list_get_n_total (BootlaceJobList *self);
guint bootlace_job_list_get_n_over (BootlaceJobList *self);
gboolean bootlace_job_list_is_stopping (BootlaceJobList *self);

G_END_DECLS
