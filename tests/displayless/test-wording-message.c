/* test-wording-message.c: every failure has a sentence of its own for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wording-message.h"

#include <gio/gio.h>
#include <string.h>

#include "dfu-error.h"
#include "error-enums.h"
#include "firmware-error.h"
#include "setup-rule-error.h"
#include "usb-error.h"
#include "usb-holder.h"

static const struct {
  const char *name;
  GQuark (*get_domain) (void);
  GType (*get_type) (void);
} domains[] = {
  { "usb", usb_error_quark, usb_error_get_type },
  { "dfu", dfu_error_quark, dfu_error_get_type },
  { "firmware", firmware_error_quark, firmware_error_get_type },
  { "setup-rule", setup_rule_error_quark, setup_rule_error_get_type },
};

static const int io_codes[] = {
  G_IO_ERROR_NOT_FOUND,     G_IO_ERROR_PERMISSION_DENIED,   G_IO_ERROR_IS_DIRECTORY,
  G_IO_ERROR_NO_SPACE,      G_IO_ERROR_NOT_REGULAR_FILE,    G_IO_ERROR_NOT_MOUNTED,
  G_IO_ERROR_TIMED_OUT,     G_IO_ERROR_CANCELLED,           G_IO_ERROR_HOST_NOT_FOUND,
  G_IO_ERROR_NOT_SUPPORTED, G_IO_ERROR_NETWORK_UNREACHABLE,
};

static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_unichar_isupper (g_utf8_get_char (text)));
  g_assert_true (g_str_has_suffix (text, "."));
}

/* No sentence is used for two codes of a domain, so none is a mere fallback. */
static void
check_code (GQuark domain, int code, GHashTable *summaries)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "what the engine said");
  g_autoptr (WordingMessage) message = wording_message_new (error);

  assert_sentence (message->summary);
  assert_sentence (message->cause);
  assert_sentence (message->advice);
  g_assert_null (message->consequence);
  g_assert_cmpstr (message->details, ==, "what the engine said");
  g_assert_true (g_hash_table_add (summaries, g_strdup (message->summary)));
}

static void
test_domain (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GTypeClass) type = g_type_class_ref (domains[i].get_type ());
  g_autoptr (GHashTable) summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint j = 0; j < G_ENUM_CLASS (type)->n_values; j++)
    check_code (domains[i].get_domain (), G_ENUM_CLASS (type)->values[j].value, summaries);
}

static void
test_io (void)
{
  g_autoptr (GHashTable) summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (io_codes); i++)
    check_code (G_IO_ERROR, io_codes[i], summaries);
  check_code (G_IO_ERROR, G_IO_ERROR_FAILED, summaries);
}

static void
test_unknown_domain (void)
{
  g_autoptr (GHashTable) summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  check_code (g_quark_from_static_string ("somebody-elses"), 42, summaries);
}

