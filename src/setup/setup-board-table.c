/* setup-board-table.c: the USB ids that are known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-board-table.h"

#define ONE(product) (product), (product)

/* The helper translates nothing; whoever shows a name does. */
#define N_(text) text

static const char usb_pids[] = "github.com/espressif/usb-pids";
static const char esptool[] = "github.com/espressif/esptool, USB_JTAG_SERIAL_PID";
static const char esp_tinyusb[] =
  "github.com/espressif/esp-usb, device/esp_tinyusb/usb_descriptors.c";
static const char esp_usb_bridge[] = "github.com/espressif/esp-usb-bridge, main/Kconfig.projbuild";
static const char devboards[] =
  "github.com/espressif/usb-pids, allocated-pids-espressif-devboards.txt";
static const char circuitpython[] = "github.com/adafruit/circuitpython, ports/espressif/boards";
static const char uf2_boards[] = "github.com/adafruit/tinyuf2, ports/espressif/boards";
static const char eric[] = "eric-ide.python-projects.org, its list of UF2 boards";
static const char linux_drivers[] = "Linux, drivers/usb/serial";
static const char openmoko[] = "github.com/openmoko/openmoko-usb-oui";
static const char usb_ids[] = "www.linux-usb.org/usb.ids";
static const char pid_codes[] = "pid.codes/1209/DB42";
static const char qmk[] = "github.com/qmk/qmk_firmware, util/udev/50-qmk.rules";
static const char esp_idf[] = "github.com/espressif/esp-idf, tools/cmake/dfu.cmake";
static const char rom[] = "read from the chip's ROM";
static const char wb32[] = "github.com/WestberryTech/wb32-dfu-updater, dfufwdevice.c";
static const char renesas[] = "github.com/arduino/ArduinoCore-renesas, boards.txt";
static const char mbed[] = "github.com/arduino/ArduinoCore-mbed, boards.txt";
static const char nano_esp32[] =
  "github.com/micropython/micropython, ports/esp32/boards/ARDUINO_NANO_ESP32";
static const char wch[] = "github.com/WCHSoftGroup/ch343ser_linux, ch343.c";
static const char fwupd[] = "github.com/fwupd/fwupd, plugins/uf2/uf2.quirk";
static const char rp2350[] = "RP2350 datasheet, section 5.6.1";
static const char stlink[] = "github.com/stlink-org/stlink, config/udev/rules.d";

