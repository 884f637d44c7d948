/* firmware-esp-pins.c: the pins of an ESP chip that are not for everything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-pins.h"

#include <string.h>

/* What ESP-IDF says of its chips itself, such as SOC_GPIO_PORT. */
#define CAPABILITIES "SOC_"

#define N_BOOT_MAX 4
#define N_USB_MAX 2
#define NO_PIN (-1)

/* From the GPIO tables in ESP-IDF's documentation of each chip. That of the ESP32-S31 names no
 * strapping pins, and that of the ESP32-P4 does not say which pins the DFU loader has. */
static const struct {
  guint16 chip_id;
  gint8 button; /* the strapping pin with the BOOT button */
  gint8 boot[N_BOOT_MAX];
  gint8 usb[N_USB_MAX];
} chips[] = {
  { 0x0002, 0, { 45, 46, NO_PIN, NO_PIN }, { 19, 20 } },
  { 0x0009, 0, { 3, 45, 46, NO_PIN }, { 19, 20 } },
  { 0x0012, 35, { 34, 36, 37, 38 }, { NO_PIN, NO_PIN } },
};

/* A setting with one of these words is about a pin, */
static const char *const pin_words[] = { "GPIO", "PIN", NULL };

/* and with one of these, its number is not the pin's. */
static const char *const other_words[] = {
  "MIN",     "MAX",      "RANGE",    "COUNT",   "CNT",       "CHANNEL",  "CHANNELS", "PORT",
  "MASK",    "LEVEL",    "ACTIVE",   "STATE",   "MODE",      "TYPE",     "PULL",     "PULLUP",
  "INTR",    "EDGE",     "TIME",     "TIMEOUT", "DELAY",     "MS",       "US",       "SEC",
  "SECONDS", "PERIOD",   "DEBOUNCE", "FREQ",    "FREQUENCY", "HZ",       "KHZ",      "MHZ",
  "SPEED",   "BAUDRATE", "SIZE",     "LEN",     "LENGTH",    "WIDTH",    "BITS",     "STACK",
  "PRIO",    "PRIORITY", "CORE",     "CPU",     "INVERT",    "INVERTED", "DRIVE",    "STRENGTH",
  "CODE",    "RETRY",    "ATTEMPTS", "PER",     NULL,
};

/* A button on the pin of the BOOT button is that button. */
static const char *const button_words[] = {
  "BUTTON", "BTN", "BOOT", "KEY", "WAKE", "WAKEUP", NULL,
};

/* And USB is what its pins are for. */
static const char *const usb_words[] = { "USB", NULL };

/* Also with a number behind the word, as in LED_PIN2. */
static gboolean
is_word (const char *word, const char *const *words)
{
  const gsize length = strcspn (word, "0123456789");
  const gboolean has_end = word[length + strspn (word + length, "0123456789")] == '\0';

  for (gsize i = 0; words[i] != NULL; i++) {
    if (has_end && strlen (words[i]) == length && strncmp (words[i], word, length) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
has_word (char **words, const char *const *wanted)
{
  for (gsize i = 0; words[i] != NULL; i++) {
    if (is_word (words[i], wanted))
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_about (const char *key, const char *const *wanted)
{
  g_auto (GStrv) words = g_strsplit (key, "_", 0);

  return has_word (words, wanted);
}

static gboolean
has_pin (const gint8 *pins, gsize n_pins, gint64 number)
{
  for (gsize i = 0; i < n_pins; i++) {
    if (pins[i] == number)
      return TRUE;
  }

  return FALSE;
}

/**
 * firmware_esp_pins_is_setting:
 * @key: what a setting of a project is called, without "CONFIG_"
 *
 * Tells from its name whether a setting's number is that of a pin, as in BLINK_GPIO. ESP-IDF's
 * settings have no other mark.
 *
 * Returns: whether it is
 */
gboolean
firmware_esp_pins_is_setting (const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return !g_str_has_prefix (key, CAPABILITIES) && is_about (key, pin_words) &&
         !is_about (key, other_words);
}

/**
 * firmware_esp_pins_find:
 * @chip: a chip
 * @key: the setting that names the pin
 * @number: the pin's number, or anything else, such as -1 for none
 *
 * Tells what a pin is for besides. That of the BOOT button is an ordinary one for a setting that is
 * about a button, and so are the USB pins for one that is about USB.
 *
 * Returns: what it is for
 */
FirmwareEspPin
firmware_esp_pins_find (const FirmwareEspChip *chip, const char *key, gint64 number)
{
  g_return_val_if_fail (chip != NULL, FIRMWARE_ESP_PIN_ORDINARY);
  g_return_val_if_fail (key != NULL, FIRMWARE_ESP_PIN_ORDINARY);

  for (gsize i = 0; i < G_N_ELEMENTS (chips) && number != NO_PIN; i++) {
    if (chips[i].chip_id != chip->id)
      continue;

    if (chips[i].button == number)
      return is_about (key, button_words) ? FIRMWARE_ESP_PIN_ORDINARY : FIRMWARE_ESP_PIN_BOOT;

    if (has_pin (chips[i].boot, N_BOOT_MAX, number))
      return FIRMWARE_ESP_PIN_BOOT;

    if (has_pin (chips[i].usb, N_USB_MAX, number) && !is_about (key, usb_words))
      return FIRMWARE_ESP_PIN_USB;
  }

  return FIRMWARE_ESP_PIN_ORDINARY;
}
