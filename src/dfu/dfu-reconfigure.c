/* dfu-reconfigure.c: from run-time mode to DFU mode, DFU 1.1 section 5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-reconfigure.h"

#include "dfu-error.h"
#include "dfu-quirks.h"
#include "dfu-wait.h"
#include "usb-holder.h"

/* A device that just arrived may be held by the system for a moment: its rules run, a modem or
 * firmware daemon takes a look. In milliseconds. */
#define OPEN_PATIENCE 2000
#define OPEN_INTERVAL 50

/* One that was usable before it came back will be so again: udev gives its permissions, and Windows
 * installs the driver, which takes long the first time. In milliseconds. */
#define ACCESS_PATIENCE 5000
#define DRIVER_PATIENCE 30000
#define SETTLING_INTERVAL 100

/* How long a device may still take to answer when the work on it is cancelled, in milliseconds:
 * longer than a sector takes, which is erased inside a request by some. */
#define CANCEL_GRACE 2000

/* Lets nobody who cancels wait for long for an answer, unless the device may hang from that. */
static void
set_grace (DfuSession *session, const DfuOpening *opening)
{
  if ((dfu_quirks_find_device (opening->device) & DFU_QUIRK_WEDGES) == 0)
    dfu_session_set_grace (session, opening->work, CANCEL_GRACE);
}

static DfuSession *
open_session (DfuOpening *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (DfuSession) session = NULL;

  if (!dfu_interface_find (&self->interface, self->device)) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_SUPPORTED,
                         "The device has no DFU interface");
    return NULL;
  }

  pipe = usb_device_open (self->device, error);
  if (pipe == NULL)
    return NULL;

  session = dfu_session_new (pipe, self->timeout);
  set_grace (session, self);
  if (dfu_choice_apply (self->choice, self->device, session, &self->interface, cancellable,
                        error) &&
      dfu_session_claim (session, &self->interface, error))
    return g_steal_pointer (&session);

  self->was_given_up = dfu_session_was_given_up (session);
  return NULL;
}

/* Says who has the device, where that can be found. */
static void
name_holder (GError **error, UsbDevice *device, guint8 interface)
{
  g_auto (UsbHolder) holder = { 0 };

  usb_holder_find (&holder, "", device, interface);
  usb_error_set_holder (error, &holder);
}

/**
 * dfu_reconfigure_open:
 * @opening: (inout): what to open, and how
 * @cancellable: (nullable): ends the wait for a device that is held by somebody, and stops asking
 *   for names
 * @error: return location for an error
 *
 * Opens the device, finds what is meant of it, and claims the DFU interface. While somebody else
 * holds the device this tries again for a moment before it gives up, with an error that names the
 * holder where it can be found. Worker thread.
 *
 * Returns: (transfer full) (nullable): a session
 */
