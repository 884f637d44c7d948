/* dfu-restart.c: out of DFU mode, DFU 1.1 section 7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-restart.h"

/* How long a device may take to leave, which a hub notices late, in milliseconds. */
#define DEPARTURE_PATIENCE 1000

/* How long a program may take to show on the bus, in milliseconds. Many never do. */
#define COMEBACK_PATIENCE 3000

static gboolean
is_other_at_port (UsbDevice *candidate, gpointer user_data)
{
  UsbDevice *before = user_data;

  return candidate != before &&
         g_str_equal (usb_device_get_port_path (candidate), usb_device_get_port_path (before));
}

/**
 * dfu_restart_find_back:
 * @visit: a visit of a device that has left
 * @cancellable: (nullable): ends waiting
 *
 * Waits a moment for it. Worker thread.
 *
 * Returns: (transfer full) (nullable): the device as it came back, in whatever mode
 */
UsbDevice *
dfu_restart_find_back (DfuVisit *visit, GCancellable *cancellable)
{
  return usb_bus_wait_for_device (visit->bus, is_other_at_port, visit->device,
                                  MIN (COMEBACK_PATIENCE, visit->timeouts.comeback), cancellable,
                                  NULL);
}

static gboolean
is_bootloader (UsbDevice *device)
{
  const DfuQuirkFlags quirks = dfu_quirks_find_device (device);
  DfuInterface interface;

  if (!dfu_interface_find (&interface, device) || (quirks & DFU_QUIRK_PROGRAM) != 0)
    return FALSE;

  return interface.mode == DFU_MODE_DFU || (quirks & DFU_QUIRK_IS_LOADER) != 0;
}

/**
 * dfu_restart_is_back:
 * @visit: a visit of a device that has left
 * @cancellable: (nullable): ends waiting
 *
 * Worker thread.
 *
 * Returns: whether the device comes back soon, with its program running
 */
gboolean
dfu_restart_is_back (DfuVisit *visit, GCancellable *cancellable)
{
  g_autoptr (UsbDevice) found = dfu_restart_find_back (visit, cancellable);

  return found != NULL && !is_bootloader (found);
}

/* Nobody has looked for one that was not waited for. */
static DfuRestart
judge (UsbDevice *found, GCancellable *cancellable)
{
  if (found == NULL)
    return g_cancellable_is_cancelled (cancellable) ? DFU_RESTART_ASKED : DFU_RESTART_DONE;

  return is_bootloader (found) ? DFU_RESTART_BOOTLOADER : DFU_RESTART_DONE;
}

/**
 * dfu_restart_watch:
 * @visit: a visit of a device that was asked to leave
 * @cancellable: (nullable): ends waiting
 *
 * Sees what becomes of the device. A program need not show on the bus, so a device that stays away
 * is taken to run it, unless nobody waited for it. Worker thread.
 *
 * Returns: what became of it
 */
DfuRestart
dfu_restart_watch (DfuVisit *visit, GCancellable *cancellable)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  g_autoptr (UsbDevice) found = NULL;
  DfuRestart restart = DFU_RESTART_STAYED;

  if (usb_bus_wait_for_departure (visit->bus, visit->device, DEPARTURE_PATIENCE)) {
    found = dfu_restart_find_back (visit, cancellable);
    restart = judge (found, cancellable);
  }

  dfu_log_append (log, "Restart: %s%s", dfu_enum_nick (DFU_TYPE_RESTART, restart),
                  restart == DFU_RESTART_DONE && found == NULL ? ", not on the bus" : "");
  return restart;
}

/* DETACH is no request of DFU mode, but bitWillDetach devices mostly leave it by that; an ESP ROM
 * does not, and a program does without having said so. Returns whether the device is leaving. */
static gboolean
detach (DfuVisit *visit)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  g_autoptr (GError) error = NULL;

  if ((!visit->interface.descriptor.will_detach && (visit->quirks & DFU_QUIRK_PROGRAM) == 0) ||
      (visit->quirks & DFU_QUIRK_IS_LOADER) != 0 || dfu_session_was_given_up (visit->session))
    return FALSE;

  if (dfu_session_detach (visit->session, &error))
    dfu_log_append (log, "DETACH acknowledged");
  else
    dfu_log_append (log, "DETACH not acknowledged (%s)", error->message);

  if (usb_error_is_stall (error))
    return FALSE;

  return usb_error_is_gone (error) ||
         usb_bus_wait_for_departure (visit->bus, visit->device, DEPARTURE_PATIENCE);
}

/**
 * dfu_restart_program:
 * @visit: a visit with a session and a device with %DFU_QUIRK_PROGRAM
 *
 * Restarts the program that is the device, which begins anew; and waits until it is back, so that
 * the next try finds it. Worker thread.
 *
 * Returns: whether it has restarted; then the session is of no use any more
 */
gboolean
dfu_restart_program (DfuVisit *visit)
{
  return detach (visit) && dfu_restart_watch (visit, NULL) != DFU_RESTART_STAYED;
}

static void
reset (DfuVisit *visit)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  g_autoptr (GError) error = NULL;

  if (dfu_session_reset (visit->session, &error))
    dfu_log_append (log, "Bus reset");
  else
    dfu_log_append (log, "Bus reset: %s", error->message);
}

/**
 * dfu_restart_run:
 * @visit: a visit with a session and an idle device
 * @cancellable: (nullable): ends waiting
 *
 * Tries to make the device run its program: by DETACH where that may help, and by a bus reset,
 * which makes a device leave DFU mode (DFU 1.1 section 7) and an ESP ROM restart its chip. The
 * session is of no use afterwards. Worker thread.
 *
 * Returns: what became of the device
 */
DfuRestart
dfu_restart_run (DfuVisit *visit, GCancellable *cancellable)
{
  DfuRestart restart;

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_RESTARTING);
  if (!detach (visit))
    reset (visit);

  restart = dfu_restart_watch (visit, cancellable);
  if (restart == DFU_RESTART_STAYED)
    dfu_visit_leave (visit);

  return restart;
}
