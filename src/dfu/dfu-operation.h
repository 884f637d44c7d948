/* dfu-operation.h: long work on a device, with progress, a log and an outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dfu-log.h"
#include "dfu-progress.h"

G_BEGIN_DECLS

/**
 * DfuOperation:
 *
 * Work that blocks a thread for a while and shows its life as properties, all notified on the
 * main context that was the thread default when the operation was made: "phase" (#DfuPhase),
 * "outcome" (#DfuOutcome), "fraction" (0 to 1), "bytes-done", "bytes-total" (0 while unknown),
 * "rate" (bytes a second, 0 while unknown), "time-left" (seconds, -1 while unknown),
 * "work-elapsed", "work-expected" and "silence" (see #DfuProgress; they go on while nothing is
 * heard of the device), "segment" (the #FirmwareSegment being written, or %NULL), "flash-touched"
 * (whether a byte was sent that may have changed the device's memory). Bytes, rate and time left
 * are those of the phase.
 *
 * An operation runs once.
 */
#define DFU_TYPE_OPERATION (dfu_operation_get_type ())
G_DECLARE_DERIVABLE_TYPE (DfuOperation, dfu_operation, DFU, OPERATION, GObject)

/**
 * DfuOperationClass:
 * @run: does the work, in any thread, and returns how it ended well, or %DFU_OUTCOME_NONE with
 *   an error set
 */
struct _DfuOperationClass {
  GObjectClass parent_class;

  DfuOutcome (*run) (DfuOperation *self, GCancellable *cancellable, GError **error);
};

DfuProgress dfu_operation_get_progress (DfuOperation *self);
DfuLog *dfu_operation_get_log (DfuOperation *self);

gboolean dfu_operation_run (DfuOperation *self, GCancellable *cancellable, GError **error);
void dfu_operation_run_async (DfuOperation *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean dfu_operation_run_finish (DfuOperation *self, GAsyncResult *result, GError **error);

/* For subclasses, from the thread that runs. */
void dfu_operation_set_bytes_total (DfuOperation *self, guint64 bytes_total);
void dfu_operation_enter_phase (DfuOperation *self, DfuPhase phase);
void dfu_operation_set_program_kept (DfuOperation *self);
void dfu_operation_set_only_erases (DfuOperation *self, gboolean unprotects);
void dfu_operation_set_written (DfuOperation *self, gboolean is_compared);
void dfu_operation_set_silent (DfuOperation *self);
void dfu_operation_set_restart (DfuOperation *self, DfuRestart restart);
void dfu_operation_set_read_back (DfuOperation *self, DfuReadBack read_back);
void dfu_operation_expect_steps (DfuOperation *self, guint n_steps);
void dfu_operation_advance (DfuOperation *self, guint64 bytes_done, FirmwareSegment *segment);
void dfu_operation_foretell_erases (DfuOperation *self, double seconds);
void dfu_operation_start_work (DfuOperation *self, double expected);

G_END_DECLS
