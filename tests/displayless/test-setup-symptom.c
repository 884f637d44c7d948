/* test-setup-symptom.c: what people meet elsewhere, and what becomes of it here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The left column is how people quote a trouble with DFU, mostly in the words of dfu-util. Each
 * must come to a row of the table of symptoms, or to a board's hint, from what libusb, the device
 * or the engine says then; or, where nothing is on the bus, to what is there to be read about it.
 *
 * Of the others, "error detaching" is no failure here, "dfu-util: command not found" and "exit code
 * 74" are dfu-util's own. A board that was written and does not start without RESET is told so by
 * bootlace_outcomes_describe_next_step(), which has a test.
 */

#include "setup-access.h"
#include "setup-board-id.h"
#include "setup-driver.h"
#include "setup-holder.h"
#include "setup-limits.h"
#include "setup-question.h"
#include "setup-rule-error.h"
#include "setup-symptom.h"
#include "setup-usb.h"

#include <libusb.h>
#include <string.h>

#include "dfu-error.h"
#include "dfu-status.h"
#include "firmware-error.h"
#include "usb-error-private.h"

typedef enum {
  FROM_LIBUSB, /* a code of libusb */
  FROM_STATUS, /* bStatus of a device in dfuERROR */
  FROM_ENGINE, /* a DFU_ERROR */
  FROM_FILE,   /* a FIRMWARE_ERROR */
  FROM_IDS,    /* idVendor and idProduct */
  FROM_PAGE,   /* a page of the setup assistant, with what stands there */
} Source;

typedef struct {
  const char *quoted;
  Source source;
  int code;
  SetupMoment moment;
  const char *expected; /* in a sentence that people read */
  const char *page;
} Trouble;

#define IDS(vendor, product) ((vendor) << 16 | (product))
#define ANY SETUP_MOMENT_ANY
#define WRITING SETUP_MOMENT_WRITING
#define PAGE(path, words) FROM_PAGE, 0, ANY, words, path
#define BOOT_GUIDE "ui/bootlace-boot-guide.ui"
#define WIRING "ui/bootlace-guide-wiring.ui"
#define LIMITS "ui/bootlace-guide-limits.ui"

