/* test-dfu-alternates.c: what can be meant of a device, and what it calls that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "dfu-alternates.h"
#include "dfu-choice.h"
#include "dfu-device.h"
#include "dfu-error.h"
#include "test-image.h"
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

  dfu_alternates_read_all_async (interface, device, cancellable, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static UsbDevice *
plug_in (UpgradeFixture *self, const char *board, DfuInterface *interface)
{
  UsbDevice *device;

  bus_fixture_plug (board);
  device = upgrade_fixture_wait_for (self, PORT);
  g_assert_true (dfu_interface_find (interface, device));

  return device;
}

static DfuSession *
open_session (UsbDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UsbPipe) pipe = usb_device_open (device, &error);

  g_assert_no_error (error);

  return dfu_session_new (pipe, 1000);
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

  device = plug_in (self, row->board, &interface);
  g_assert_cmpint (dfu_choice_is_needed (&interface), ==, row->is_choice_needed);

  if (row->command != NULL) {
    g_autofree char *command = upgrade_fixture_substitute (row->command, PORT);

    virtual_bus_tell ("%s", command);
    usb_device_check_access (device);
  }

  virtual_bus_tell ("reset-stats " PORT);
  result = read_all (&interface, device, NULL);
  alternates = dfu_alternates_read_all_finish (result, &error);
  g_assert_no_error (error);
  found = describe (alternates);
  g_assert_cmpstr (found, ==, row->found);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "transfers"), ==, row->n_transfers);
}

#define ANY DFU_CHOICE_ANY
#define MEMORIES "generic-dfu@" PORT ",mode=dfu"
#define INTERFACES "generic-dfu@" PORT ",mode=dfu,interfaces=2"

typedef struct {
  const char *name;
  const char *board;
  int interface;
  int alternate;
  const char *alternate_name;
  gboolean takes_any;
  const char *chosen; /* nullable: refused */
  DfuError code;
  const char *words;
} ChoiceRow;

static const ChoiceRow choices[] = {
  { "the-only", MEMORIES ",memories=1", ANY, ANY, NULL, FALSE, "0.0" },
  { "of-several", MEMORIES, ANY, ANY, NULL, FALSE, NULL, DFU_ERROR_SEVERAL_MEMORIES,
    "several alternate settings: 0 \"Firmware\", 1 \"Settings\"" },
  { "whichever", MEMORIES, ANY, ANY, NULL, TRUE, "0.0" },
  { "number", MEMORIES, ANY, 1, NULL, FALSE, "0.1" },
  { "no-such-number", MEMORIES, ANY, 2, NULL, TRUE, NULL, DFU_ERROR_NO_SUCH_MEMORY,
    "no alternate setting 2; it has 0 \"Firmware\", 1 \"Settings\"" },
  { "name", MEMORIES, ANY, ANY, "Settings", FALSE, "0.1" },
  { "no-such-name", MEMORIES, ANY, ANY, "Setting", TRUE, NULL, DFU_ERROR_NO_SUCH_MEMORY,
    "0 alternate settings named \"Setting\"; it has 0 \"Firmware\"" },
  { "of-several-interfaces", INTERFACES, ANY, ANY, NULL, FALSE, NULL, DFU_ERROR_SEVERAL_INTERFACES,
    "several DFU interfaces: 0 \"Firmware\", 1 \"Settings\"" },
  { "whichever-interface", INTERFACES, ANY, ANY, NULL, TRUE, "0.0" },
  { "interface", INTERFACES, 1, ANY, NULL, FALSE, "1.0" },
  { "no-such-interface", INTERFACES, 2, ANY, NULL, TRUE, NULL, DFU_ERROR_NO_SUCH_MEMORY,
    "Interface 2 of the device speaks no DFU" },
  { "several-of-an-interface", MEMORIES, 0, ANY, NULL, FALSE, NULL, DFU_ERROR_SEVERAL_MEMORIES,
    "several alternate settings" },
  { "whichever-of-an-interface", MEMORIES, 0, ANY, NULL, TRUE, "0.0" },
  { "name-on-some-interface", INTERFACES, ANY, ANY, "Settings", FALSE, "1.0" },
  { "number-on-several-interfaces", INTERFACES, ANY, 0, NULL, TRUE, NULL,
    DFU_ERROR_SEVERAL_INTERFACES, "several DFU interfaces" },
  { "number-on-no-interface", INTERFACES, ANY, 1, NULL, FALSE, NULL, DFU_ERROR_NO_SUCH_MEMORY,
    "it has interface 0: 0 \"Firmware\", interface 1: 0 \"Settings\"" },
  { "number-on-interface", INTERFACES, 1, 0, NULL, FALSE, "1.0" },
  { "name-on-interface", INTERFACES, 1, ANY, "Settings", FALSE, "1.0" },
  { "name-on-other-interface", INTERFACES, 0, ANY, "Settings", FALSE, NULL,
    DFU_ERROR_NO_SUCH_MEMORY, "named \"Settings\"; it has 0 \"Firmware\"" },
  { "run-time", "generic-dfu@" PORT, 3, 5, NULL, FALSE, "0.0" },
};

