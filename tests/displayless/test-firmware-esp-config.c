/* test-firmware-esp-config.c: what a project's settings say about its pins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-config.h"
#include "firmware-esp-pins.h"

#include "test-build.h"
#include "test-check.h"

#include <string.h>

#define S2 "\"IDF_TARGET\": \"esp32s2\""
#define S3 "\"IDF_TARGET\": \"esp32s3\""

typedef struct {
  const char *text;
  const char *boot_pins;
  const char *usb_pins;
} Row;

static const Row rows[] = {
  { "{" S2 ", \"BLINK_GPIO\": 18}", NULL, NULL },
  { "{" S2 ", \"BLINK_GPIO\": 0}", "BLINK_GPIO = 0", NULL },
  { "{" S2 ", \"BLINK_GPIO\": 3}", NULL, NULL },
  { "{" S3 ", \"BLINK_GPIO\": 3}", "BLINK_GPIO = 3", NULL },
  { "{" S2 ", \"BLINK_GPIO\": 19}", NULL, "BLINK_GPIO = 19" },
  { "{" S3 ", \"A_PIN_NUM_CLK\": 20, \"A_GPIO_NUM\": 45, \"LED_PIN2\": 46}",
    "A_GPIO_NUM = 45, LED_PIN2 = 46", "A_PIN_NUM_CLK = 20" },
  { "{\"IDF_TARGET\": \"esp32p4\", \"A_GPIO\": 34, \"B_GPIO\": 35, \"C_GPIO\": 19, \"D_PIN\": 0}",
    "A_GPIO = 34, B_GPIO = 35", NULL },
  { "{\"IDF_TARGET\": \"esp32s31\", \"A_GPIO\": 0, \"B_GPIO\": 19}", NULL, NULL },
  { "{\"IDF_TARGET\": \"esp32c3\", \"A_GPIO\": 9, \"B_GPIO\": 19}", NULL, NULL },
  /* What the BOOT button and the USB socket are there for, but no other pin of theirs. */
  { "{" S3 ", \"BUTTON_GPIO\": 0, \"BOOT_BTN_PIN\": 0, \"EXAMPLE_GPIO_WAKEUP\": 0}", NULL, NULL },
  { "{" S3 ", \"BUTTON_GPIO\": 45}", "BUTTON_GPIO = 45", NULL },
  { "{" S3 ", \"USB_DM_GPIO\": 19, \"EXAMPLE_PIN_USB_DP\": 20}", NULL, NULL },
  /* No pins, or none that is used. */
  { "{" S3 ", \"A_GPIO\": -1, \"B_GPIO\": true, \"C_GPIO\": \"0\", \"D_GPIO\": 0.0}", NULL, NULL },
  { "{" S3 ", \"MAIN_TASK_PINNED\": 0, \"ESP_CONSOLE_UART_NUM\": 0, \"PINS\": 0}", NULL, NULL },
  { "{" S3 ", \"A B_GPIO\": 0, \"\\u00e4_GPIO\": 0, \"\": 0, \"_\": 0}", NULL, NULL },
  /* More than anybody wants to read. */
  { "{" S3 ", \"A_PIN\": 0, \"B_PIN\": 0, \"C_PIN\": 0, \"D_PIN\": 0, \"E_PIN\": 0, \"F_PIN\": 0, "
    "\"G_PIN\": 0, \"H_PIN\": 0}",
    "A_PIN = 0, B_PIN = 0, C_PIN = 0, D_PIN = 0, E_PIN = 0, F_PIN = 0, …", NULL },
  /* The older form. */
  { "# Espressif\nCONFIG_IDF_TARGET=\"esp32s2\"\nCONFIG_BLINK_GPIO=46\r\nCONFIG_B_GPIO=20\n",
    "BLINK_GPIO = 46", "B_GPIO = 20" },
  { "CONFIG_A_GPIO=0\nB_GPIO=0\n=0\nCONFIG=0\nCONFIG_C_GPIO=0x0\nCONFIG_D_GPIO=\n"
    "CONFIG_IDF_TARGET=\"esp32s2\"\n# CONFIG_E_GPIO=0\nCONFIG_F_GPIO=y\n"
    "# Deprecated options for backward compatibility\nCONFIG_OLD_GPIO=0",
    "A_GPIO = 0", NULL },
};

static void
test_parse (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) contents = g_bytes_new_static (row->text, strlen (row->text));
  g_auto (FirmwareEspConfig) config = { NULL };
  g_autoptr (GError) error = NULL;

  firmware_esp_config_parse (&config, contents, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config.boot_pins, ==, row->boot_pins);
  g_assert_cmpstr (config.usb_pins, ==, row->usb_pins);
}

static void
test_refused (void)
{
  const struct {
    const char *text;
    int code;
  } refused[] = {
    { "{\"A_GPIO\": 0}", FIRMWARE_ERROR_UNKNOWN_CHIP },
    { "{\"IDF_TARGET\": \"linux\"}", FIRMWARE_ERROR_UNKNOWN_CHIP },
    { "{\"IDF_TARGET\": 2}", FIRMWARE_ERROR_MALFORMED },
    { "{\"IDF_TARGET\": ", FIRMWARE_ERROR_MALFORMED },
    { "CONFIG_A_GPIO=0\n", FIRMWARE_ERROR_UNKNOWN_CHIP },
    { "CONFIG_IDF_TARGET=\"", FIRMWARE_ERROR_UNKNOWN_CHIP },
    { "\0\0\0", FIRMWARE_ERROR_UNKNOWN_CHIP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GBytes) contents =
      g_bytes_new_static (refused[i].text, MAX (strlen (refused[i].text), 1));
    g_auto (FirmwareEspConfig) config = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (firmware_esp_config_parse (&config, contents, &error));
    g_assert_error (error, FIRMWARE_ERROR, refused[i].code);
  }
}

