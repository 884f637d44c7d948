/* test-setup-symptom.c: what people meet elsewhere, and what becomes of it here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twenty-nine troubles that people have with DFU, named as they quote them, mostly in the words of
 * dfu-util. Each must come to a row of the table of symptoms from what libusb, the device, the
 * engine, a file or ids say then; or, where nothing on the bus or in a file tells of it, be there
 * as a sign, which the setup assistant shows.
 */

#include "setup-access.h"
#include "setup-board-id.h"
#include "setup-driver.h"
#include "setup-holder.h"
#include "setup-limits.h"
#include "setup-question.h"
#include "setup-rule-error.h"
#include "setup-sign.h"
#include "setup-usb.h"

#include <libusb.h>
#include <string.h>

#include "dfu-error.h"
#include "dfu-status.h"
#include "firmware-error.h"
#include "usb-error-private.h"

#define N_TROUBLES 29

typedef enum {
  FROM_LIBUSB, /* a code of libusb */
  FROM_STATUS, /* bStatus of a device in dfuERROR */
  FROM_ENGINE, /* a DFU_ERROR */
  FROM_FILE,   /* a FIRMWARE_ERROR */
  FROM_IDS,    /* idVendor and idProduct */
  FROM_SIGN,   /* a SETUP_SIGN */
} Source;

typedef struct {
  guint number;
  const char *quoted;
  Source source;
  int code;
  SetupMoment moment;
  GQuark (*get_domain) (void); /* of the row that it comes to */
  int row_code;
  SetupMoment row_moment;
} Trouble;

#define IDS(vendor, product) ((vendor) << 16 | (product))
#define ANY SETUP_MOMENT_ANY
#define WRITING SETUP_MOMENT_WRITING

/* Where from; when; which row. */
#define LIBUSB(code) FROM_LIBUSB, LIBUSB_ERROR_##code, ANY
#define LIBUSB_WRITING(code) FROM_LIBUSB, LIBUSB_ERROR_##code, WRITING
#define STATUS(code) FROM_STATUS, DFU_STATUS_ERR_##code, ANY
#define ENGINE(code) FROM_ENGINE, DFU_ERROR_##code, ANY, dfu_error_quark, DFU_ERROR_##code, ANY
#define FROM_IMAGE(code)                                                                           \
  FROM_FILE, FIRMWARE_ERROR_##code, ANY, firmware_error_quark, FIRMWARE_ERROR_##code, ANY
#define DEVICE(vendor, product) FROM_IDS, IDS (vendor, product), ANY
#define USB(code) usb_error_quark, USB_ERROR_##code, ANY
#define USB_WRITING(code) usb_error_quark, USB_ERROR_##code, WRITING
#define DFU(code) dfu_error_quark, DFU_ERROR_##code, ANY
#define SIGN(code) setup_sign_quark, SETUP_SIGN_##code, ANY
#define SHOWN(code) FROM_SIGN, SETUP_SIGN_##code, ANY, SIGN (code)