/* Pulling the plug means something else at each moment. */
static void
test_gone_by_phase (void)
{
  g_autoptr (GError) error = g_error_new_literal (USB_ERROR, USB_ERROR_GONE, "gone");
  static const struct {
    DfuPhase phase;
    const char *summary;
  } cases[] = {
    { DFU_PHASE_OPENING, "The board was unplugged." },
    { DFU_PHASE_DETACHING, "The board was unplugged while it was switching to its bootloader." },
    { DFU_PHASE_RETURNING, "The board was unplugged while it was switching to its bootloader." },
    { DFU_PHASE_READING, "The board was unplugged while it was being read." },
    { DFU_PHASE_ERASING, "The board was unplugged while it was being erased." },
    { DFU_PHASE_WRITING, "The board was unplugged while it was being written." },
    { DFU_PHASE_MANIFESTING, "The board was unplugged while it was checking what was written." },
    { DFU_PHASE_VERIFYING, "The board was unplugged while it was checking what was written." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const DfuProgress progress = { .reached = cases[i].phase };
    g_autoptr (WordingMessage) message = wording_message_new_for_job (error, &progress);

    g_assert_cmpstr (message->summary, ==, cases[i].summary);
  }
}

/* Where a file is wrong is said in words as well. */
static void
test_place (void)
{
  static const struct {
    const char *file;
    guint line;
    guint column;
    guint offset;
    guint address;
    const char *place;
  } cases[] = {
    { NULL, 12, 0, 0, 0, "The fault is in line 12." },
    { NULL, 12, 3, 0, 0, "The fault is in line 12, column 3." },
    { NULL, 0, 0, 0x2a00, 0, "The fault is in byte 0x2a00." },
    { NULL, 0, 0, 0, 0x2a00, "The fault is at address 0x00002a00." },
    { "a.json", 12, 3, 0, 0, "The fault is in “a.json”, line 12, column 3." },
    { "a.json", 0, 0, 0, 0, "The fault is in “a.json”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error =
      g_error_new_literal (FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED, "No digit");
    g_autoptr (WordingMessage) message = NULL;
    g_autoptr (WordingMessage) copy = NULL;
    g_autofree char *text = NULL;
    g_autofree char *expected = NULL;

    if (cases[i].line != 0)
      firmware_error_set_line (&error, cases[i].line, cases[i].column);
    if (cases[i].offset != 0)
      firmware_error_set_offset (&error, cases[i].offset);
    if (cases[i].address != 0)
      firmware_error_set_address (&error, cases[i].address);
    if (cases[i].file != NULL)
      firmware_error_set_file (&error, cases[i].file);
    message = wording_message_new (error);
    copy = wording_message_copy (message);
    text = wording_message_dup_text (copy);
    expected = g_strjoin (" ", message->summary, cases[i].place, message->advice, NULL);
    g_assert_cmpstr (text, ==, expected);
  }
}

/* What saw the fault first has the last word, and other errors have no place. */
static void
test_first_place (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED, "No digit");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Failed");
  g_autoptr (GError) copy = NULL;

  g_assert_null (firmware_error_get_place (error));
  firmware_error_set_line (&error, 12, 3);
  firmware_error_set_line (&error, 12, 0);
  firmware_error_set_file (&error, "blink.hex");
  firmware_error_set_file (&error, "build");
  g_prefix_error (&error, "blink.hex: ");
  copy = g_error_copy (error);
  g_assert_cmpstr (firmware_error_get_place (copy)->file, ==, "blink.hex");
  g_assert_cmpuint (firmware_error_get_place (copy)->column, ==, 3);

  firmware_error_set_offset (&other, 1);
  g_assert_null (firmware_error_get_place (other));
  firmware_error_set_offset (NULL, 1);
}

/* Only what counts bytes moves with the part that they are counted in. */
static void
test_moved_place (void)
{
  g_autoptr (GError) offset =
    g_error_new_literal (FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED, "No name");
  g_autoptr (GError) address =
    g_error_new_literal (FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP, "Overlap");

  firmware_error_move_offset (&offset, 0x70);
  g_assert_null (firmware_error_get_place (offset));
  firmware_error_set_offset (&offset, 0x58);
  firmware_error_move_offset (&offset, 0x70);
  g_assert_cmphex (firmware_error_get_place (offset)->number, ==, 0xc8);

  firmware_error_set_address (&address, 0x1000);
  firmware_error_move_offset (&address, 0x70);
  g_assert_cmphex (firmware_error_get_place (address)->number, ==, 0x1000);
}

/* What is missing is nowhere, and what is no firmware is so everywhere. */
static void
test_no_place (void)
{
  static const FirmwareError codes[] = { FIRMWARE_ERROR_TRUNCATED, FIRMWARE_ERROR_MISSING_PART,
                                         FIRMWARE_ERROR_UNKNOWN_FORMAT, FIRMWARE_ERROR_NO_LOADER };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (FIRMWARE_ERROR, (int) codes[i], "Failed");
    g_autoptr (WordingMessage) message = NULL;

    firmware_error_set_line (&error, 12, 0);
    message = wording_message_new (error);
    g_assert_null (message->place);
  }
}

/* But of several files, the one that is empty is told. */
static void
test_file_of_several (void)
{
  static const FirmwareError codes[] = { FIRMWARE_ERROR_EMPTY,        FIRMWARE_ERROR_TOO_LARGE,
                                         FIRMWARE_ERROR_TRUNCATED,    FIRMWARE_ERROR_UNKNOWN_FORMAT,
                                         FIRMWARE_ERROR_FOR_COMPUTER, FIRMWARE_ERROR_FOR_DRIVE,
                                         FIRMWARE_ERROR_OTHER_JSON };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (FIRMWARE_ERROR, (int) codes[i], "Failed");
    g_autoptr (WordingMessage) message = NULL;

    firmware_error_set_file (&error, "blink.bin");
    message = wording_message_new (error);
    g_assert_cmpstr (message->place, ==, "The fault is in “blink.bin”.");
  }
}

