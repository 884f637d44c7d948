/* test-usb-bus-wait.c: waiting for a board in a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"

#define POLLING GINT_TO_POINTER (TRUE)

#define SOON 700 /* ms: less than the second between two looks */
#define HOTPLUG GINT_TO_POINTER (FALSE)

#define N_BOARDS 16

typedef struct {
  UsbBus *bus;
  char *path;
  guint old_address;
  guint timeout; /* ms */
  GCancellable *cancellable;
  GThread *thread;
  int n_looks; /* atomic: how often a device was compared */

  UsbDevice *device; /* the outcome */
  GError *error;
} Wait;

static gboolean
is_other (UsbDevice *device, gpointer user_data)
{
  Wait *wait = user_data;

  g_atomic_int_inc (&wait->n_looks);

  return g_str_equal (usb_device_get_port_path (device), wait->path) &&
         usb_device_get_address (device) != wait->old_address;
}

static gpointer
wait_in_thread (gpointer user_data)
{
  Wait *wait = user_data;

  wait->device = usb_bus_wait_for_device (wait->bus, is_other, wait, wait->timeout,
                                          wait->cancellable, &wait->error);

  return NULL;
}

static Wait *
start_wait (UsbBus *bus, const char *path, guint old_address, guint timeout)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->bus = g_object_ref (bus);
  wait->path = g_strdup (path);
  wait->old_address = old_address;
  wait->timeout = timeout;
  wait->cancellable = g_cancellable_new ();
  wait->thread = g_thread_new ("wait", wait_in_thread, wait);

  return wait;
}

/* The main context does not run meanwhile. */
static void
join_wait (Wait *wait)
{
  g_clear_pointer (&wait->thread, g_thread_join);
}

static void
free_wait (Wait *wait)
{
  g_clear_object (&wait->bus);
  g_clear_object (&wait->device);
  g_clear_object (&wait->cancellable);
  g_clear_error (&wait->error);
  g_free (wait->path);
  g_free (wait);
}

static UsbBus *
new_bus (gconstpointer mode)
{
  return bus_fixture_new_bus (GPOINTER_TO_INT (mode));
}

