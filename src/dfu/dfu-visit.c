/* dfu-visit.c: to a device in DFU mode and away from it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-visit.h"

#include "dfu-error.h"
#include "dfu-reconfigure.h"
#include "dfu-wait.h"

/* How long a hub may take to notice that a plug was pulled, in milliseconds. */
#define DEPARTURE_PATIENCE 1000

/* How long a device that was gone when it was about to be switched may stay away, in milliseconds.
 */
#define SWITCHED_PATIENCE 2000

/* A device that stalls questions while it is busy is asked so often, and so far apart, in
 * milliseconds: erasing a page takes it less than one of these. */
#define MAX_STALLS 3
#define STALL_INTERVAL 100

/* The ESP ROM erases a part of 512 KiB inside one block, which slow flash stretches to 23 s, and
 * reads back every byte inside the empty one, about 1 s a MiB. For larger parts, and those that are
 * under way together, dfu-download.c makes the time of a block longer in proportion. */
const DfuTimeouts dfu_timeouts_default = {
  .request = 5000,
  .download = 35000,
  .manifest = 60000,
  .mass_erase = 120000,
  .comeback = 10000,
};

static DfuLog *
get_log (const DfuVisit *self)
{
  return dfu_operation_get_log (self->operation);
}

/**
 * dfu_visit_follow:
 * @self: a visit without a session
 * @device: the device as it came back
 *
 * Goes on with that.
 */
void
dfu_visit_follow (DfuVisit *self, UsbDevice *device)
{
  g_set_object (&self->device, device);
  self->quirks = dfu_quirks_find_device (device);
}

/**
 * dfu_visit_init:
 * @self: (out caller-allocates): the visit
 * @operation: the operation that runs
 * @bus: the bus that @device is on
 * @device: the device as it is now, in either mode
 * @timeouts: upper bounds of waiting
 */
void
dfu_visit_init (DfuVisit *self,
                DfuOperation *operation,
                UsbBus *bus,
                UsbDevice *device,
                const DfuTimeouts *timeouts)
{
  *self = (DfuVisit){ .operation = operation, .bus = bus, .timeouts = *timeouts };
  dfu_visit_follow (self, device);

  dfu_log_append (get_log (self), "Device [%04x:%04x] at USB port %s",
                  usb_device_get_vendor_id (device), usb_device_get_product_id (device),
                  usb_device_get_port_path (device));
}

/**
 * dfu_visit_clear:
 * @self: a visit
 *
 * Closes the device.
 */
void
dfu_visit_clear (DfuVisit *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->device);
}

/**
 * dfu_visit_wait_for_return:
 * @self: a visit of a device that is about to leave
 * @timeout: how long it may take to be back, in milliseconds
 * @cancellable: (nullable): ends waiting
 * @error: return location for an error
 *
 * Closes the device and waits for it to come back in DFU mode. Afterwards @self->device is the
 * device as it came back, which is the one that is meant.
 *
 * Returns: whether it did
 */
gboolean
dfu_visit_wait_for_return (DfuVisit *self, guint timeout, GCancellable *cancellable, GError **error)
{
  g_autoptr (UsbDevice) found = NULL;

  g_clear_object (&self->session);
  found =
    dfu_reconfigure_wait (self->bus, self->device, timeout, get_log (self), cancellable, error);
  if (found == NULL)
    return FALSE;

  dfu_visit_follow (self, found);
  return dfu_choice_check_returned (self->choice, found, error);
}

/* Another program that flashes the same board, or the person in front of it, may have switched it
 * at this very moment: then it was not unplugged. */
static gboolean
wait_for_switched (DfuVisit *self, const GError *gone, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  dfu_log_append (get_log (self), "It left before it was asked to (%s)", gone->message);
  dfu_operation_enter_phase (self->operation, DFU_PHASE_RETURNING);
  if (dfu_visit_wait_for_return (self, SWITCHED_PATIENCE, cancellable, &local_error))
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (local_error, DFU_ERROR, DFU_ERROR_NOT_MEANT))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_propagate_error (error, g_error_copy (gone));

  return FALSE;
}

/**
 * dfu_visit_reconfigure:
 * @self: a visit
 * @cancellable: (nullable): ends waiting
 * @error: return location for an error
 *
 * Brings the device from run-time mode to DFU mode (DFU 1.1 section 5), unless it is there already.
 * Afterwards @self->device is the device as it came back.
 *
 * Returns: whether it is in DFU mode
 */
