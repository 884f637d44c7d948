/* test-cli-inspect.c: what the terminal says of a firmware, and when it is not written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>
#include <string.h>

#include "cli-consent.h"
#include "cli-findings.h"
#include "cli-inspect.h"
#include "firmware-format.h"
#include "firmware-image-private.h"

static void
add (FirmwareImage *image, FirmwareFindingKind kind)
{
  g_autoptr (FirmwareFinding) finding =
    firmware_finding_new (kind, "blink.bin", "ESP32-S3", "ESP32-S2");

  firmware_image_add_finding (image, finding);
}

/* A format without a suffix, without a payload and without a name. */
static FirmwareImage *
new_bare_image (void)
{
  return firmware_image_new (&firmware_format_dfu, NULL, NULL);
}

static FirmwareImage *
new_image (void)
{
  static const guint8 bytes[1000];
  g_autoptr (GBytes) data = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new ("größe.bin", 0x10000, data, FIRMWARE_ROLE_APPLICATION);
  g_autoptr (FirmwarePartition) partition =
    firmware_partition_new ("factory", FIRMWARE_PARTITION_TYPE_APP, 0, 0x10000, 0x100000, 1);
  FirmwareImage *image = new_bare_image ();

  firmware_image_add_segment (image, segment);
  firmware_image_add_partition (image, partition);

  return image;
}

/* Rather than compare all of the text: what a person looks for is on one line. */
static gboolean
has_line (const char *text, const char *first, const char *second)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, first) != NULL && strstr (*line, second) != NULL)
      return TRUE;

  return FALSE;
}

static void
test_text_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_image ();

  add (image, FIRMWARE_FINDING_OTHER_CHIP);
  cli_inspect_print_text ("a.hex", image);
}

static void
test_text (void)
{
  g_test_trap_subprocess ("/cli/inspect/text/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*a.hex\n*0x00010000 *1000  größe.bin  app\n*");
  g_test_trap_assert_stdout ("*0x00010000 *1048576  factory    app, factory · encrypted\n*");
  g_test_trap_assert_stdout ("*failed, see below\n*");
  g_test_trap_assert_stdout ("*\nError: “blink.bin” was built for the ESP32-S3*\n  Choose*");
}

/* Values that differ from each other, so that none can stand in another's place unnoticed. */
static FirmwareImage *
new_distinct_image (void)
{
  g_autoptr (FirmwarePartition) partition =
    firmware_partition_new ("nvs", FIRMWARE_PARTITION_TYPE_DATA, 2, 0x9000, 0x6000, 2);
  FirmwareImage *image = new_bare_image ();

  firmware_image_set_target (image, "ESP32-S2", 4 << 20);
  firmware_image_add_partition (image, partition);
  add (image, FIRMWARE_FINDING_OTHER_CHIP);

  return image;
}

static void
test_distinct_text_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_distinct_image ();

  cli_inspect_print_text ("a.hex", image);
}

static void
test_distinct_text (void)
{
  g_test_trap_subprocess ("/cli/inspect/distinct-text/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\n  Flash chip   4 MB\n*");
  g_test_trap_assert_stdout ("* nvs * · read-only\n*");
  g_test_trap_assert_stdout_unmatched ("*encrypted*");
}

static void
test_distinct_json_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_distinct_image ();

  cli_inspect_print_json (image);
}

static void
test_distinct_json (void)
{
  g_test_trap_subprocess ("/cli/inspect/distinct-json/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\"type\" : 1,*\"subtype\" : 2,*");
  g_test_trap_assert_stdout ("*\"encrypted\" : false,*\"read_only\" : true*");
  g_test_trap_assert_stdout ("*\"found\" : \"ESP32-S3\",*\"expected\" : \"ESP32-S2\",*");
  g_test_trap_assert_stdout ("*\"sentence\" : \"*was built for*\",*\"advice\" : \"Choose*");
}

/* A DfuSe file may name a memory of the board for each of its parts. */
static FirmwareImage *
new_two_memories_image (void)
{
  static const guint8 bytes[16];
  g_autoptr (GBytes) data = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr (FirmwareSegment) first =
    firmware_segment_new_for_alternate ("inner", 0, 0x08000000, data);
  g_autoptr (FirmwareSegment) second =
    firmware_segment_new_for_alternate ("outer", 3, 0x90000000, data);
  g_autoptr (FirmwareSegment) third =
    firmware_segment_new_for_alternate ("outer", 3, 0x90001000, data);
  FirmwareImage *image = firmware_image_new (&firmware_format_dfuse, NULL, NULL);

  firmware_image_add_segment (image, first);
  firmware_image_add_segment (image, second);
  firmware_image_add_segment (image, third);

  return image;
}

static void
test_alternate_text_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_two_memories_image ();

  cli_inspect_print_text ("a.dfu", image);
}

static void
test_alternate_text (void)
{
  g_test_trap_subprocess ("/cli/inspect/alternate-text/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*Memories *0: inner, 3: outer\n*"
                             "* inner  data · memory 0\n* outer  data · memory 3\n*");
}

static void
test_alternate_json_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_two_memories_image ();

  cli_inspect_print_json (image);
}

static void
test_alternate_json (void)
{
  g_test_trap_subprocess ("/cli/inspect/alternate-json/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\"alternates\" : [*\"number\" : 0,*\"name\" : \"inner\"*"
                             "\"number\" : 3,*\"name\" : \"outer\"*],*\"segments\"*"
                             "\"inner\"*\"alternate\" : 0*\"outer\"*\"alternate\" : 3*");
}