static void
test_arrival (gconstpointer mode)
{
  UsbBus *bus = new_bus (mode);
  Wait *wait = start_wait (bus, "1-1", 0, BUS_FIXTURE_LONG);

  bus_fixture_plug ("esp32s2@1-1");
  join_wait (wait);
  g_assert_no_error (wait->error);
  g_assert_nonnull (wait->device);
  g_assert_false (usb_bus_wait_for_departure (bus, wait->device, 0));

  /* The list model belongs to the main context, which has not run yet. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bus)), ==, 0);
  g_object_unref (bus_fixture_wait_for_other (bus, "1-1", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bus)), ==, 1);

  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

/* Why a transfer broke must be known soon, also where nobody tells of departures. */
static void
test_departure (gconstpointer mode)
{
  g_autoptr (UsbDevice) device = NULL;
  UsbBus *bus;

  bus_fixture_plug ("esp32s2@1-1");
  bus = new_bus (mode);
  device = bus_fixture_wait_for_other (bus, "1-1", NULL);

  virtual_bus_tell ("unplug 1-1");
  g_assert_true (usb_bus_wait_for_departure (bus, device, SOON));

  g_clear_object (&device);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

static void
test_present (gconstpointer mode)
{
  UsbBus *bus;
  Wait *wait;

  bus_fixture_plug ("esp32s2@1-1");
  bus = new_bus (mode);
  wait = start_wait (bus, "1-1", 0, BUS_FIXTURE_LONG);
  join_wait (wait);
  g_assert_no_error (wait->error);
  g_assert_nonnull (wait->device);

  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

static void
test_reenumeration (gconstpointer mode)
{
  UsbBus *bus;
  Wait *wait;
  g_autoptr (UsbDevice) before = NULL;

  bus_fixture_plug ("esp32s2@1-1");
  virtual_bus_tell ("hold-boot 1-1 on");
  bus = new_bus (mode);
  before = bus_fixture_dup_device (bus, "1-1");

  wait = start_wait (bus, "1-1", usb_device_get_address (before), BUS_FIXTURE_LONG);
  virtual_bus_tell ("press-reset 1-1");
  join_wait (wait);
  g_assert_no_error (wait->error);
  g_assert_cmpuint (usb_device_get_address (wait->device), !=, usb_device_get_address (before));

  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

static void
test_timeout (gconstpointer mode)
{
  UsbBus *bus = new_bus (mode);
  gint64 start = g_get_monotonic_time ();
  Wait *wait = start_wait (bus, "1-9", 0, 150);

  join_wait (wait);
  g_assert_null (wait->device);
  g_assert_error (wait->error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 150 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);

  free_wait (wait);
  g_assert_finalize_object (bus);
}

static void
test_cancel (gconstpointer mode)
{
  UsbBus *bus;
  Wait *wait;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  bus_fixture_plug ("esp32s2@1-1");
  bus = new_bus (mode);
  wait = start_wait (bus, "1-9", 0, BUS_FIXTURE_LONG);
  while (g_atomic_int_get (&wait->n_looks) == 0)
    g_thread_yield ();

  g_cancellable_cancel (wait->cancellable);
  join_wait (wait);
  g_assert_null (wait->device);
  g_assert_error (wait->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Cancelled before it begins, even if there is something to be had. */
  g_cancellable_cancel (cancelled);
  wait->path[2] = '1';
  g_assert_null (
    usb_bus_wait_for_device (bus, is_other, wait, BUS_FIXTURE_LONG, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

/* A device without permission is waited for, since udev may not be done with it. */
static void
test_access_follows (gconstpointer mode)
{
  UsbBus *bus;
  Wait *wait;

  bus_fixture_plug ("esp32s2@1-1");
  virtual_bus_tell ("deny-access 1-1");
  bus = new_bus (mode);

  wait = start_wait (bus, "1-1", 0, BUS_FIXTURE_LONG);
  while (g_atomic_int_get (&wait->n_looks) == 0)
    g_thread_yield ();
  virtual_bus_tell ("allow-access 1-1");
  join_wait (wait);
  g_assert_no_error (wait->error);
  g_assert_true (usb_device_is_accessible (wait->device));

  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

/* But not for ever, and not beyond the time-out: opening it will say what is wrong. */
static void
test_access_denied (gconstpointer mode)
{
  UsbBus *bus;
  Wait *wait;

  bus_fixture_plug ("esp32s2@1-1");
  virtual_bus_tell ("deny-access 1-1");
  bus = new_bus (mode);

  wait = start_wait (bus, "1-1", 0, 200);
  join_wait (wait);
  g_assert_no_error (wait->error);
  g_assert_false (usb_device_is_accessible (wait->device));

  virtual_bus_tell ("allow-access 1-1");
  free_wait (wait);
  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

static char *
make_path (guint i)
{
  return g_strdup_printf ("%u-%u", 1 + i / 8, 1 + i % 8);
}

/* As many as there are boards on a desk, each waiting for its own. */
static void
test_many (gconstpointer mode)
{
  UsbBus *bus = new_bus (mode);
  Wait *waits[N_BOARDS];

  for (guint i = 0; i < N_BOARDS; i++) {
    g_autofree char *path = make_path (i);

    waits[i] = start_wait (bus, path, 0, BUS_FIXTURE_LONG);
  }

  for (guint i = 0; i < N_BOARDS; i++) {
    g_autofree char *path = make_path (N_BOARDS - 1 - i);

    virtual_bus_tell ("plug esp32s2@%s", path);
  }

  for (guint i = 0; i < N_BOARDS; i++) {
    join_wait (waits[i]);
    g_assert_no_error (waits[i]->error);
    g_assert_cmpstr (usb_device_get_port_path (waits[i]->device), ==, waits[i]->path);
    free_wait (waits[i]);
  }

  g_assert_finalize_object (bus);
  bus_fixture_clear ();
}

#define ADD(name, function)                                                                        \
  g_test_add_data_func ("/usb/bus/wait/hotplug/" name, HOTPLUG, function);                         \
  g_test_add_data_func ("/usb/bus/wait/polling/" name, POLLING, function)

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  ADD ("arrival", test_arrival);
  ADD ("departure", test_departure);
  ADD ("present", test_present);
  ADD ("reenumeration", test_reenumeration);
  ADD ("timeout", test_timeout);
  ADD ("cancel", test_cancel);
  ADD ("access-follows", test_access_follows);
  ADD ("access-denied", test_access_denied);
  ADD ("many", test_many);

  return g_test_run ();
}