/* What every project has, whose numbers are those of pins that matter. */
static void
test_no_pins (void)
{
  const char *const keys[] = {
    "SOC_GPIO_PORT",
    "SOC_GPIO_PIN_COUNT",
    "SOC_GPIO_IN_RANGE_MAX",
    "SOC_GPIO_OUT_RANGE_MAX",
    "SOC_GPIO_VALID_GPIO_MASK",
    "SOC_GPIO_CLOCKOUT_CHANNEL_NUM",
    "SOC_RTCIO_PIN_COUNT",
    "SOC_DEDIC_GPIO_IN_CHANNELS_NUM",
    "SOC_MCPWM_GPIO_FAULTS_PER_GROUP",
    "ENV_GPIO_RANGE_MIN",
    "ENV_GPIO_IN_RANGE_MAX",
    "ESP_HOSTED_SDIO_CMD_GPIO_RANGE_MIN",
    "ESP_HOSTED_SDIO_RESET_SLAVE_GPIO_MAX",
    "BOOTLOADER_FACTORY_RESET_PIN_LEVEL",
    "BUTTON_GPIO_ACTIVE_LEVEL",
    "ESP_CONSOLE_UART_NUM",
    "ESP_MAIN_TASK_AFFINITY",
    "ESP_SLEEP_WAIT_FLASH_READY_EXTRA_DELAY",
    "PTHREAD_TASK_CORE_DEFAULT",
    "SPI_FLASH_ERASE_YIELD_DURATION_MS",
    "LWIP_TCPIP_TASK_AFFINITY",
    "WIFI_TASK_PINNED_TO_CORE",
  };
  const char *const pins[] = {
    "BLINK_GPIO",          "BOOTLOADER_NUM_PIN_FACTORY_RESET", "BOOTLOADER_NUM_PIN_APP_TEST",
    "EXAMPLE_LCD_DE_GPIO", "ESP_CONSOLE_UART_TX_GPIO",         "EXAMPLE_TX_GPIO_NUM",
    "PIN_NUM_MISO",        "ESP_HOSTED_SDIO_PIN_CMD",          "ESP_HOSTED_SDIO_GPIO_RESET_SLAVE",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_test_message ("%s", keys[i]);
    g_assert_false (firmware_esp_pins_is_setting (keys[i]));
  }

  for (gsize i = 0; i < G_N_ELEMENTS (pins); i++) {
    g_test_message ("%s", pins[i]);
    g_assert_true (firmware_esp_pins_is_setting (pins[i]));
  }
}

static void
write_build (TestBuild *self)
{
  test_build_write_json (self, "{" TEST_BUILD_THREE_FILES ", " TEST_BUILD_CHIP ("esp32s2") "}");
}

static void
test_build (TestBuild *self, gconstpointer data)
{
  g_autoptr (FirmwareImage) image = NULL;

  write_build (self);
  test_build_write_text (self, "config/sdkconfig.json",
                         "{" S2 ", \"LED_GPIO\": 45, \"DHT_PIN\": 19}");
  test_build_write_text (self, "../sdkconfig", "CONFIG_IDF_TARGET=\"esp32s2\"\nCONFIG_A_GPIO=0\n");
  image = test_build_load (self->folder);

  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_USB_PINS, NULL, "DHT_PIN = 19", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_BOOT_PINS, NULL, "LED_GPIO = 45", NULL));
}

/* In the folder around the build. */
static void
test_old_build (TestBuild *self, gconstpointer data)
{
  g_autoptr (FirmwareImage) image = NULL;

  write_build (self);
  test_build_write_text (self, "../sdkconfig", "CONFIG_IDF_TARGET=\"esp32s2\"\nCONFIG_A_GPIO=0\n");
  image = test_build_load (self->folder);

  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_BOOT_PINS, NULL, "A_GPIO = 0", NULL));
  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_USB_PINS), ==, 0);
}

/* The firmware is as good without. */
static void
test_nothing_said (TestBuild *self, gconstpointer data)
{
  const char *const texts[] = { NULL, "{", "{}", "", "{" S2 ", \"BLINK_GPIO\": 18}" };

  write_build (self);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (FirmwareImage) image = NULL;

    if (texts[i] != NULL)
      test_build_write_text (self, "config/sdkconfig.json", texts[i]);
    image = test_build_load (self->folder);
    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_BOOT_PINS), ==, 0);
    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_USB_PINS), ==, 0);
  }
}

static void
add (const char *path, void (*test) (TestBuild *self, gconstpointer data))
{
  g_test_add (path, TestBuild, NULL, test_build_set_up, test, test_build_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/firmware/esp-config/parse/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, &rows[i], test_parse);
  }
  g_test_add_func ("/firmware/esp-config/refused", test_refused);
  g_test_add_func ("/firmware/esp-config/no-pins", test_no_pins);
  add ("/firmware/esp-config/build", test_build);
  add ("/firmware/esp-config/old-build", test_old_build);
  add ("/firmware/esp-config/nothing-said", test_nothing_said);

  return g_test_run ();
}
