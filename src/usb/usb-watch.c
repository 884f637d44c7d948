/* usb-watch.c: a thread that knows what is connected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-watch.h"

#include <libusb.h>

#include "usb-enumeration.h"
#include "usb-error-private.h"
#include "usb-inventory.h"

#define LOOK_INTERVAL G_TIME_SPAN_SECOND
#define HURRIED_LOOK_INTERVAL (100 * G_TIME_SPAN_MILLISECOND) /* while somebody waits */
#define NEVER G_MAXINT64

typedef struct {
  libusb_device *device;
  gboolean arrived; /* or left */
} Event;

struct _UsbWatch {
  UsbWatchFunc func;
  gpointer user_data;

  UsbInventory *inventory; /* changed by the thread only */
  libusb_context *context; /* NULL when it follows without hotplug events */

  GMutex lock;
  GCond wake;       /* for the thread, while it has no events to wait for */
  guint n_waiting;  /* locked: for a device to come or leave */
  gboolean rescan;  /* locked */
  gboolean stop;    /* locked */
  gint64 last_look; /* locked; monotonic */

  GThread *thread; /* NULL when it has looked once */
  GArray *events;  /* the thread's own: of Event, in the order in which they came */
};

static void
clear_event (Event *event)
{
  g_clear_pointer (&event->device, libusb_unref_device);
}

/* Whether events from the host cannot reach this process although libusb believes that they do:
 * a Flatpak has no network but its own, and the events come over one. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* From here to run_in_thread(): the thread of the watch, or usb_watch_new() before there is one. */

static gboolean
apply_events (UsbWatch *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->events->len; i++) {
    const Event *event = &g_array_index (self->events, Event, i);

    if (event->arrived)
      changed |= usb_inventory_note_arrival (self->inventory, event->device);
    else
      changed |= usb_inventory_note_leaving (self->inventory, event->device);
  }

  g_array_set_size (self->events, 0);
  return changed;
}

/* With the lock held. */
static gint64
find_next_look (UsbWatch *self)
{
  if (self->rescan)
    return 0;

  if (self->context == NULL)
    return self->last_look + (self->n_waiting > 0 ? HURRIED_LOOK_INTERVAL : LOOK_INTERVAL);

  /* Events should do; but somebody relies on them now, or they are seen to be late. */
  if (self->n_waiting > 0 || usb_inventory_has_unannounced (self->inventory))
    return self->last_look + LOOK_INTERVAL;

  return NEVER;
}

/* With the lock held, which is let go while the thread waits. */
static void
wait_for_events (UsbWatch *self)
{
  gint64 next = find_next_look (self);
  gint64 left = CLAMP (next - g_get_monotonic_time (), 0, G_TIME_SPAN_HOUR);
  struct timeval wait = { left / G_USEC_PER_SEC, left % G_USEC_PER_SEC };
  int code;

  g_mutex_unlock (&self->lock);
  code = libusb_handle_events_timeout_completed (self->context, &wait, NULL);
  g_mutex_lock (&self->lock);

  if (code == LIBUSB_SUCCESS || code == LIBUSB_ERROR_INTERRUPTED || self->stop)
    return;

  /* Whatever this is, it must not become a busy loop. */
  g_info ("Handling events: %s", libusb_error_name (code));
  g_cond_wait_until (&self->wake, &self->lock, g_get_monotonic_time () + LOOK_INTERVAL);
}

/* Waits for a reason to work. Returns FALSE when the thread shall end. */
static gboolean
wait_for_work (UsbWatch *self, gboolean *look_is_due)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 next;

  if (self->context != NULL && !self->stop)
    wait_for_events (self);

  while ((next = find_next_look (self)) > g_get_monotonic_time () && !self->stop &&
         self->context == NULL)
    g_cond_wait_until (&self->wake, &self->lock, next);

  *look_is_due = next <= g_get_monotonic_time ();
  if (*look_is_due) {
    self->rescan = FALSE;
    self->last_look = g_get_monotonic_time ();
  }

  return !self->stop;
}

static gpointer
run_in_thread (gpointer data)
{
  UsbWatch *self = data;
  gboolean look_is_due;

  while (wait_for_work (self, &look_is_due)) {
    g_autoptr (GError) error = NULL;
    gboolean changed = apply_events (self);

    if (look_is_due && !usb_inventory_look (self->inventory, &changed, &error))
      g_info ("%s", error->message);

    if (changed)
      self->func (self->user_data);
  }

  return NULL;
}

/* Any thread, with the lock held. */
static void
wake_thread (UsbWatch *self)
{
  g_cond_signal (&self->wake);
  if (self->context != NULL)
    libusb_interrupt_event_handler (self->context);
}

/* The thread of the watch, within libusb, where nothing may be asked of a device. */
static int LIBUSB_CALL
hotplug_cb (libusb_context *context,
            libusb_device *found,
            libusb_hotplug_event hotplug_event,
            void *user_data)
{
  UsbWatch *self = user_data;
  Event event = { NULL, hotplug_event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED };

  if (usb_enumeration_is_hub (found))
    return FALSE;

  event.device = libusb_ref_device (found);
  g_array_append_val (self->events, event);

  return FALSE;
}

