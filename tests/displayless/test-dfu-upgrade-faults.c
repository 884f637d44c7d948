/* test-dfu-upgrade-faults.c: every moment of an upgrade goes wrong once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-error.h"
#include "test-image.h"
#include "upgrade-fixture.h"

typedef struct {
  const char *name;
  const char *fault; /* a verb with its moment; %s is the port path */
  GQuark (*domain) (void);
  int code;
  const char *words;      /* in the message */
  gboolean board_answers; /* whether the next try needs neither RESET nor re-plugging */
} FaultCase;

static const FaultCase fault_cases[] = {
  { "detach/stall", "stall-at %s detach", dfu_error_quark, DFU_ERROR_NOT_RETURNED, "", TRUE },
  { "detach/hang", "hang-at %s detach", dfu_error_quark, DFU_ERROR_NOT_RETURNED, "", FALSE },
  { "detach/drop", "drop-at %s detach", dfu_error_quark, DFU_ERROR_NOT_RETURNED, "", FALSE },
  { "return/never", "drop-at %s return", dfu_error_quark, DFU_ERROR_NOT_RETURNED, "", FALSE },
  { "first/stall", "stall-at %s block:0", dfu_error_quark, DFU_ERROR_DEVICE, "Block 0 of", TRUE },
  { "first/hang", "hang-at %s block:0", usb_error_quark, USB_ERROR_TIMED_OUT, "Block 0 of", FALSE },
  { "first/drop", "drop-at %s block:0", usb_error_quark, USB_ERROR_GONE, "Block 0 of", FALSE },
  { "first/error", "error-at %s block:0 1", dfu_error_quark, DFU_ERROR_REFUSED, "errTARGET", TRUE },
  { "middle/stall", "stall-at %s block:99", dfu_error_quark, DFU_ERROR_DEVICE, "Block 99 of",
    TRUE },
  { "middle/hang", "hang-at %s block:99", usb_error_quark, USB_ERROR_TIMED_OUT, "Block 99 of",
    FALSE },
  { "middle/drop", "drop-at %s block:99", usb_error_quark, USB_ERROR_GONE, "Block 99 of", FALSE },
  { "middle/error", "error-at %s block:99 2", dfu_error_quark, DFU_ERROR_REFUSED, "errFILE", TRUE },
  { "middle/corrupt", "corrupt-at-block %s 99", dfu_error_quark, DFU_ERROR_CORRUPT, "errFIRMWARE",
    TRUE },
  { "last/stall", "stall-at %s block:639", dfu_error_quark, DFU_ERROR_DEVICE, "Block 639 of",
    TRUE },
  { "last/hang", "hang-at %s block:639", usb_error_quark, USB_ERROR_TIMED_OUT, "Block 639 of",
    FALSE },
  { "last/drop", "drop-at %s block:639", usb_error_quark, USB_ERROR_GONE, "Block 639 of", FALSE },
  { "last/error", "error-at %s block:639 14", dfu_error_quark, DFU_ERROR_DEVICE, "errUNKNOWN",
    TRUE },
  { "manifest/stall", "stall-at %s manifest", dfu_error_quark, DFU_ERROR_DEVICE,
    "After the last block", TRUE },
  { "manifest/hang", "hang-at %s manifest", usb_error_quark, USB_ERROR_TIMED_OUT,
    "After the last block", FALSE },
  { "manifest/drop", "drop-at %s manifest", usb_error_quark, USB_ERROR_GONE, "After the last block",
    FALSE },
  { "manifest/error", "error-at %s manifest 10", dfu_error_quark, DFU_ERROR_CORRUPT, "errFIRMWARE",
    TRUE },
  { "status/stall", "stall-at %s status+1", usb_error_quark, USB_ERROR_STALL, "GETSTATUS", TRUE },
  { "status/hang", "hang-at %s status", usb_error_quark, USB_ERROR_TIMED_OUT, "GETSTATUS", FALSE },
  { "status/drop", "drop-at %s status", usb_error_quark, USB_ERROR_GONE, "GETSTATUS", FALSE },
};

/* What a person does when a board is stuck or has gone: plug it in again, holding BOOT. */
static void
replug (UpgradeFixture *self, const char *port_path)
{
  g_autofree char *gone = virtual_bus_ask (NULL, "unplug %s", port_path);

  upgrade_fixture_wait_until_gone (self, port_path);
  virtual_bus_tell ("plug %s", port_path);
}

static void
test_fault (UpgradeFixture *self, gconstpointer user_data)
{
  const FaultCase *c = user_data;
  /* 40960 bytes of payload: blocks 0 to 639. */
  g_autoptr (GBytes) archive = test_image_new (20000);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (archive);
  g_autoptr (GError) error = NULL;
  g_autofree char *verb = upgrade_fixture_substitute (c->fault, "1-10");

  g_assert_cmpuint (g_bytes_get_size (firmware_image_get_payload (image)), ==, 40960);

  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("%s", verb);

  g_assert_cmpint (upgrade_fixture_run (self, "1-10", image, &error), ==, DFU_OUTCOME_FAILED);
  g_assert_error (error, c->domain (), c->code);
  g_assert_nonnull (strstr (error->message, c->words));
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "faults"), ==, 0);

  virtual_bus_tell ("clear-faults 1-10");
  if (!c->board_answers)
    replug (self, "1-10");

  upgrade_fixture_assert_verified (self, "1-10", archive);
}

int
main (int argc, char **argv)
{
  /* A hub that is slow to notice: what is in flight breaks first. */
  static const char *const options[] = { "--instant", "--notice-ms", "100", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    upgrade_fixture_add ("/dfu/upgrade/fault/", fault_cases[i].name, &fault_cases[i], test_fault);

  return g_test_run ();
}