gboolean
dfu_visit_reconfigure (DfuVisit *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (dfu_interface_find (&self->interface, self->device) && self->interface.mode == DFU_MODE_DFU)
    return TRUE;

  dfu_operation_enter_phase (self->operation, DFU_PHASE_DETACHING);
  if (!dfu_reconfigure_detach (self->device, self->timeouts.request, get_log (self), cancellable,
                               &local_error)) {
    if (usb_error_is_gone (local_error))
      return wait_for_switched (self, local_error, cancellable, error);

    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  dfu_operation_enter_phase (self->operation, DFU_PHASE_RETURNING);
  return dfu_visit_wait_for_return (self, self->timeouts.comeback, cancellable, error);
}

static gboolean
is_stuck (DfuVisit *self)
{
  DfuStatus status;

  return (self->quirks & DFU_QUIRK_STUCK_BUSY) != 0 &&
         dfu_session_get_status (self->session, &status, NULL) && status.state == DFU_STATE_DNBUSY;
}

/* What a device needs that was left in the middle of its work. Returns whether it is worth trying
 * again. */
static gboolean
help_to_idle (DfuVisit *self, const GError *error, guint round, GCancellable *cancellable)
{
  if ((self->quirks & DFU_QUIRK_STALLS_BUSY) != 0 && usb_error_is_stall (error) &&
      round < MAX_STALLS) {
    dfu_wait (STALL_INTERVAL, cancellable);
    return TRUE;
  }

  if (round > 0 || !g_error_matches (error, DFU_ERROR, DFU_ERROR_PROTOCOL) || !is_stuck (self))
    return FALSE;

  dfu_log_append (get_log (self), "%s; trying DFU_CLRSTATUS", error->message);
  return dfu_session_clear_status (self->session, NULL);
}

static gboolean
make_idle (DfuVisit *self, GCancellable *cancellable, GError **error)
{
  for (guint round = 0;; round++) {
    g_autoptr (GError) local_error = NULL;

    if (dfu_session_make_idle (self->session, cancellable, &local_error))
      return TRUE;

    if (!help_to_idle (self, local_error, round, cancellable)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }
}

/* A device that is asked while it is busy may make an error of that (DFU 1.1 figure A.1), which can
 * be cleared like any other. */
static gboolean
make_idle_anyway (DfuVisit *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (make_idle (self, cancellable, &refusal))
    return TRUE;
  if (usb_error_is_stall (refusal))
    return make_idle (self, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* It goes to dfuIDLE without forgetting what it has, so this must be asked before. */
static gboolean
is_in_the_middle (DfuVisit *self)
{
  DfuStatus status;

  return (self->quirks & DFU_QUIRK_PROGRAM) != 0 &&
         dfu_session_get_status (self->session, &status, NULL) &&
         status.state != DFU_STATE_DFU_IDLE;
}

static void
set_silent (DfuVisit *self)
{
  dfu_log_append (get_log (self), "The device does not answer and is left to itself");
  dfu_operation_set_silent (self->operation);
}

static gboolean
open_session (DfuVisit *self, GCancellable *cancellable, GError **error)
{
  DfuOpening opening = { .device = self->device,
                         .choice = self->choice,
                         .timeout = self->timeouts.request,
                         .work = self->cancellable };

  self->session = dfu_reconfigure_open (&opening, cancellable, error);
  self->interface = opening.interface;
  if (opening.was_given_up)
    set_silent (self);

  return self->session != NULL;
}

/**
 * dfu_visit_open:
 * @self: a visit of a device in DFU mode
 * @cancellable: (nullable): ends waiting
 * @error: return location for an error
 *
 * Opens and claims the DFU interface and brings it to dfuIDLE. When that fails, what is left to
 * do was done, and there is no session.
 *
 * Returns: whether there is a session with an idle device
 */
gboolean
dfu_visit_open (DfuVisit *self, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;

  dfu_operation_enter_phase (self->operation, DFU_PHASE_OPENING);
  if (!open_session (self, cancellable, error))
    return FALSE;

  self->was_left = is_in_the_middle (self);
  if (make_idle_anyway (self, cancellable, &local_error))
    return TRUE;

  dfu_visit_fail (self, local_error);
  g_clear_object (&self->session);
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * dfu_visit_explain:
 * @self: a visit with a session
 * @error: (inout): what ended the work; its code may become a better one
 *
 * A pulled plug breaks the transfer first; that the device has left is known a moment later.
 */
void
dfu_visit_explain (DfuVisit *self, GError *error)
{
  if (g_error_matches (error, USB_ERROR, USB_ERROR_IO) &&
      usb_bus_wait_for_departure (self->bus, self->device, DEPARTURE_PATIENCE))
    error->code = USB_ERROR_GONE;
}

static gboolean
note_silence (DfuVisit *self)
{
  if (!dfu_session_was_given_up (self->session))
    return FALSE;

  set_silent (self);
  return TRUE;
}

/**
 * dfu_visit_leave:
 * @self: a visit with a session
 *
 * Brings the device back to dfuIDLE, so that the next one starts clean, also when it is still busy.
 * One that was given up is left alone.
 */
void
dfu_visit_leave (DfuVisit *self)
{
  g_autoptr (GError) error = NULL;

  if (note_silence (self))
    return;

  if (make_idle_anyway (self, NULL, &error))
    dfu_log_append (get_log (self), "The device is back in dfuIDLE");
  else
    dfu_log_append (get_log (self), "The device was not brought back to dfuIDLE: %s",
                    error->message);
  note_silence (self);
}

/**
 * dfu_visit_fail:
 * @self: a visit with a session
 * @error: (inout): what ended the work; its code may become a better one
 *
 * Finds out whether the device has left, and leaves it in order where it still answers. A device
 * that stopped answering is left alone: another unanswered request would only make it worse.
 */
void
dfu_visit_fail (DfuVisit *self, GError *error)
{
  dfu_visit_explain (self, error);

  if (!usb_error_is_gone (error) && !usb_error_is_timed_out (error))
    dfu_visit_leave (self);
}

/**
 * dfu_visit_get_transfer_size:
 * @self: a visit with a session
 *
 * Returns: how many bytes a block may have
 */
guint16
dfu_visit_get_transfer_size (const DfuVisit *self)
{
  return dfu_quirks_limit_transfer_size (self->quirks, self->interface.descriptor.transfer_size);
}