static const Trouble troubles[] = {
  { 1, "no-capable-device/nothing", SHOWN (NO_BOARD) },
  { 1, "no-capable-device/serial-socket", DEVICE (0x10c4, 0xea60), SIGN (SERIAL_SOCKET) },
  { 1, "no-capable-device/application", DEVICE (0x303a, 0x4001), SIGN (APPLICATION) },
  { 2, "cannot-open/no-rule", LIBUSB (ACCESS), USB (ACCESS) },
  { 3, "lost-device-after-reset", ENGINE (NOT_RETURNED) },
  { 4, "cannot-open/no-driver-not-found", LIBUSB (NOT_SUPPORTED), USB (NO_DRIVER) },
  { 4, "cannot-open/driver-missing", SHOWN (DRIVER_MISSING) },
  { 4, "cannot-open/driver-of-the-serial-port-replaced", SHOWN (DRIVER_MISPLACED) },
  { 5, "timeout-after-the-first-percent", LIBUSB_WRITING (TIMEOUT), USB_WRITING (TIMED_OUT) },
  { 6, "error-detaching", SHOWN (DFU_UTIL_DETACHING) },
  { 7, "success-but-no-start/raw-file", ENGINE (UNSAFE_IMAGE) },
  { 7, "success-but-no-start/damaged-file", ENGINE (UNFIT_IMAGE) },
  { 7, "success-but-no-start/still-in-its-loader", SHOWN (NEEDS_RESET) },
  { 8, "status-10-at-the-end", STATUS (FIRMWARE), DFU (CORRUPT) },
  { 8, "status-10-at-the-end/beyond-the-flash", FROM_IMAGE (BEYOND_FLASH) },
  { 9, "not-seen-once-its-application-has-run", SHOWN (APPLICATION_WITHOUT_USB) },
  { 10, "application-takes-gpio-19-and-20", SHOWN (APPLICATION_WITHOUT_USB) },
  { 10, "application-takes-gpio-19-and-20/vanished", LIBUSB (NO_DEVICE), USB (GONE) },
  { 11, "no-reaction-on-plugging-in", SHOWN (CHARGE_ONLY_CABLE) },
  { 12, "transfer-breaks-at-a-hub", LIBUSB_WRITING (IO), USB (IO) },
  { 12, "transfer-breaks-at-a-hub/corrupt", STATUS (VERIFY), DFU (CORRUPT) },
  { 12, "transfer-breaks-at-a-hub/where", SHOWN (HUB) },
  { 13, "data-lines-swapped", SHOWN (SWAPPED_LINES) },
  { 14, "esp32-s3-not-seen", DEVICE (0x303a, 0x1001), SIGN (SERIAL_JTAG) },
  { 15, "esp32-s3-with-the-efuse-not-seen", SHOWN (OLD_ESP32_S3) },
  { 16, "esp32-s3-not-started-by-r", SHOWN (NEEDS_RESET) },
  { 17, "esp32-s3-stays-in-download-mode", SHOWN (STAYS_AFTER_RESET) },
  { 18, "secure-boot-and-encryption", SHOWN (LOCKED_CHIP) },
  { 18, "secure-boot-and-encryption/fuses", SHOWN (BURNT_FUSES) },
  { 19, "classic-esp32", SHOWN (CHIP_WITHOUT_DFU) },
  { 19, "classic-esp32/firmware", FROM_IMAGE (NO_LOADER) },
  { 20, "file-id-does-not-match", ENGINE (WRONG_DEVICE) },
  { 21, "invalid-chip-id", ENGINE (UNFIT_IMAGE) },
  { 22, "cannot-set-alt-interface-zero", LIBUSB (OTHER), USB (FAILED) },
  { 23, "command-not-found", SHOWN (DFU_UTIL_MISSING) },
  { 24, "port-busy-in-the-first-seconds", LIBUSB (BUSY), USB (BUSY) },
  { 24, "port-busy-in-the-first-seconds/named", SHOWN (HELD) },
  { 25, "warning-sign-in-device-manager", SHOWN (DRIVER_MISSING) },
  { 26, "nano-esp32-access", LIBUSB (ACCESS), USB (ACCESS) },
  { 27, "nano-esp32-stops/status-14", STATUS (UNKNOWN), DFU (DEVICE) },
  { 27, "nano-esp32-stops/io", LIBUSB_WRITING (IO), USB (IO) },
  { 27, "nano-esp32-stops/pipe", LIBUSB_WRITING (PIPE), USB (STALL) },
  { 28, "exit-code-74", SHOWN (DFU_UTIL_FAILED) },
  { 29, "put-into-download-mode-by-gpio0", SHOWN (NEEDS_RESET) },
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
  case FROM_SIGN:
    break;
  }

  return error;
}

static const SetupSymptom *
find_by_ids (guint ids)
{
  const SetupBoardId *board = setup_board_id_find (ids >> 16, ids & 0xffff);
  SetupSign sign;

  g_assert_nonnull (board);
  g_assert_true (setup_board_kind_find_sign (board->kind, &sign));

  return setup_sign_get_symptom (sign);
}

