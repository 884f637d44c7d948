/* firmware-esp-config.h: the settings of an ESP-IDF project, as far as they are about pins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"

G_BEGIN_DECLS

/**
 * FirmwareEspConfig:
 * @boot_pins: (nullable): the settings that use pins that decide how the chip starts, such as
 *   "BLINK_GPIO = 0", with commas between them, or %NULL without one
 * @usb_pins: (nullable): the same for those of the chip's USB socket
 *
 * What a project's settings say.
 */
typedef struct {
  char *boot_pins;
  char *usb_pins;
} FirmwareEspConfig;

gboolean firmware_esp_config_parse (FirmwareEspConfig *self, GBytes *contents, GError **error);
void firmware_esp_config_clear (FirmwareEspConfig *self);

void firmware_esp_config_report (FirmwareEspBuild *build, GFile *json, GCancellable *cancellable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspConfig, firmware_esp_config_clear)

G_END_DECLS
