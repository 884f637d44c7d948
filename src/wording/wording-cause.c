/* wording-cause.c: for every error what happened and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-cause.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "usb-error.h"

static WordingCause
describe_gone (DfuPhase phase)
{
  const char *advice = N_ ("Plug it in again while you hold BOOT, then try once more; if it "
                           "happens again, try another cable.");

  switch (phase) {
  case DFU_PHASE_DETACHING:
  case DFU_PHASE_RETURNING:
    return (WordingCause){ N_ ("The board was unplugged while it was switching to its bootloader."),
                           advice };
  case DFU_PHASE_WRITING:
    return (WordingCause){ N_ ("The board was unplugged while it was being written."), advice };
  case DFU_PHASE_MANIFESTING:
    return (WordingCause){ N_ ("The board was unplugged while it was checking what was written."),
                           advice };
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DONE:
    break;
  }

  return (WordingCause){ N_ ("The board was unplugged."), advice };
}

static WordingCause
describe_usb (int code, DfuPhase phase)
{
  switch ((UsbError) code) {
  case USB_ERROR_ACCESS:
    return (WordingCause){ N_ ("Your account may not use this board yet."),
                           N_ ("The computer has to allow it first: on Linux with a udev rule for "
                               "the board, which “man bootlace” shows.") };
  case USB_ERROR_BUSY:
    return (WordingCause){ N_ ("Another program is using the board."),
                           N_ ("Close other flashing programs and serial monitors, then try "
                               "again.") };
  case USB_ERROR_GONE:
    return describe_gone (phase);
  case USB_ERROR_STALL:
    return (WordingCause){ N_ ("The board refused a command."),
                           N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case USB_ERROR_TIMED_OUT:
    return (
      WordingCause){ N_ ("The board stopped answering."),
                     N_ ("Unplug it, plug it in again while you hold BOOT, then try again.") };
  case USB_ERROR_IO:
    return (WordingCause){ N_ ("The USB connection to the board is not reliable."),
                           N_ ("Try another cable or another USB socket, without a hub.") };
  case USB_ERROR_NO_DRIVER:
    return (WordingCause){ N_ ("The board has no driver that lets programs use it."),
                           N_ ("Install the WinUSB driver for it, then plug it in again.") };
  case USB_ERROR_FAILED:
    break;
  }

  return (WordingCause){ N_ ("The USB connection to the board failed."),
                         N_ ("Unplug the board, plug it in again and try once more.") };
}

static WordingCause
describe_dfu (int code)
{
  switch ((DfuError) code) {
  case DFU_ERROR_PROTOCOL:
    return (WordingCause){ N_ ("The board gave an answer that makes no sense."),
                           N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case DFU_ERROR_DEVICE:
    break;
  case DFU_ERROR_CORRUPT:
    return (WordingCause){ N_ ("The board checked its memory and found that it differs from the "
                               "firmware."),
                           N_ ("Flash it again. If that does not help, its flash chip is smaller "
                               "than the firmware expects, or worn out.") };
  case DFU_ERROR_REFUSED:
    return (WordingCause){ N_ ("The board does not take this firmware."),
                           N_ ("Check that it was built for this board, and build it again.") };
  case DFU_ERROR_NOT_RETURNED:
    return (WordingCause){ N_ ("The board did not come back after it was asked to switch to its "
                               "bootloader."),
                           N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
  case DFU_ERROR_WRONG_DEVICE:
    return (WordingCause){ N_ ("This firmware is made for another kind of board."),
                           N_ ("Choose firmware that was built for this board.") };
  case DFU_ERROR_ADDRESSED_IMAGE:
    return (WordingCause){ N_ ("This board takes plain firmware, and this file has an address for "
                               "each of its bytes."),
                           N_ ("Make a file for the board of it: “bootlace-cli convert --device” "
                               "does that.") };
  case DFU_ERROR_UNSAFE_IMAGE:
    return (WordingCause){ N_ ("This file would destroy the board's program: it does not say where "
                               "its parts belong."),
                           N_ ("Choose the project’s build folder, or the dfu.bin in it.") };
  case DFU_ERROR_UNFIT_IMAGE:
    return (
      WordingCause){ N_ ("The board would not start with this firmware, so nothing was written."),
                     N_ ("See what was found in the firmware, correct it, and build it again.") };
  case DFU_ERROR_NOT_SUPPORTED:
    return (WordingCause){ N_ ("Bootlace cannot write this board in its present mode."),
                           N_ ("If it has a bootloader button, hold it while you plug the board "
                               "in.") };
  }

  return (WordingCause){ N_ ("The board reported an error."),
                         N_ ("Hold BOOT, tap RESET, let go of BOOT, then try again.") };
}

static WordingCause
describe_firmware (int code)
{
  const char *build_again = N_ ("Build the firmware again, or copy the file once more.");

  switch ((FirmwareError) code) {
  case FIRMWARE_ERROR_EMPTY:
    return (WordingCause){ N_ ("This file is empty."), build_again };
  case FIRMWARE_ERROR_TOO_LARGE:
    return (WordingCause){ N_ ("This file is too large to be firmware for a board."),
                           N_ ("Choose the project’s build folder, or the file that it made.") };
  case FIRMWARE_ERROR_UNKNOWN_FORMAT:
    break;
  case FIRMWARE_ERROR_TRUNCATED:
    return (WordingCause){ N_ ("This file is not complete: its end is missing."), build_again };
  case FIRMWARE_ERROR_MALFORMED:
    return (WordingCause){ N_ ("This file contradicts itself, so it cannot be trusted."),
                           build_again };
  case FIRMWARE_ERROR_CHECKSUM:
    return (WordingCause){ N_ ("This file is damaged: its checksum is wrong."), build_again };
  case FIRMWARE_ERROR_DIGEST:
    return (WordingCause){ N_ ("This file is damaged: the checksum of one of its parts is wrong."),
                           build_again };
  case FIRMWARE_ERROR_MISSING_PART:
    return (WordingCause){ N_ ("A part of the firmware is missing."), build_again };
  case FIRMWARE_ERROR_BEYOND_FLASH:
    return (WordingCause){ N_ ("This firmware does not fit: it reaches past the end of the flash "
                               "chip."),
                           N_ ("Set the real flash size in the project’s settings and build it "
                               "again.") };
  case FIRMWARE_ERROR_OVERLAP:
    return (WordingCause){ N_ ("Two parts of this firmware would overwrite each other."),
                           N_ ("Correct the project’s partition table and build it again.") };
  case FIRMWARE_ERROR_UNKNOWN_CHIP:
    return (
      WordingCause){ N_ ("Nothing in this firmware says which chip it is for."),
                     N_ ("Add its bootloader or its app; “bootlace-cli build --chip” builds it "
                         "without them.") };
  case FIRMWARE_ERROR_SEVERAL_CHIPS:
    return (WordingCause){ N_ ("This file holds firmware for several kinds of chips."),
                           N_ ("Choose a file that is only for the chip on your board.") };
  case FIRMWARE_ERROR_NO_LOADER:
    return (WordingCause){ N_ ("This firmware is for a chip that cannot be written over USB DFU."),
                           N_ ("Write it over the board’s serial port, with “idf.py flash”.") };
  case FIRMWARE_ERROR_UNCONVERTED:
    return (
      WordingCause){ N_ ("This is a program from which ESP-IDF makes the firmware; the board "
                         "does not take it as it is."),
                     N_ ("Choose the project’s build folder: the .bin file that is made of it "
                         "lies beside it there.") };
  case FIRMWARE_ERROR_SAME_ROLE:
    return (WordingCause){ N_ ("Two of these files are the same part of a firmware."),
                           N_ ("Choose one bootloader, one partition table and one app, or the "
                               "project’s build folder.") };
  case FIRMWARE_ERROR_NO_PLACE:
    return (
      WordingCause){ N_ ("One of these files does not say where it belongs on the board."),
                     N_ ("Name it like its partition and add the partition table, or give its "
                         "address to “bootlace-cli build”.") };
  case FIRMWARE_ERROR_MIXED_CHIPS:
    return (WordingCause){ N_ ("The parts of this firmware are for different chips."),
                           N_ ("Choose the chip with “idf.py set-target” and build the project "
                               "again.") };
  case FIRMWARE_ERROR_GAP:
    return (WordingCause){ N_ ("There are gaps between the parts of this firmware, and such a file "
                               "cannot leave any."),
                           N_ ("Say what to put there, mostly “--fill 0xff”, or choose a format "
                               "with addresses.") };
  case FIRMWARE_ERROR_NO_ADDRESS:
    return (WordingCause){ N_ ("Nothing in this file says where its bytes go."),
                           N_ ("Say the address of the first one, such as “--address "
                               "0x08000000”.") };
  case FIRMWARE_ERROR_NO_DEVICE:
    return (WordingCause){ N_ ("Nothing in this file says which device it is for."),
                           N_ ("Say the ids of the device in DFU mode, such as “--device "
                               "0483:df11”; “bootlace-cli list” shows them.") };
  case FIRMWARE_ERROR_SEVERAL_MEMORIES:
    return (WordingCause){ N_ ("This firmware is for several memories of a device, and such a file "
                               "is for one."),
                           N_ ("Choose one of them, such as “--alternate 0”.") };
  case FIRMWARE_ERROR_NOT_CONVERTIBLE:
    return (WordingCause){ N_ ("This firmware cannot be turned into such a file."),
                           N_ ("Choose another format for the new file.") };
  }

  return (WordingCause){
    N_ ("This is not firmware that Bootlace knows."),
    N_ ("Choose the project’s build folder, or a DFU, UF2, Intel HEX or ELF file. Of "
        "a raw .bin for another chip, “bootlace-cli convert” makes a DFU file.")
  };
}

static WordingCause
describe_io (int code)
{
  switch (code) {
  case G_IO_ERROR_NOT_FOUND:
    return (WordingCause){ N_ ("The file is not there any more."),
                           N_ ("Build the firmware again, or choose another file.") };
  case G_IO_ERROR_PERMISSION_DENIED:
    return (WordingCause){ N_ ("You may not read this file."),
                           N_ ("Change its permissions, or copy it to your own folder.") };
  case G_IO_ERROR_IS_DIRECTORY:
    return (WordingCause){ N_ ("There is no ESP-IDF build in this folder."),
                           N_ ("Run “idf.py build” in the project, or choose a dfu.bin inside the "
                               "folder.") };
  case G_IO_ERROR_NOT_REGULAR_FILE:
    return (WordingCause){ N_ ("This is not an ordinary file."),
                           N_ ("Choose the project’s build folder, or the file that it made.") };
  case G_IO_ERROR_NOT_MOUNTED:
  case G_IO_ERROR_HOST_NOT_FOUND:
  case G_IO_ERROR_NETWORK_UNREACHABLE:
  case G_IO_ERROR_NOT_SUPPORTED:
    return (WordingCause){ N_ ("The place where this file is kept cannot be reached."),
                           N_ ("Copy the file to this computer and choose it there.") };
  case G_IO_ERROR_NO_SPACE:
    return (WordingCause){ N_ ("There is no space left on the disk."),
                           N_ ("Delete something, or choose another folder.") };
  case G_IO_ERROR_TIMED_OUT:
    return (WordingCause){ N_ ("This took too long."), N_ ("Try again.") };
  case G_IO_ERROR_CANCELLED:
    return (WordingCause){ N_ ("You stopped it."), N_ ("Start again when you are ready.") };
  default:
    return (WordingCause){ N_ ("The file could not be used."),
                           N_ ("Try again, or choose another file.") };
  }
}

/**
 * wording_cause_find: (skip)
 * @error: what went wrong
 * @phase: of the work in which it did, %DFU_PHASE_WAITING where there was none
 *
 * Returns: what to say
 */
