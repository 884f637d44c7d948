/* wording-finding-table.c: the sentence and the advice for each kind of finding
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-finding-table.h"

#include <glib/gi18n.h>

#include "firmware-esp-signature.h"
#include "firmware-segment.h"
#include "firmware-stranger.h"
#include "wording-format.h"
#include "wording-table-fault.h"

/* Of a chip that has no name here. */
static char *
format_chip_id (guint64 id)
{
  /* Translators: stands for the name of a chip, as in “was built for the chip 0x0023” */
  return g_strdup_printf (_ ("chip 0x%04x"), (guint) id);
}

#define BUILD_AGAIN N_ ("Build the firmware again, or copy the file once more.")
#define REAL_FLASH_SIZE N_ ("Set the real flash size in the project’s settings and build it again.")

/* Translators, for all of these sentences: leave the words in {braces} as they are; {part} is the
 * name of a file with quotation marks, and begins the sentence. */
static const WordingFindingWords words[] = {
  [FIRMWARE_FINDING_OTHER_CHIP] = {
    .sentence = N_ ("{part} was built for the {found}, but this firmware is for the {expected}."),
    .advice = N_ ("Choose the chip with “idf.py set-target” and build the project again."),
    .found = format_chip_id,
  },
  [FIRMWARE_FINDING_IMAGE_CUT] = {
    .sentence = N_ ("{part} is not complete: {found} are there, but at least {expected} belong to it."),
    .advice = BUILD_AGAIN,
    .found = wording_format_size,
    .expected = wording_format_size,
  },
  [FIRMWARE_FINDING_IMAGE_CHECKSUM] = {
    .sentence = N_ ("{part} is damaged: its checksum is wrong."),
    .advice = BUILD_AGAIN,
  },
  [FIRMWARE_FINDING_IMAGE_HASH] = {
    .sentence =
      N_ ("{part} was changed after it was built: its fingerprint (SHA-256) does not match."),
    .advice = BUILD_AGAIN,
  },
  [FIRMWARE_FINDING_TABLE_DAMAGED] = {
    .sentence = N_ ("{part} is not a valid partition table ({found})."),
    .advice = N_ ("Correct the project’s partition table and build it again."),
    .found_text = wording_table_fault_dup_phrase,
  },
  [FIRMWARE_FINDING_BOOTLOADER_MISPLACED] = {
    .sentence =
      N_ ("{part} is a bootloader and would go to {found}, but the chip looks for it at "
          "{expected}."),
    .advice = N_ ("Put the firmware together again with the bootloader at {expected}."),
    .found = wording_format_address,
    .expected = wording_format_address,
  },
  [FIRMWARE_FINDING_APPLICATION_HOMELESS] = {
    .sentence =
      N_ ("{part} is an app and would go to {found}, but the partition table has no place for an "
          "app there."),
    .advice =
      N_ ("Put the firmware together again with the app where one of the app partitions begins."),
    .found = wording_format_address,
    .expected = wording_format_address,
  },
  [FIRMWARE_FINDING_APPLICATION_TOO_LARGE] = {
    .sentence = N_ ("{part} does not fit: the app has {found}, its partition only {expected}."),
    .advice =
      N_ ("Enlarge the app’s partition in the project’s partition table, or make the app smaller."),
    .found = wording_format_size,
    .expected = wording_format_size,
  },
  [FIRMWARE_FINDING_TABLE_ENTRY] = {
    .sentence = N_ ("{part} has an entry that is probably a mistake ({found})."),
    .advice = N_ ("Correct the project’s partition table and build it again."),
    .found_text = wording_table_fault_dup_phrase,
  },
  [FIRMWARE_FINDING_PART_TOO_LARGE] = {
    .sentence =
      N_ ("{part} has {found}, but its partition only {expected}, so it would overwrite what comes "
          "behind."),
    .advice = N_ ("Enlarge the partition in the project’s partition table, or choose a smaller file."),
    .found = wording_format_size,
    .expected = wording_format_size,
  },
  [FIRMWARE_FINDING_ACROSS_PARTITIONS] = {
    .sentence =
      N_ ("{part} does not keep within one partition; it would write to these: {found}."),
    .advice = N_ ("Make sure that its address is the right one."),
  },
  [FIRMWARE_FINDING_BOOTLOADER_HASH] = {
    .sentence =
      N_ ("{part} was changed after it was built. Boards start such a bootloader all the same."),
    .advice =
      N_ ("If it is not just its flash settings that were changed, build the firmware again."),
  },
  [FIRMWARE_FINDING_UNRECOGNISED] = {
    .sentence =
      N_ ("{part} does not hold what belongs in its place: it may be encrypted already, or be "
          "another file."),
    .advice = N_ ("Make sure that it is the right file. The board will probably not start with it."),
  },
  [FIRMWARE_FINDING_OVERWRITES] = {
    .sentence = N_ ("{part} would overwrite another part of the firmware at {expected}."),
    .advice = N_ ("Make sure that it is the right file and goes to the right address. The board will "
                  "probably not start with it."),
    .expected = wording_format_address,
  },
  [FIRMWARE_FINDING_TABLE_BEYOND_FLASH] = {
    .sentence =
      N_ ("The partition “{found}” reaches past the end of the flash chip, which is taken to have "
          "{expected}."),
    .advice = REAL_FLASH_SIZE,
    .expected = wording_format_flash_size,
  },
  [FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER] = {
    .sentence =
      N_ ("The partition “{found}” reaches past the {expected} that the bootloader was built for; "
          "ESP-IDF’s bootloader starts no app then."),
    .advice = REAL_FLASH_SIZE,
    .expected = wording_format_flash_size,
  },
  [FIRMWARE_FINDING_NO_HEADER] = {
    .sentence =
      N_ ("Nothing in this file tells what it is: it has no header that Bootlace knows, so it may be "
          "firmware or anything else."),
    .advice =
      N_ ("If it is firmware for a board with DFU, say which: “bootlace-cli flash --raw --path” "
          "writes it as it is, “--address 0x08000000” to an STM32, and “bootlace-cli suffix add "
          "--device” makes a DFU file of it."),
  },
  [FIRMWARE_FINDING_NO_CHIP] = {
    .sentence = N_ ("{part} does not say which chip it is for, so it cannot be flashed alone."),
    .advice = N_ ("Choose it together with the bootloader or the app that it belongs to."),
  },
  [FIRMWARE_FINDING_HEADER_FLASH_SIZE] = {
    .sentence =
      N_ ("{part} was built for a flash chip with {found}, but this firmware is for one with "
          "{expected}."),
    .advice = REAL_FLASH_SIZE,
    .found = wording_format_flash_size,
    .expected = wording_format_flash_size,
  },
  [FIRMWARE_FINDING_SIGNED] = {
    .sentence =
      N_ ("{part} is signed for Secure Boot: once the board has started it, USB DFU may be "
          "switched off for good."),
    .advice =
      N_ ("Flash it only if that is what you want: it cannot be undone, and Bootlace may never be "
          "able to write this board again."),
  },
  [FIRMWARE_FINDING_SIGNATURE_DAMAGED] = {
    .sentence = N_ ("{part} has a damaged signature for Secure Boot."),
    .advice =
      N_ ("A board with Secure Boot will not start it. Build it again, or sign it once more."),
  },
  [FIRMWARE_FINDING_ENCRYPTED] = {
    .sentence =
      N_ ("{part} is meant for a chip with flash encryption: once the board has started it, USB "
          "DFU may be switched off for good."),
    .advice =
      N_ ("Flash it only if that is what you want: it cannot be undone, and Bootlace may never be "
          "able to write this board again."),
  },
  [FIRMWARE_FINDING_ALONE] = {
    .sentence =
      N_ ("A part of the firmware is missing here, so the one that is on the board must fit."),
    .advice = N_ ("If you are not sure, choose the project’s build folder: it has all parts."),
  },
  [FIRMWARE_FINDING_USB_PINS] = {
    .sentence =
      N_ ("The project uses the pins of the chip’s USB socket for something else ({found}), so the "
          "board disappears from USB while this firmware runs."),
    .advice =
      N_ ("To write the board again, hold BOOT, tap RESET and let go of BOOT: then its ROM has the "
          "USB socket."),
  },
  [FIRMWARE_FINDING_PLACE_PROPOSED] = {
    .sentence =
      N_ ("{part} does not say where it belongs, so it goes to the usual place, {found}."),
    .advice =
      N_ ("If it belongs elsewhere, put the firmware together with “bootlace-cli build”, which "
          "takes the addresses from you."),
    .found = wording_format_address,
  },
  [FIRMWARE_FINDING_TAKEN_RAW] = {
    .sentence = N_ ("This looks like something else than raw bytes for a board."),
    .advice = N_ ("Write it only if you are sure that this is what the board’s memory shall hold."),
  },
  [FIRMWARE_FINDING_TABLE_MOVED] = {
    .sentence =
      N_ ("{part} is the partition table and goes to {found} instead of the usual {expected}."),
    .advice =
      N_ ("That is right if the bootloader was built for it: it is the project’s setting “Offset "
          "of partition table”."),
    .found = wording_format_address,
    .expected = wording_format_address,
  },
  [FIRMWARE_FINDING_NO_PARAMETERS] = {
    .sentence =
      N_ ("The file does not say how large the flash chip is, so the board takes it to have 2 MB."),
  },
  [FIRMWARE_FINDING_PART_UNCUT] = {
    .sentence =
      N_ ("{part} is written in one piece of {found}. Bootlace waits for that, but other programs "
          "may give up."),
    .found = wording_format_size,
    .expected = wording_format_size,
  },
  [FIRMWARE_FINDING_RENAMED] = {
    .sentence =
      N_ ("{part} has a name that the chip’s ROM cannot work with; there it is called {found}."),
  },
  [FIRMWARE_FINDING_NO_HASH] = {
    .sentence =
      N_ ("{part} has no fingerprint (SHA-256), so only its simple checksum could be checked."),
  },
  [FIRMWARE_FINDING_IDF_VERSIONS] = {
    .sentence = N_ ("{part} was built with ESP-IDF {found}, the app with {expected}."),
    .advice =
      N_ ("That mostly works. If the board does not start, build both with the same version."),
  },
  [FIRMWARE_FINDING_LEFT_UNTOUCHED] = {
    .sentence =
      N_ ("These partitions are empty in the file and stay on the board as they are: {found}."),
    .advice =
      N_ ("To empty them, too, erase the board first over its serial port, with “idf.py "
          "erase-flash”."),
  },
  [FIRMWARE_FINDING_BUILD_TAKEN] = {
    .sentence =
      N_ ("{part} is not what the board takes; the build in its folder, which was made of it, "
          "is loaded in its place."),
  },
  [FIRMWARE_FINDING_IMAGE_MADE] = {
    .sentence =
      N_ ("{part} is not what the board takes, so an image was made of it, with the usual settings "
          "for the flash chip: {found}."),
    .advice = N_ ("If the project has other settings, choose its build folder."),
  },
  [FIRMWARE_FINDING_BOOT_PINS] = {
    .sentence =
      N_ ("The project uses pins that decide how the chip starts ({found}), so what is connected "
          "to them must not hold them while it does."),
    .advice =
      N_ ("If the board does not start, or does not get into DFU mode, disconnect them first."),
  },
  [FIRMWARE_FINDING_REST_LEFT_OUT] = {
    .sentence = N_ ("{part} has {found} behind the app that do not belong to it; they are left "
                    "out."),
    .found = wording_format_size,
  },
};

