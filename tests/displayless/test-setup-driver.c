/* test-setup-driver.c: has the board the right driver?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-driver.h"

/* Device nodes as Windows lists them for one ESP32-S2: the parent and its two functions. */
#define ESP "USB\\VID_303A&PID_0002\\0"
#define ESP_SERIAL "USB\\VID_303A&PID_0002&MI_00\\6&1A2B3C&0&0000"
#define ESP_DFU "USB\\VID_303A&PID_0002&MI_02\\6&1A2B3C&0&0002"
#define OTHER_ESP_SERIAL "USB\\VID_303A&PID_0002&MI_00\\6&77FF00&0&0000"
#define OTHER_ESP_DFU "USB\\VID_303A&PID_0002&MI_02\\6&77FF00&0&0002"
#define STM32 "USB\\VID_0483&PID_DF11\\357F31593431"
#define UNKNOWN_DFU "USB\\VID_1209&PID_5AFE\\1"
#define PROBE_DFU "USB\\VID_1D50&PID_6018&MI_04\\7&AB&0&0004"
#define PROBE_TRACE "USB\\VID_1D50&PID_6018&MI_05\\7&AB&0&0005"
#define UNREADABLE "USB\\VID_0000&PID_0002\\5&33E3&0&4"

#define DFU_CLASS "USB\\Class_FE&SubClass_01&Prot_01"
#define SERIAL_CLASS "USB\\Class_02&SubClass_02&Prot_00"
#define VENDOR_CLASS "USB\\Class_FF&SubClass_00&Prot_00"

typedef struct {
  const char *instance_id;
  const char *service;
  guint problem;
  const char *compatible_id;
} Row;

typedef struct {
  const char *name;
  SetupDriverFault fault;
  const char *place;  /* of the node that it is about */
  const char *misled; /* the instance id of what has the driver by mistake */
  Row rows[4];
} FaultCase;

