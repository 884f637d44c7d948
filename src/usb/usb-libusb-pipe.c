/* usb-libusb-pipe.c: a pipe over a device that libusb opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-libusb-pipe.h"

#include <libusb.h>

#include "usb-error-private.h"
#include "usb-opening.h"
#include "usb-sysfs.h"

#define EVENT_WAIT G_TIME_SPAN_MINUTE /* only how often the wait for an event begins anew */

/* One place in the queue: a libusb transfer with its buffer, used again and again. */
typedef struct {
  GList link; /* in either queue of the pipe */
  struct libusb_transfer *transfer;
  guint8 *buffer; /* the setup packet and the data */
  gsize size;     /* of the buffer */
  int completed;  /* set by the callback, within libusb_handle_events_timeout_completed() */
  gint64 submitted_at;
  gboolean was_given_up;

  UsbTransfer *request; /* not owned; the caller's, while in flight */
} Slot;

struct _UsbLibusbPipe {
  GObject parent_instance;

  libusb_context *context;
  libusb_device_handle *handle;

  GQueue in_flight; /* of Slot, the oldest first */
  GQueue idle;      /* of Slot */

  guint32 claimed;     /* one bit for each interface */
  gboolean gone;       /* whether the device was seen to leave */
  gint64 cancelled_at; /* when that was noticed, 0 until then */
};

static void usb_libusb_pipe_iface_init (UsbPipeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UsbLibusbPipe,
                               usb_libusb_pipe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (USB_TYPE_PIPE, usb_libusb_pipe_iface_init))

static Slot *
new_slot (void)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->link.data = slot;
  slot->transfer = libusb_alloc_transfer (0);
  g_assert (slot->transfer != NULL);

  return slot;
}

static void
free_slot (Slot *slot)
{
  libusb_free_transfer (slot->transfer);
  g_free (slot->buffer);
  g_free (slot);
}

static Slot *
take_idle_slot (UsbLibusbPipe *self, gsize size)
{
  GList *link = g_queue_pop_head_link (&self->idle);
  Slot *slot = link != NULL ? link->data : new_slot ();

  if (slot->size < size) {
    slot->buffer = g_realloc (slot->buffer, size);
    slot->size = size;
  }

  return slot;
}

static gboolean
check_present (UsbLibusbPipe *self, GError **error)
{
  if (!self->gone)
    return TRUE;

  g_set_error_literal (error, USB_ERROR, USB_ERROR_GONE, "The device left the bus");
  return FALSE;
}

/* Turns a code of libusb into an error and remembers when the device has left. */
static gboolean
check_code (UsbLibusbPipe *self, int code, const char *context, GError **error)
{
  if (code >= 0)
    return TRUE;

  self->gone |= code == LIBUSB_ERROR_NO_DEVICE;
  usb_error_set_from_libusb (error, code, context);
  return FALSE;
}

static char *
describe_setup (const UsbSetup *setup)
{
  return g_strdup_printf ("Request 0x%02x (bmRequestType 0x%02x, wValue %u, wIndex %u, %u bytes)",
                          setup->request, setup->request_type, setup->value, setup->index,
                          setup->length);
}

static void LIBUSB_CALL
transfer_completed_cb (struct libusb_transfer *transfer)
{
  Slot *slot = transfer->user_data;

  slot->completed = TRUE;
}

/* How long @slot may still take before somebody has to look at it again, in microseconds. */
static gint64
get_patience (UsbLibusbPipe *self, const Slot *slot)
{
  const gint64 now = g_get_monotonic_time ();

  if (slot->was_given_up || !g_cancellable_is_cancelled (slot->request->cancellable))
    return EVENT_WAIT;

  if (self->cancelled_at == 0)
    self->cancelled_at = now;

  return MAX (self->cancelled_at, slot->submitted_at) +
         slot->request->grace * G_TIME_SPAN_MILLISECOND - now;
}

/* Takes back what is in flight, the last first, so that the device does not see the next request
 * for a moment only. */
static void
give_up (UsbLibusbPipe *self)
{
  for (GList *link = self->in_flight.tail; link != NULL; link = link->prev) {
    Slot *slot = link->data;

    slot->was_given_up = TRUE;
    libusb_cancel_transfer (slot->transfer);
  }
}

/* Handles the events of this pipe's context until @slot has come back. */
static void
await_slot (UsbLibusbPipe *self, Slot *slot)
{
  while (!slot->completed) {
    const gint64 patience = get_patience (self, slot);
    struct timeval wait = { .tv_sec = MAX (patience, 0) / G_USEC_PER_SEC,
                            .tv_usec = MAX (patience, 0) % G_USEC_PER_SEC };
    int code;

    if (patience <= 0) {
      give_up (self);
      continue;
    }

    code = libusb_handle_events_timeout_completed (self->context, &wait, &slot->completed);
    if (code == LIBUSB_SUCCESS || code == LIBUSB_ERROR_INTERRUPTED)
      continue;

    /* libusb still holds the buffer, so it cannot be left to itself. */
    g_info ("Handling events: %s", libusb_error_name (code));
    libusb_cancel_transfer (slot->transfer);
  }
}