/* What is missing has its own gender in many languages, so each has its own sentence. */
static const char *const alone[] = {
  [FIRMWARE_ROLE_BOOTLOADER] =
    N_ ("This firmware has no bootloader, so the one that is on the board must fit."),
  [FIRMWARE_ROLE_PARTITION_TABLE] =
    N_ ("This firmware has no partition table, so the one that is on the board must fit."),
  [FIRMWARE_ROLE_OTA_DATA] =
    N_ ("This firmware does not say which app starts, so what is on the board decides."),
  [FIRMWARE_ROLE_APPLICATION] =
    N_ ("This firmware has no app, so the one that is on the board must fit."),
};

static const char *const overwrites[] = {
  [FIRMWARE_ROLE_BOOTLOADER] =
    N_ ("{part} would overwrite the board’s bootloader at {expected}, but is none itself."),
  [FIRMWARE_ROLE_PARTITION_TABLE] =
    N_ ("{part} would overwrite the board’s partition table at {expected}, but is none itself."),
};

/* By the nick of what is wrong with it. */
static const char *const signature_faults[] = {
  [FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM] =
    N_ ("{part} has a damaged signature for Secure Boot: its checksum is wrong."),
  [FIRMWARE_ESP_SIGNATURE_FAULT_VERSION] =
    N_ ("{part} has a signature for Secure Boot of a kind that no board knows."),
  [FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST] =
    N_ ("{part} was changed after it was signed for Secure Boot: its signature is for something "
        "else."),
};

