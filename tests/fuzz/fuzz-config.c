/* fuzz-config.c: the settings of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-config.h"

#include "fuzz-target.h"

void
fuzz_target_run (GBytes *input)
{
  g_auto (FirmwareEspConfig) config = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_read = firmware_esp_config_parse (&config, input, &error);

  g_assert_true (is_read == (error == NULL));
  g_assert_true (config.boot_pins == NULL || g_utf8_validate (config.boot_pins, -1, NULL));
  g_assert_true (config.usb_pins == NULL || g_utf8_validate (config.usb_pins, -1, NULL));
}
