/* bootlace-job.h: one board being worked on, from the wish to the outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-deed.h"
#include "dfu-device.h"
#include "dfu-work.h"
#include "firmware-image.h"
#include "usb-bus.h"
#include "wording-message.h"

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
 * The life of a job. The nicks are the names in lower case.
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

/**
 * BootlaceJob:
 *
 * A #DfuWork on one board. It keeps itself alive until its end and needs no window. Until the board
 * comes back anew or the job is dismissed, it holds the #DfuDevice, so that the outcome can be seen
 * after the board has left.
 *
 * Properties: "device", "deed", "image" (or %NULL where nothing is written), "operation" (the
 * #DfuWork), "state", "active", "stopping" (whether it was cancelled and is not over yet),
 * "message" (#WordingMessage, why it failed or was cancelled), "past" (whether the board has come
 * back since, so that the outcome is no longer about what is connected).
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
gboolean bootlace_job_needs_reset (BootlaceJob *self);

void bootlace_job_start (BootlaceJob *self);
void bootlace_job_cancel (BootlaceJob *self);
void bootlace_job_dismiss (BootlaceJob *self);

G_END_DECLS
