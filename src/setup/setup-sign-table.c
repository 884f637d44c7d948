/* setup-sign-table.c: the part of the table of symptoms that is about what is no error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-sign-table.h"

#include <glib/gi18n.h>

#include "setup-sign.h"

#define SIGN(name) setup_sign_quark, SETUP_SIGN_##name, SETUP_MOMENT_ANY

/* What a failure for the same reason is told with, or what several signs share. */
#define NOT_ALLOWED N_ ("Your account may not use this board yet.")
#define NOT_IN_BOOTLOADER N_ ("The board is not in its bootloader.")
#define NO_DFU_HERE N_ ("This board cannot be flashed over DFU.")
#define ABSENT_CAUSE                                                                               \
  N_ ("Many boards appear only in their bootloader, and many cables only charge.")
#define ABSENT_ADVICE                                                                              \
  N_ (                                                                                             \
    "{handover} Then hold BOOT, tap RESET, let go of BOOT. If you wired it yourself, try D+ and "  \
    "D− the other way round.")
#define NO_TRACK                                                                                   \
  N_ ("This computer does not keep track of who sits at it, so boards are for the group plugdev.")
#define NO_RULE                                                                                    \
  N_ ("A USB board belongs to the computer’s administrator until a rule says otherwise.")
#define UNKNOWN_BOARD N_ ("Bootlace does not know this board.")
#define MISTAKEN                                                                                   \
  N_ ("Zadig installs a driver for whatever is chosen in its list, even in the place of a right "  \
      "one.")
#define UNDOING                                                                                          \
  N_ (                                                                                                   \
    "To undo it, right-click “{name}” in Device Manager, choose “Uninstall device”, tick "       \
    "“Attempt to remove the driver for this device” (older: “Delete the driver software for this " \
    "device”), then unplug the board and plug it in again.")