static void
test_choice (UpgradeFixture *self, gconstpointer user_data)
{
  const ChoiceRow *row = user_data;
  g_autofree char *name = g_strdup (row->alternate_name);
  const DfuChoice choice = { row->interface, row->alternate, name, row->takes_any, ANY, ANY, NULL };
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (DfuSession) session = NULL;
  g_autofree char *chosen = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  device = plug_in (self, row->board, &interface);
  session = open_session (device);

  if (!dfu_choice_apply (&choice, device, session, &interface, NULL, &error)) {
    g_assert_null (row->chosen);
    g_assert_error (error, DFU_ERROR, (int) row->code);
    g_assert_nonnull (strstr (error->message, row->words));
    return;
  }

  g_assert_no_error (error);
  chosen = g_strdup_printf ("%u.%u", interface.number, interface.alternate);
  g_assert_cmpstr (chosen, ==, row->chosen);
}

/* Another device in the same socket is not the one that is meant. */
static void
test_returned (void)
{
  static const struct {
    int vendor;
    int product;
    const char *serial;
    gboolean is_meant;
  } returns[] = {
    { ANY, ANY, NULL, TRUE },        { 0x1209, 0x0002, "A1", TRUE },
    { 0x1209, ANY, NULL, TRUE },     { 0x120a, ANY, NULL, FALSE },
    { ANY, 0x0002, NULL, TRUE },     { ANY, 0x0003, NULL, FALSE },
    { ANY, ANY, "A1", TRUE },        { ANY, ANY, "A2", FALSE },
    { 0x1209, 0x0003, "A1", FALSE }, { 0x120a, 0x0002, "A1", FALSE },
    { 0x1209, 0x0002, "A", FALSE },
  };
  g_auto (UsbIdentity) identity = { .port_path = g_strdup (PORT),
                                    .vendor_id = 0x1209,
                                    .product_id = 0x0002,
                                    .serial = g_strdup ("A1"),
                                    .descriptors = g_bytes_new (NULL, 0) };
  g_autoptr (UsbDevice) device = usb_device_new (&identity);

  g_assert_true (dfu_choice_check_returned (NULL, device, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (returns); i++) {
    g_autofree char *serial = g_strdup (returns[i].serial);
    const DfuChoice choice = {
      ANY, ANY, NULL, FALSE, returns[i].vendor, returns[i].product, serial
    };
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (dfu_choice_check_returned (&choice, device, &error), ==, returns[i].is_meant);
    if (!returns[i].is_meant)
      g_assert_error (error, DFU_ERROR, DFU_ERROR_NOT_MEANT);
  }
}

/* It may have the name that is looked for, so nobody says that it has not. */
static void
test_silent_name (UpgradeFixture *self, gconstpointer user_data)
{
  g_auto (DfuChoice) choice = { 0 };
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (DfuSession) session = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  device = plug_in (self, "generic-dfu@" PORT ",mode=dfu", &interface);
  session = open_session (device);
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

  device = plug_in (self, "stm32f4@" PORT, &interface);
  alternates = dfu_alternates_list (&interface, device);
  g_assert_cmpuint (alternates->len, >, 1);
  g_assert_false (dfu_choice_is_needed (&interface));
}

/* What is known before anything is flashed: each interface leads to a memory of its own. */
static void
test_place (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GBytes) data = test_image_new_pattern (5000, 1);
  g_autoptr (GBytes) file = test_image_new_dfuse (0x0483, 0, "Flash", 0x08000000, data);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (UsbDevice) usb_device = NULL;
  g_autoptr (DfuDevice) device = NULL;
  g_autoptr (GPtrArray) unnamed = NULL;
  g_autoptr (GPtrArray) alternates = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const DfuInterface *interface;

  bus_fixture_plug ("stm32h7@" PORT ",interfaces=each");
  usb_device = upgrade_fixture_wait_for (self, PORT);
  device = dfu_device_new (usb_device);
  interface = dfu_device_get_interface (device);
  unnamed = dfu_alternates_list_all (interface, usb_device);
  result = read_all (interface, usb_device, NULL);
  alternates = dfu_alternates_read_all_finish (result, &error);
  g_assert_no_error (error);

  g_assert_true (dfu_device_accepts_at (device, image, alternates, alternates->pdata[0], &error));
  g_assert_no_error (error);
  g_assert_false (dfu_device_accepts_at (device, image, alternates, alternates->pdata[1], &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE);

  /* Of what nobody has read, nothing is said. */
  g_assert_true (dfu_device_accepts_at (device, image, unnamed, unnamed->pdata[1], NULL));
}

static void
test_cancelled (UpgradeFixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DfuInterface interface;

  device = plug_in (self, "generic-dfu@" PORT ",mode=dfu", &interface);

  g_cancellable_cancel (cancellable);
  result = read_all (&interface, device, cancellable);
  g_assert_null (dfu_alternates_read_all_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    upgrade_fixture_add (FOLDER, rows[i].name, &rows[i], test_row);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    upgrade_fixture_add (FOLDER "choice/", choices[i].name, &choices[i], test_choice);
  g_test_add_func (FOLDER "returned", test_returned);
  upgrade_fixture_add (FOLDER, "silent-name", NULL, test_silent_name);
  upgrade_fixture_add (FOLDER, "dfuse", NULL, test_dfuse);
  upgrade_fixture_add (FOLDER, "place", NULL, test_place);
  upgrade_fixture_add (FOLDER, "cancelled", NULL, test_cancelled);

  return g_test_run ();
}
