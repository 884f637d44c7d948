/* wording-message.c: a failure as a sentence for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-message.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "usb-error.h"

/* What happened and what to do, untranslated. */
typedef struct {
  const char *summary;
  const char *advice;
} Sentences;

G_DEFINE_BOXED_TYPE (WordingMessage, wording_message, wording_message_copy, wording_message_free)

static Sentences
describe_gone (DfuPhase phase)
{
  const char *advice = N_ ("Plug it in again while you hold BOOT, then try once more; if it "
                           "happens again, try another cable.");

  switch (phase) {
  case DFU_PHASE_DETACHING:
  case DFU_PHASE_RETURNING:
    return (Sentences){ N_ ("The board was unplugged while it was switching to its bootloader."),
                        advice };
  case DFU_PHASE_WRITING:
    return (Sentences){ N_ ("The board was unplugged while it was being written."), advice };
  case DFU_PHASE_MANIFESTING:
    return (Sentences){ N_ ("The board was unplugged while it was checking what was written."),
                        advice };
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DONE:
    break;
  }

  return (Sentences){ N_ ("The board was unplugged."), advice };
}

static Sentences
describe_usb (int code, DfuPhase phase)
{
  switch ((UsbError) code) {
  case USB_ERROR_ACCESS:
    return (Sentences){ N_ ("Your account may not use this board yet."),
                        N_ ("The computer has to allow it first: on Linux with a udev rule for "
                            "the board, which “man bootlace” shows.") };
  case USB_ERROR_BUSY:
    return (Sentences){ N_ ("Another program is using the board."),
                        N_ ("Close other flashing programs and serial monitors, then try "
                            "again.") };
  case USB_ERROR_GONE:
    return describe_gone (phase);
  case USB_ERROR_STALL:
    return (Sentences){ N_ ("The board refused a command."),
                        N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case USB_ERROR_TIMED_OUT:
    return (Sentences){ N_ ("The board stopped answering."),
                        N_ ("Unplug it, plug it in again while you hold BOOT, then try again.") };
  case USB_ERROR_IO:
    return (Sentences){ N_ ("The USB connection to the board is not reliable."),
                        N_ ("Try another cable or another USB socket, without a hub.") };
  case USB_ERROR_NO_DRIVER:
    return (Sentences){ N_ ("The board has no driver that lets programs use it."),
                        N_ ("Install the WinUSB driver for it, then plug it in again.") };
  case USB_ERROR_FAILED:
    break;
  }

  return (Sentences){ N_ ("The USB connection to the board failed."),
                      N_ ("Unplug the board, plug it in again and try once more.") };
}

static Sentences
describe_dfu (int code)
{
  switch ((DfuError) code) {
  case DFU_ERROR_PROTOCOL:
    return (Sentences){ N_ ("The board gave an answer that makes no sense."),
                        N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case DFU_ERROR_DEVICE:
    break;
  case DFU_ERROR_CORRUPT:
    return (Sentences){ N_ ("The board checked its memory and found that it differs from the "
                            "firmware."),
                        N_ ("Flash it again. If that does not help, its flash chip is smaller "
                            "than the firmware expects, or worn out.") };
  case DFU_ERROR_REFUSED:
    return (Sentences){ N_ ("The board does not take this firmware."),
                        N_ ("Check that it was built for this board, and build it again.") };
  case DFU_ERROR_NOT_RETURNED:
    return (Sentences){ N_ ("The board did not come back after it was asked to switch to its "
                            "bootloader."),
                        N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case DFU_ERROR_WRONG_DEVICE:
    return (Sentences){ N_ ("This firmware is made for another kind of board."),
                        N_ ("Choose firmware that was built for this board.") };
  case DFU_ERROR_ADDRESSED_IMAGE:
    return (Sentences){ N_ ("This board takes plain firmware, and this file has an address for "
                            "each of its bytes."),
                        N_ ("Make a file for the board of it: “bootlace-cli convert --device” "
                            "does that.") };
  case DFU_ERROR_UNSAFE_IMAGE:
    return (Sentences){ N_ ("This file would destroy the board's program: it does not say where "
                            "its parts belong."),
                        N_ ("Choose the dfu.bin of the project, which “idf.py dfu” makes.") };
  case DFU_ERROR_UNFIT_IMAGE:
    return (
      Sentences){ N_ ("The board would not start with this firmware, so nothing was written."),
                  N_ ("See what was found in the firmware, correct it, and build it again.") };
  case DFU_ERROR_NOT_SUPPORTED:
    return (Sentences){ N_ ("Bootlace cannot write this board in its present mode."),
                        N_ ("If it has a bootloader button, hold it while you plug the board "
                            "in.") };
  }

  return (Sentences){ N_ ("The board reported an error."),
                      N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
}

static Sentences
describe_firmware (int code)
{
  const char *build_again = N_ ("Build the firmware again, or copy the file once more.");

  switch ((FirmwareError) code) {
  case FIRMWARE_ERROR_EMPTY:
    return (Sentences){ N_ ("This file is empty."), build_again };
  case FIRMWARE_ERROR_TOO_LARGE:
    return (Sentences){ N_ ("This file is too large to be firmware for a board."),
                        N_ ("Choose the project’s dfu.bin or a .dfu file.") };
  case FIRMWARE_ERROR_UNKNOWN_FORMAT:
    break;
  case FIRMWARE_ERROR_TRUNCATED:
    return (Sentences){ N_ ("This file is not complete: its end is missing."), build_again };
  case FIRMWARE_ERROR_MALFORMED:
    return (Sentences){ N_ ("This file contradicts itself, so it cannot be trusted."),
                        build_again };
  case FIRMWARE_ERROR_CHECKSUM:
    return (Sentences){ N_ ("This file is damaged: its checksum is wrong."), build_again };
  case FIRMWARE_ERROR_DIGEST:
    return (Sentences){ N_ ("This file is damaged: the checksum of one of its parts is wrong."),
                        build_again };
  case FIRMWARE_ERROR_MISSING_PART:
    return (Sentences){ N_ ("A part of the firmware is missing."), build_again };
  case FIRMWARE_ERROR_BEYOND_FLASH:
    return (Sentences){ N_ ("This firmware does not fit: it reaches past the end of the flash "
                            "chip."),
                        N_ ("Set the real flash size in the project’s settings and build it "
                            "again.") };
  case FIRMWARE_ERROR_OVERLAP:
    return (Sentences){ N_ ("Two parts of this firmware would overwrite each other."),
                        N_ ("Correct the project’s partition table and build it again.") };
  case FIRMWARE_ERROR_UNKNOWN_CHIP:
    return (Sentences){ N_ ("Nothing in this firmware says which chip it is for."),
                        N_ ("Add its bootloader or its app; “bootlace-cli build --chip” builds it "
                            "without them.") };
  case FIRMWARE_ERROR_SEVERAL_CHIPS:
    return (Sentences){ N_ ("This file holds firmware for several kinds of chips."),
                        N_ ("Choose a file that is only for the chip on your board.") };
  case FIRMWARE_ERROR_NO_LOADER:
    return (Sentences){ N_ ("This firmware is for a chip that cannot be written over USB DFU."),
                        N_ ("Write it over the board’s serial port, with “idf.py flash”.") };
  case FIRMWARE_ERROR_UNCONVERTED:
    return (Sentences){ N_ ("This is a program from which ESP-IDF makes the firmware; the board "
                            "does not take it as it is."),
                        N_ ("Choose the project’s build folder: the .bin file that is made of it "
                            "lies beside it there.") };
  case FIRMWARE_ERROR_SAME_ROLE:
    return (Sentences){ N_ ("Two of these files are the same part of a firmware."),
                        N_ ("Choose one bootloader, one partition table and one app, or the "
                            "project’s build folder.") };
  case FIRMWARE_ERROR_NO_PLACE:
    return (Sentences){ N_ ("One of these files does not say where it belongs on the board."),
                        N_ ("Name it like its partition and add the partition table, or give its "
                            "address to “bootlace-cli build”.") };
  case FIRMWARE_ERROR_MIXED_CHIPS:
    return (Sentences){ N_ ("The parts of this firmware are for different chips."),
                        N_ ("Choose the chip with “idf.py set-target” and build the project "
                            "again.") };
  case FIRMWARE_ERROR_GAP:
    return (Sentences){ N_ ("There are gaps between the parts of this firmware, and such a file "
                            "cannot leave any."),
                        N_ ("Say what to put there, mostly “--fill 0xff”, or choose a format "
                            "with addresses.") };
  case FIRMWARE_ERROR_NO_ADDRESS:
    return (Sentences){ N_ ("Nothing in this file says where its bytes go."),
                        N_ ("Say the address of the first one, such as “--address "
                            "0x08000000”.") };
  case FIRMWARE_ERROR_NO_DEVICE:
    return (Sentences){ N_ ("Nothing in this file says which device it is for."),
                        N_ ("Say the ids of the device in DFU mode, such as “--device "
                            "0483:df11”; “bootlace-cli list” shows them.") };
  case FIRMWARE_ERROR_SEVERAL_MEMORIES:
    return (Sentences){ N_ ("This firmware is for several memories of a device, and such a file "
                            "is for one."),
                        N_ ("Choose one of them, such as “--alternate 0”.") };
  case FIRMWARE_ERROR_NOT_CONVERTIBLE:
    return (Sentences){ N_ ("This firmware cannot be turned into such a file."),
                        N_ ("Choose another format for the new file.") };
  }

  return (
    Sentences){ N_ ("This is not firmware that Bootlace knows."),
                N_ ("Choose the project’s build folder or its dfu.bin, or a .dfu file. Of a raw "
                    ".bin for another chip, “bootlace-cli convert” makes one.") };
}

static Sentences
describe_io (int code)
{
  switch (code) {
  case G_IO_ERROR_NOT_FOUND:
    return (Sentences){ N_ ("The file is not there any more."),
                        N_ ("Build the firmware again, or choose another file.") };
  case G_IO_ERROR_PERMISSION_DENIED:
    return (Sentences){ N_ ("You may not read this file."),
                        N_ ("Change its permissions, or copy it to your own folder.") };
  case G_IO_ERROR_IS_DIRECTORY:
    return (Sentences){ N_ ("There is no ESP-IDF build in this folder."),
                        N_ ("Run “idf.py build” in the project, or choose a dfu.bin inside the "
                            "folder.") };
  case G_IO_ERROR_NOT_REGULAR_FILE:
    return (Sentences){ N_ ("This is not an ordinary file."),
                        N_ ("Choose the project’s dfu.bin or a .dfu file.") };
  case G_IO_ERROR_NOT_MOUNTED:
  case G_IO_ERROR_HOST_NOT_FOUND:
  case G_IO_ERROR_NETWORK_UNREACHABLE:
  case G_IO_ERROR_NOT_SUPPORTED:
    return (Sentences){ N_ ("The place where this file is kept cannot be reached."),
                        N_ ("Copy the file to this computer and choose it there.") };
  case G_IO_ERROR_NO_SPACE:
    return (Sentences){ N_ ("There is no space left on the disk."),
                        N_ ("Delete something, or choose another folder.") };
  case G_IO_ERROR_TIMED_OUT:
    return (Sentences){ N_ ("This took too long."), N_ ("Try again.") };
  case G_IO_ERROR_CANCELLED:
    return (Sentences){ N_ ("You stopped it."), N_ ("Start again when you are ready.") };
  default:
    return (Sentences){ N_ ("The file could not be used."),
                        N_ ("Try again, or choose another file.") };
  }
}

static Sentences
describe_saving (int code)
{
  switch (code) {
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_NOT_DIRECTORY:
    return (Sentences){ N_ ("The folder for this file does not exist."),
                        N_ ("Make the folder first, or choose another one.") };
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
    return (Sentences){ N_ ("You may not write this file."), N_ ("Choose a folder of your own.") };
  case G_IO_ERROR_EXISTS:
    return (Sentences){ N_ ("The loaded firmware was read from this file."),
                        N_ ("Give the new file another name.") };
  case G_IO_ERROR_IS_DIRECTORY:
  case G_IO_ERROR_NOT_REGULAR_FILE:
    return (Sentences){ N_ ("There is already something with this name that is not an ordinary "
                            "file."),
                        N_ ("Choose another name.") };
  case G_IO_ERROR_NO_SPACE:
    return describe_io (code);
  default:
    return (Sentences){ N_ ("The file could not be written."),
                        N_ ("Try again, or choose another folder.") };
  }
}

static Sentences
describe (const GError *error, DfuPhase phase)
{
  if (error->domain == USB_ERROR)
    return describe_usb (error->code, phase);
  if (error->domain == DFU_ERROR)
    return describe_dfu (error->code);
  if (error->domain == FIRMWARE_ERROR)
    return describe_firmware (error->code);
  if (error->domain == G_IO_ERROR)
    return describe_io (error->code);

  return (Sentences){ N_ ("Something went wrong."), N_ ("Try again.") };
}

static WordingMessage *
create_message (Sentences sentences, const GError *error)
{
  WordingMessage *self = g_new0 (WordingMessage, 1);

  self->summary = g_strdup (_ (sentences.summary));
  self->advice = g_strdup (_ (sentences.advice));
  self->details = g_strdup (error->message);

  return self;
}

/**
 * wording_message_new:
 * @error: why a file could not be read or written
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (describe (error, DFU_PHASE_WAITING), error);
}

/**
 * wording_message_new_for_saving:
 * @error: why a file could not be written; %G_IO_ERROR
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_saving (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (describe_saving (error->code), error);
}

/**
 * wording_message_new_for_bus:
 * @error: why the USB bus could not be made
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_bus (const GError *error)
{
  Sentences sentences = { N_ ("Bootlace cannot use USB on this computer."),
                          N_ ("Boards will not appear here. Start Bootlace again once USB "
                              "works.") };

  g_return_val_if_fail (error != NULL, NULL);

  return create_message (sentences, error);
}

/**
 * wording_message_new_for_refusal:
 * @error: why a board may not be given some firmware
 * @chip: (nullable): what the firmware is made for
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_refusal (const GError *error, const char *chip)
{
  WordingMessage *self;

  g_return_val_if_fail (error != NULL, NULL);

  self = wording_message_new (error);

  if (chip != NULL && g_error_matches (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE)) {
    g_free (self->summary);
    /* Translators: %s is the name of a chip */
    self->summary = g_strdup_printf (_ ("This firmware is made for %s."), chip);
  }

  return self;
}

static const char *
describe_consequence (const GError *error, gboolean flash_touched)
{
  if (!flash_touched)
    return _ ("Nothing on the board was changed.");

  /* Every block was taken, and the advice is to flash again anyway. */
  if (g_error_matches (error, DFU_ERROR, DFU_ERROR_CORRUPT))
    return _ ("The board’s old program is gone.");

  return _ ("The board may hold only a part of a program now; flash it again.");
}

/**
 * wording_message_new_for_job:
 * @error: why a board was not written, or may not be
 * @phase: how far it had come
 * @flash_touched: whether the board's memory may have changed
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_job (const GError *error, DfuPhase phase, gboolean flash_touched)
{
  WordingMessage *self;

  g_return_val_if_fail (error != NULL, NULL);

  self = create_message (describe (error, phase), error);
  self->consequence = g_strdup (describe_consequence (error, flash_touched));

  return self;
}

/**
 * wording_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy of it
 */
WordingMessage *
wording_message_copy (const WordingMessage *self)
{
  WordingMessage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WordingMessage, 1);
  copy->summary = g_strdup (self->summary);
  copy->consequence = g_strdup (self->consequence);
  copy->advice = g_strdup (self->advice);
  copy->details = g_strdup (self->details);

  return copy;
}

/**
 * wording_message_free:
 * @self: a message
 */
void
wording_message_free (WordingMessage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->summary);
  g_free (self->consequence);
  g_free (self->advice);
  g_free (self->details);
  g_free (self);
}

/**
 * wording_message_dup_text:
 * @self: a message
 *
 * Returns: (transfer full): all sentences in a row
 */
char *
wording_message_dup_text (const WordingMessage *self)
{
  g_autofree char *remedy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  remedy = wording_message_dup_remedy (self);

  return g_strdup_printf ("%s %s", self->summary, remedy);
}

/**
 * wording_message_dup_remedy:
 * @self: a message
 *
 * Returns: (transfer full): the sentences after the first: what it means and what to do
 */
char *
wording_message_dup_remedy (const WordingMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->consequence == NULL)
    return g_strdup (self->advice);

  return g_strdup_printf ("%s %s", self->consequence, self->advice);
}
