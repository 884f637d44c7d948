/* firmware-esp-pins.h: the pins of an ESP chip that are not for everything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"

G_BEGIN_DECLS

/**
 * FirmwareEspPin:
 * @FIRMWARE_ESP_PIN_ORDINARY: any other, or none that is known
 * @FIRMWARE_ESP_PIN_BOOT: a strapping pin: its level at a reset decides how the chip starts
 * @FIRMWARE_ESP_PIN_USB: one of the chip's USB socket
 *
 * What a pin has to do with starting and writing a board.
 */
typedef enum {
  FIRMWARE_ESP_PIN_ORDINARY,
  FIRMWARE_ESP_PIN_BOOT,
  FIRMWARE_ESP_PIN_USB,
} FirmwareEspPin;

gboolean firmware_esp_pins_is_setting (const char *key);
FirmwareEspPin firmware_esp_pins_find (const FirmwareEspChip *chip, const char *key, gint64 number);

G_END_DECLS