static const Trouble troubles[] = {
  { "No DFU capable USB device available (the serial socket)", FROM_IDS, IDS (0x10c4, 0xea60), ANY,
    "serial socket" },
  { "No DFU capable USB device available (its application runs)", FROM_IDS, IDS (0x303a, 0x4001),
    ANY, "Hold BOOT" },
  { "Cannot open DFU device 303a:0002 (LIBUSB_ERROR_ACCESS)", FROM_LIBUSB, LIBUSB_ERROR_ACCESS, ANY,
    "may not use this board" },
  { "Lost device after RESET?", FROM_ENGINE, DFU_ERROR_NOT_RETURNED, ANY, "did not come back" },
  { "Cannot open DFU device (LIBUSB_ERROR_NOT_SUPPORTED)", FROM_LIBUSB, LIBUSB_ERROR_NOT_SUPPORTED,
    ANY, "no driver" },
  { "LIBUSB_ERROR_TIMEOUT after the first percent", FROM_LIBUSB, LIBUSB_ERROR_TIMEOUT, WRITING,
    "stopped answering while it was being written" },
  { "Download reports success, board does not start", FROM_ENGINE, DFU_ERROR_UNSAFE_IMAGE, ANY,
    "would destroy the board's program" },
  { "Download reports success, board does not start: damaged file", FROM_ENGINE,
    DFU_ERROR_UNFIT_IMAGE, ANY, "would not start" },
  { "state(10) = dfuERROR, status(10)", FROM_STATUS, DFU_STATUS_ERR_FIRMWARE, ANY,
    "differs from the firmware" },
  { "Flash size in the file larger than the chip", FROM_FILE, FIRMWARE_ERROR_BEYOND_FLASH, ANY,
    "past the end of the flash" },
  { "Board not seen once its application has run", PAGE (BOOT_GUIDE, "or does not run USB") },
  { "Application uses GPIO 19 and 20, not seen at all",
    PAGE (BOOT_GUIDE, "uses the USB pins for something else") },
  { "Application uses GPIO 19 and 20, device vanished", FROM_LIBUSB, LIBUSB_ERROR_NO_DEVICE, ANY,
    "unplugged" },
  { "No reaction on plugging in: charge-only cable", PAGE (WIRING, "many cables can only charge") },
  { "Transfer breaks at a hub or a long cable", FROM_LIBUSB, LIBUSB_ERROR_IO, WRITING,
    "not reliable" },
  { "Data corrupt behind a hub or a long cable", FROM_STATUS, DFU_STATUS_ERR_VERIFY, ANY,
    "differs from the firmware" },
  { "D+ and D- swapped", PAGE (WIRING, "try D+ and D− the other way round") },
  { "Transfer breaks at a hub or a long cable: where", PAGE (WIRING, "leave out hubs") },
  { "ESP32-S3 not seen as DFU device", FROM_IDS, IDS (0x303a, 0x1001), ANY, "serial and JTAG" },
  { "ESP32-S3 with the eFuse set, still nothing", PAGE (LIMITS, "and not on all chips") },
  { "ESP32-S3 stays in download mode after every reset",
    PAGE (BOOT_GUIDE, "in its bootloader again after every RESET: unplug it") },
  { "Secure Boot, flash encryption, Secure Download Mode: no DFU device",
    PAGE (LIMITS, "These protections switch the USB part") },
  { "ESP32 (classic), C3: no DFU", FROM_FILE, FIRMWARE_ERROR_NO_LOADER, ANY,
    "cannot be written over USB DFU" },
  { "Error: File ID 303a:0002 does not match device", FROM_ENGINE, DFU_ERROR_WRONG_DEVICE, ANY,
    "another kind of board" },
  { "invalid chip id", FROM_ENGINE, DFU_ERROR_UNFIT_IMAGE, ANY, "would not start" },
  { "Cannot set alt interface zero", FROM_LIBUSB, LIBUSB_ERROR_OTHER, ANY,
    "connection to the board failed" },
  { "Port busy in the first seconds", FROM_LIBUSB, LIBUSB_ERROR_BUSY, ANY, "Another program" },
  { "Device Manager shows ESP32-S2 with a warning sign", FROM_LIBUSB, LIBUSB_ERROR_NOT_SUPPORTED,
    ANY, "no driver" },
  { "Nano ESP32: Cannot open DFU device 2341:0070", FROM_LIBUSB, LIBUSB_ERROR_ACCESS, ANY,
    "may not use this board" },
  { "Nano ESP32: dfuERROR, status 14", FROM_STATUS, DFU_STATUS_ERR_UNKNOWN, ANY,
    "reported an error" },
  { "Nano ESP32: LIBUSB_ERROR_PIPE at some percent", FROM_LIBUSB, LIBUSB_ERROR_PIPE, WRITING,
    "refused a command" },
};

static GError *
create_error (const Trouble *trouble)
{
  const DfuStatus status = { .code = (guint8) trouble->code, .state = DFU_STATE_ERROR };
  GError *error = NULL;

  switch (trouble->source) {
  case FROM_LIBUSB:
    usb_error_set_from_libusb (&error, trouble->code, "Something");
    break;
  case FROM_STATUS:
    dfu_status_check (&status, &error);
    break;
  case FROM_ENGINE:
    error = g_error_new_literal (DFU_ERROR, trouble->code, "");
    break;
  case FROM_FILE:
    error = g_error_new_literal (FIRMWARE_ERROR, trouble->code, "");
    break;
  case FROM_IDS:
  case FROM_PAGE:
    break;
  }

  return error;
}

static char *
dup_hint (guint ids)
{
  const SetupBoardId *board = setup_board_id_find (ids >> 16, ids & 0xffff);

  return board != NULL ? setup_board_kind_dup_hint (board->kind) : NULL;
}

