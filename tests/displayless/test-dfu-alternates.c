/* test-dfu-alternates.c: what can be meant of a device, and what it calls that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-alternates.h"
#include "dfu-choice.h"
#include "dfu-error.h"
#include "upgrade-fixture.h"

#define FOLDER "/dfu/alternates/"
#define PORT "1-10"

typedef struct {
  const char *name;
  const char *board;
  const char *command; /* nullable; with the port */
  const char *found;
  gboolean is_choice_needed;
  guint n_transfers;
} Row;

static const Row rows[] = {
  { "memories", "generic-dfu@1-10,mode=dfu", NULL, "0.0 Firmware, 0.1 Settings", TRUE, 2 },
  { "interfaces", "generic-dfu@1-10,mode=dfu,interfaces=2", NULL, "0.0 Firmware, 1.0 Settings",
    TRUE, 2 },
  { "dfuse-interfaces", "stm32h7@1-10,interfaces=each", NULL,
    "0.0 @Internal Flash   /0x08000000/16*128Kg, 1.0 @Option Bytes   /0x5200201C/01*128 e", TRUE,
    2 },
  { "one", "generic-dfu@1-10,mode=dfu,memories=1", NULL, "0.0 Firmware", FALSE, 1 },
  { "run-time", "generic-dfu@1-10", NULL, "0.0 -", FALSE, 0 },
  { "no-access", "generic-dfu@1-10,mode=dfu", "deny-access %s", "0.0 -, 0.1 -", TRUE, 0 },
  { "held", "generic-dfu@1-10,mode=dfu", "hold-interface %s 0", "0.0 -, 0.1 -", TRUE, 0 },
  { "silent", "generic-dfu@1-10,mode=dfu", "slow-transfers %s 3000000", "0.0 -, 0.1 -", TRUE, 1 },
};

static char *
describe (GPtrArray *alternates)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);

    g_string_append_printf (text, "%s%u.%u %s", i > 0 ? ", " : "", alternate->interface,
                            alternate->number, alternate->name != NULL ? alternate->name : "-");
  }

  return g_string_free (text, FALSE);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static GAsyncResult *
read_all (const DfuInterface *interface, UsbDevice *device, GCancellable *cancellable)
{
  GAsyncResult *result = NULL;

  dfu_alternates_read_choices_async (interface, device, cancellable, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static void
test_row (UpgradeFixture *self, gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) alternates = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  bus_fixture_plug (row->board);
  device = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (dfu_interface_find (&interface, device));
  g_assert_cmpint (dfu_choice_is_needed (&interface), ==, row->is_choice_needed);

  if (row->command != NULL) {
    g_autofree char *command = upgrade_fixture_substitute (row->command, PORT);

    virtual_bus_tell ("%s", command);
    usb_device_check_access (device);
  }

  virtual_bus_tell ("reset-stats " PORT);
  result = read_all (&interface, device, NULL);
  alternates = dfu_alternates_read_choices_finish (result, &error);
  g_assert_no_error (error);
  found = describe (alternates);
  g_assert_cmpstr (found, ==, row->found);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "transfers"), ==, row->n_transfers);
}

/* It may have the name that is looked for, so nobody says that it has not. */
static void
test_silent_name (UpgradeFixture *self, gconstpointer user_data)
{
  g_auto (DfuChoice) choice = { 0 };
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (UsbPipe) pipe = NULL;
  g_autoptr (DfuSession) session = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  bus_fixture_plug ("generic-dfu@" PORT ",mode=dfu");
  device = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (dfu_interface_find (&interface, device));
  pipe = usb_device_open (device, &error);
  g_assert_no_error (error);
  session = dfu_session_new (pipe, 1000);
  virtual_bus_tell ("slow-transfers " PORT " 3000000");
  virtual_bus_tell ("reset-stats " PORT);

  dfu_choice_init (&choice);
  choice.alternate_name = g_strdup ("Settings");
  g_assert_false (dfu_choice_apply (&choice, device, session, &interface, NULL, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_TIMED_OUT);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "transfers"), ==, 1);
}

static void
test_dfuse (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (GPtrArray) alternates = NULL;
  DfuInterface interface;

  bus_fixture_plug ("stm32f4@" PORT);
  device = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (dfu_interface_find (&interface, device));
  alternates = dfu_alternates_list (&interface, device);
  g_assert_cmpuint (alternates->len, >, 1);
  g_assert_false (dfu_choice_is_needed (&interface));
}

static void
test_cancelled (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  bus_fixture_plug ("generic-dfu@" PORT ",mode=dfu");
  device = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (dfu_interface_find (&interface, device));

  g_cancellable_cancel (cancellable);
  result = read_all (&interface, device, cancellable);
  g_assert_null (dfu_alternates_read_choices_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    upgrade_fixture_add (FOLDER, rows[i].name, &rows[i], test_row);
  upgrade_fixture_add (FOLDER, "silent-name", NULL, test_silent_name);
  upgrade_fixture_add (FOLDER, "dfuse", NULL, test_dfuse);
  upgrade_fixture_add (FOLDER, "cancelled", NULL, test_cancelled);

  return g_test_run ();
}