static const FaultCase fault_cases[] = {
  { "nothing", SETUP_DRIVER_FAULT_NO_BOARD, NULL, NULL, { { NULL } } },
  { "other-devices",
    SETUP_DRIVER_FAULT_NO_BOARD,
    NULL,
    NULL,
    { { "USB\\VID_046D&PID_C077\\5&1&0&2", "HidUsb" },
      { "USB\\VID_10C4&PID_EA60\\0001", "silabser" },
      { "USB\\VID_303A&PID_1001&MI_00\\6&1&0&0000", "usbser", 0, SERIAL_CLASS } } },

  { "missing-by-problem",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP, "usbccgp" },
      { ESP_SERIAL, "usbser", 0, SERIAL_CLASS },
      { ESP_DFU, NULL, 28, DFU_CLASS } } },
  { "missing-by-service",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_SERIAL, "usbser", 0, SERIAL_CLASS }, { ESP_DFU, "", 0, DFU_CLASS } } },
  { "missing-without-class",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU } } },
  { "missing-half-installed",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "WinUSB", 18, DFU_CLASS } } },

  { "right",
    SETUP_DRIVER_FAULT_NONE,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP, "usbccgp" },
      { ESP_SERIAL, "usbser", 0, SERIAL_CLASS },
      { ESP_DFU, "WinUSB", 0, DFU_CLASS } } },
  { "right-other-case",
    SETUP_DRIVER_FAULT_NONE,
    "Interface 2 of ESP32-S2",
    NULL,
    { { "usb\\vid_303a&pid_0002&mi_02\\6&1a2b3c&0&0002", "WINUSB" } } },
  { "right-libusbk",
    SETUP_DRIVER_FAULT_NONE,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "libusbK", 0, DFU_CLASS } } },
  { "right-libusb0",
    SETUP_DRIVER_FAULT_NONE,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "libusb0", 0, DFU_CLASS } } },

  { "wrong",
    SETUP_DRIVER_FAULT_WRONG,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "usbser", 10, DFU_CLASS } } },
  { "failed",
    SETUP_DRIVER_FAULT_FAILED,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "WinUSB", 52, DFU_CLASS } } },
  { "disabled",
    SETUP_DRIVER_FAULT_DISABLED,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "WinUSB", 22, DFU_CLASS } } },

  { "misplaced",
    SETUP_DRIVER_FAULT_MISPLACED,
    "Interface 2 of ESP32-S2",
    ESP_SERIAL,
    { { ESP, "usbccgp" },
      { ESP_SERIAL, "WinUSB", 0, SERIAL_CLASS },
      { ESP_DFU, NULL, 28, DFU_CLASS } } },
  { "serial-replaced",
    SETUP_DRIVER_FAULT_SERIAL_REPLACED,
    "Interface 2 of ESP32-S2",
    ESP_SERIAL,
    { { ESP_SERIAL, "WinUSB" }, { ESP_DFU, "WinUSB" } } },
  { "serial-of-another-board",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { OTHER_ESP_SERIAL, "WinUSB", 0, SERIAL_CLASS },
      { ESP_SERIAL, "usbser", 0, SERIAL_CLASS },
      { ESP_DFU, NULL, 28, DFU_CLASS } } },
  { "neighbour-with-a-right-of-its-own",
    SETUP_DRIVER_FAULT_NONE,
    "Interface 4 of Black Magic Probe",
    NULL,
    { { PROBE_DFU, "WinUSB", 0, DFU_CLASS }, { PROBE_TRACE, "WinUSB", 0, VENDOR_CLASS } } },
  { "parent-replaced", SETUP_DRIVER_FAULT_PARENT_REPLACED, NULL, ESP, { { ESP, "WinUSB" } } },

  { "worst-of-two-boards",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_DFU, "WinUSB", 0, DFU_CLASS }, { OTHER_ESP_DFU, NULL, 28, DFU_CLASS } } },
  { "remembered-only",
    SETUP_DRIVER_FAULT_NO_BOARD,
    NULL,
    NULL,
    { { ESP_DFU, NULL, 45, DFU_CLASS } } },
  { "remembered-neighbour",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { ESP_SERIAL, "WinUSB", 45, SERIAL_CLASS }, { ESP_DFU, NULL, 28, DFU_CLASS } } },

  { "stm32-missing",
    SETUP_DRIVER_FAULT_MISSING,
    "STM32",
    NULL,
    { { STM32, NULL, 28, "USB\\Class_FE&SubClass_01&Prot_02" } } },
  { "stm32-right", SETUP_DRIVER_FAULT_NONE, "STM32", NULL, { { STM32, "WinUSB" } } },
  { "stm32-old-driver", SETUP_DRIVER_FAULT_WRONG, "STM32", NULL, { { STM32, "STTub30" } } },
  { "unknown-ids-by-class",
    SETUP_DRIVER_FAULT_MISSING,
    "[1209:5afe]",
    NULL,
    { { UNKNOWN_DFU, NULL, 28, "USB\\Class_fe&SubClass_01&Prot_02" } } },

  { "unreadable", SETUP_DRIVER_FAULT_UNREADABLE, NULL, NULL, { { UNREADABLE, NULL, 43 } } },
  { "unreadable-beside-missing",
    SETUP_DRIVER_FAULT_MISSING,
    "Interface 2 of ESP32-S2",
    NULL,
    { { UNREADABLE, NULL, 43 }, { ESP_DFU, NULL, 28, DFU_CLASS } } },
};

static GPtrArray *
new_nodes (const Row *rows, guint n_rows)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) setup_driver_node_free);

  for (guint i = 0; i < n_rows && rows[i].instance_id != NULL; i++) {
    SetupDriverNode *node = setup_driver_node_new (rows[i].instance_id);

    node->service = g_strdup (rows[i].service);
    node->problem = rows[i].problem;
    if (rows[i].compatible_id != NULL)
      setup_driver_node_note_compatible_id (node, rows[i].compatible_id);
    g_ptr_array_add (nodes, node);
  }

  return nodes;
}

