/* setup-symptom-table.c: the table of symptoms, of which setup-sign-table.c has the part about
 * signs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-symptom.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "setup-rule-error.h"
#include "setup-sign-table.h"
#include "usb-error.h"

#define USB(code) usb_error_quark, USB_ERROR_##code
#define DFU(code) dfu_error_quark, DFU_ERROR_##code
#define FIRMWARE(code) firmware_error_quark, FIRMWARE_ERROR_##code
#define RULE(code) setup_rule_error_quark, SETUP_RULE_ERROR_##code
#define IO(code) g_io_error_quark, G_IO_ERROR_##code
#define ANY_IO g_io_error_quark, SETUP_SYMPTOM_ANY_CODE
#define EVERYTHING NULL, SETUP_SYMPTOM_ANY_CODE

#define ANY SETUP_MOMENT_ANY
#define SWITCHING SETUP_MOMENT_SWITCHING
#define READING SETUP_MOMENT_READING
#define ERASING SETUP_MOMENT_ERASING
#define WRITING SETUP_MOMENT_WRITING
#define CHECKING SETUP_MOMENT_CHECKING
#define RESTARTING SETUP_MOMENT_RESTARTING
#define SAVING SETUP_MOMENT_SAVING
#define ALLOWING SETUP_MOMENT_ALLOWING
#define BUS SETUP_MOMENT_BUS

#define TO_BOOTLOADER                                                                              \
  N_ ("Hold BOOT, tap RESET, let go of BOOT, or without a BOOT button tap RESET twice; then try "  \
      "again.")
#define ALTERNATE_SETTINGS                                                                         \
  N_ ("Boards have their memories as alternate settings, with numbers and mostly with names.")
#define REPLUG N_ ("Unplug it, plug it in again while you hold BOOT, then try again.")
#define REPLUG_OTHER_CABLE                                                                         \
  N_ (                                                                                             \
    "Plug it in again while you hold BOOT, then try once more; if it happens again, try another "  \
    "cable.")
#define SLOW_TO_ERASE                                                                              \
  N_ ("It took longer to erase than Bootlace waits, or a cable or hub lost its answer.")
#define REPLUG_WITHOUT_HUB                                                                         \
  N_ ("Unplug it, plug it in again while you hold BOOT, without a hub, then try again.")
#define UNPLUGGED N_ ("Its plug came loose, the board lost its power, or it restarted by itself.")
#define BUILD_AGAIN N_ ("Build the firmware again, or copy the file once more.")
#define BUILD_OR_FILE N_ ("Choose the project’s build folder, or the file that it made.")
#define COPIED_BADLY N_ ("It was changed on its way here, or copied only in part.")
#define IN_TERMINAL N_ ("The command in a terminal does the same.")
#define HELPER_FAILED N_ ("The setup helper could not do it.")
#define HELPER_FAILED_WHY                                                                          \
  N_ ("Something in the folder for rules, /etc/udev/rules.d, is not as usual.")
#define MAY_SAY_WHY N_ ("Nothing was changed. The command in a terminal may say why.")
#define OTHER_NAME N_ ("Choose another name.")

/* The first row that fits is taken: what is only for one moment comes before what is for any, and
 * what is for every code comes last. A new code of an error domain needs a row here. */