static const SetupSymptom *
find_row (const Trouble *trouble)
{
  g_autoptr (GError) error = create_error (trouble);

  if (trouble->source == FROM_IDS)
    return find_by_ids ((guint) trouble->code);
  if (trouble->source == FROM_SIGN)
    return setup_sign_get_symptom ((SetupSign) trouble->code);

  return setup_symptom_find (error, trouble->moment);
}

static void
test_trouble (gconstpointer data)
{
  const Trouble *trouble = data;
  const SetupSymptom *row = find_row (trouble);

  g_test_message ("%s", row->summary);
  g_assert_true (row->get_domain == trouble->get_domain);
  g_assert_cmpint (row->code, ==, trouble->row_code);
  g_assert_cmpint (row->moment, ==, trouble->row_moment);
}

static void
test_all_troubles (void)
{
  gboolean known[N_TROUBLES + 1] = { FALSE };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_assert_cmpuint (troubles[i].number, <=, N_TROUBLES);
    known[troubles[i].number] = TRUE;
    g_assert_true (g_hash_table_add (names, (gpointer) troubles[i].quoted));
  }

  for (guint i = 1; i <= N_TROUBLES; i++)
    g_assert_true (known[i]);
}

static void
add_files (GString *text, const char *folder, const char *suffix)
{
  g_autofree char *path = g_build_filename (SOURCE_ROOT, folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_autofree char *content = NULL;

    if (!g_str_has_suffix (name, suffix) || g_str_has_prefix (name, "setup-sign"))
      continue;

    g_file_get_contents (file, &content, NULL, &error);
    g_assert_no_error (error);
    g_string_append (text, content);
  }
}

static gboolean
has_word (const char *text, const char *word)
{
  g_autofree char *pattern = g_strdup_printf ("\\b%s\\b", word);

  return g_regex_match_simple (pattern, text, 0, 0);
}

/* A row that no check answers with and no page shows is read by nobody. */
static void
test_signs_are_shown (void)
{
  g_autoptr (GString) code = g_string_new (NULL);
  g_autoptr (GString) pages = g_string_new (NULL);
  g_autoptr (GEnumClass) signs = g_type_class_ref (setup_sign_get_type ());

  add_files (code, "src/setup", ".c");
  add_files (pages, "ui", ".ui");

  for (guint i = 0; i < signs->n_values; i++) {
    g_autofree char *property =
      g_strdup_printf ("<property name=\"sign\">%s</property>", signs->values[i].value_nick);

    if (has_word (code->str, signs->values[i].value_name) || strstr (pages->str, property) != NULL)
      continue;

    g_test_message ("No check and no page has %s.", signs->values[i].value_name);
    g_test_fail ();
  }
}

/* What is filled in must not be read again. */
static void
test_fill_in (void)
{
  g_autofree char *filled =
    setup_symptom_fill_in ("{a} and {b}, not {c} or {", "{a}", "{b}", "{b}", "x", NULL);

  g_assert_cmpstr (filled, ==, "{b} and x, not {c} or {");
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
assert_advises (const SetupVerdict *verdict, const SetupSymptom *row)
{
  g_autofree char *hint = setup_symptom_dup_hint (row);

  g_assert_true (g_str_has_prefix (verdict->advice, hint));
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
  assert_advises (verdict, row);
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
    assert_advises (verdict, row);
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

  assert_advises (verdict, setup_symptom_find_code (USB_ERROR, USB_ERROR_NO_DRIVER, ANY));
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
  g_test_add_func ("/setup/symptom/fill-in", test_fill_in);
  g_test_add_func ("/setup/symptom/signs-are-shown", test_signs_are_shown);
  g_test_add_func ("/setup/symptom/all-troubles", test_all_troubles);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autofree char *path = g_strconcat ("/setup/symptom/trouble/", troubles[i].quoted, NULL);

    g_test_add_data_func (path, &troubles[i], test_trouble);
  }

  return g_test_run ();
}