static void
test_fault (gconstpointer user_data)
{
  const FaultCase *test = user_data;
  g_autoptr (GPtrArray) nodes = new_nodes (test->rows, G_N_ELEMENTS (test->rows));
  SetupDriverDiagnosis diagnosis = setup_driver_diagnose (nodes, 0, 0);

  g_assert_cmpint (diagnosis.fault, ==, test->fault);
  g_assert_cmpint (diagnosis.node != NULL, ==, test->place != NULL);
  g_assert_cmpint (diagnosis.misled != NULL, ==, test->misled != NULL);

  if (diagnosis.node != NULL) {
    g_autofree char *place = setup_driver_dup_place (diagnosis.node);

    g_assert_cmpstr (place, ==, test->place);
  }
  if (diagnosis.misled != NULL)
    g_assert_cmpstr (diagnosis.misled->instance_id, ==, test->misled);
}

static void
test_one_board (void)
{
  const Row rows[] = { { ESP_DFU, NULL, 28, DFU_CLASS },
                       { STM32, "WinUSB" },
                       { UNREADABLE, NULL, 43 } };
  g_autoptr (GPtrArray) nodes = new_nodes (rows, G_N_ELEMENTS (rows));

  g_assert_cmpint (setup_driver_diagnose (nodes, 0x0483, 0xdf11).fault, ==,
                   SETUP_DRIVER_FAULT_NONE);
  g_assert_cmpint (setup_driver_diagnose (nodes, 0x303a, 0x0002).fault, ==,
                   SETUP_DRIVER_FAULT_MISSING);
  g_assert_cmpint (setup_driver_diagnose (nodes, 0x303a, 0x0009).fault, ==,
                   SETUP_DRIVER_FAULT_NO_BOARD);
}

static void
test_instance_ids (void)
{
  static const char *const no_devices[] = {
    "",
    "USB",
    "USB\\ROOT_HUB30\\4&1&0&0",
    "PCI\\VID_303A&PID_0002\\1",
    "USB\\VID_303&PID_0002\\1",
    "USB\\VID_303A\\1",
  };
  g_autoptr (SetupDriverNode) node = setup_driver_node_new (ESP_DFU);
  g_autoptr (SetupDriverNode) odd = setup_driver_node_new ("USB\\VID_303A&PID_0002&MI_2");

  g_assert_cmphex (node->vendor, ==, 0x303a);
  g_assert_cmphex (node->product, ==, 0x0002);
  g_assert_cmpint (node->interface, ==, 2);
  g_assert_cmpint (odd->interface, ==, SETUP_DRIVER_NO_INTERFACE);

  for (gsize i = 0; i < G_N_ELEMENTS (no_devices); i++)
    g_assert_null (setup_driver_node_new (no_devices[i]));
}

/* Names without the parts that usbccgp gives them must not make strangers neighbours. */
static void
test_odd_neighbours (void)
{
  g_autoptr (SetupDriverNode) bare = setup_driver_node_new ("USB\\VID_303A&PID_0002&MI_02");
  g_autoptr (SetupDriverNode) other_bare = setup_driver_node_new ("USB\\VID_303A&PID_0002&MI_00");
  g_autoptr (SetupDriverNode) dfu = setup_driver_node_new (ESP_DFU);
  g_autoptr (SetupDriverNode) parent = setup_driver_node_new (ESP);
  g_autoptr (SetupDriverNode) serial = setup_driver_node_new (ESP_SERIAL);

  g_assert_false (setup_driver_node_is_beside (bare, other_bare));
  g_assert_false (setup_driver_node_is_beside (dfu, dfu));
  g_assert_false (setup_driver_node_is_beside (dfu, parent));
  g_assert_true (setup_driver_node_is_beside (dfu, serial));
}