/* Which file is missing, or does not belong to the others, is told in the reader's language, too.
 */
static void
test_named_file (void)
{
  static const FirmwareError codes[] = { FIRMWARE_ERROR_MISSING_PART, FIRMWARE_ERROR_SAME_ROLE,
                                         FIRMWARE_ERROR_NO_PLACE, FIRMWARE_ERROR_WHOLE,
                                         FIRMWARE_ERROR_BAD_NAME };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (FIRMWARE_ERROR, (int) codes[i], "Failed");
    g_autoptr (WordingMessage) message = NULL;

    firmware_error_set_file (&error, "blink.bin");
    message = wording_message_new (error);
    g_assert_cmpstr (message->place, ==, "It is about “blink.bin”.");
  }
}

/* Who has the board is known, and so is what helps against it. */
static void
test_holder (void)
{
  static const struct {
    UsbHolder holder;
    const char *summary;
    const char *advice;
  } cases[] = {
    { { .program = (char *) "ModemManager", .process = 812 },
      "“ModemManager” is using the board (process 812).",
      "lets go within half a minute" },
    { { .program = (char *) "qemu-system-x86", .process = 5 },
      "“qemu-system-x86” is using the board (process 5).",
      "Take it back" },
    { { .program = (char *) "thing", .process = 5 },
      "“thing” is using the board (process 5).",
      "Close it" },
    { { .driver = (char *) "cdc_acm" },
      "The kernel’s driver “cdc_acm” has the board.",
      "Unplug the board" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const DfuProgress progress = { .reached = DFU_PHASE_OPENING };
    GError *busy = g_error_new_literal (USB_ERROR, USB_ERROR_BUSY, "Claiming interface 2");
    g_autoptr (GError) error = NULL;
    g_autoptr (WordingMessage) message = NULL;

    usb_error_set_holder (&busy, &cases[i].holder);
    error = busy;
    message = wording_message_new_for_job (error, &progress);
    g_assert_cmpstr (message->summary, ==, cases[i].summary);
    g_assert_nonnull (strstr (message->advice, cases[i].advice));
    assert_sentence (message->cause);
    g_assert_cmpstr (message->help, ==, "holder");
  }
}

static void
test_consequence (void)
{
  g_autoptr (GError) error = g_error_new_literal (USB_ERROR, USB_ERROR_IO, "bad wire");
  const DfuProgress opening = { .reached = DFU_PHASE_OPENING };
  const DfuProgress writing = { .reached = DFU_PHASE_WRITING, .flash_touched = TRUE };
  const DfuProgress beside = { .reached = DFU_PHASE_WRITING,
                               .flash_touched = TRUE,
                               .program_kept = TRUE };
  const DfuProgress checking = { .reached = DFU_PHASE_MANIFESTING, .flash_touched = TRUE };
  const DfuProgress comparing = { .reached = DFU_PHASE_RETURNING,
                                  .flash_touched = TRUE,
                                  .is_written = TRUE };
  g_autoptr (GError) refusal = g_error_new_literal (DFU_ERROR, DFU_ERROR_DEVICE, "errNOTDONE");
  g_autoptr (GError) leave = g_error_new_literal (DFU_ERROR, DFU_ERROR_LEFT, "gone");
  g_autoptr (WordingMessage) unsaid = wording_message_new_for_job (error, &checking);
  g_autoptr (WordingMessage) left = wording_message_new_for_job (leave, &checking);
  g_autoptr (WordingMessage) refused = wording_message_new_for_job (refusal, &checking);
  g_autoptr (WordingMessage) taken = wording_message_new_for_job (error, &comparing);
  g_autoptr (WordingMessage) untouched = wording_message_new_for_job (error, &opening);
  g_autoptr (WordingMessage) touched = wording_message_new_for_job (error, &writing);
  g_autoptr (WordingMessage) kept = wording_message_new_for_job (error, &beside);
  g_autofree char *text = wording_message_dup_text (touched);

  g_assert_cmpstr (untouched->consequence, ==, "This attempt changed nothing on the board.");
  g_assert_cmpstr (touched->consequence, !=, untouched->consequence);
  g_assert_cmpstr (taken->consequence, ==,
                   "The board took all of the firmware, but not all of it was compared.");
  g_assert_cmpstr (unsaid->consequence, ==,
                   "The board took all of the firmware, but did not say whether it is in order.");
  g_assert_cmpstr (left->consequence, ==, unsaid->consequence);
  g_assert_cmpstr (refused->consequence, ==, touched->consequence);
  g_assert_cmpstr (kept->consequence, ==, "The program that ran on the board is still there.");
  g_assert_nonnull (strstr (text, touched->summary));
  g_assert_nonnull (strstr (text, touched->consequence));
  g_assert_nonnull (strstr (text, touched->advice));
}

#define ERASED "Some or all of the board’s flash may be erased now; nothing was written."
#define UNPROTECTED                                                                                \
  "Some or all of the board’s flash may be erased now, and its protection gone; nothing was "    \
  "written."
#define UNCHANGED "This attempt changed nothing on the board."

/* What is erased holds no part of anything new. */
static void
test_erasure (void)
{
  static const struct {
    DfuProgress progress;
    DfuError code;
    const char *consequence;
  } cases[] = {
    { { .only_erases = TRUE, .reached = DFU_PHASE_OPENING }, DFU_ERROR_DEVICE, UNCHANGED },
    { { .only_erases = TRUE, .reached = DFU_PHASE_ERASING, .flash_touched = TRUE },
      DFU_ERROR_DEVICE,
      ERASED },
    { { .only_erases = TRUE, .reached = DFU_PHASE_READING, .flash_touched = TRUE },
      DFU_ERROR_DEVICE,
      ERASED },
    { { .only_erases = TRUE, .reached = DFU_PHASE_ERASING, .flash_touched = TRUE },
      DFU_ERROR_PROTECTED,
      UNCHANGED },
    { { .only_erases = TRUE,
        .unprotects = TRUE,
        .reached = DFU_PHASE_ERASING,
        .flash_touched = TRUE },
      DFU_ERROR_NOT_RETURNED,
      UNPROTECTED },
    { { .only_erases = TRUE,
        .unprotects = TRUE,
        .reached = DFU_PHASE_OPENING,
        .flash_touched = TRUE },
      DFU_ERROR_PROTECTED,
      UNPROTECTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (DFU_ERROR, (int) cases[i].code, "no");
    g_autoptr (WordingMessage) message = wording_message_new_for_job (error, &cases[i].progress);

    g_assert_cmpstr (message->consequence, ==, cases[i].consequence);
  }
}

/* Who cancels is told where the board is left, if somebody must help it. */
static void
test_cancelled (void)
{
  static const struct {
    DfuProgress progress;
    const char *consequence;
  } cases[] = {
    { { .flash_touched = TRUE },
      "The board may hold only a part of a program now; flash it again." },
    { { .flash_touched = TRUE, .restart = DFU_RESTART_STAYED },
      "The board may hold only a part of a program now; flash it again." },
    { { .is_silent = TRUE },
      "This attempt changed nothing on the board. It did not answer any more: press RESET on it, "
      "or plug it "
      "in again, before the next try." },
    { { .flash_touched = TRUE, .is_written = TRUE },
      "The board took all of the firmware, but not all of it was compared." },
    { { .flash_touched = TRUE, .is_written = TRUE, .is_compared = TRUE },
      "The board took all of the firmware and found it in order, but it was not read back to the "
      "end." },
    { { .flash_touched = TRUE, .is_written = TRUE, .restart = DFU_RESTART_DONE },
      "The board took all of the firmware, but not all of it was compared." },
    { { .flash_touched = TRUE,
        .is_written = TRUE,
        .is_silent = TRUE,
        .restart = DFU_RESTART_STAYED },
      "The board took all of the firmware, but not all of it was compared. It did not answer any "
      "more: press RESET on it, or plug it in again, before the next try." },
    /* It hung while it was compared, and a bus reset has helped. */
    { { .flash_touched = TRUE, .is_written = TRUE, .is_silent = TRUE, .restart = DFU_RESTART_DONE },
      "The board took all of the firmware, but not all of it was compared." },
    { { .flash_touched = TRUE, .is_written = TRUE, .restart = DFU_RESTART_CALLED },
      "The board took all of the firmware, but not all of it was compared. It is on its way to its "
      "bootloader, or there already: press RESET on it." },
    { { .flash_touched = TRUE, .is_written = TRUE, .restart = DFU_RESTART_STAYED },
      "The board took all of the firmware, but not all of it was compared. The board stays in its "
      "bootloader: press RESET on it." },
  };
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  g_autoptr (GError) other = g_error_new_literal (USB_ERROR, USB_ERROR_IO, "bad wire");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WordingMessage) message = wording_message_new_for_job (error, &cases[i].progress);
    g_autoptr (WordingMessage) failure = wording_message_new_for_job (other, &cases[i].progress);

    g_assert_cmpstr (message->consequence, ==, cases[i].consequence);
    g_assert_null (strstr (failure->consequence, "RESET"));
  }
}