static char *
read_page (const char *path)
{
  g_autofree char *full = g_build_filename (SOURCE_ROOT, path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
dup_words (const Trouble *trouble)
{
  g_autoptr (GError) error = create_error (trouble);

  if (trouble->source == FROM_PAGE)
    return read_page (trouble->page);
  if (trouble->source == FROM_IDS)
    return dup_hint ((guint) trouble->code);

  return g_strdup (setup_symptom_find (error, trouble->moment)->summary);
}

static void
test_trouble (gconstpointer data)
{
  const Trouble *trouble = data;
  g_autofree char *hint = dup_words (trouble);

  g_assert_nonnull (hint);
  g_assert_nonnull (strstr (hint, trouble->expected));
}

/* Windows alone asks for the driver, and it alone does not ask for access. */
static gboolean
is_help (const char *word)
{
  static const char *const others[] = { "wiring", "driver", "access", "usb", NULL };
  const SetupQuestion *question = NULL;

  for (guint i = 0; (question = setup_question_get (i)) != NULL; i++)
    if (g_str_equal (question->id, word))
      return TRUE;

  return g_strv_contains (others, word);
}

/* What an answer of the assistant says about a cause is what is said when it makes something fail.
 */
static void
assert_says (const SetupVerdict *verdict, const SetupSymptom *row)
{
  g_assert_cmpstr (verdict->summary, ==, row->summary);
}

static void
test_access (void)
{
  const struct {
    SetupAccessFacts facts;
    const SetupSymptom *row;
  } cases[] = {
    { { .connected = TRUE, .node.udev_runs = TRUE },
      setup_symptom_find_code (USB_ERROR, USB_ERROR_ACCESS, ANY) },
    { { .connected = TRUE,
        .node.udev_runs = TRUE,
        .rule = { SETUP_RULE_STATE_FOREIGN, (char *) "/etc/udev/rules.d/70-bootlace.rules" } },
      setup_symptom_find_code (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NOT_OURS, ANY) },
    { { .connected = TRUE, .node.udev_runs = TRUE, .rule.state = SETUP_RULE_STATE_NEWER },
      setup_symptom_find_code (SETUP_RULE_ERROR, SETUP_RULE_ERROR_NEWER, ANY) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SetupVerdict) verdict = setup_access_decide (&cases[i].facts);

    assert_says (verdict, cases[i].row);
  }
}

static void
test_holder (void)
{
  const SetupHolderFacts facts = { .connected = TRUE, .busy = TRUE };
  const SetupSymptom *row = setup_symptom_find_code (USB_ERROR, USB_ERROR_BUSY, ANY);
  g_autoptr (SetupVerdict) verdict = setup_holder_decide (&facts);

  assert_says (verdict, row);
  g_assert_cmpstr (verdict->advice, ==, row->advice);
}

static void
test_limits (void)
{
  const struct {
    GQuark domain;
    int code;
  } cases[] = {
    { DFU_ERROR, DFU_ERROR_NOT_RETURNED },
    { DFU_ERROR, DFU_ERROR_DEVICE },
    { FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "");
    const SetupSymptom *row = setup_symptom_find (error, ANY);
    const SetupLimitsFacts facts = { .kind = SETUP_BOARD_KIND_ROM, .error = error };
    g_autoptr (SetupVerdict) verdict = setup_limits_decide (&facts);

    assert_says (verdict, row);
    g_assert_true (g_str_has_prefix (verdict->advice, row->advice));
  }
}

static void
test_driver (void)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (SetupDriverNode) node =
    setup_driver_node_new ("USB\\VID_303A&PID_0002&MI_02\\6&1&0&0002");
  const SetupDriverFacts facts = { .nodes = nodes };
  g_autoptr (SetupVerdict) verdict = NULL;

  g_ptr_array_add (nodes, node);
  verdict = setup_driver_decide (&facts);

  g_assert_cmpstr (verdict->advice, ==,
                   setup_symptom_find_code (USB_ERROR, USB_ERROR_NO_DRIVER, ANY)->advice);
}

static void
test_usb (void)
{
  const SetupUsbFacts facts = { 0 };
  g_autoptr (SetupVerdict) verdict = setup_usb_decide (&facts);

  assert_says (verdict, setup_symptom_find_code (USB_ERROR, USB_ERROR_FAILED, SETUP_MOMENT_BUS));
}

static void
test_help (void)
{
  const SetupSymptom *row = NULL;

  for (gsize i = 0; (row = setup_symptom_get (i)) != NULL; i++) {
    g_test_message ("%s: %s", row->summary, row->help);
    g_assert_true (row->help == NULL || is_help (row->help));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/symptom/help", test_help);
  g_test_add_func ("/setup/symptom/asked/access", test_access);
  g_test_add_func ("/setup/symptom/asked/holder", test_holder);
  g_test_add_func ("/setup/symptom/asked/limits", test_limits);
  g_test_add_func ("/setup/symptom/asked/driver", test_driver);
  g_test_add_func ("/setup/symptom/asked/usb", test_usb);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autofree char *name = g_strdelimit (g_strdup (troubles[i].quoted), "/ ", '-');
    g_autofree char *path = g_strconcat ("/setup/symptom/", name, NULL);

    g_test_add_data_func (path, &troubles[i], test_trouble);
  }

  return g_test_run ();
}