typedef struct {
  const char *name;
  SetupState state;
  SetupAction action;
  const char *summary;
  const char *advice; /* a part of it */
} VerdictCase;

static const VerdictCase verdict_cases[] = {
  { "nothing", SETUP_STATE_SKIPPED, SETUP_ACTION_NONE,
    "This is asked once a board is in its bootloader.", NULL },
  { "right", SETUP_STATE_GOOD, SETUP_ACTION_NONE,
    "Interface 2 of ESP32-S2 has the right driver, WinUSB.", NULL },
  { "missing-by-problem", SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
    "No driver is installed for Interface 2 of ESP32-S2.", "interface alone" },
  { "stm32-missing", SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
    "No driver is installed for STM32.", "three clicks" },
  { "wrong", SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
    "Interface 2 of ESP32-S2 has the driver usbser, through which no program can flash it.",
    "Replace" },
  { "failed", SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
    "Interface 2 of ESP32-S2 has the right driver, WinUSB, but it does not start (Windows’ code "
    "52).",
    "Unplug" },
  { "disabled", SETUP_STATE_BAD, SETUP_ACTION_CHECK_AGAIN,
    "Interface 2 of ESP32-S2 is disabled in Device Manager.", "Enable device" },
  { "misplaced", SETUP_STATE_BAD, SETUP_ACTION_INSTALL_DRIVER,
    "Interface 2 of ESP32-S2 has no driver: it was installed for Interface 0, the serial port, by "
    "mistake.",
    "Then install WinUSB for Interface 2 alone." },
  { "serial-replaced", SETUP_STATE_DOUBTFUL, SETUP_ACTION_CHECK_AGAIN,
    "The board can be flashed, but its serial port is gone: Interface 0 of ESP32-S2 has the driver "
    "WinUSB instead of its own.",
    "Uninstall device" },
  { "parent-replaced", SETUP_STATE_DOUBTFUL, SETUP_ACTION_CHECK_AGAIN,
    "ESP32-S2 as a whole has the driver WinUSB, which only its DFU interface should have: its "
    "serial port is gone.",
    "Uninstall device" },
  { "unreadable", SETUP_STATE_DOUBTFUL, SETUP_ACTION_SHOW_WIRING,
    "A USB device is connected that Windows cannot make out.", "cable" },
};

static const FaultCase *
find_fault_case (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    if (g_str_equal (fault_cases[i].name, name))
      return &fault_cases[i];

  g_assert_not_reached ();
}

static void
test_verdict (gconstpointer user_data)
{
  const VerdictCase *test = user_data;
  const FaultCase *fault = find_fault_case (test->name);
  g_auto (SetupDriverFacts) facts = { new_nodes (fault->rows, G_N_ELEMENTS (fault->rows)) };
  g_autoptr (SetupVerdict) verdict = setup_driver_decide (&facts);

  g_assert_cmpint (verdict->state, ==, test->state);
  g_assert_cmpint (verdict->action, ==, test->action);
  g_assert_cmpstr (verdict->summary, ==, test->summary);
  g_assert_cmpint (verdict->advice != NULL, ==, test->advice != NULL);
  if (test->advice != NULL)
    g_assert_nonnull (g_strstr_len (verdict->advice, -1, test->advice));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/driver/fault/%s", fault_cases[i].name);

    g_test_add_data_func (path, &fault_cases[i], test_fault);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (verdict_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/driver/verdict/%s", verdict_cases[i].name);

    g_test_add_data_func (path, &verdict_cases[i], test_verdict);
  }
  g_test_add_func ("/setup/driver/one-board", test_one_board);
  g_test_add_func ("/setup/driver/instance-ids", test_instance_ids);
  g_test_add_func ("/setup/driver/odd-neighbours", test_odd_neighbours);

  return g_test_run ();
}