static void
test_refusal (void)
{
  g_autoptr (GError) error = g_error_new_literal (DFU_ERROR, DFU_ERROR_WRONG_DEVICE, "no");
  g_autoptr (WordingMessage) named = wording_message_new_for_refusal (error, "ESP32-S3");
  g_autoptr (WordingMessage) nameless = wording_message_new_for_refusal (error, NULL);

  g_assert_cmpstr (named->summary, ==, "This firmware is made for ESP32-S3.");
  assert_sentence (nameless->summary);
}

/* A question that is closed is no file that is not used. */
static void
test_rule (void)
{
  g_autoptr (GError) declined = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  g_autoptr (GError) other = g_error_new_literal (G_SPAWN_ERROR, G_SPAWN_ERROR_NOMEM, "no memory");
  g_autoptr (WordingMessage) message = wording_message_new_for_rule (declined);
  g_autoptr (WordingMessage) other_message = wording_message_new_for_rule (other);

  g_assert_cmpstr (message->summary, ==, "You did not allow it.");
  g_assert_cmpstr (other_message->summary, ==, "The setup helper could not do it.");
}

static void
test_copy (void)
{
  g_autoptr (GError) error = g_error_new_literal (USB_ERROR, USB_ERROR_IO, "bad wire");
  const DfuProgress writing = { .reached = DFU_PHASE_WRITING, .flash_touched = TRUE };
  g_autoptr (WordingMessage) message = wording_message_new_for_job (error, &writing);
  g_autoptr (WordingMessage) copy = wording_message_copy (message);

  g_assert_cmpstr (copy->summary, ==, message->summary);
  g_assert_cmpstr (copy->cause, ==, message->cause);
  g_assert_cmpstr (copy->consequence, ==, message->consequence);
  g_assert_cmpstr (copy->advice, ==, message->advice);
  g_assert_cmpstr (copy->details, ==, message->details);
  g_assert_cmpstr (copy->help, ==, "wiring");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autofree char *path = g_strconcat ("/wording/message/", domains[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_domain);
  }
  g_test_add_func ("/wording/message/io", test_io);
  g_test_add_func ("/wording/message/unknown-domain", test_unknown_domain);
  g_test_add_func ("/wording/message/gone-by-phase", test_gone_by_phase);
  g_test_add_func ("/wording/message/place", test_place);
  g_test_add_func ("/wording/message/first-place", test_first_place);
  g_test_add_func ("/wording/message/moved-place", test_moved_place);
  g_test_add_func ("/wording/message/no-place", test_no_place);
  g_test_add_func ("/wording/message/file-of-several", test_file_of_several);
  g_test_add_func ("/wording/message/named-file", test_named_file);
  g_test_add_func ("/wording/message/holder", test_holder);
  g_test_add_func ("/wording/message/consequence", test_consequence);
  g_test_add_func ("/wording/message/cancelled", test_cancelled);
  g_test_add_func ("/wording/message/erasure", test_erasure);
  g_test_add_func ("/wording/message/refusal", test_refusal);
  g_test_add_func ("/wording/message/declined", test_rule);
  g_test_add_func ("/wording/message/copy", test_copy);

  return g_test_run ();
}
