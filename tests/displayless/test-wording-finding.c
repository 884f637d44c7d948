/* test-wording-finding.c: everything that can be found in a firmware has a sentence for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wording-finding.h"

#include <string.h>

#include "firmware-segment.h"
#include "firmware-table-fault.h"
#include "wording-table-fault.h"

typedef struct {
  FirmwareFindingKind kind;
  const char *part;
  const char *found;
  const char *expected;
  const char *sentence;
} Row;

static const Row rows[] = {
  { FIRMWARE_FINDING_OTHER_CHIP, "blink.bin", "ESP32-S3", "ESP32-S2",
    "“blink.bin” was built for the ESP32-S3, but this firmware is for the ESP32-S2." },
  { FIRMWARE_FINDING_OTHER_CHIP, "blink.bin", "0x0023", "ESP32-S2",
    "“blink.bin” was built for the chip 0x0023, but this firmware is for the ESP32-S2." },
  { FIRMWARE_FINDING_BOOTLOADER_MISPLACED, "bootloader.bin", "0x00001000", "0x00000000",
    "“bootloader.bin” is a bootloader and would go to 0x00001000, but the chip looks for it at "
    "0x00000000." },
  { FIRMWARE_FINDING_APPLICATION_TOO_LARGE, "blink.bin", "1500000", "1048576",
    "“blink.bin” does not fit: the app has 1.5 MB, its partition only 1.0 MB." },
  { FIRMWARE_FINDING_TABLE_BEYOND_FLASH, "partition-table.bin", "4096", "2097152",
    "The partition “4096” reaches past the end of the flash chip, which is taken to have 2 MB." },
  { FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER, "partition-table.bin", "storage", "2097152",
    "The partition “storage” reaches past the 2 MB that the bootloader was built for; ESP-IDF’s "
    "bootloader starts no app then." },
  { FIRMWARE_FINDING_HEADER_FLASH_SIZE, "bootloader.bin", "8388608", "4194304",
    "“bootloader.bin” was built for a flash chip with 8 MB, but this firmware is for one with "
    "4 MB." },
  { FIRMWARE_FINDING_ALONE, NULL, "bootloader", NULL,
    "This firmware has no bootloader, so the one that is on the board must fit." },
  { FIRMWARE_FINDING_ALONE, NULL, "partition-table", NULL,
    "This firmware has no partition table, so the one that is on the board must fit." },
  { FIRMWARE_FINDING_ALONE, NULL, "application", NULL,
    "This firmware has no app, so the one that is on the board must fit." },
  { FIRMWARE_FINDING_OVERWRITES, "blink.bin", "bootloader", "0x00001000",
    "“blink.bin” would overwrite the board’s bootloader at 0x00001000, but is none itself." },
  { FIRMWARE_FINDING_OVERWRITES, "blink.bin", "partition-table", "0x00008000",
    "“blink.bin” would overwrite the board’s partition table at 0x00008000, but is none itself." },
  { FIRMWARE_FINDING_PLACE_PROPOSED, "blink.bin", "0x00010000", NULL,
    "“blink.bin” does not say where it belongs, so it goes to the usual place, 0x00010000." },
  { FIRMWARE_FINDING_TABLE_MOVED, "partition-table.bin", "0x0000f000", "0x00008000",
    "“partition-table.bin” is the partition table and goes to 0x0000f000 instead of the usual "
    "0x00008000." },
  { FIRMWARE_FINDING_PART_TOO_LARGE, "nvs.bin", "24576", "16384",
    "“nvs.bin” has 24 kB, but its partition only 16 kB, so it would overwrite what comes behind." },
  { FIRMWARE_FINDING_ACROSS_PARTITIONS, "data.bin", "nvs, otadata", NULL,
    "“data.bin” does not keep within one partition; it would write to these: nvs, otadata." },
  { FIRMWARE_FINDING_RENAMED, "a long name.bin", "a.bin", NULL,
    "“a long name.bin” has a name that the chip’s ROM cannot work with; there it is called "
    "a.bin." },
  { FIRMWARE_FINDING_TAKEN_RAW, NULL, "archive", NULL,
    "This looks like an archive, with which no board can start: unpack it first." },
  { FIRMWARE_FINDING_TAKEN_RAW, NULL, "text", NULL,
    "This looks like text, which no board can run: choose the firmware itself." },
  { FIRMWARE_FINDING_TAKEN_RAW, NULL, "s-records", NULL,
    "These look like S-records, which no board can run: make an Intel HEX file of them with "
    "“objcopy -I srec -O ihex”, and choose that." },
  { FIRMWARE_FINDING_TAKEN_RAW, NULL, "nothing", NULL,
    "This looks like something else than raw bytes for a board." },
  { FIRMWARE_FINDING_SIGNATURE_DAMAGED, "blink.bin", "checksum", NULL,
    "“blink.bin” has a damaged signature for Secure Boot: its checksum is wrong." },
  { FIRMWARE_FINDING_SIGNATURE_DAMAGED, "blink.bin", "version", NULL,
    "“blink.bin” has a signature for Secure Boot of a kind that no board knows." },
  { FIRMWARE_FINDING_SIGNATURE_DAMAGED, "blink.bin", "digest", NULL,
    "“blink.bin” was changed after it was signed for Secure Boot: its signature is for something "
    "else." },
  { FIRMWARE_FINDING_TABLE_DAMAGED, "t.bin", "wrong-md5 5", NULL,
    "“t.bin” is not a valid partition table (the checksum in entry 6 does not match the entries "
    "before it)." },
  { FIRMWARE_FINDING_TABLE_DAMAGED, "t.bin", "app-misaligned 3 0x00011000", NULL,
    "“t.bin” is not a valid partition table (entry 4 is for an app at 0x00011000, which is no "
    "multiple of 0x10000)." },
  { FIRMWARE_FINDING_TABLE_DAMAGED, "t.bin", "no-partition 2 0xab50", NULL,
    "“t.bin” is not a valid partition table (entry 3 is no partition: it begins with ab 50)." },
  { FIRMWARE_FINDING_TABLE_ENTRY, "t.bin", "overlap 0 1", NULL,
    "“t.bin” has an entry that is probably a mistake (entries 1 and 2 overlap)." },
  { FIRMWARE_FINDING_IMAGE_MADE, "blink.elf", "DIO, 80 MHz, 2 MB", NULL,
    "“blink.elf” is not what the board takes, so an image was made of it, with the usual settings "
    "for the flash chip: DIO, 80 MHz, 2 MB." },
  { FIRMWARE_FINDING_USB_PINS, NULL, "DHT_PIN = 19, LED_GPIO = 20", NULL,
    "The project uses the pins of the chip’s USB socket for something else (DHT_PIN = 19, LED_GPIO "
    "= 20), so the board disappears from USB while this firmware runs." },
  { FIRMWARE_FINDING_BOOT_PINS, NULL, "BLINK_GPIO = 0", NULL,
    "The project uses pins that decide how the chip starts (BLINK_GPIO = 0), so what is connected "
    "to them must not hold them while it does." },
  { FIRMWARE_FINDING_IDF_VERSIONS, "bootloader.bin", "v5.1", "v5.2.1",
    "“bootloader.bin” was built with ESP-IDF v5.1, the app with v5.2.1." },
};

static void
test_values (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (FirmwareFinding) finding =
    firmware_finding_new (row->kind, row->part, row->found, row->expected);
  g_autofree char *sentence = wording_finding_dup_sentence (finding);

  g_assert_cmpstr (sentence, ==, row->sentence);
}

static void
assert_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strpbrk (text, "{}%"));
}

/* A kind that somebody adds and leaves without words fails here. */
static void
test_every_kind (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kinds->n_values; i++) {
    g_autoptr (FirmwareFinding) finding =
      firmware_finding_new (kinds->values[i].value, "a.bin", "4096", "8192");
    g_autofree char *sentence = wording_finding_dup_sentence (finding);

    g_test_message ("%s: %s", kinds->values[i].value_nick, sentence);
    assert_sentence (sentence);
    g_assert_true (g_hash_table_add (sentences, g_steal_pointer (&sentence)));
  }
}