/* By the nick of what it looks like. */
static const char *const strangers[] = {
  [FIRMWARE_STRANGER_ARCHIVE] =
    N_ ("This looks like an archive, with which no board can start: unpack it first."),
  [FIRMWARE_STRANGER_ESP] = N_ (
    "This looks like a piece of firmware for an ESP chip, which takes it from a DFU image only: "
    "choose the project’s build folder."),
  [FIRMWARE_STRANGER_FIRMWARE] =
    N_ ("This looks like a firmware file that Bootlace can read: open it as what it is, for its "
        "wrapping is not meant for the board."),
  [FIRMWARE_STRANGER_S_RECORDS] =
    N_ ("These look like S-records, which no board can run: make an Intel HEX file of them with "
        "“objcopy -I srec -O ihex”, and choose that."),
  [FIRMWARE_STRANGER_TEXT] =
    N_ ("This looks like text, which no board can run: choose the firmware itself."),
};

/* A sentence of its own for the value of an enumeration whose nick was found. */
static const char *
find_sentence (GType type, const char *nick, const char *const *sentences, guint n_sentences)
{
  g_autoptr (GEnumClass) values = g_type_class_ref (type);
  const GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (values, nick) : NULL;

  return value != NULL && value->value < (int) n_sentences ? sentences[value->value] : NULL;
}

