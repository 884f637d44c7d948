/* dfu-mode-change.c: to the bootloader and back, with nothing written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-mode-change.h"

#include "dfu-dfuse-contents.h"
#include "dfu-error.h"
#include "dfu-restart.h"

struct _DfuModeChange {
  DfuWork parent_instance;

  DfuMode mode; /* that it shall be in */
};

G_DEFINE_FINAL_TYPE (DfuModeChange, dfu_mode_change, DFU_TYPE_WORK)

static gboolean
is_in_dfu_mode (UsbDevice *device)
{
  DfuInterface interface;

  return dfu_interface_find (&interface, device) && interface.mode == DFU_MODE_DFU;
}

static gboolean
detach (DfuVisit *visit, DfuRestart *restart, GCancellable *cancellable, GError **error)
{
  *restart = is_in_dfu_mode (visit->device) ? DFU_RESTART_NONE : DFU_RESTART_BOOTLOADER;

  return dfu_visit_reconfigure (visit, cancellable, error);
}

/* Programs begin where the memory does. */
static gboolean
request_leave (DfuVisit *visit, const DfuDfuse *dfuse, GCancellable *cancellable, GError **error)
{
  g_autoptr (DfuMemories) memories = dfu_memories_read (visit, cancellable, error);
  const DfuMemoryLayout *layout = NULL;
  guint32 address = 0;

  if (memories == NULL)
    return FALSE;

  layout = dfu_memories_find (memories, visit->interface.alternate);
  if (layout != NULL)
    dfu_dfuse_find_readable (layout, &address);

  return dfu_dfuse_leave (dfuse, address, error);
}

/* DfuSe has a request for it, and its devices take no notice of a bus reset. One that is protected
 * takes no requests. */
static gboolean
leave (DfuVisit *visit, DfuRestart *restart, GCancellable *cancellable, GError **error)
{
  const DfuDfuse dfuse = dfu_dfuse_new_from_visit (visit);
  g_autoptr (GError) local_error = NULL;

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_RESTARTING);
  if (request_leave (visit, &dfuse, cancellable, &local_error)) {
    *restart = dfu_restart_watch (visit, cancellable);
    return TRUE;
  }

  dfu_log_append (dfuse.log, "The device stays in its bootloader: %s", local_error->message);
  dfu_visit_leave (visit);
  *restart = DFU_RESTART_STAYED;
  if (!g_error_matches (local_error, DFU_ERROR, DFU_ERROR_PROTECTED) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A loader that is in run-time mode has to be brought to DFU mode to be restarted. */
static gboolean
start_program (DfuVisit *visit, DfuRestart *restart, GCancellable *cancellable, GError **error)
{
  *restart = DFU_RESTART_NONE;
  if (!is_in_dfu_mode (visit->device) && (visit->quirks & DFU_QUIRK_IS_LOADER) == 0)
    return TRUE;

  if (!dfu_visit_reconfigure (visit, cancellable, error) ||
      !dfu_visit_open (visit, cancellable, error))
    return FALSE;

  if (dfu_interface_takes_addresses (&visit->interface))
    return leave (visit, restart, cancellable, error);

  *restart = dfu_restart_run (visit, cancellable);
  return TRUE;
}

static DfuOutcome
dfu_mode_change_visit (DfuWork *work, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuModeChange *self = DFU_MODE_CHANGE (work);
  DfuChoice choice = *visit->choice; /* with its words borrowed */
  DfuRestart restart;
  gboolean is_done;

  choice.takes_any = TRUE;
  visit->choice = &choice;
  is_done = self->mode == DFU_MODE_DFU ? detach (visit, &restart, cancellable, error)
                                       : start_program (visit, &restart, cancellable, error);
  if (!is_done)
    return DFU_OUTCOME_NONE;

  dfu_operation_set_restart (visit->operation, restart);
  return DFU_OUTCOME_RESTARTED;
}

static void
dfu_mode_change_class_init (DfuModeChangeClass *klass)
{
  DFU_WORK_CLASS (klass)->visit = dfu_mode_change_visit;
}

static void
dfu_mode_change_init (DfuModeChange *self)
{
}

/**
 * dfu_mode_change_new:
 * @bus: the bus that @device is on; used to see it come back
 * @device: the device as it is now, in either mode
 * @mode: %DFU_MODE_DFU for its bootloader, %DFU_MODE_RUNTIME for its program
 *
 * Returns: (transfer full): a change that has not started
 */
DfuModeChange *
dfu_mode_change_new (UsbBus *bus, UsbDevice *device, DfuMode mode)
{
  DfuModeChange *self;

  self = dfu_work_new (DFU_TYPE_MODE_CHANGE, bus, device);
  self->mode = mode;

  return self;
}