static void
set_status_error (UsbLibusbPipe *self, Slot *slot)
{
  static const int codes[] = {
    [LIBUSB_TRANSFER_ERROR] = LIBUSB_ERROR_IO,
    [LIBUSB_TRANSFER_TIMED_OUT] = LIBUSB_ERROR_TIMEOUT,
    [LIBUSB_TRANSFER_CANCELLED] = LIBUSB_ERROR_INTERRUPTED,
    [LIBUSB_TRANSFER_STALL] = LIBUSB_ERROR_PIPE,
    [LIBUSB_TRANSFER_NO_DEVICE] = LIBUSB_ERROR_NO_DEVICE,
    [LIBUSB_TRANSFER_OVERFLOW] = LIBUSB_ERROR_OVERFLOW,
  };
  UsbTransfer *request = slot->request;
  g_autofree char *context = describe_setup (&request->setup);

  if (slot->transfer->status == LIBUSB_TRANSFER_TIMED_OUT)
    g_set_error (&request->error, USB_ERROR, USB_ERROR_TIMED_OUT, "%s: no answer within %u ms",
                 context, request->timeout);
  else if (slot->transfer->status == LIBUSB_TRANSFER_CANCELLED && slot->was_given_up)
    g_set_error (&request->error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 "%s: cancelled, and no answer within %u ms", context, request->grace);
  else
    check_code (self, codes[slot->transfer->status], context, &request->error);
}

static void
finish_request (UsbLibusbPipe *self, Slot *slot)
{
  UsbTransfer *request = slot->request;

  request->actual = slot->transfer->actual_length;

  if ((request->setup.request_type & USB_REQUEST_TYPE_IN) != 0 && request->actual > 0)
    memcpy (request->data, libusb_control_transfer_get_data (slot->transfer), request->actual);

  if (slot->transfer->status != LIBUSB_TRANSFER_COMPLETED)
    set_status_error (self, slot);
}

static gboolean
usb_libusb_pipe_claim (UsbPipe *pipe, guint8 interface, GError **error)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (pipe);
  g_autofree char *context = g_strdup_printf ("Claiming interface %u", interface);

  if (!check_present (self, error) ||
      !check_code (self, libusb_claim_interface (self->handle, interface), context, error))
    return FALSE;

  self->claimed |= 1u << interface;
  return TRUE;
}

static gboolean
usb_libusb_pipe_release (UsbPipe *pipe, guint8 interface, GError **error)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (pipe);
  g_autofree char *context = g_strdup_printf ("Releasing interface %u", interface);

  g_return_val_if_fail (interface < 32 && (self->claimed & 1u << interface) != 0, FALSE);

  self->claimed &= ~(1u << interface);
  return check_present (self, error) &&
         check_code (self, libusb_release_interface (self->handle, interface), context, error);
}

static gboolean
is_set_interface (const UsbSetup *setup)
{
  return setup->request_type == USB_REQUEST_TYPE_INTERFACE &&
         setup->request == USB_REQUEST_SET_INTERFACE;
}

/* Linux passes on what asks for an alternate setting like any other request. Windows has to be
 * told by a call of its own, which waits for the device and hears nobody who cancels. */
static int
submit_slot (UsbLibusbPipe *self, Slot *slot)
{
  const UsbSetup *setup = &slot->request->setup;
  int code;

  if (usb_sysfs_is_available () || !is_set_interface (setup))
    return libusb_submit_transfer (slot->transfer);

  code = libusb_set_interface_alt_setting (self->handle, setup->index, setup->value);
  slot->transfer->status = LIBUSB_TRANSFER_COMPLETED;
  slot->transfer->actual_length = 0;
  slot->completed = code == LIBUSB_SUCCESS;

  return code;
}