/**
 * wording_finding_table_find: (skip)
 * @kind: what was found
 *
 * Returns: (transfer none) (nullable): the words for it; %NULL where there is no row
 */
const WordingFindingWords *
wording_finding_table_find (FirmwareFindingKind kind)
{
  return (guint) kind < G_N_ELEMENTS (words) && words[kind].sentence != NULL ? &words[kind] : NULL;
}

/**
 * wording_finding_table_choose_sentence:
 * @finding: what was found in a firmware, of a kind that has a row
 *
 * Returns: (transfer none): the sentence that fits it best, untranslated, with its words in braces
 */
const char *
wording_finding_table_choose_sentence (FirmwareFinding *finding)
{
  const FirmwareFindingKind kind = firmware_finding_get_kind (finding);
  const char *found = firmware_finding_get_found (finding);
  const WordingFindingWords *row = wording_finding_table_find (kind);
  const char *sentence = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  if (kind == FIRMWARE_FINDING_ALONE)
    sentence = find_sentence (FIRMWARE_TYPE_ROLE, found, alone, G_N_ELEMENTS (alone));
  else if (kind == FIRMWARE_FINDING_OVERWRITES)
    sentence = find_sentence (FIRMWARE_TYPE_ROLE, found, overwrites, G_N_ELEMENTS (overwrites));
  else if (kind == FIRMWARE_FINDING_SIGNATURE_DAMAGED)
    sentence = find_sentence (FIRMWARE_TYPE_ESP_SIGNATURE_FAULT, found, signature_faults,
                              G_N_ELEMENTS (signature_faults));
  else if (kind == FIRMWARE_FINDING_TAKEN_RAW)
    sentence = find_sentence (FIRMWARE_TYPE_STRANGER, found, strangers, G_N_ELEMENTS (strangers));

  return sentence != NULL ? sentence : row->sentence;
}