/* Asks for events, which tell of the devices that are there already as well. */
static gboolean
start_hotplug (UsbWatch *self)
{
  int code;

  if (!libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG) || is_sandboxed () ||
      libusb_init (&self->context) < 0)
    return FALSE;

  code = libusb_hotplug_register_callback (self->context,
                                           LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED |
                                             LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                           LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY,
                                           LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                           hotplug_cb, self, NULL);
  if (code == LIBUSB_SUCCESS)
    return TRUE;

  g_info ("Hotplug events: %s", libusb_error_name (code));
  g_array_set_size (self->events, 0);
  g_clear_pointer (&self->context, libusb_exit);
  return FALSE;
}

/* The context stays: whoever opens a device then shares what libusb has started for it. */
static gboolean
look_once (UsbWatch *self, GError **error)
{
  gboolean changed = FALSE;
  const int code = libusb_init (&self->context);

  if (code == LIBUSB_SUCCESS)
    return usb_inventory_look_into (self->inventory, self->context, &changed, error);

  usb_error_set_from_libusb (error, code, "Starting libusb");
  return FALSE;
}

/* Finds what is there, and a way to learn of what changes. */
static gboolean
begin (UsbWatch *self, UsbWatchMode mode, GError **error)
{
  gboolean changed = FALSE;

  if (mode == USB_WATCH_MODE_ONCE)
    return look_once (self, error);

  if (mode == USB_WATCH_MODE_POLLING || !start_hotplug (self))
    return usb_inventory_look (self->inventory, &changed, error);

  apply_events (self);
  return TRUE;
}

/**
 * usb_watch_new:
 * @mode: how to learn of changes
 * @func: what to call after a change
 * @user_data: data for @func; must live until usb_watch_free()
 * @error: return location for an error
 *
 * Finds out what is connected and begins to follow it, or does not.
 *
 * Returns: (transfer full): a watch, or %NULL with @error set
 */
UsbWatch *
usb_watch_new (UsbWatchMode mode, UsbWatchFunc func, gpointer user_data, GError **error)
{
  g_autoptr (UsbWatch) self = g_new0 (UsbWatch, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->func = func;
  self->user_data = user_data;
  self->inventory = usb_inventory_new ();
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (self->events, (GDestroyNotify) clear_event);

  if (!begin (self, mode, error))
    return NULL;

  self->last_look = g_get_monotonic_time ();
  if (mode != USB_WATCH_MODE_ONCE)
    self->thread = g_thread_new ("usb-events", run_in_thread, self);

  return g_steal_pointer (&self);
}

/**
 * usb_watch_free:
 * @self: (transfer full): a watch on which nobody waits
 *
 * Ends the thread and waits until it has ended.
 */
void
usb_watch_free (UsbWatch *self)
{
  g_return_if_fail (self != NULL);

  if (self->thread != NULL) {
    g_mutex_lock (&self->lock);
    self->stop = TRUE;
    wake_thread (self);
    g_mutex_unlock (&self->lock);
    g_clear_pointer (&self->thread, g_thread_join);
  }

  g_array_unref (self->events);
  g_clear_pointer (&self->context, libusb_exit);
  usb_inventory_free (self->inventory);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * usb_watch_has_hotplug:
 * @self: a watch
 *
 * Returns: whether changes are told by events
 */
gboolean
usb_watch_has_hotplug (UsbWatch *self)
{
  return self->context != NULL && self->thread != NULL;
}

/**
 * usb_watch_list_devices:
 * @self: a watch
 *
 * Returns: (transfer full) (element-type UsbDevice): what is connected now, in the order of the
 *   ports
 */
GPtrArray *
usb_watch_list_devices (UsbWatch *self)
{
  return usb_device_set_list (usb_inventory_get_devices (self->inventory));
}

/**
 * usb_watch_rescan:
 * @self: a watch
 *
 * Has the thread look once as soon as it can.
 */
void
usb_watch_rescan (UsbWatch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->rescan = TRUE;
  wake_thread (self);
}

/* Any thread: looks are made more often while somebody waits. */
static void
begin_waiting (UsbWatch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->n_waiting++ > 0)
    return;

  /* Gives events their chance before the first look. */
  if (self->context != NULL)
    self->last_look = g_get_monotonic_time ();
  wake_thread (self);
}

static void
end_waiting (UsbWatch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_waiting--;
}

/**
 * usb_watch_wait_for_device:
 * @self: a watch
 * @match: says which device is meant
 * @user_data: data for @match
 * @timeout: in milliseconds
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * See usb_bus_wait_for_device().
 *
 * Returns: (transfer full): the device, or %NULL with @error set
 */
UsbDevice *
usb_watch_wait_for_device (UsbWatch *self,
                           UsbDeviceMatch match,
                           gpointer user_data,
                           guint timeout,
                           GCancellable *cancellable,
                           GError **error)
{
  UsbDevice *device;

  begin_waiting (self);
  device = usb_device_set_wait_for_device (usb_inventory_get_devices (self->inventory), match,
                                           user_data, timeout, cancellable, error);
  end_waiting (self);

  return device;
}

/**
 * usb_watch_wait_for_departure:
 * @self: a watch
 * @device: a device of this watch
 * @timeout: in milliseconds
 *
 * See usb_bus_wait_for_departure().
 *
 * Returns: whether @device has left
 */
gboolean
usb_watch_wait_for_departure (UsbWatch *self, UsbDevice *device, guint timeout)
{
  gboolean has_left;

  begin_waiting (self);
  has_left = usb_device_set_wait_for_departure (usb_inventory_get_devices (self->inventory), device,
                                                timeout);
  end_waiting (self);

  return has_left;
}