static const SetupSymptom rows[] = {
  { SIGN (NO_BOARD), N_ ("No board is connected."), ABSENT_CAUSE, ABSENT_ADVICE, "wiring" },
  { SIGN (NO_KNOWN_BOARD), N_ ("No board that Bootlace knows is connected."), ABSENT_CAUSE,
    ABSENT_ADVICE, "wiring" },
  { SIGN (EMPTY_PORT), N_ ("Nothing is connected at USB port {port}."), ABSENT_CAUSE, ABSENT_ADVICE,
    "wiring" },
  { SIGN (UNKNOWN_DEVICE),
    N_ ("“{name}” is connected; Bootlace does not know whether it is a board."),
    N_ ("It has no DFU interface, and its ids are none that Bootlace knows."),
    N_ (
      "If it is a board: hold BOOT, tap RESET, let go of BOOT. Then its bootloader appears here."),
    "bootloader" },
  { SIGN (APPLICATION), NOT_IN_BOOTLOADER, N_ ("It runs its application."),
    N_ (
      "Hold BOOT, tap RESET, let go of BOOT; without a BOOT button, tap RESET twice. A bootloader "
      "that speaks DFU appears here then."),
    "bootloader" },
  { SIGN (SERIAL_SOCKET), N_ ("Only the serial socket of a board is connected ({name})."),
    N_ ("This is the serial socket."),
    N_ ("Use the board’s other USB socket, which is wired to the chip itself; a board without one "
        "cannot be flashed over USB DFU."),
    "wiring" },
  { SIGN (DEBUG_PROBE), N_ ("Only a debug probe is connected ({name})."),
    N_ ("This is a debug probe, which programs a chip over other wires."),
    N_ ("Use the board’s own USB socket, which is wired to the chip itself."), "wiring" },
  { SIGN (SERIAL_JTAG), N_ ("This USB socket speaks serial and JTAG, not DFU."),
    N_ (
      "It is wired to the chip’s USB-Serial-JTAG unit (303A:1001), and not to the one that speaks "
      "DFU."),
    N_ (
      "Flash the board over its serial port, with “idf.py flash”. Only an eFuse that can never be "
      "undone would change that, and not on all chips; leave it alone."),
    "limits" },
  { SIGN (UF2_DRIVE), NOT_IN_BOOTLOADER, N_ ("What it runs now is a drive for UF2 files."),
    N_ (
      "Copy a UF2 file to that drive, or hold BOOT, tap RESET, let go of BOOT to get to the chip’s "
      "own bootloader."),
    "bootloader" },
  { SIGN (UF2_ONLY), NO_DFU_HERE, N_ ("Its bootloader is a drive, and the chip has no DFU."),
    N_ ("Copy a UF2 file to that drive."), "limits" },
  { SIGN (OTHER_PROTOCOL), NO_DFU_HERE,
    N_ ("Its bootloader speaks its maker’s own protocol, not standard DFU."),
    N_ (
      "Use the program for it: dfu-programmer for chips of Atmel, avrdude for an Arduino Leonardo "
      "and the like, bossac for an UNO R4 WiFi, wb32-dfu-updater for a WB32."),
    "limits" },

  { SIGN (CHARGE_ONLY_CABLE), N_ ("Nothing happens at all when the board is plugged in."),
    N_ ("Many cables can only charge."),
    N_ ("Plug it straight into the computer, without a hub, with a cable that has carried data "
        "before. If the board has two USB sockets, take the one that is marked “USB” or “OTG”, not "
        "“UART” or “COM”."),
    "wiring" },
  { SIGN (SWAPPED_LINES), N_ ("A board that you wired yourself is not found."),
    N_ ("Some cables have other colours."), N_ ("Try D+ and D− the other way round."), "wiring" },
  { SIGN (HUB), N_ ("Writing breaks off."),
    N_ ("A hub, a long cable or a weak supply disturbs what is sent."),
    N_ ("Leave out hubs and extensions, and use a socket of the computer itself."), "wiring" },
  { SIGN (APPLICATION_WITHOUT_USB), N_ ("The board vanishes once its application runs."),
    N_ ("The application uses the USB pins for something else, or does not run USB."),
    N_ ("Only the buttons help: hold BOOT, tap RESET, let go of BOOT."), "bootloader" },
  { SIGN (STAYS_AFTER_RESET), N_ ("The board is in its bootloader again after every RESET."),
    N_ ("A mark in the chip, which only a loss of power takes away, sends it there."),
    N_ ("Unplug it for a moment."), "bootloader" },
  { SIGN (NEEDS_RESET), N_ ("The board is written, but does not start."),
    N_ ("Not all bootloaders can start the program, and BOOT may have been held down."),
    N_ ("Press RESET on the board to start it."), "bootloader" },

  { SIGN (LOCKED_CHIP), N_ ("No bootloader ever appears, however often you press the buttons."),
    /* Translators: this may follow what to do first, such as to hold BOOT and to tap RESET. */
    N_ ("If nothing helps, the chip may forbid DFU: with Secure Boot, flash encryption, Secure "
        "Download Mode, or a fuse against downloads over USB."),
    N_ (
      "Use its serial port then, or an update over the air, and never write plain firmware into an "
      "encrypted chip."),
    "limits" },
  { SIGN (BURNT_FUSES),
    N_ ("“espefuse.py summary” lists DIS_USB, DIS_USB_DOWNLOAD_MODE or DIS_DOWNLOAD_MODE as set."),
    N_ ("These eFuses forbid downloads over USB, and cannot be undone."),
    N_ ("Use the serial port; with DIS_DOWNLOAD_MODE only an update over the air."), "limits" },
  { SIGN (OLD_ESP32_S3), N_ ("An ESP32-S3 shows no DFU although the eFuse for it was burnt."),
    N_ ("Chips with a date code before 2219 cannot do it."),
    N_ ("Use the serial port, or a board with a newer chip."), "limits" },
  { SIGN (CHIP_WITHOUT_DFU), N_ ("There is no DFU on an ESP32, C2, C3, C5, C6 or H2."),
    N_ ("Of Espressif’s chips only the ESP32-S2, S3, P4 and S31 have it in their ROM."),
    N_ ("Use “idf.py flash” over the serial port."), "limits" },

  { SIGN (DFU_UTIL_DETACHING), N_ ("dfu-util says “error detaching”, and flashing goes on."),
    N_ ("The board restarts before it has answered."), N_ ("Nothing is wrong."), NULL },
  { SIGN (DFU_UTIL_MISSING), N_ ("“idf.py dfu-flash” does not find dfu-util."),
    N_ ("It needs that program, which is not installed."),
    N_ ("Bootlace does without it: choose the project’s build folder."), NULL },
  { SIGN (DFU_UTIL_FAILED), N_ ("dfu-util ends with exit code 74."),
    N_ ("It could not reach the board: there is no bootloader, no permission or no driver, or the "
        "cable loses data."),
    N_ ("The questions of the setup assistant find out which."), NULL },

  { SIGN (FLATPAK_WITHOUT_USB),
    N_ ("Bootlace runs in a Flatpak, which may not use USB devices yet."),
    N_ ("Flatpaks may use only what they were allowed to."),
    N_ ("Allow it with this command in a terminal, then start Bootlace again."), "usb" },
  { SIGN (CONTAINER_WITHOUT_USB), N_ ("This container ({kind}) has no access to USB."),
    N_ ("It was started without the computer’s folder /dev/bus/usb."),
    N_ ("Start it with that folder, or run Bootlace outside of it."), "usb" },
  { SIGN (WSL_1), N_ ("The first generation of WSL has no USB."),
    N_ ("Only WSL 2 can be given devices."),
    N_ ("Use Bootlace on Windows itself, or turn this system into one of WSL 2 with a command on "
        "Windows."),
    "usb" },
  { SIGN (WSL_2), N_ ("Windows has not handed any USB device to WSL."),
    N_ ("It keeps all of them until it is told to share one."),
    N_ ("On Windows, install usbipd-win. “usbipd list” shows the board’s BUSID; share it once with "
        "“usbipd bind --busid BUSID” as administrator, then keep this command running."),
    "usb" },
  { SIGN (VIRTUAL_MACHINE_WITHOUT_USB), N_ ("This virtual machine has no USB."),
    N_ ("It has only what the computer around it was told to hand over."), "{handover}", "usb" },
  { SIGN (NO_NODES), N_ ("Bootlace cannot use USB on this computer."),
    N_ ("The kernel made no devices in /dev/bus/usb."),
    N_ ("See whether USB is switched off in the computer’s firmware settings."), "usb" },
  { SIGN (BACK_AT_WINDOWS), N_ ("The board did not come back: Windows may have it again."),
    N_ ("A board that restarts is a new device for Windows."),
    N_ ("On Windows, keep this command running: it hands the board to WSL whenever it restarts. "
        "“usbipd list” shows its BUSID."),
    "usb" },
  { SIGN (BACK_AT_HOST),
    N_ ("The board did not come back: the computer around this one may have it again."),
    N_ ("A board that restarts is a new device for that computer."), "{handover}", "usb" },

  { SIGN (OPEN_BY_OLDER), N_ ("You may use the board."),
    N_ ("The installed rule is from an older Bootlace."), N_ ("A renewed one knows more boards."),
    "access" },
  { SIGN (OPEN_TO_ALL), N_ ("You may use the board."),
    N_ ("The rule {path} lets everybody use it: every program of every person on this computer, "
        "whether they sit at it or not."),
    N_ ("Bootlace’s own rule gives boards only to whoever does. Bootlace leaves that file alone."),
    "access" },
  { SIGN (SANDBOX), NOT_ALLOWED, N_ ("Bootlace runs in a sandbox, where it cannot change that."),
    N_ ("Run this command in a terminal; it installs a rule for the boards that Bootlace knows, in "
        "the place of any that Bootlace installed before, and asks for your password."),
    "access" },
  { SIGN (SANDBOX_UNKNOWN), NOT_ALLOWED,
    N_ ("Bootlace does not know this board, and runs in a sandbox, where it cannot change that."),
    N_ ("This command in a terminal installs a rule for everything that has a DFU interface, and "
        "asks for your password. Whoever sits at the computer can then write new firmware to any "
        "such device: a board as well as a headset or a camera."),
    "access" },
  { SIGN (NO_UDEV), NOT_ALLOWED,
    N_ ("No udev runs here that could change that; this looks like a container."),
    N_ ("Give access to the board outside, or run Bootlace there."), "access" },
  { SIGN (NOT_SEATED), N_ ("The board is for whoever sits at the computer."),
    N_ ("Your session is not the one on the screen: you came over the network, or somebody else’s "
        "session is in front."),
    N_ ("Log in at the computer itself, or switch to your session."), "access" },
  { SIGN (RULE_ABSENT), NOT_ALLOWED, NO_RULE,
    N_ ("Bootlace can install a rule that gives the boards it knows to whoever sits at this "
        "computer. You are asked for a password; nothing has to be plugged in again."),
    "access" },
  { SIGN (RULE_ABSENT_BY_HAND), NOT_ALLOWED, NO_RULE,
    N_ ("A rule can give the boards that Bootlace knows to whoever sits at this computer. This "
        "command in a terminal installs it; nothing has to be plugged in again."),
    "access" },
  { SIGN (RULE_ABSENT_UNKNOWN), NOT_ALLOWED, UNKNOWN_BOARD,
    N_ (
      "A rule can let you use everything that has a DFU interface. Whoever sits at the computer "
      "can then write new firmware to any such device: a board as well as a headset or a camera."),
    "access" },
  { SIGN (RULE_OLDER), NOT_ALLOWED, N_ ("The installed rule is from an older Bootlace."),
    N_ ("Renew it; you are asked for a password."), "access" },
  { SIGN (RULE_NEWER), N_ ("The rule that is installed is from a newer Bootlace."),
    N_ ("It does not reach you and this board, and is left alone: this Bootlace could only put an "
        "older one in its place."),
    N_ ("Let the newer Bootlace change it."), "access" },
  { SIGN (RULE_FOREIGN), N_ ("There is a file with the rule’s name that Bootlace did not write."),
    N_ ("Bootlace leaves the file {path} alone."),
    N_ ("This command moves it out of the way; then the rule can be installed."), "access" },
  { SIGN (RULE_MASKED), N_ ("Bootlace’s rule is switched off."),
    N_ ("{path} is empty or leads nowhere, so somebody wanted no such rule on this computer."),
    N_ ("This command moves it out of the way; then the rule can be installed."), "access" },
  { SIGN (RULE_TOO_NARROW), N_ ("Bootlace’s rule does not know this board."),
    N_ ("It is for the boards that Bootlace knows."),
    N_ ("The rule can be made wider, for everything that has a DFU interface. Whoever sits at the "
        "computer can then write new firmware to any such device: a board as well as a headset or "
        "a camera."),
    "access" },
  { SIGN (RULE_UNDONE), N_ ("Another rule takes the access away again."),
    N_ ("Bootlace’s rule is in place, but {path} is read after it and undoes it."),
    N_ ("Ask whoever looks after this computer."), "access" },
  { SIGN (RULE_NOT_APPLIED), N_ ("The rule has not reached this board yet."),
    N_ ("It is installed, but came after the board."),
    N_ ("Apply it now; you are asked for a password. Or unplug the board and plug it in again."),
    "access" },
  { SIGN (RULE_WITHOUT_GROUP), NOT_ALLOWED,
    N_ ("This computer does not keep track of who sits at it, so the rule has to go by the group "
        "plugdev."),
    N_ ("Renew it; you are asked for a password."), "access" },
  { SIGN (GROUP_MISSING), NOT_ALLOWED,
    N_ (
      "This computer does not keep track of who sits at it, and the group plugdev, which would do "
      "instead, does not exist."),
    N_ ("This command makes it, adds you, and renews the rule. Then log out and in again."),
    "access" },
  { SIGN (NOT_IN_GROUP), NOT_ALLOWED, NO_TRACK,
    N_ ("This command adds you to it. Then log out and in again."), "access" },
  { SIGN (GROUP_LATER), NOT_ALLOWED, N_ ("You are in the group plugdev from your next login on."),
    N_ ("Log out and in again."), "access" },
  { SIGN (ACCESS_UNEXPLAINED), N_ ("The board does not open, although the rule is there."),
    N_ ("{path} has the permissions {mode}, user {user} and group {group}."),
    N_ ("Unplug the board and plug it in again. If that does not help, these numbers may help "
        "whoever looks after this computer."),
    "access" },

  { SIGN (HELD), N_ ("“{program}” is using the board (process {process})."),
    N_ ("Only one program at a time may use a board."), "{advice}", "holder" },
  { SIGN (HELD_BY_SUSPECT),
    N_ ("Another program is using the board, probably “{program}” (process {process})."),
    N_ ("Bootlace may not look into it, and no program that it may look into has the board."),
    "{advice}", "holder" },
  { SIGN (HELD_BY_HIDDEN), N_ ("Another program is using the board."),
    N_ ("Bootlace may not look into it: mostly it belongs to the system or to somebody else."),
    N_ ("This command in a terminal names it; it asks for your password. Close that program, then "
        "try again."),
    "holder" },
  { SIGN (OPENED), N_ ("“{program}” has the board open (process {process})."),
    N_ ("It may want to use it at any moment."), "{advice}", "holder" },
  { SIGN (KERNEL_YIELDS), N_ ("The kernel’s driver “{driver}” has the board."),
    N_ ("It took the board when that was plugged in."),
    N_ ("It steps back when Bootlace needs the board."), "holder" },
  { SIGN (KERNEL_STAYS), N_ ("The kernel’s driver “{driver}” has the board."),
    N_ ("It did not step back for Bootlace."),
    N_ ("This command unloads it until the next start of the computer."), "holder" },

  { SIGN (DRIVER_MISSING), N_ ("No driver is installed for {place}."),
    N_ ("Windows finds no driver for the board’s DFU interface by itself."),
    N_ ("Install WinUSB for the board’s DFU interface alone; Zadig does it in three clicks. Do not "
        "use Device Manager for this."),
    "driver" },
  { SIGN (DRIVER_WRONG),
    N_ ("{place} has the driver {driver}, through which no program can flash it."),
    N_ ("Another driver than WinUSB was installed for it."),
    N_ ("Replace that driver with WinUSB; Zadig does it in three clicks."), "driver" },
  { SIGN (DRIVER_DISABLED), N_ ("{place} is disabled in Device Manager."),
    N_ ("Somebody switched it off there."),
    N_ ("Right-click it in Device Manager and choose “Enable device”."), "driver" },
  { SIGN (DRIVER_FAILED),
    N_ ("{place} has the right driver, {driver}, but it does not start (Windows’ code {problem})."),
    N_ ("The board or the installation of the driver is in a bad state."),
    N_ ("Unplug the board and plug it in again. If that does not help, install WinUSB anew with "
        "Zadig."),
    "driver" },
  { SIGN (DRIVER_MISPLACED),
    N_ ("{place} has no driver: it was installed for Interface {other}, the serial port, by "
        "mistake."),
    MISTAKEN, N_ ("{undoing} Then install WinUSB for Interface {own} alone."), "driver" },
  { SIGN (SERIAL_REPLACED),
    N_ ("The board can be flashed, but its serial port is gone: {place} has the driver {driver} "
        "instead of its own."),
    MISTAKEN, UNDOING, "driver" },
  { SIGN (PARENT_REPLACED),
    N_ ("{place} as a whole has the driver {driver}, which only its DFU interface should have: its "
        "serial port is gone."),
    MISTAKEN, UNDOING, "driver" },
  { SIGN (UNREADABLE), N_ ("A USB device is connected that Windows cannot make out."),
    N_ ("If it is your board, the cable, a hub or the wiring of D+ and D− is to blame, not a "
        "driver."),
    N_ ("Try another cable and another socket, without a hub."), "wiring" },
};

/**
 * setup_sign_table_get:
 * @i: which row
 *
 * Returns: (transfer none) (nullable): a row about a sign, or %NULL behind the last
 */
const SetupSymptom *
setup_sign_table_get (gsize i)
{
  return i < G_N_ELEMENTS (rows) ? &rows[i] : NULL;
}

/**
 * setup_sign_table_count:
 *
 * Returns: how many rows are about signs
 */
gsize
setup_sign_table_count (void)
{
  return G_N_ELEMENTS (rows);
}
