/* test-setup-symptom.c: what people meet elsewhere, and what becomes of it here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The left column is how people quote a trouble with DFU, mostly in the words of dfu-util. Each
 * must come to a row of the table of symptoms, or to a board's hint, from what libusb, the device
 * or the engine says then; or to a reason why Bootlace has no error for it.
 */

#include "setup-board-id.h"
#include "setup-question.h"
#include "wording-symptom.h"

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
  NO_ERROR,
} Source;

typedef struct {
  const char *quoted;
  Source source;
  int code;
  WordingMoment moment;
  const char *expected; /* in a sentence that people read; or the reason why there is none */
} Trouble;

#define IDS(vendor, product) ((vendor) << 16 | (product))
#define ANY WORDING_MOMENT_ANY
#define WRITING WORDING_MOMENT_WRITING

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
  { "error detaching", NO_ERROR, 0, ANY,
    "a lost answer to DETACH is no failure: whether the board comes back decides" },
  { "Download reports success, board does not start", FROM_ENGINE, DFU_ERROR_UNSAFE_IMAGE, ANY,
    "would destroy the board's program" },
  { "Download reports success, board does not start: damaged file", FROM_ENGINE,
    DFU_ERROR_UNFIT_IMAGE, ANY, "would not start" },
  { "state(10) = dfuERROR, status(10)", FROM_STATUS, DFU_STATUS_ERR_FIRMWARE, ANY,
    "differs from the firmware" },
  { "Flash size in the file larger than the chip", FROM_FILE, FIRMWARE_ERROR_BEYOND_FLASH, ANY,
    "past the end of the flash" },
  { "Board not seen once its application has run", NO_ERROR, 0, ANY,
    "nothing is on the bus: the empty list shows how to get to the bootloader" },
  { "Application uses GPIO 19 and 20, device vanished", FROM_LIBUSB, LIBUSB_ERROR_NO_DEVICE, ANY,
    "unplugged" },
  { "No reaction on plugging in: charge-only cable", NO_ERROR, 0, ANY, "nothing is on the bus" },
  { "Transfer breaks at a hub or a long cable", FROM_LIBUSB, LIBUSB_ERROR_IO, WRITING,
    "not reliable" },
  { "Data corrupt behind a hub or a long cable", FROM_STATUS, DFU_STATUS_ERR_VERIFY, ANY,
    "differs from the firmware" },
  { "D+ and D- swapped", NO_ERROR, 0, ANY, "nothing is on the bus" },
  { "ESP32-S3 not seen as DFU device", FROM_IDS, IDS (0x303a, 0x1001), ANY, "serial and JTAG" },
  { "ESP32-S3 with the eFuse set, still nothing", NO_ERROR, 0, ANY, "nothing is on the bus" },
  { "ESP32-S3: -R does not start the application", NO_ERROR, 0, ANY,
    "no restart is promised: “Press RESET on the board to start it.”" },
  { "ESP32-S3 stays in download mode after every reset", NO_ERROR, 0, ANY,
    "the board answers well and is ready to be written again" },
  { "Secure Boot, flash encryption, Secure Download Mode: no DFU device", NO_ERROR, 0, ANY,
    "nothing is on the bus" },
  { "ESP32 (classic), C3: no DFU", FROM_FILE, FIRMWARE_ERROR_NO_LOADER, ANY,
    "cannot be written over USB DFU" },
  { "Error: File ID 303a:0002 does not match device", FROM_ENGINE, DFU_ERROR_WRONG_DEVICE, ANY,
    "another kind of board" },
  { "invalid chip id", FROM_ENGINE, DFU_ERROR_UNFIT_IMAGE, ANY, "would not start" },
  { "Cannot set alt interface zero", FROM_LIBUSB, LIBUSB_ERROR_OTHER, ANY,
    "connection to the board failed" },
  { "dfu-util: command not found", NO_ERROR, 0, ANY, "Bootlace needs no dfu-util" },
  { "Port busy in the first seconds", FROM_LIBUSB, LIBUSB_ERROR_BUSY, ANY, "Another program" },
  { "Device Manager shows ESP32-S2 with a warning sign", FROM_LIBUSB, LIBUSB_ERROR_NOT_SUPPORTED,
    ANY, "no driver" },
  { "Nano ESP32: Cannot open DFU device 2341:0070", FROM_LIBUSB, LIBUSB_ERROR_ACCESS, ANY,
    "may not use this board" },
  { "Nano ESP32: dfuERROR, status 14", FROM_STATUS, DFU_STATUS_ERR_UNKNOWN, ANY,
    "reported an error" },
  { "Nano ESP32: LIBUSB_ERROR_PIPE at some percent", FROM_LIBUSB, LIBUSB_ERROR_PIPE, WRITING,
    "refused a command" },
  { "Exit code 74", NO_ERROR, 0, ANY, "it is dfu-util's; Bootlace has exit statuses of its own" },
  { "chip was placed into download mode using GPIO0", NO_ERROR, 0, ANY,
    "it is esptool's: “Press RESET on the board to start it.”" },
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
  case NO_ERROR:
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

static void
test_trouble (gconstpointer data)
{
  const Trouble *trouble = data;
  g_autoptr (GError) error = create_error (trouble);
  g_autofree char *hint = NULL;

  if (trouble->source == NO_ERROR) {
    g_test_message ("%s", trouble->expected);
    return;
  }

  if (trouble->source == FROM_IDS)
    hint = dup_hint ((guint) trouble->code);
  else
    hint = g_strdup (wording_symptom_find (error, trouble->moment)->summary);

  g_test_message ("%s", hint);
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

static void
test_help (void)
{
  const WordingSymptom *row = NULL;

  for (gsize i = 0; (row = wording_symptom_get (i)) != NULL; i++) {
    g_test_message ("%s: %s", row->summary, row->help);
    g_assert_true (row->help == NULL || is_help (row->help));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/symptom/help", test_help);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autofree char *name = g_strdelimit (g_strdup (troubles[i].quoted), "/ ", '-');
    g_autofree char *path = g_strconcat ("/setup/symptom/", name, NULL);

    g_test_add_data_func (path, &troubles[i], test_trouble);
  }

  return g_test_run ();
}
