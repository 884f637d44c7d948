/* engine-seam.c: the engine on whatever a test puts in the place of USB, and of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-seam.h"

EngineSeam engine_seam;

/* The linker's names for what stands in the place of a function (its option --wrap). */
UsbPipe *__wrap_usb_device_open (UsbDevice *device, GError **error);
UsbDevice *__wrap_usb_bus_wait_for_device (UsbBus *bus,
                                           UsbDeviceMatch match,
                                           gpointer user_data,
                                           guint timeout,
                                           GCancellable *cancellable,
                                           GError **error);
gboolean __wrap_usb_bus_wait_for_departure (UsbBus *bus, UsbDevice *device, guint timeout);
void __wrap_dfu_wait (guint milliseconds, GCancellable *cancellable);
gint64 __wrap_g_get_monotonic_time (void);

UsbPipe *
__wrap_usb_device_open (UsbDevice *device, GError **error)
{
  return engine_seam.open (device, error);
}

UsbDevice *
__wrap_usb_bus_wait_for_device (UsbBus *bus,
                                UsbDeviceMatch match,
                                gpointer user_data,
                                guint timeout,
                                GCancellable *cancellable,
                                GError **error)
{
  UsbDevice *found = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  found = engine_seam.find (match, user_data, timeout);
  if (found == NULL) {
    engine_seam.now += timeout * G_GINT64_CONSTANT (1000);
    g_set_error_literal (error, USB_ERROR, USB_ERROR_TIMED_OUT, "No such device came");
  }

  return found;
}

gboolean
__wrap_usb_bus_wait_for_departure (UsbBus *bus, UsbDevice *device, guint timeout)
{
  if (engine_seam.has_left (device, timeout))
    return TRUE;

  engine_seam.now += timeout * G_GINT64_CONSTANT (1000);
  return FALSE;
}

void
__wrap_dfu_wait (guint milliseconds, GCancellable *cancellable)
{
  if (engine_seam.wait != NULL)
    engine_seam.wait ();

  if (!g_cancellable_is_cancelled (cancellable))
    engine_seam.now += milliseconds * G_GINT64_CONSTANT (1000);
}

gint64
__wrap_g_get_monotonic_time (void)
{
  return engine_seam.now;
}

/* One that was never started: nothing but what is above is asked of it. */
UsbBus *
engine_seam_new_bus (void)
{
  return g_object_new (USB_TYPE_BUS, NULL);
}

/* What an operation was about to say on the thread's main context holds it until it is said. */
void
engine_seam_forget_news (DfuOperation *operation)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source;

  while ((source = g_main_context_find_source_by_user_data (context, operation)) != NULL)
    g_source_destroy (source);
}