DfuSession *
dfu_reconfigure_open (DfuOpening *opening, GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + OPEN_PATIENCE * G_GINT64_CONSTANT (1000);
  g_autoptr (GError) busy = NULL; /* that somebody had it, and who */

  for (;;) {
    const gboolean is_last = g_get_monotonic_time () >= deadline;
    g_autoptr (GError) local_error = NULL;
    DfuSession *session = open_session (opening, cancellable, &local_error);

    if (session != NULL)
      return session;

    if (!usb_error_is_busy (local_error)) {
      /* Whoever had it has taken it along into another mode: it was not unplugged. */
      if (busy != NULL && usb_error_is_gone (local_error))
        g_propagate_error (error, g_steal_pointer (&busy));
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

    /* At first, because it may take the device away, and at last, because it may be another. */
    if (busy == NULL || is_last) {
      g_clear_error (&busy);
      busy = g_steal_pointer (&local_error);
      name_holder (&busy, opening->device, opening->interface.number);
    }

    if (is_last) {
      g_propagate_error (error, g_steal_pointer (&busy));
      return NULL;
    }

    dfu_wait (OPEN_INTERVAL, cancellable);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
  }
}

/**
 * dfu_reconfigure_detach:
 * @device: a device in run-time mode
 * @timeout: for the request, in milliseconds
 * @log: where the steps are written
 * @cancellable: (nullable): ends the wait for a device that is held by somebody, or does not answer
 * @error: return location for an error
 *
 * Asks the device to leave for DFU mode, and resets the bus for one that does not leave by itself
 * (bitWillDetach). Whether DETACH was acknowledged says nothing: the ESP32-S2's ROM leaves before
 * it could. Worker thread.
 *
 * Returns: whether the device was asked; if it obeys, it will be seen leaving
 */
gboolean
dfu_reconfigure_detach (UsbDevice *device,
                        guint timeout,
                        DfuLog *log,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (DfuSession) session = NULL;
  g_autoptr (GError) detach_error = NULL;
  g_autoptr (GError) reset_error = NULL;
  DfuOpening opening = { .device = device, .timeout = timeout, .work = cancellable };

  session = dfu_reconfigure_open (&opening, cancellable, error);
  if (session == NULL)
    return FALSE;

  if (dfu_session_detach (session, &detach_error))
    dfu_log_append (log, "DETACH acknowledged");
  else
    dfu_log_append (log, "DETACH not acknowledged (%s)", detach_error->message);

  if (!opening.interface.descriptor.will_detach && !dfu_session_reset (session, &reset_error))
    dfu_log_append (log, "Bus reset: %s", reset_error->message);

  return TRUE;
}

static gboolean
is_back_in_dfu_mode (UsbDevice *candidate, gpointer user_data)
{
  UsbDevice *before = user_data;
  DfuInterface interface;

  return candidate != before &&
         g_str_equal (usb_device_get_port_path (candidate), usb_device_get_port_path (before)) &&
         dfu_interface_find (&interface, candidate) && interface.mode == DFU_MODE_DFU;
}

/**
 * dfu_reconfigure_get_patience:
 * @refusal: why a device that has just come back could not be opened
 *
 * Returns: how long that may be so, in milliseconds since it came back
 */
guint
dfu_reconfigure_get_patience (const GError *refusal)
{
  if (usb_error_is_no_driver (refusal))
    return DRIVER_PATIENCE;

  return usb_error_is_access (refusal) ? ACCESS_PATIENCE : 0;
}

/* Lets the system make ready what has just come back. If it never does, whoever opens the device
 * will be told why. */
static gboolean
settle (UsbDevice *device, DfuLog *log, GCancellable *cancellable, GError **error)
{
  const gint64 began = g_get_monotonic_time ();

  for (guint round = 0;; round++) {
    g_autoptr (GError) refusal = NULL;
    g_autoptr (UsbPipe) pipe = usb_device_open (device, &refusal);
    const gint64 waited = (g_get_monotonic_time () - began) / G_TIME_SPAN_MILLISECOND;

    if (pipe != NULL || waited >= dfu_reconfigure_get_patience (refusal))
      return TRUE;

    if (round == 0)
      dfu_log_append (log, "Waiting for the system to make it ready (%s)", refusal->message);

    dfu_wait (SETTLING_INTERVAL, cancellable);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
}

/**
 * dfu_reconfigure_find:
 * @bus: the bus
 * @device: the device as it was before it was asked to leave
 * @timeout: how long it may take, in milliseconds
 * @cancellable: (nullable): ends the wait
 * @error: return location for an error
 *
 * Waits for a device in DFU mode at the same port, which may not be ready yet. Worker thread.
 *
 * Returns: (transfer full) (nullable): the device as it came back
 */
UsbDevice *
dfu_reconfigure_find (UsbBus *bus,
                      UsbDevice *device,
                      guint timeout,
                      GCancellable *cancellable,
                      GError **error)
{
  return usb_bus_wait_for_device (bus, is_back_in_dfu_mode, device, timeout, cancellable, error);
}

/**
 * dfu_reconfigure_wait:
 * @bus: the bus
 * @device: the device as it was before it was asked to leave
 * @timeout: how long it may take, in milliseconds
 * @log: where the steps are written
 * @cancellable: (nullable): ends the wait
 * @error: return location for an error, %DFU_ERROR_NOT_RETURNED if nothing came
 *
 * Waits for a device in DFU mode at the same port, and a moment longer for its permissions or its
 * driver. Ids and serial numbers tell nothing here: the ESP ROM's do not change and are the same on
 * every chip. Worker thread.
 *
 * Returns: (transfer full) (nullable): the device as it came back
 */
UsbDevice *
dfu_reconfigure_wait (UsbBus *bus,
                      UsbDevice *device,
                      guint timeout,
                      DfuLog *log,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UsbDevice) found =
    dfu_reconfigure_find (bus, device, timeout, cancellable, &local_error);

  if (found != NULL) {
    dfu_log_append (log, "Back in DFU mode as device %u", usb_device_get_address (found));
    return settle (found, log, cancellable, error) ? g_steal_pointer (&found) : NULL;
  }

  if (usb_error_is_timed_out (local_error))
    g_set_error (error, DFU_ERROR, DFU_ERROR_NOT_RETURNED,
                 "The device did not come back in DFU mode within %.1f s", timeout / 1000.0);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}