WordingCause
wording_cause_find (const GError *error, DfuPhase phase)
{
  if (error->domain == USB_ERROR)
    return describe_usb (error->code, phase);
  if (error->domain == DFU_ERROR)
    return describe_dfu (error->code);
  if (error->domain == FIRMWARE_ERROR)
    return describe_firmware (error->code);
  if (error->domain == G_IO_ERROR)
    return describe_io (error->code);

  return (WordingCause){ N_ ("Something went wrong."), N_ ("Try again.") };
}

/**
 * wording_cause_find_for_saving: (skip)
 * @error: why a file could not be written; %G_IO_ERROR
 *
 * Returns: what to say
 */
WordingCause
wording_cause_find_for_saving (const GError *error)
{
  switch (error->code) {
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_NOT_DIRECTORY:
    return (WordingCause){ N_ ("The folder for this file does not exist."),
                           N_ ("Make the folder first, or choose another one.") };
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
    return (WordingCause){ N_ ("You may not write this file."),
                           N_ ("Choose a folder of your own.") };
  case G_IO_ERROR_EXISTS:
    return (WordingCause){ N_ ("The loaded firmware was read from this file."),
                           N_ ("Give the new file another name.") };
  case G_IO_ERROR_IS_DIRECTORY:
  case G_IO_ERROR_NOT_REGULAR_FILE:
    return (WordingCause){ N_ ("There is already something with this name that is not an ordinary "
                               "file."),
                           N_ ("Choose another name.") };
  case G_IO_ERROR_NO_SPACE:
    return describe_io (error->code);
  default:
    return (WordingCause){ N_ ("The file could not be written."),
                           N_ ("Try again, or choose another folder.") };
  }
}