static void
test_bare_text_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();

  cli_inspect_print_text ("a.hex", image);
}

static void
test_bare_text (void)
{
  g_test_trap_subprocess ("/cli/inspect/bare-text/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*a.hex\n*all passed\n*");
  g_test_trap_assert_stdout_unmatched ("*Device*");
}

static void
test_bare_json_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();

  add (image, FIRMWARE_FINDING_NO_HASH);
  cli_inspect_print_json (image);
}

static void
test_bare_json (void)
{
  g_test_trap_subprocess ("/cli/inspect/bare-json/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*\"vendor\" : null*\"flash_size\" : null*\"segments\" : []*");
  g_test_trap_assert_stdout ("*\"kind\" : \"no-hash\"*\"severity\" : \"note\"*\"advice\" : null*");
}

static void
test_lightest (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();
  GListModel *findings = firmware_image_get_findings (image);
  g_autofree char *none = cli_findings_dup_text (findings, FIRMWARE_SEVERITY_NOTE);
  g_autofree char *all = NULL;
  g_autofree char *weighty = NULL;

  add (image, FIRMWARE_FINDING_NO_HASH);
  add (image, FIRMWARE_FINDING_SIGNED);
  all = cli_findings_dup_text (findings, FIRMWARE_SEVERITY_NOTE);
  weighty = cli_findings_dup_text (findings, FIRMWARE_SEVERITY_WARNING);

  g_assert_cmpstr (none, ==, "");
  g_assert_true (has_line (all, "Note: “blink.bin”", "."));
  g_assert_true (has_line (all, "Warning: “blink.bin”", "off for good."));
  g_assert_null (strstr (weighty, "Note:"));
  g_assert_nonnull (strstr (weighty, "Warning:"));
}

static void
test_no_consent_is_needed (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();

  add (image, FIRMWARE_FINDING_NO_HASH);
  g_assert_cmpint (cli_consent_check ("a.bin", image), ==, CLI_EXIT_SUCCESS);
  g_assert_cmpint (cli_consent_ask ("a.bin", image, FALSE, FALSE), ==, CLI_EXIT_SUCCESS);

  /* What the firmware lacks is of no account where nobody would write it. */
  add (image, FIRMWARE_FINDING_ALONE);
  g_assert_cmpint (cli_consent_ask ("a.bin", image, TRUE, FALSE), ==, CLI_EXIT_SUCCESS);
}

/* Its standard input is no terminal, so nobody can be asked. */
static void
test_consent_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();

  add (image, FIRMWARE_FINDING_SIGNED);
  g_assert_cmpint (cli_consent_check ("a.bin", image), ==, CLI_EXIT_SUCCESS);
  g_assert_cmpint (cli_consent_ask ("a.bin", image, FALSE, TRUE), ==, CLI_EXIT_SUCCESS);
  g_assert_cmpint (cli_consent_ask ("a.bin", image, FALSE, FALSE), ==, CLI_EXIT_CONSENT);
  g_assert_cmpint (cli_consent_ask ("a.bin", image, TRUE, FALSE), ==, CLI_EXIT_CONSENT);
}

static void
test_consent (void)
{
  g_test_trap_subprocess ("/cli/inspect/consent/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("a.bin:\nWarning: *Nothing was written.*--accept-warnings.\n");
}

/* Nobody can consent to what does not start. */
static void
test_error_subprocess (void)
{
  g_autoptr (FirmwareImage) image = new_bare_image ();

  add (image, FIRMWARE_FINDING_OTHER_CHIP);
  g_assert_cmpint (cli_consent_check ("a.bin", image), ==, CLI_EXIT_FILE);
}

static void
test_error (void)
{
  g_test_trap_subprocess ("/cli/inspect/error/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("a.bin:\nError: *");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/inspect/text", test_text);
  g_test_add_func ("/cli/inspect/text/subprocess", test_text_subprocess);
  g_test_add_func ("/cli/inspect/alternate-text", test_alternate_text);
  g_test_add_func ("/cli/inspect/alternate-text/subprocess", test_alternate_text_subprocess);
  g_test_add_func ("/cli/inspect/alternate-json", test_alternate_json);
  g_test_add_func ("/cli/inspect/alternate-json/subprocess", test_alternate_json_subprocess);
  g_test_add_func ("/cli/inspect/distinct-text", test_distinct_text);
  g_test_add_func ("/cli/inspect/distinct-text/subprocess", test_distinct_text_subprocess);
  g_test_add_func ("/cli/inspect/distinct-json", test_distinct_json);
  g_test_add_func ("/cli/inspect/distinct-json/subprocess", test_distinct_json_subprocess);
  g_test_add_func ("/cli/inspect/bare-text", test_bare_text);
  g_test_add_func ("/cli/inspect/bare-text/subprocess", test_bare_text_subprocess);
  g_test_add_func ("/cli/inspect/bare-json", test_bare_json);
  g_test_add_func ("/cli/inspect/bare-json/subprocess", test_bare_json_subprocess);
  g_test_add_func ("/cli/inspect/lightest", test_lightest);
  g_test_add_func ("/cli/inspect/no-consent-is-needed", test_no_consent_is_needed);
  g_test_add_func ("/cli/inspect/consent", test_consent);
  g_test_add_func ("/cli/inspect/consent/subprocess", test_consent_subprocess);
  g_test_add_func ("/cli/inspect/error", test_error);
  g_test_add_func ("/cli/inspect/error/subprocess", test_error_subprocess);

  return g_test_run ();
}