/* The first row that fits is taken, so single ids come before the ranges around them. */
static const SetupBoardId ids[] = {
  { 0x303a, ONE (0x0002), SETUP_BOARD_KIND_ROM, "ESP32-S2", esp_idf },
  { 0x303a, ONE (0x0009), SETUP_BOARD_KIND_ROM, "ESP32-S3", esp_idf },
  { 0x303a, ONE (0x0012), SETUP_BOARD_KIND_ROM, "ESP32-P4", esp_idf },
  { 0x303a, ONE (0x0020), SETUP_BOARD_KIND_ROM, "ESP32-S31", rom },
  { 0x303a, ONE (0x1001), SETUP_BOARD_KIND_SERIAL_JTAG, "Espressif USB-Serial-JTAG", esptool },
  { 0x303a, ONE (0x1002), SETUP_BOARD_KIND_SERIAL_BRIDGE, "Espressif USB bridge", esp_usb_bridge },
  /* One bit for each class of device, the highest for one or two cameras. */
  { 0x303a, 0x4000, 0x40ff, SETUP_BOARD_KIND_APPLICATION, N_ ("ESP32 with TinyUSB"), esp_tinyusb },
  { 0x303a, ONE (0x7000), SETUP_BOARD_KIND_UF2, "ESP32-S2-HMI-DevKit-1", devboards },
  { 0x303a, ONE (0x7002), SETUP_BOARD_KIND_UF2, "ESP32-S3-DevKitC-1", devboards },
  { 0x303a, ONE (0x7004), SETUP_BOARD_KIND_UF2, "ESP32-S3-DevKitC-1", devboards },
  { 0x303a, ONE (0x7008), SETUP_BOARD_KIND_UF2, "ESP32-S2-DevKitC-1", uf2_boards },
  { 0x303a, ONE (0x80c2), SETUP_BOARD_KIND_APPLICATION, "LOLIN S2 Mini", usb_pids },
  { 0x303a, ONE (0x80c3), SETUP_BOARD_KIND_APPLICATION, "LOLIN S2 Mini", usb_pids },
  { 0x303a, ONE (0x8005), SETUP_BOARD_KIND_UF2, "TinyS2", usb_pids },
  { 0x303a, ONE (0x8008), SETUP_BOARD_KIND_UF2, "LILYGO T8 ESP32-S2", usb_pids },
  { 0x303a, ONE (0x800b), SETUP_BOARD_KIND_UF2, "ATMegaZero ESP32-S2", usb_pids },
  { 0x303a, ONE (0x800e), SETUP_BOARD_KIND_UF2, "Gravitech Cucumber RIS", usb_pids },
  { 0x303a, ONE (0x80a2), SETUP_BOARD_KIND_UF2, "Gravitech Cucumber R", usb_pids },
  { 0x303a, ONE (0x80a5), SETUP_BOARD_KIND_UF2, "Gravitech Cucumber M", usb_pids },
  { 0x303a, ONE (0x80a8), SETUP_BOARD_KIND_UF2, "Gravitech Cucumber MS", usb_pids },
  { 0x303a, ONE (0x80ab), SETUP_BOARD_KIND_UF2, "Franzininho WiFi", usb_pids },
  { 0x303a, ONE (0x80ae), SETUP_BOARD_KIND_UF2, "Franzininho WiFi", usb_pids },
  { 0x303a, ONE (0x80b0), SETUP_BOARD_KIND_UF2, "Artisense RD00", usb_pids },
  { 0x303a, ONE (0x80b3), SETUP_BOARD_KIND_UF2, "nanoESP32-S2", usb_pids },
  { 0x303a, ONE (0x80b6), SETUP_BOARD_KIND_UF2, "MorphESP-240", usb_pids },
  { 0x303a, ONE (0x80c4), SETUP_BOARD_KIND_UF2, "LOLIN S2 Mini", usb_pids },
  { 0x303a, ONE (0x80c7), SETUP_BOARD_KIND_UF2, "LOLIN S2 Pico", usb_pids },
  { 0x303a, ONE (0x80d2), SETUP_BOARD_KIND_UF2, "TinyS3", usb_pids },
  { 0x303a, ONE (0x80d5), SETUP_BOARD_KIND_UF2, "ProS3", usb_pids },
  { 0x303a, ONE (0x80d8), SETUP_BOARD_KIND_UF2, "FeatherS3", usb_pids },
  { 0x303a, ONE (0x80de), SETUP_BOARD_KIND_UF2, "Banana Pi BPI-Leaf-S3", usb_pids },
  { 0x303a, ONE (0x80e1), SETUP_BOARD_KIND_UF2, "Banana Pi BPI-Leaf-S2", usb_pids },
  { 0x303a, ONE (0x80e4), SETUP_BOARD_KIND_UF2, "Banana Pi BPI-Bit", usb_pids },
  { 0x303a, ONE (0x80eb), SETUP_BOARD_KIND_UF2, "LILYGO T8 ESP32-S2", usb_pids },
  { 0x303a, ONE (0x80ee), SETUP_BOARD_KIND_UF2, "LILYGO T8 ESP32-S2", usb_pids },
  { 0x303a, ONE (0x80fa), SETUP_BOARD_KIND_UF2, "Cytron Maker Feather AIoT S3", usb_pids },
  { 0x303a, ONE (0x8109), SETUP_BOARD_KIND_UF2, "Waveshare ESP32-S2-Pico", usb_pids },
  { 0x303a, ONE (0x810b), SETUP_BOARD_KIND_UF2, "Waveshare ESP32-S2-Pico-LCD", usb_pids },
  { 0x303a, ONE (0x8112), SETUP_BOARD_KIND_UF2, "Bee S3", usb_pids },
  { 0x303a, ONE (0x8118), SETUP_BOARD_KIND_UF2, "LOLIN S3", usb_pids },
  { 0x303a, ONE (0x811b), SETUP_BOARD_KIND_UF2, "M5Stack CoreS3", usb_pids },
  { 0x303a, ONE (0x8121), SETUP_BOARD_KIND_UF2, "M5Stack AtomS3", usb_pids },
  { 0x303a, ONE (0x812d), SETUP_BOARD_KIND_UF2, "Banana Pi BPI-PicoW-S3", usb_pids },
  { 0x303a, ONE (0x8140), SETUP_BOARD_KIND_UF2, "LILYGO T-Display-S3", usb_pids },
  { 0x303a, ONE (0x8143), SETUP_BOARD_KIND_UF2, "Deneyap Mini", usb_pids },
  { 0x303a, ONE (0x8146), SETUP_BOARD_KIND_UF2, "Deneyap Mini v2", usb_pids },
  { 0x303a, ONE (0x8149), SETUP_BOARD_KIND_UF2, "Deneyap Kart 1A v2", usb_pids },
  { 0x303a, ONE (0x8152), SETUP_BOARD_KIND_UF2, "LILYGO T-Embed-S3", usb_pids },
  { 0x303a, ONE (0x8155), SETUP_BOARD_KIND_UF2, "LILYGO T-QT", usb_pids },
  { 0x303a, ONE (0x8160), SETUP_BOARD_KIND_UF2, "M5Stack AtomS3 Lite", usb_pids },
  { 0x303a, ONE (0x8163), SETUP_BOARD_KIND_UF2, "LOLIN S3 Pro", usb_pids },
  { 0x303a, ONE (0x8165), SETUP_BOARD_KIND_UF2, "YD-ESP32-S3", usb_pids },
  { 0x303a, ONE (0x8169), SETUP_BOARD_KIND_UF2, "LOLIN S3 Mini", usb_pids },
  { 0x303a, ONE (0x816c), SETUP_BOARD_KIND_UF2, "M5Stack StampS3", usb_pids },
  { 0x303a, ONE (0x817b), SETUP_BOARD_KIND_UF2, "NanoS3", usb_pids },
  { 0x303a, ONE (0x8188), SETUP_BOARD_KIND_UF2, "M5Stack AtomS3U", usb_pids },
  { 0x303a, ONE (0x8191), SETUP_BOARD_KIND_UF2, "LILYGO T-TWR Plus", usb_pids },
  { 0x303a, ONE (0x81a2), SETUP_BOARD_KIND_UF2, "Waveshare ESP32-S3-Pico", usb_pids },
  { 0x303a, ONE (0x81b3), SETUP_BOARD_KIND_UF2, "Waveshare ESP32-S3-Zero", usb_pids },
  { 0x303a, ONE (0x81b7), SETUP_BOARD_KIND_UF2, "LILYGO T-Deck", usb_pids },
  { 0x303a, ONE (0x81ba), SETUP_BOARD_KIND_UF2, "senseBox MCU-S2", usb_pids },
  /* The makers of boards get theirs one after the other, from 8000 on. */
  { 0x303a, 0x7000, 0x70ff, SETUP_BOARD_KIND_APPLICATION, N_ ("Board with an Espressif chip"),
    devboards },
  { 0x303a, 0x8000, 0x8fff, SETUP_BOARD_KIND_APPLICATION, N_ ("Board with an Espressif chip"),
    usb_pids },

  { 0x239a, ONE (0x00e5), SETUP_BOARD_KIND_UF2, "Adafruit MagTag", uf2_boards },
  { 0x239a, ONE (0x00eb), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S2", uf2_boards },
  { 0x239a, ONE (0x00ed), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S2 Reverse TFT",
    uf2_boards },
  { 0x239a, ONE (0x010f), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S2 TFT", uf2_boards },
  { 0x239a, ONE (0x0111), SETUP_BOARD_KIND_UF2, "Adafruit QT Py ESP32-S2", uf2_boards },
  { 0x239a, ONE (0x00f9), SETUP_BOARD_KIND_UF2, "Adafruit FunHouse", uf2_boards },
  { 0x239a, ONE (0x00df), SETUP_BOARD_KIND_UF2, "Adafruit Metro ESP32-S2", uf2_boards },
  { 0x239a, ONE (0x011b), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S3", uf2_boards },
  { 0x239a, ONE (0x0113), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S3", uf2_boards },
  { 0x239a, ONE (0x011d), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S3 TFT", uf2_boards },
  { 0x239a, ONE (0x0123), SETUP_BOARD_KIND_UF2, "Adafruit Feather ESP32-S3 Reverse TFT",
    uf2_boards },
  { 0x239a, ONE (0x0119), SETUP_BOARD_KIND_UF2, "Adafruit QT Py ESP32-S3", uf2_boards },
  { 0x239a, ONE (0x0125), SETUP_BOARD_KIND_UF2, "Adafruit MatrixPortal S3", uf2_boards },
  { 0x239a, ONE (0x0145), SETUP_BOARD_KIND_UF2, "Adafruit Metro ESP32-S3", uf2_boards },
  { 0x239a, ONE (0x00ab), SETUP_BOARD_KIND_UF2, "FeatherS2", uf2_boards },
  /* Shared by an ESP32-S2-Saola and several boards with an ESP32-S3. */
  { 0x239a, ONE (0x00a5), SETUP_BOARD_KIND_UF2, N_ ("Board with TinyUF2"), uf2_boards },
  { 0x239a, ONE (0x00a7), SETUP_BOARD_KIND_UF2, N_ ("ESP32-S2-Saola with TinyUF2"), uf2_boards },
  { 0x239a, ONE (0x00c7), SETUP_BOARD_KIND_UF2, N_ ("ESP32-S2-Kaluga with TinyUF2"), uf2_boards },
  { 0x239a, 0x8000, 0x81ff, SETUP_BOARD_KIND_APPLICATION, N_ ("Adafruit board"), circuitpython },
  { 0x15ba, ONE (0x28dc), SETUP_BOARD_KIND_UF2, "Olimex ESP32-S2-DevKit-LiPo", eric },
  { 0x2886, ONE (0x0056), SETUP_BOARD_KIND_APPLICATION, "XIAO ESP32-S3", circuitpython },
  { 0x2886, ONE (0x8056), SETUP_BOARD_KIND_UF2, "XIAO ESP32-S3", uf2_boards },
  { 0x3343, ONE (0x83cf), SETUP_BOARD_KIND_UF2, "FireBeetle 2 ESP32-S3", uf2_boards },

  { 0x10c4, ONE (0xea60), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP210x", linux_drivers },
  { 0x10c4, ONE (0xea61), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP210x", linux_drivers },
  { 0x10c4, ONE (0xea63), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP210x", linux_drivers },
  { 0x10c4, ONE (0xea70), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP2105", linux_drivers },
  { 0x10c4, ONE (0xea71), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP2108", usb_ids },
  { 0x10c4, ONE (0xea7a), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP2105", linux_drivers },
  { 0x10c4, ONE (0xea7b), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP2108", linux_drivers },
  { 0x1a86, ONE (0x7523), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH340", linux_drivers },
  { 0x1a86, ONE (0x7522), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH340", linux_drivers },
  { 0x1a86, ONE (0x5523), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH341", linux_drivers },
  { 0x1a86, ONE (0x55d2), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH342", wch },
  { 0x1a86, ONE (0x55d3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH343", wch },
  { 0x1a86, ONE (0x55d4), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH9102", wch },
  { 0x1a86, ONE (0x55d5), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH344", wch },
  { 0x1a86, ONE (0x55d7), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH9103", wch },
  { 0x1a86, ONE (0x55d8), SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH9101", wch },
  { 0x0403, ONE (0x6001), SETUP_BOARD_KIND_SERIAL_BRIDGE, "FTDI FT232", linux_drivers },
  { 0x0403, ONE (0x6010), SETUP_BOARD_KIND_SERIAL_BRIDGE, "FTDI FT2232", linux_drivers },
  { 0x0403, ONE (0x6011), SETUP_BOARD_KIND_SERIAL_BRIDGE, "FTDI FT4232", linux_drivers },
  { 0x0403, ONE (0x6014), SETUP_BOARD_KIND_SERIAL_BRIDGE, "FTDI FT232H", linux_drivers },
  { 0x0403, ONE (0x6015), SETUP_BOARD_KIND_SERIAL_BRIDGE, "FTDI FT-X", linux_drivers },
  { 0x067b, ONE (0x2303), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23a3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23b3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23c3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23d3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23e3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },
  { 0x067b, ONE (0x23f3), SETUP_BOARD_KIND_SERIAL_BRIDGE, "PL2303", linux_drivers },

  { 0x0483, ONE (0x3744), SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V1", usb_ids },
  { 0x0483, ONE (0x3748), SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V2", usb_ids },
  { 0x0483, ONE (0x374a), SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V2-1", stlink },
  { 0x0483, ONE (0x374b), SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V2-1", usb_ids },
  { 0x0483, ONE (0x3752), SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V2-1", stlink },
  { 0x0483, ONE (0x374d), SETUP_BOARD_KIND_DEBUG_PROBE, "STLINK-V3", usb_ids },
  { 0x0483, ONE (0x374e), SETUP_BOARD_KIND_DEBUG_PROBE, "STLINK-V3", usb_ids },
  { 0x0483, ONE (0x374f), SETUP_BOARD_KIND_DEBUG_PROBE, "STLINK-V3", usb_ids },
  { 0x0483, ONE (0x3753), SETUP_BOARD_KIND_DEBUG_PROBE, "STLINK-V3", stlink },
  { 0x1366, ONE (0x0101), SETUP_BOARD_KIND_DEBUG_PROBE, "J-Link", usb_ids },
  { 0x1366, ONE (0x1015), SETUP_BOARD_KIND_DEBUG_PROBE, "J-Link", usb_ids },
  { 0x0d28, ONE (0x0204), SETUP_BOARD_KIND_DEBUG_PROBE, "DAPLink", usb_ids },

  { 0x2e8a, ONE (0x0003), SETUP_BOARD_KIND_UF2_ONLY, "Raspberry Pi RP2040", fwupd },
  { 0x2e8a, ONE (0x000f), SETUP_BOARD_KIND_UF2_ONLY, "Raspberry Pi RP2350", rp2350 },

  { 0x0483, ONE (0xdf11), SETUP_BOARD_KIND_DFU, "STM32", usb_ids },
  { 0x28e9, ONE (0x0189), SETUP_BOARD_KIND_DFU, "GD32", usb_ids },
  { 0x2e3c, ONE (0xdf11), SETUP_BOARD_KIND_DFU, "AT32", qmk },
  { 0x314b, ONE (0x0106), SETUP_BOARD_KIND_DFU, "APM32", qmk },
  { 0x1eaf, ONE (0x0003), SETUP_BOARD_KIND_DFU, "Maple", usb_ids },
  { 0x1eaf, ONE (0x0004), SETUP_BOARD_KIND_APPLICATION, "Maple", usb_ids },
  { 0x1209, ONE (0xdb42), SETUP_BOARD_KIND_DFU, "dapboot", pid_codes },
  { 0x1d50, ONE (0x6017), SETUP_BOARD_KIND_DFU, "Black Magic Probe", openmoko },
  { 0x1d50, ONE (0x6018), SETUP_BOARD_KIND_DFU, "Black Magic Probe", openmoko },
  { 0x1d50, ONE (0x607f), SETUP_BOARD_KIND_DFU, "Spark Core", openmoko },
  { 0x1d50, ONE (0x6001), SETUP_BOARD_KIND_DFU, "Ubertooth", openmoko },
  { 0x1d50, ONE (0x6003), SETUP_BOARD_KIND_DFU, "Ubertooth", openmoko },
  { 0x1d50, ONE (0x60e2), SETUP_BOARD_KIND_DFU, "SIMtrace 2", openmoko },
  { 0x1fc9, ONE (0x000c), SETUP_BOARD_KIND_DFU, "NXP LPC", usb_ids },
  { 0x1cbe, ONE (0x00ff), SETUP_BOARD_KIND_DFU, "TI Stellaris", usb_ids },
  { 0x2341, ONE (0x0070), SETUP_BOARD_KIND_DFU, "Arduino Nano ESP32", nano_esp32 },
  { 0x2341, ONE (0x035b), SETUP_BOARD_KIND_DFU, "Arduino Portenta H7", mbed },
  { 0x2341, ONE (0x025b), SETUP_BOARD_KIND_APPLICATION, "Arduino Portenta H7", mbed },
  { 0x2341, ONE (0x0366), SETUP_BOARD_KIND_DFU, "Arduino GIGA R1", mbed },
  { 0x2341, ONE (0x0266), SETUP_BOARD_KIND_APPLICATION, "Arduino GIGA R1", mbed },
  { 0x2341, ONE (0x035f), SETUP_BOARD_KIND_DFU, "Arduino Nicla Vision", mbed },
  { 0x2341, ONE (0x025f), SETUP_BOARD_KIND_APPLICATION, "Arduino Nicla Vision", mbed },
  { 0x2341, ONE (0x0364), SETUP_BOARD_KIND_DFU, "Arduino Opta", mbed },
  { 0x2341, ONE (0x0064), SETUP_BOARD_KIND_APPLICATION, "Arduino Opta", mbed },
  { 0x2341, ONE (0x0068), SETUP_BOARD_KIND_DFU, "Arduino Portenta C33", renesas },
  { 0x2341, ONE (0x0368), SETUP_BOARD_KIND_DFU, "Arduino Portenta C33", renesas },
  { 0x2341, ONE (0x0069), SETUP_BOARD_KIND_DFU, "Arduino UNO R4 Minima", renesas },
  { 0x2341, ONE (0x0369), SETUP_BOARD_KIND_DFU, "Arduino UNO R4 Minima", renesas },
  { 0x2341, ONE (0x0074), SETUP_BOARD_KIND_DFU, "Arduino Nano R4", renesas },
  { 0x2341, ONE (0x0374), SETUP_BOARD_KIND_DFU, "Arduino Nano R4", renesas },
  /* An ESP32-S3 that passes on what it is told over a serial port. */
  { 0x2341, ONE (0x1002), SETUP_BOARD_KIND_SERIAL_BRIDGE, "Arduino UNO R4 WiFi", renesas },
  /* What an UNO R4 WiFi is through its own chip's USB; its bootloader speaks BOSSA's protocol. */
  { 0x2341, ONE (0x006d), SETUP_BOARD_KIND_FOREIGN, "Arduino UNO R4 WiFi", renesas },
  /* Caterina, which is a serial port. */
  { 0x2341, ONE (0x0036), SETUP_BOARD_KIND_FOREIGN, "Arduino Leonardo", qmk },
  { 0x2341, ONE (0x0037), SETUP_BOARD_KIND_FOREIGN, "Arduino Micro", qmk },
  { 0x1209, ONE (0x2302), SETUP_BOARD_KIND_FOREIGN, "Keyboardio Atreus", qmk },
  { 0x03eb, ONE (0x2fe4), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2fee), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2fef), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff0), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff1), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff3), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff4), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff6), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff7), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff8), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ff9), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ffa), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ffb), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2ffd), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  { 0x03eb, ONE (0x2fff), SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP", usb_ids },
  /* Its bulk endpoints take commands of its own. */
  { 0x342d, ONE (0xdfa0), SETUP_BOARD_KIND_FOREIGN, "WB32", wb32 },
};

/**
 * setup_board_table_get:
 * @i: which row
 *
 * Returns: a row of the table, or NULL behind its end
 */
const SetupBoardId *
setup_board_table_get (size_t i)
{
  return i < sizeof ids / sizeof ids[0] ? &ids[i] : NULL;
}
