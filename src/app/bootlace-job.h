/* bootlace-job.h: one board being worked on, from the wish to the outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-deed.h"
#include "bootlace-job-state.h"
#include "dfu-device.h"
#include "dfu-work.h"
#include "firmware-image.h"
#include "usb-bus.h"
#include "wording-message.h"

G_BEGIN_DECLS

/**
 * BootlaceJob:
 *
 * A #DfuWork on one board. It keeps itself alive until its end and needs no window. Until the board
 * comes back anew or the job is dismissed, it holds the #DfuDevice, so that the outcome can be seen
 * after the board has left.
 *
 * Properties: "operation" (the #DfuWork), "state", "stopping" (whether it was cancelled and is not
 * over yet), "past" (whether the board has come back since, so that the outcome is no longer about
 * what is connected).
 */
#define BOOTLACE_TYPE_JOB (bootlace_job_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceJob, bootlace_job, BOOTLACE, JOB, GObject)

BootlaceJob *bootlace_job_new (UsbBus *bus, DfuDevice *device, FirmwareImage *image);
BootlaceJob *bootlace_job_new_to_read (UsbBus *bus, DfuDevice *device, GFile *file);
BootlaceJob *bootlace_job_new_to_erase (UsbBus *bus, DfuDevice *device, BootlaceDeed deed);

DfuDevice *bootlace_job_get_device (BootlaceJob *self);
BootlaceDeed bootlace_job_get_deed (BootlaceJob *self);
FirmwareImage *bootlace_job_get_image (BootlaceJob *self);
DfuWork *bootlace_job_get_operation (BootlaceJob *self);
DfuProgress bootlace_job_get_progress (BootlaceJob *self);
BootlaceJobState bootlace_job_get_state (BootlaceJob *self);
void bootlace_job_get_times (BootlaceJob *self, gint64 *started, gint64 *ended);
GFile *bootlace_job_get_saved (BootlaceJob *self);
char *bootlace_job_describe_saved (BootlaceJob *self);
const GError *bootlace_job_get_error (BootlaceJob *self);
const WordingMessage *bootlace_job_get_message (BootlaceJob *self);
gboolean bootlace_job_is_active (BootlaceJob *self);
gboolean bootlace_job_is_stopping (BootlaceJob *self);
gboolean bootlace_job_is_past (BootlaceJob *self);
gboolean bootlace_job_starts_program (BootlaceJob *self);
gboolean bootlace_job_needs_reset (BootlaceJob *self);

void bootlace_job_start (BootlaceJob *self);
void bootlace_job_cancel (BootlaceJob *self);
void bootlace_job_dismiss (BootlaceJob *self);

G_END_DECLS