static const SetupSymptom symptoms[] = {
  { EVERYTHING, BUS, N_ ("Bootlace cannot use USB on this computer."),
    N_ ("Nothing here gives programs access to USB: so it is in most containers and in WSL."),
    N_ ("Boards will not appear here. Start Bootlace again once USB works."), "usb" },

  { USB (ACCESS), ANY, N_ ("Your account may not use this board yet."),
    N_ ("A USB board belongs to the computer’s administrator until a rule says otherwise."),
    N_ ("The computer has to allow it first: on Linux with a rule that the setup assistant "
        "installs."),
    "access",
    N_ ("The computer has to allow it first: on Linux with a rule that “bootlace-cli doctor --fix” "
        "installs.") },
  { USB (BUSY), ANY, N_ ("Another program is using the board."),
    N_ ("Only one program at a time may use a board: another flashing program, a serial monitor, "
        "or a service such as ModemManager."),
    N_ ("Close other flashing programs, serial monitors and virtual machines, then try again."),
    "holder" },
  { USB (GONE), SWITCHING, N_ ("The board was unplugged while it was switching to its bootloader."),
    UNPLUGGED, REPLUG_OTHER_CABLE, "wiring" },
  { USB (GONE), READING, N_ ("The board was unplugged while it was being read."), UNPLUGGED,
    REPLUG_OTHER_CABLE, "wiring" },
  { USB (GONE), ERASING, N_ ("The board was unplugged while it was being erased."), UNPLUGGED,
    REPLUG_OTHER_CABLE, "wiring" },
  { USB (GONE), WRITING, N_ ("The board was unplugged while it was being written."), UNPLUGGED,
    REPLUG_OTHER_CABLE, "wiring" },
  { USB (GONE), CHECKING, N_ ("The board was unplugged while it was checking what was written."),
    UNPLUGGED, REPLUG_OTHER_CABLE, "wiring" },
  { USB (GONE), ANY, N_ ("The board was unplugged."), UNPLUGGED, REPLUG_OTHER_CABLE, "wiring" },
  { USB (STALL), ANY, N_ ("The board refused a command."),
    N_ ("It was still busy with something else, or its bootloader does not know the command."),
    TO_BOOTLOADER, "bootloader" },
  { USB (TIMED_OUT), ERASING, N_ ("The board stopped answering while it was being erased."),
    SLOW_TO_ERASE, REPLUG_WITHOUT_HUB, "wiring" },
  { USB (TIMED_OUT), WRITING, N_ ("The board stopped answering while it was being written."),
    SLOW_TO_ERASE, REPLUG_WITHOUT_HUB, "wiring" },
  { USB (TIMED_OUT), ANY, N_ ("The board stopped answering."),
    N_ ("Its bootloader is stuck, or a cable or hub lost its answer."), REPLUG, "bootloader" },
  { USB (IO), ANY, N_ ("The USB connection to the board is not reliable."),
    N_ ("The cable, a hub or the power supply disturbs what is sent, or the program on the board "
        "crashed."),
    N_ ("Try another cable or another USB socket, without a hub."), "wiring" },
  { USB (NO_DRIVER), ANY, N_ ("The board has no driver that lets programs use it."),
    N_ ("Windows finds no driver for the board’s DFU interface by itself."),
    N_ ("Install WinUSB for the board’s DFU interface alone; Zadig does it in three clicks. Do not "
        "use Device Manager for this."),
    "driver" },
  { USB (FAILED), ANY, N_ ("The USB connection to the board failed."),
    N_ ("The board is in a bad state, or something else on this computer got in between."),
    N_ ("Unplug the board, plug it in again and try once more."), "bootloader" },

  { DFU (PROTOCOL), ANY, N_ ("The board gave an answer that makes no sense."),
    N_ ("Its bootloader got out of step, mostly after a transfer that broke off."), TO_BOOTLOADER,
    "bootloader" },
  { DFU (DEVICE), ANY, N_ ("The board reported an error."),
    N_ ("Its memory did not take what was sent, or the program on it that does the writing "
        "failed."),
    TO_BOOTLOADER, "bootloader" },
  { DFU (CORRUPT), ANY,
    N_ ("The board checked its memory and found that it differs from the firmware."),
    N_ ("The firmware was built for a larger flash chip, or data were damaged on the way by a "
        "cable, a hub or a weak supply."),
    N_ (
      "Flash it again, with another cable and without a hub. If that does not help, make sure that "
      "the firmware was built for the size of this board’s flash chip; if it was, the chip is worn "
      "out."),
    "wiring" },
  { DFU (REFUSED), ANY, N_ ("The board does not take this firmware."),
    N_ ("It was built for another board, or is larger than the board’s memory."),
    N_ ("Check that it was built for this board, and build it again."), NULL },
  { DFU (NOT_RETURNED), ERASING,
    N_ ("The board did not come back, so nobody knows whether it was erased."),
    N_ ("It was unplugged, or it restarted and is not in its bootloader any more."), TO_BOOTLOADER,
    "bootloader" },
  { DFU (NOT_RETURNED), ANY,
    N_ ("The board did not come back after it was asked to switch to its bootloader."),
    N_ ("It started its application instead, or the computer has no driver for its bootloader."),
    TO_BOOTLOADER, "bootloader" },
  { DFU (LEFT), ANY, N_ ("The board left before it said that it was done."),
    N_ ("It restarted by itself, perhaps to run the new firmware, or it was unplugged."),
    N_ ("See whether it does what it should; if it does not, bring it to its bootloader and flash "
        "it again."),
    NULL },
  { DFU (WRONG_DEVICE), ANY, N_ ("This firmware is made for another kind of board."),
    N_ ("The file names another chip or another device than the one that is connected."),
    N_ ("Choose firmware that was built for this board."), NULL },
  { DFU (ADDRESSED_IMAGE), ANY,
    N_ ("This board takes plain firmware, and this file has an address for each of its bytes."),
    N_ ("The file is in a format for another kind of bootloader."),
    N_ ("Make a file for the board of it: “bootlace-cli convert --device” does that."), NULL },
  { DFU (NOT_ALONE), ANY,
    N_ ("This board takes an application alone, and this file is made for its chip’s bootloader."),
    N_ ("The program on the board puts another one in its place, and leaves everything else as it "
        "is."),
    N_ ("Choose the application’s own file: Arduino’s name for it ends in “.ino.bin”, and ESP-IDF "
        "names it after the project."),
    NULL },
  { DFU (UNSAFE_IMAGE), ANY,
    N_ ("This file would destroy the board's program: it does not say where its parts belong."),
    N_ ("The board would write the file as it is to the start of its flash, and not start any "
        "more."),
    N_ ("Choose the project’s build folder, or the dfu.bin in it."), NULL },
  { DFU (UNFIT_IMAGE), ANY,
    N_ ("The board would not start with this firmware, so it is not written."),
    N_ ("A part of it is missing, damaged, or not made for this chip."),
    N_ ("See what was found in the firmware, correct it, and build it again."), NULL },
  { DFU (NOT_SUPPORTED), ANY, N_ ("Bootlace cannot write this board in its present mode."),
    N_ ("What runs on it now offers DFU, but takes no firmware."),
    N_ ("If it has a bootloader button, hold it while you plug the board in."), "bootloader" },
  { DFU (NOT_READABLE), ANY, N_ ("This board does not let anybody read what is on it."),
    N_ ("Many bootloaders only take firmware and give none away."),
    N_ ("Keep the file that you wrote to it."), NULL },
  { DFU (NOT_ERASABLE), ANY, N_ ("This board does not erase that when it is told to."),
    N_ ("Only bootloaders that speak DfuSe can erase without writing, and not all of their "
        "memories."),
    N_ ("Write firmware to it: what is in its way is erased then."), NULL },
  { DFU (DIFFERS), ANY, N_ ("What was read back from the board differs from the firmware."),
    N_ ("The board’s memory is worn out, or the board does not give back what it was given."),
    N_ ("Flash it again. If that does not help, flash it without reading back and see whether it "
        "works."),
    NULL },
  { DFU (NOT_MEANT), ANY, N_ ("Another board came back than the one that is meant."),
    N_ ("In its bootloader it has other ids or another serial number than was named, or somebody "
        "plugged in another."),
    N_ ("See what is connected with “bootlace-cli list”, and correct what is behind the comma."),
    NULL },
  { DFU (NO_SUCH_MEMORY), READING,
    N_ ("The board has nothing to read at the address that was named."),
    N_ ("Its memory begins or ends elsewhere, or it speaks plain DFU, which knows no addresses."),
    N_ ("See what it has with “bootlace-cli list”."), NULL },
  { DFU (NO_SUCH_MEMORY), ANY,
    N_ ("The board does not have the interface or memory that was named, or has several of that "
        "name."),
    ALTERNATE_SETTINGS, N_ ("See what it has with “bootlace-cli list”."), NULL },
  { DFU (SEVERAL_MEMORIES), ANY,
    N_ ("The board has several memories, and nobody said which is meant."), ALTERNATE_SETTINGS,
    N_ ("Choose it in the board’s row."), NULL,
    N_ ("See them with “bootlace-cli list”, and say which with “--alt”.") },
  { DFU (SEVERAL_INTERFACES), ANY,
    N_ ("The board has several DFU interfaces, and nobody said which is meant."),
    N_ ("Each of them leads to a memory of its own, or to a part of the board of its own."),
    N_ ("Choose one in the board’s row."), NULL,
    N_ ("See them with “bootlace-cli list”, and say which with “--interface”.") },
  { DFU (NO_SUCH_PLACE), ANY,
    N_ (
      "This firmware does not fit the board: it has bytes where the board has no memory to write."),
    N_ ("It was built for a chip with other memory, or for another place in it."),
    N_ ("Choose firmware that was built for this board, or correct the address."), NULL },
  { DFU (NO_ADDRESS), ANY, N_ ("Nothing in this file says where on the board its bytes go."),
    N_ ("It is a plain file, and the board’s bootloader has to be told an address for each byte."),
    N_ ("Choose the project’s .hex, .elf or DfuSe file, or the .bin, whose address “Use as Raw "
        "Bytes…” asks for."),
    NULL,
    N_ ("Choose the project’s .hex, .elf or DfuSe file, or say the address: “bootlace-cli flash "
        "--address 0x08000000”.") },
  { DFU (PROTECTED), RESTARTING,
    N_ ("The board is protected: its bootloader does not start the program either."),
    N_ ("Somebody has turned the chip’s read protection on, as makers do with what they sell."),
    N_ ("Let go of BOOT, or take its jumper away, and press RESET on the board."), NULL },
  { DFU (PROTECTED), ANY, N_ ("The board is protected: it lets nobody read or write its memory."),
    N_ ("Somebody has turned the chip’s read protection on, as makers do with what they sell."),
    N_ (
      "Choose “Remove Read Protection…” in the menu of the board’s row; that erases all that is on "
      "the board."),
    NULL,
    N_ ("Take the protection away with “bootlace-cli erase --read-unprotect”; that erases all that "
        "is on the board.") },

  { FIRMWARE (EMPTY), ANY, N_ ("This file is empty."), N_ ("A build or a download was broken off."),
    BUILD_AGAIN, NULL },
  { FIRMWARE (NOTHING_TO_WRITE), ANY,
    N_ ("There is nothing in this firmware that could be written."),
    N_ ("It has no parts, or only what an erased flash holds anyway."), BUILD_OR_FILE, NULL },
  { FIRMWARE (TOO_LARGE), ANY, N_ ("This file is too large to be firmware for a board."),
    N_ ("It is something else, such as an archive or a disk image."), BUILD_OR_FILE, NULL },
  { FIRMWARE (UNKNOWN_FORMAT), ANY, N_ ("This is not firmware that Bootlace knows."),
    N_ ("It is another kind of file, or firmware without anything that tells what it is."),
    N_ ("Choose the project’s build folder, or a DFU, UF2, Intel HEX or ELF file. If it is a raw "
        ".bin for another board, “Use as Raw Bytes…” writes it as it is."),
    NULL,
    N_ ("Choose the project’s build folder, or a DFU, UF2, Intel HEX or ELF file. If it is a raw "
        ".bin for another board, “bootlace-cli flash --raw --path PATH FILE” writes it as it "
        "is; an STM32 takes it with “--address 0x08000000” instead of “--raw”.") },
  { FIRMWARE (PACKED), ANY, N_ ("This is an archive, which must be unpacked first."),
    N_ ("Firmware is often offered for download in a ZIP archive or packed in another way."),
    N_ ("Unpack it, and choose the firmware that was in it."), NULL },
  { FIRMWARE (FOR_COMPUTER), ANY, N_ ("This is a program for a computer, not for a board."),
    N_ ("A build also leaves programs that run on the computer, such as its own tests."),
    N_ ("Choose the file that was built for the board."), NULL },
  { FIRMWARE (FOR_DRIVE), ANY,
    N_ ("This UF2 file holds files for a board’s drive, and no firmware."),
    N_ ("Some bootloaders show a drive and put such files on it."),
    N_ ("Copy it to the drive that the board shows, or choose the board’s firmware."), NULL },
  { FIRMWARE (OTHER_JSON), ANY, N_ ("This JSON file does not describe an ESP-IDF build."),
    N_ ("It lists no files for a flash, as the flasher_args.json of a build does."),
    N_ ("Choose the project’s build folder, or the flasher_args.json in it."), NULL },
  { FIRMWARE (TRUNCATED), ANY, N_ ("This file is not complete: its end is missing."),
    N_ ("A build, a copy or a download was broken off."), BUILD_AGAIN, NULL },
  { FIRMWARE (MALFORMED), ANY, N_ ("This file contradicts itself, so it cannot be trusted."),
    COPIED_BADLY, BUILD_AGAIN, NULL },
  { FIRMWARE (CHECKSUM), ANY, N_ ("This file is damaged: its checksum is wrong."), COPIED_BADLY,
    BUILD_AGAIN, NULL },
  { FIRMWARE (DIGEST), ANY, N_ ("This file is damaged: the checksum of one of its parts is wrong."),
    COPIED_BADLY, BUILD_AGAIN, NULL },
  { FIRMWARE (MISSING_PART), ANY, N_ ("A part of the firmware is missing."),
    N_ ("The build is not finished, or one of its files was moved."), BUILD_AGAIN, NULL },
  { FIRMWARE (BEYOND_FLASH), ANY,
    N_ ("This firmware does not fit: it reaches past the end of the flash chip."),
    N_ ("The project is set to a larger flash chip, or its parts have grown."),
    N_ ("Set the real flash size in the project’s settings and build it again, or give it to "
        "“bootlace-cli build” with “--flash-size”."),
    NULL },
  { FIRMWARE (OVERLAP), ANY, N_ ("Two parts of this firmware would overwrite each other."),
    N_ ("A part has grown into the place of the next one, or an address is wrong."),
    N_ ("Correct the address or the project’s partition table, and build it again."), NULL },
  { FIRMWARE (TOO_MANY_PARTS), ANY, N_ ("This firmware has more parts than the chip’s ROM takes."),
    N_ ("It has very many files, or they were cut into very small parts."),
    N_ ("Put files together, or cut them into larger parts; “--part-size” says how large."), NULL },
  { FIRMWARE (BAD_NAME), ANY,
    N_ ("A file of this firmware has a name that the chip’s ROM cannot work with."),
    N_ ("The ROM tells the parts by short names, which must differ from each other."),
    N_ ("Give the file another name, and put that into the flasher_args.json if it is in there."),
    NULL },
  { FIRMWARE (BAD_ADDRESS), ANY,
    N_ ("A part of this firmware has an address at which the chip cannot begin to write."),
    N_ ("It writes four bytes at a time, so addresses are multiples of 4."),
    N_ ("Correct the address, in the flasher_args.json or where you have said it."), NULL },
  { FIRMWARE (UNKNOWN_CHIP), ANY, N_ ("Nothing in this firmware says which chip it is for."),
    N_ ("Only a bootloader or an app names its chip, and there is none of them."),
    N_ ("Add its bootloader or its app; “bootlace-cli build --chip” builds it without them."),
    NULL },
  { FIRMWARE (SEVERAL_CHIPS), ANY, N_ ("This file holds firmware for several kinds of chips."),
    N_ ("Its maker put the firmware for all boards into one file."),
    N_ ("Choose a file that is only for the chip on your board."), NULL },
  { FIRMWARE (NO_LOADER), ANY,
    N_ ("This firmware is for a chip that cannot be written over USB DFU."),
    N_ ("The chip has no USB, or no DFU in its ROM, as the ESP32 and the ESP32-C3."),
    N_ ("Write it over the board’s serial port, with “idf.py flash”."), "limits" },
  { FIRMWARE (UNCONVERTED), ANY,
    N_ ("This program is for an ESP chip, but it is neither an app nor a bootloader of ESP-IDF."),
    N_ ("It does not describe itself, so nothing says where on the board it belongs."),
    N_ ("Choose the project’s build folder, or the .bin file that was made of it; it mostly lies "
        "beside it and has the same name."),
    NULL },
  { FIRMWARE (SAME_ROLE), ANY, N_ ("Two of these files are the same part of a firmware."),
    N_ ("Files of two builds are among them."),
    N_ ("Choose one bootloader, one partition table and one app, or the project’s build folder."),
    NULL },
  { FIRMWARE (WHOLE), ANY,
    N_ ("One of these is a whole firmware of its own, so it cannot be put together with others."),
    N_ ("A folder, a dfu.bin and other finished files have all of their parts already."),
    N_ ("Choose it alone, or leave it out."), NULL },
  { FIRMWARE (NO_PLACE), ANY, N_ ("One of these files does not say where it belongs on the board."),
    N_ ("It is plain data, and no partition has its name."),
    N_ ("Name it like its partition and add the partition table, or give its address to "
        "“bootlace-cli build”."),
    NULL },
  { FIRMWARE (NO_BUILD), ANY, N_ ("No image for an ESP chip can be built of this file."),
    N_ ("It is a finished image already, or for another kind of board."),
    N_ ("For another board, “bootlace-cli convert” makes a DFU file of it. If it is for an ESP "
        "chip, say which with “--chip”."),
    NULL },
  { FIRMWARE (GAP), ANY,
    N_ ("There are gaps between the parts of this firmware, and such a file cannot leave any."),
    N_ ("A plain file has no addresses, so every byte of it counts."),
    N_ ("Say what to put there, mostly “--fill 0xff”, or choose a format with addresses."), NULL },
  { FIRMWARE (NO_ADDRESS), ANY, N_ ("Nothing in this file says where its bytes go."),
    N_ ("It is plain data, and the new file needs an address."),
    N_ ("Say the address of the first one, such as “--address 0x08000000”."), NULL },
  { FIRMWARE (NO_DEVICE), ANY, N_ ("Nothing in this file says which device it is for."),
    N_ ("The new file names its device, and this one has no DFU suffix to take that from."),
    N_ ("Say the ids of the device in DFU mode, such as “--device 0483:df11”; “bootlace-cli list” "
        "shows them."),
    NULL },
  { FIRMWARE (SEVERAL_MEMORIES), ANY,
    N_ ("This firmware is for several memories of a device, and such a file is for one."),
    N_ ("Only a DfuSe file can hold more than one."),
    N_ ("Choose one of them, such as “--alternate 0”."), NULL },
  { FIRMWARE (NOT_CONVERTIBLE), ANY, N_ ("This firmware cannot be turned into such a file."),
    N_ ("The new format has no place for something that this firmware has."),
    N_ ("Choose another format for the new file."), NULL },

  { RULE (NO_POLKIT), ANY,
    N_ ("What could do that with a click is not installed on this computer."),
    N_ ("It takes polkit and Bootlace’s setup helper."), IN_TERMINAL, "access" },
  { RULE (NOT_ALLOWED), ANY,
    N_ ("Your account may not do that, or nothing here could ask you for a password."),
    N_ ("Only an administrator may install a rule, and polkit makes sure of that."), IN_TERMINAL,
    "access" },
  { RULE (NOT_OURS), ANY, N_ ("There is a file with the rule’s name that Bootlace did not write."),
    N_ ("Somebody wanted another rule than Bootlace’s on this computer."),
    N_ ("It was left alone. Move it out of the way if nobody needs it."), "access" },
  { RULE (NEWER), ANY, N_ ("The rule that is installed is from a newer Bootlace."),
    N_ ("Another Bootlace on this computer is newer than this one, and its rule knows more."),
    N_ ("It was left alone. Let the newer Bootlace change it."), "access" },
  { RULE (READ_ONLY), ANY,
    N_ ("The folder for rules, /etc/udev/rules.d, cannot be written on this system."),
    N_ ("Some systems keep their settings where nothing can change them while they run."),
    N_ ("Add the rule the way in which this system’s settings are changed."), "access" },
  { RULE (NO_UDEV), ANY, N_ ("It is done, but udev did not take notice."),
    N_ ("It does not run, or was busy for too long."),
    N_ ("It counts after the next start of this computer."), "access" },
  { RULE (FAILED), ANY, HELPER_FAILED, HELPER_FAILED_WHY, MAY_SAY_WHY, "access" },
  { IO (CANCELLED), ALLOWING, N_ ("You did not allow it."),
    N_ ("The question for a password was closed."), N_ ("Nothing was changed."), "access" },
  { EVERYTHING, ALLOWING, HELPER_FAILED, HELPER_FAILED_WHY, MAY_SAY_WHY, "access" },

  { IO (NO_SPACE), ANY, N_ ("There is no space left on the disk."), N_ ("The disk is full."),
    N_ ("Delete something, or choose another folder."), NULL },
  { IO (NOT_FOUND), SAVING, N_ ("The folder for this file does not exist."),
    N_ ("Its name is misspelt, or it was moved."),
    N_ ("Make the folder first, or choose another one."), NULL },
  { IO (NOT_DIRECTORY), SAVING, N_ ("A part of this file’s path is no folder."),
    N_ ("Its name is misspelt."), N_ ("Make the folder first, or choose another one."), NULL },
  { IO (PERMISSION_DENIED), SAVING, N_ ("You may not write this file."),
    N_ ("The folder or the file belongs to somebody else."), N_ ("Choose a folder of your own."),
    NULL },
  { IO (READ_ONLY), SAVING, N_ ("Nothing can be written to this disk."),
    N_ ("It is mounted so that it can only be read."), N_ ("Choose a folder of your own."), NULL },
  { IO (EXISTS), SAVING, N_ ("The loaded firmware was read from this file."),
    N_ ("What a firmware was read from stays as it is."), N_ ("Give the new file another name."),
    NULL },
  { IO (IS_DIRECTORY), SAVING, N_ ("There is already a folder with this name."),
    N_ ("A file cannot take the place of a folder."), OTHER_NAME, NULL },
  { IO (NOT_REGULAR_FILE), SAVING,
    N_ ("There is already something with this name that is not an ordinary file."),
    N_ ("It is a device, a pipe or the like."), OTHER_NAME, NULL },
  { ANY_IO, SAVING, N_ ("The file could not be written."),
    N_ ("The computer reported an error while it was writing."),
    N_ ("Try again, or choose another folder."), NULL },

  { IO (NOT_FOUND), ANY, N_ ("The file is not there any more."),
    N_ ("It was moved or deleted, or its name is misspelt."),
    N_ ("Build the firmware again, or choose another file."), NULL },
  { IO (PERMISSION_DENIED), ANY, N_ ("You may not read this file."),
    N_ ("It belongs to somebody else."),
    N_ ("Change its permissions, or copy it to your own folder."), NULL },
  { IO (IS_DIRECTORY), ANY, N_ ("There is no ESP-IDF build in this folder."),
    N_ ("The project was not built yet, or this is another folder of it."),
    N_ ("Run “idf.py build” in the project, or choose a file inside the folder, such as a dfu.bin, "
        "or the .ino.bin of an Arduino sketch."),
    NULL },
  { IO (NOT_REGULAR_FILE), ANY, N_ ("This is not an ordinary file."),
    N_ ("It is a device, a pipe or the like."), BUILD_OR_FILE, NULL },
  { IO (NOT_MOUNTED), ANY, N_ ("The place where this file is kept is not mounted."),
    N_ ("A disk or a network folder was not opened yet."),
    N_ ("Copy the file to this computer and choose it there."), NULL },
  { IO (HOST_NOT_FOUND), ANY, N_ ("The computer on which this file is kept was not found."),
    N_ ("It is off, or its name is misspelt."),
    N_ ("Copy the file to this computer and choose it there."), NULL },
  { IO (NETWORK_UNREACHABLE), ANY, N_ ("The network on which this file is kept is not reached."),
    N_ ("The network is off."), N_ ("Copy the file to this computer and choose it there."), NULL },
  { IO (NOT_SUPPORTED), ANY, N_ ("The place where this file is kept cannot be reached."),
    N_ ("It has an address that this computer cannot read files from."),
    N_ ("Copy the file to this computer and choose it there."), NULL },
  { IO (TIMED_OUT), ANY, N_ ("This took too long."),
    N_ ("The disk or the network on which the file is kept does not answer."), N_ ("Try again."),
    NULL },
  { IO (CANCELLED), ANY, N_ ("You stopped it."), N_ ("You pressed Cancel, or ended the program."),
    N_ ("Start again when you are ready."), NULL },
  { ANY_IO, ANY, N_ ("The file could not be used."),
    N_ ("The computer reported an error while it was reading."),
    N_ ("Try again, or choose another file."), NULL },

  { EVERYTHING, ANY, N_ ("Something went wrong."), N_ ("That is not known."), N_ ("Try again."),
    NULL },
};

/**
 * setup_symptom_get:
 * @i: which row
 *
 * Returns: (transfer none) (nullable): a row of the table, or %NULL behind its end
 */
const SetupSymptom *
setup_symptom_get (gsize i)
{
  const gsize n_signs = setup_sign_table_count ();

  if (i < n_signs)
    return setup_sign_table_get (i);

  return i - n_signs < G_N_ELEMENTS (symptoms) ? &symptoms[i - n_signs] : NULL;
}