static gboolean
usb_libusb_pipe_submit (UsbPipe *pipe, UsbTransfer *request, GError **error)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (pipe);
  const UsbSetup *setup = &request->setup;
  g_autofree char *context = NULL;
  Slot *slot;
  int code;

  if (!check_present (self, error))
    return FALSE;

  slot = take_idle_slot (self, LIBUSB_CONTROL_SETUP_SIZE + setup->length);
  slot->request = request;
  slot->completed = FALSE;
  slot->submitted_at = g_get_monotonic_time ();
  slot->was_given_up = FALSE;

  libusb_fill_control_setup (slot->buffer, setup->request_type, setup->request, setup->value,
                             setup->index, setup->length);
  if ((setup->request_type & USB_REQUEST_TYPE_IN) == 0 && setup->length > 0)
    memcpy (slot->buffer + LIBUSB_CONTROL_SETUP_SIZE, request->data, setup->length);

  libusb_fill_control_transfer (slot->transfer, self->handle, slot->buffer, transfer_completed_cb,
                                slot, request->timeout);

  code = submit_slot (self, slot);
  if (code == LIBUSB_SUCCESS) {
    g_queue_push_tail_link (&self->in_flight, &slot->link);
    return TRUE;
  }

  g_queue_push_head_link (&self->idle, &slot->link);
  context = describe_setup (setup);
  return check_code (self, code, context, error);
}

/* Whatever thread cancels. */
static void
cancelled_cb (GCancellable *cancellable, UsbLibusbPipe *self)
{
  libusb_interrupt_event_handler (self->context);
}

static UsbTransfer *
usb_libusb_pipe_reap (UsbPipe *pipe)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (pipe);
  Slot *slot = g_queue_peek_head (&self->in_flight);
  GCancellable *cancellable = NULL;
  gulong handler = 0;

  g_return_val_if_fail (slot != NULL, NULL);

  cancellable = slot->request->cancellable;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  await_slot (self, slot);
  g_cancellable_disconnect (cancellable, handler);
  finish_request (self, slot);

  g_queue_unlink (&self->in_flight, &slot->link);
  g_queue_push_head_link (&self->idle, &slot->link);

  return g_steal_pointer (&slot->request);
}

static gboolean
usb_libusb_pipe_reset (UsbPipe *pipe, GError **error)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (pipe);
  int code;

  g_return_val_if_fail (g_queue_is_empty (&self->in_flight), FALSE);

  if (!check_present (self, error))
    return FALSE;

  code = libusb_reset_device (self->handle);
  if (code == LIBUSB_ERROR_NOT_FOUND || code == LIBUSB_ERROR_NO_DEVICE) {
    /* The port was reset, but what came back is not the device that was opened. */
    self->gone = TRUE;
    return TRUE;
  }

  return check_code (self, code, "Resetting the device", error);
}

/* Nobody waits for these any more; the device may, so they are taken back before it is closed. */
static void
cancel_in_flight (UsbLibusbPipe *self)
{
  GList *link;

  give_up (self);
  while ((link = g_queue_pop_head_link (&self->in_flight)) != NULL) {
    await_slot (self, link->data);
    free_slot (link->data);
  }
}

static void
usb_libusb_pipe_finalize (GObject *object)
{
  UsbLibusbPipe *self = USB_LIBUSB_PIPE (object);
  GList *link;

  cancel_in_flight (self);

  while ((link = g_queue_pop_head_link (&self->idle)) != NULL)
    free_slot (link->data);

  /* libusb_close() alone would leave the interfaces without their kernel drivers. */
  for (int i = 0; i < 32; i++)
    if ((self->claimed & 1u << i) != 0 && !self->gone)
      libusb_release_interface (self->handle, i);

  g_clear_pointer (&self->handle, libusb_close);
  g_clear_pointer (&self->context, libusb_exit);

  G_OBJECT_CLASS (usb_libusb_pipe_parent_class)->finalize (object);
}

static void
usb_libusb_pipe_iface_init (UsbPipeInterface *iface)
{
  iface->claim = usb_libusb_pipe_claim;
  iface->release = usb_libusb_pipe_release;
  iface->submit = usb_libusb_pipe_submit;
  iface->reap = usb_libusb_pipe_reap;
  iface->reset = usb_libusb_pipe_reset;
}

static void
usb_libusb_pipe_class_init (UsbLibusbPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = usb_libusb_pipe_finalize;
}

static void
usb_libusb_pipe_init (UsbLibusbPipe *self)
{
}

/**
 * usb_libusb_pipe_new:
 * @device: the device to open
 * @error: return location for an error
 *
 * Opens @device; see usb_device_open().
 *
 * Returns: (transfer full): a pipe, or %NULL with @error set
 */
UsbPipe *
usb_libusb_pipe_new (UsbDevice *device, GError **error)
{
  g_autoptr (UsbLibusbPipe) self = NULL;

  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  self = g_object_new (USB_TYPE_LIBUSB_PIPE, NULL);
  if (!usb_opening_run (device, &self->context, &self->handle, error))
    return NULL;

  /* Where there are no kernel drivers to detach, this says so and nothing is lost. */
  libusb_set_auto_detach_kernel_driver (self->handle, TRUE);

  return USB_PIPE (g_steal_pointer (&self));
}
