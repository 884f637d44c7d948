/* test-restarts.c: which boards were told to start their program, and may be back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-restarts.h"
#include "test-device.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define PORT "1-10"

/* None has a serial number. */
static const struct {
  const char *port;
  guint16 vendor;
  guint16 product;
  DfuMode mode;
  gboolean is_accounted_for;
} comers[] = {
  { PORT, 0x0483, 0x5740, DFU_MODE_RUNTIME, TRUE },
  { PORT, 0x303a, 0x4002, DFU_MODE_RUNTIME, TRUE },
  { PORT, 0x0483, 0xdf11, DFU_MODE_DFU, FALSE },
  { PORT, 0x303a, 0x0002, DFU_MODE_RUNTIME, FALSE }, /* the ROM */
  { "1-9", 0x0483, 0x5740, DFU_MODE_RUNTIME, FALSE },
};

static void
assert_comers (BootlaceRestarts *restarts, gboolean has_started)
{
  for (gsize i = 0; i < G_N_ELEMENTS (comers); i++) {
    g_autoptr (UsbDevice) usb_device =
      test_device_new_dfu (comers[i].port, comers[i].vendor, comers[i].product, comers[i].mode);
    g_autoptr (DfuDevice) device = dfu_device_new (usb_device);

    g_test_message ("%04x:%04x at %s", comers[i].vendor, comers[i].product, comers[i].port);
    g_assert_cmpint (bootlace_restarts_account_for (restarts, device), ==,
                     has_started && comers[i].is_accounted_for);
  }
}

static gboolean
is_over (gpointer data)
{
  return !bootlace_job_is_active (data);
}

static BootlaceJob *
flash (WindowFixture *self, DfuDevice *device)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (5000, 1);
  g_autoptr (GBytes) file = test_image_new_dfuse (0x0483, 0, "Flash", 0x08000000, payload);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);
  BootlaceJob *job;

  g_assert_no_error (error);
  job = bootlace_job_list_start (self->jobs, device, image, NULL);
  window_fixture_wait (is_over, job, "the job");

  return job;
}

static void
test_started (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (BootlaceRestarts) restarts = bootlace_restarts_new ();
  g_autoptr (DfuDevice) device = NULL;

  virtual_bus_tell ("plug stm32f4@" PORT);
  window_fixture_wait_for_row (self, PORT);
  device = g_list_model_get_item (G_LIST_MODEL (self->devices), 0);
  assert_comers (restarts, FALSE);
  g_assert_false (bootlace_restarts_account_for (restarts, device));

  bootlace_restarts_note_end (restarts, flash (self, device));
  assert_comers (restarts, TRUE);
  g_assert_true (bootlace_restarts_account_for (restarts, device));

  virtual_bus_tell ("unplug " PORT);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/restarts/started", test_started);

  return g_test_run ();
}