/* What keeps somebody from flashing comes with what to do about it. */
static void
test_advice (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    g_autoptr (FirmwareFinding) finding =
      firmware_finding_new (kinds->values[i].value, "a.bin", "4096", "8192");
    g_autofree char *advice = wording_finding_dup_advice (finding);

    g_test_message ("%s: %s", kinds->values[i].value_nick, advice);
    if (advice != NULL || firmware_finding_get_severity (finding) != FIRMWARE_SEVERITY_NOTE)
      assert_sentence (advice);
  }
}

static void
test_without_values (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    g_autoptr (FirmwareFinding) finding =
      firmware_finding_new (kinds->values[i].value, NULL, NULL, NULL);
    g_autofree char *sentence = wording_finding_dup_sentence (finding);

    assert_sentence (sentence);
  }
}

static void
test_table_faults (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_TABLE_FAULT_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    const FirmwareTableFault fault = { .kind = (FirmwareTableFaultKind) kinds->values[i].value };
    g_autofree char *text = firmware_table_fault_to_text (&fault);
    g_autofree char *phrase = wording_table_fault_dup_phrase (text);

    g_test_message ("%s: %s", text, phrase);
    g_assert_cmpstr (phrase, !=, text);
    g_assert_nonnull (strchr (phrase, ' '));
  }
}

static void
test_nearly_the_same_size (void)
{
  g_autoptr (FirmwareFinding) finding =
    firmware_finding_new (FIRMWARE_FINDING_APPLICATION_TOO_LARGE, "blink.bin", "1048592",
                          "1048576");
  g_autofree char *sentence = wording_finding_dup_sentence (finding);

  g_assert_nonnull (strstr (sentence, "592"));
  g_assert_nonnull (strstr (sentence, "576"));
}

/* Values come from files. */
static void
test_braces_in_values (void)
{
  g_autoptr (FirmwareFinding) finding =
    firmware_finding_new (FIRMWARE_FINDING_OTHER_CHIP, "{found}%s", "{part}", "{expected}");
  g_autofree char *sentence = wording_finding_dup_sentence (finding);

  g_assert_cmpstr (sentence, ==,
                   "“{found}%s” was built for the {part}, but this firmware is for the "
                   "{expected}.");
}

static void
test_off_for_good (void)
{
  const FirmwareFindingKind kinds[] = { FIRMWARE_FINDING_SIGNED, FIRMWARE_FINDING_ENCRYPTED };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (FirmwareFinding) finding = firmware_finding_new (kinds[i], "blink.bin", NULL, NULL);
    g_autofree char *sentence = wording_finding_dup_sentence (finding);

    g_assert_nonnull (strstr (sentence, "off for good"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/wording/finding/values/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, &rows[i], test_values);
  }
  g_test_add_func ("/wording/finding/every-kind", test_every_kind);
  g_test_add_func ("/wording/finding/advice", test_advice);
  g_test_add_func ("/wording/finding/without-values", test_without_values);
  g_test_add_func ("/wording/finding/table-faults", test_table_faults);
  g_test_add_func ("/wording/finding/nearly-the-same-size", test_nearly_the_same_size);
  g_test_add_func ("/wording/finding/braces-in-values", test_braces_in_values);
  g_test_add_func ("/wording/finding/off-for-good", test_off_for_good);

  return g_test_run ();
}
