/* test-dfu-compatibility.c: what may be sent to which device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-compatibility.h"

#include "dfu-enums.h"
#include "dfu-error.h"
#include "firmware-dfu-suffix.h"
#include "firmware-esp-chip.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-raw.h"
#include "test-image.h"
#include "test-uf2.h"

#include <string.h>

#define ATTRIBUTES_OFFSET 20
#define VERSION_OFFSET 25

/* In DFU mode, with bitCanDnload, wTransferSize 2048 and bcdDFUVersion 0x0110. */
static const guint8 configuration[] = {
  0x09, 0x02, 0x1b, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32, /* configuration */
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x00, /* interface */
  0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x08, 0x10, 0x01, /* functional descriptor */
};

static UsbDevice *
new_device (gsize offset, guint8 value)
{
  g_auto (UsbIdentity) identity = { 0 };
  g_autofree guint8 *bytes = g_memdup2 (configuration, sizeof configuration);

  bytes[offset] = value;
  identity.port_path = g_strdup ("1-10");
  identity.vendor_id = 0x0483;
  identity.product_id = 0xdf11;
  identity.descriptors = g_bytes_new (bytes, sizeof configuration);

  return usb_device_new (&identity);
}

typedef struct {
  const char *name;
  gsize offset;
  guint8 value;
  gboolean is_fit;
} Row;

static const Row rows[] = {
  { "dfu-1.1", VERSION_OFFSET, 0x10, TRUE },
  { "dfu-1.0", VERSION_OFFSET, 0x00, TRUE },
  { "no-downloads", ATTRIBUTES_OFFSET, 0x0a, FALSE },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (UsbDevice) device = new_device (row->offset, row->value);
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x0483, 0xdf11);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, &error);

  g_assert_no_error (error);
  g_assert_cmpint (dfu_check_compatibility (device, image, &error), ==, row->is_fit);
  if (row->is_fit)
    g_assert_no_error (error);
  else
    g_assert_error (error, DFU_ERROR, DFU_ERROR_NOT_SUPPORTED);
}

#define FITS (-1)

/* What somebody may choose for an ESP ROM, for a device that takes plain bytes, and for one that
 * takes bytes with addresses. */
static const struct {
  const char *name;
  guint16 vendor; /* of a device that the file names, or 0 */
  gboolean has_addresses;
  DfuError for_rom;
  int for_plain;
  int for_dfuse; /* FITS where it is taken */
} foreign[] = {
  { "stm32-dfuse", 0x0483, TRUE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_ADDRESSED_IMAGE, FITS },
  { "other-dfuse", 0x1209, TRUE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_WRONG_DEVICE,
    DFU_ERROR_WRONG_DEVICE },
  { "any-dfuse", 0xffff, TRUE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_ADDRESSED_IMAGE, FITS },
  { "intel-hex", 0, TRUE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_ADDRESSED_IMAGE, FITS },
  { "other-dfu", 0x1209, FALSE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_WRONG_DEVICE,
    DFU_ERROR_WRONG_DEVICE },
  /* It would take the first block for a command and leave out the second, without an error. */
  { "stm32-dfu", 0x0483, FALSE, DFU_ERROR_WRONG_DEVICE, FITS, DFU_ERROR_NO_ADDRESS },
  { "raw", 0, FALSE, DFU_ERROR_UNSAFE_IMAGE, DFU_ERROR_WRONG_DEVICE, DFU_ERROR_NO_ADDRESS },
};

static FirmwareImage *
new_foreign (gsize row)
{
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);
  const FirmwareDfuSuffix suffix = {
    .vendor = foreign[row].vendor,
    .product = foreign[row].vendor == 0xffff ? 0xffff : 0xdf11,
  };

  return firmware_image_new (&firmware_format_dfu, foreign[row].has_addresses ? NULL : payload,
                             foreign[row].vendor != 0 ? &suffix : NULL);
}

static UsbDevice *
new_rom (void)
{
  g_auto (UsbIdentity) identity = { 0 };

  identity.port_path = g_strdup ("1-10");
  identity.vendor_id = FIRMWARE_ESP_VENDOR;
  identity.product_id = 0x0002;
  identity.release = 0x0723;
  identity.descriptors = g_bytes_new (configuration, sizeof configuration);

  return usb_device_new (&identity);
}

static void
assert_answer (UsbDevice *device, FirmwareImage *image, int expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dfu_check_compatibility (device, image, &error), ==, expected == FITS);
  if (expected != FITS)
    g_assert_error (error, DFU_ERROR, expected);
}

/* Each is told what is wrong with it. */
static void
test_foreign (void)
{
  g_autoptr (UsbDevice) rom = new_rom ();
  g_autoptr (UsbDevice) plain = new_device (VERSION_OFFSET, 0x10);
  g_autoptr (UsbDevice) dfuse = new_device (VERSION_OFFSET, 0x1a);

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autoptr (FirmwareImage) image = new_foreign (i);

    g_test_message ("%s", foreign[i].name);
    assert_answer (rom, image, (int) foreign[i].for_rom);
    assert_answer (plain, image, foreign[i].for_plain);
    assert_answer (dfuse, image, foreign[i].for_dfuse);
  }
}

/* Firmware for an ESP chip is for an ESP chip, in whatever file. */
static void
test_esp_for_dfuse (void)
{
  g_autoptr (UsbDevice) dfuse = new_device (VERSION_OFFSET, 0x1a);
  g_autoptr (FirmwareImage) image = firmware_image_new (&firmware_format_ihex, NULL, NULL);

  firmware_image_set_target (image, "ESP32-S2", 4 * 1024 * 1024);
  assert_answer (dfuse, image, DFU_ERROR_WRONG_DEVICE);
}

static UsbDevice *
new_plain_device (guint16 vendor, guint16 product)
{
  g_auto (UsbIdentity) identity = { 0 };

  identity.port_path = g_strdup ("1-10");
  identity.vendor_id = vendor;
  identity.product_id = product;
  identity.descriptors = g_bytes_new (configuration, sizeof configuration);

  return usb_device_new (&identity);
}

/* A UF2 file names its chips; whether the device has one of them, only some ids tell. */
static const struct {
  guint16 vendor;
  guint16 product;
  guint32 family; /* 0: none */
  DfuError code;
} families[] = {
  { 0x0483, 0xdf11, TEST_UF2_RP2040, DFU_ERROR_WRONG_DEVICE },
  { 0x0483, 0xdf11, 0x57755a57, DFU_ERROR_ADDRESSED_IMAGE }, /* STM32F4 */
  { 0x0483, 0xdf11, 0x699b62ec, DFU_ERROR_ADDRESSED_IMAGE }, /* CH32V */
  { 0x0483, 0xdf11, 0xada52840, DFU_ERROR_WRONG_DEVICE },    /* nRF52840 */
  { 0x0483, 0xdf11, 0x12345678, DFU_ERROR_ADDRESSED_IMAGE }, /* of nobody */
  { 0x0483, 0xdf11, 0, DFU_ERROR_ADDRESSED_IMAGE },
  { 0x28e9, 0x0189, 0x5ee21072, DFU_ERROR_ADDRESSED_IMAGE }, /* STM32F1 */
  { 0x1fc9, 0x000c, 0x2abc77ec, DFU_ERROR_ADDRESSED_IMAGE }, /* LPC55xx */
  { 0x1fc9, 0x000c, 0x57755a57, DFU_ERROR_WRONG_DEVICE },
  { 0x1209, 0x0001, TEST_UF2_RP2040, DFU_ERROR_ADDRESSED_IMAGE }, /* nobody knows what it is */
};

static void
test_families (void)
{
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    g_autoptr (UsbDevice) device = new_plain_device (families[i].vendor, families[i].product);
    g_autoptr (GBytes) file = test_uf2_new (families[i].family, 0x08000000, data, 256);
    g_autoptr (GError) error = NULL;
    g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);

    g_test_message ("%04x:%04x, 0x%08x", families[i].vendor, families[i].product,
                    families[i].family);
    g_assert_no_error (error);
    g_assert_false (dfu_check_compatibility (device, image, &error));
    g_assert_error (error, DFU_ERROR, (int) families[i].code);
  }
}

/* A loader that takes addresses takes those of its own chips. */
static void
test_families_for_dfuse (void)
{
  const struct {
    guint32 family;
    gboolean is_fit;
  } cases[] = { { 0x57755a57, TRUE }, { TEST_UF2_RP2040, FALSE } };
  g_autoptr (UsbDevice) dfuse = new_device (VERSION_OFFSET, 0x1a);
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) file = test_uf2_new (cases[i].family, 0x08000000, data, 256);
    g_autoptr (GError) error = NULL;
    g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);

    g_assert_no_error (error);
    g_assert_cmpint (dfu_check_compatibility (dfuse, image, &error), ==, cases[i].is_fit);
    if (!cases[i].is_fit)
      g_assert_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE);
  }
}

/* An image for the device, of which something was found. */
static gboolean
check_with_finding (FirmwareFindingKind kind, GError **error)
{
  g_autoptr (UsbDevice) device = new_device (VERSION_OFFSET, 0x10);
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) contents = firmware_dfu_suffix_append (payload, 0x0483, 0xdf11);
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (contents, NULL);
  g_autoptr (FirmwareFinding) note =
    firmware_finding_new (FIRMWARE_FINDING_NO_HASH, "a.bin", NULL, NULL);
  g_autoptr (FirmwareFinding) finding = firmware_finding_new (kind, "b.bin", NULL, NULL);

  firmware_image_add_finding (image, note);
  firmware_image_add_finding (image, finding);

  return dfu_check_compatibility (device, image, error);
}

static void
test_findings (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    FirmwareFindingKind kind = (FirmwareFindingKind) kinds->values[i].value;
    g_autoptr (FirmwareFinding) finding = firmware_finding_new (kind, NULL, NULL, NULL);
    g_autoptr (GError) error = NULL;
    gboolean is_fit = check_with_finding (kind, &error);

    if (firmware_finding_get_severity (finding) != FIRMWARE_SEVERITY_ERROR) {
      g_assert_no_error (error);
      g_assert_true (is_fit);
      continue;
    }

    g_assert_error (error, DFU_ERROR, DFU_ERROR_UNFIT_IMAGE);
    g_assert_false (is_fit);
    g_assert_nonnull (strstr (error->message, "b.bin"));
  }
}

/* Raw bytes name no device, so none is given them. */
static void
test_no_suffix (void)
{
  g_autoptr (UsbDevice) device = new_device (VERSION_OFFSET, 0x10);
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);
  g_autoptr (FirmwareImage) image = firmware_raw_read (payload, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (dfu_check_compatibility (device, image, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE);
  g_assert_cmpstr (error->message, ==, "The image does not say which device it is for");
}

#define CHIP_ID_S2 2
#define CHIP_ID_S3 9

static GBytes *
new_app (guint16 chip_id)
{
  return test_image_new_app (chip_id, 5000, "blink", "1.0.3", "v5.2.1");
}

static GBytes *
new_for_nano (GBytes *payload)
{
  return firmware_dfu_suffix_append (payload, 0x2341, 0x0070);
}

/* A program on an ESP32-S3 that takes its successor, and nothing else. */
static void
test_application (void)
{
  g_autoptr (UsbDevice) nano = new_plain_device (0x2341, 0x0070);
  g_autoptr (GBytes) app = new_app (CHIP_ID_S3);
  g_autoptr (GBytes) other_app = new_app (CHIP_ID_S2);
  g_autoptr (GBytes) pattern = test_image_new_pattern (1000, 1);
  const struct {
    GBytes *file; /* (transfer full) */
    int answer;
  } cases[] = {
    { g_bytes_ref (app), FITS },
    { new_for_nano (app), FITS },
    { g_bytes_ref (other_app), DFU_ERROR_WRONG_DEVICE },
    { new_for_nano (other_app), DFU_ERROR_WRONG_DEVICE },
    { new_for_nano (pattern), DFU_ERROR_WRONG_DEVICE },
    { firmware_dfu_suffix_append (app, 0x0483, 0xdf11), DFU_ERROR_WRONG_DEVICE },
    { test_image_new_for_product (0x0009, 5000), DFU_ERROR_NOT_ALONE },
    { test_image_new_for_product (0x0002, 5000), DFU_ERROR_WRONG_DEVICE },
    { test_image_new_bootloader (CHIP_ID_S3, 0x2000), DFU_ERROR_NOT_ALONE },
    { test_image_sign (app, 1), FITS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) file = cases[i].file;
    g_autoptr (GError) error = NULL;
    g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);

    g_test_message ("%" G_GSIZE_FORMAT, i);
    g_assert_no_error (error);
    assert_answer (nano, image, cases[i].answer);
  }
}

/* The ROM of the same chip takes all of it, with the same words as before. */
static void
test_application_of_others (void)
{
  g_autoptr (UsbDevice) rom = new_rom ();
  g_autoptr (GBytes) app = new_app (CHIP_ID_S2);
  g_autoptr (GBytes) for_nano = new_for_nano (app);
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (app, NULL);
  g_autoptr (FirmwareImage) other = firmware_image_new_from_bytes (for_nano, NULL);

  assert_answer (rom, image, FITS);
  assert_answer (rom, other, DFU_ERROR_WRONG_DEVICE);
}

#define MODE_OFFSET 16
#define DFUSE 0x1a
#define PLAIN 0x10

static UsbDevice *
new_in_mode (guint16 product, DfuMode mode, guint8 version)
{
  g_auto (UsbIdentity) identity = { 0 };
  g_autofree guint8 *bytes = g_memdup2 (configuration, sizeof configuration);

  bytes[MODE_OFFSET] = (guint8) mode;
  bytes[VERSION_OFFSET] = version;
  identity.port_path = g_strdup ("1-10");
  identity.vendor_id = 0x0483;
  identity.product_id = product;
  identity.descriptors = g_bytes_new (bytes, sizeof configuration);

  return usb_device_new (&identity);
}

/* An image may name the ids that the device had before; that it speaks another dialect now shows
 * only then. */
static void
test_other_dialect_in_dfu_mode (void)
{
  static const struct {
    guint8 before;
    guint8 after;
    gboolean has_addresses;
    int answer;
  } cases[] = {
    { PLAIN, PLAIN, FALSE, FITS },
    { DFUSE, DFUSE, TRUE, FITS },
    { PLAIN, DFUSE, TRUE, FITS },
    { PLAIN, PLAIN, TRUE, DFU_ERROR_ADDRESSED_IMAGE },
    { PLAIN, DFUSE, FALSE, DFU_ERROR_NO_ADDRESS },
    { DFUSE, PLAIN, TRUE, DFU_ERROR_ADDRESSED_IMAGE },
  };
  const FirmwareDfuSuffix suffix = { .vendor = 0x0483, .product = 0x5740 };
  g_autoptr (GBytes) payload = test_image_new_pattern (1000, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FirmwareImage) image =
      firmware_image_new (&firmware_format_dfu, cases[i].has_addresses ? NULL : payload, &suffix);
    g_autoptr (UsbDevice) before = new_in_mode (0x5740, DFU_MODE_RUNTIME, cases[i].before);
    g_autoptr (UsbDevice) after = new_in_mode (0xdf11, DFU_MODE_DFU, cases[i].after);
    g_autoptr (GError) error = NULL;

    assert_answer (before, image, FITS);
    g_assert_cmpint (dfu_check_reconfigured (before, after, image, &error), ==,
                     cases[i].answer == FITS);
    if (cases[i].answer != FITS)
      g_assert_error (error, DFU_ERROR, cases[i].answer);
  }
}

/* Nothing that could be for anybody sends a program away. */
static void
test_addresses_in_run_time_mode (void)
{
  static const struct {
    guint16 vendor; /* 0: the image names nobody */
    guint16 product;
    DfuMode mode;
    int answer;
  } cases[] = {
    { 0x0483, 0x5740, DFU_MODE_RUNTIME, FITS },
    { 0x0483, 0xdf11, DFU_MODE_RUNTIME, FITS },
    { 0x0483, 0xffff, DFU_MODE_RUNTIME, FITS },
    { 0xffff, 0xffff, DFU_MODE_RUNTIME, DFU_ERROR_ADDRESSED_IMAGE },
    { 0, 0, DFU_MODE_RUNTIME, DFU_ERROR_ADDRESSED_IMAGE },
    { 0x1209, 0x5740, DFU_MODE_RUNTIME, DFU_ERROR_WRONG_DEVICE },
    { 0x0483, 0x5740, DFU_MODE_DFU, DFU_ERROR_ADDRESSED_IMAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const FirmwareDfuSuffix suffix = { .vendor = cases[i].vendor, .product = cases[i].product };
    g_autoptr (FirmwareImage) image =
      firmware_image_new (&firmware_format_dfu, NULL, cases[i].vendor != 0 ? &suffix : NULL);
    g_autoptr (UsbDevice) device = new_in_mode (0x5740, cases[i].mode, PLAIN);

    g_test_message ("%" G_GSIZE_FORMAT, i);
    assert_answer (device, image, cases[i].answer);
  }
}

/* What has no ids matches any, but not every chip. */
static void
test_other_chip_in_dfu_mode (void)
{
  g_autoptr (UsbDevice) before = new_in_mode (0x5740, DFU_MODE_RUNTIME, DFUSE);
  g_autoptr (UsbDevice) after = new_in_mode (0xdf11, DFU_MODE_DFU, DFUSE);
  g_autoptr (GBytes) data = test_image_new_pattern (1000, 1);
  g_autoptr (GBytes) file = test_uf2_new (TEST_UF2_RP2040, 0x08000000, data, 256);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (file, &error);

  g_assert_no_error (error);
  assert_answer (before, image, FITS);
  g_assert_false (dfu_check_reconfigured (before, after, image, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/dfu/compatibility/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  g_test_add_func ("/dfu/compatibility/findings", test_findings);
  g_test_add_func ("/dfu/compatibility/foreign", test_foreign);
  g_test_add_func ("/dfu/compatibility/esp-for-dfuse", test_esp_for_dfuse);
  g_test_add_func ("/dfu/compatibility/families", test_families);
  g_test_add_func ("/dfu/compatibility/families-for-dfuse", test_families_for_dfuse);
  g_test_add_func ("/dfu/compatibility/no-suffix", test_no_suffix);
  g_test_add_func ("/dfu/compatibility/application", test_application);
  g_test_add_func ("/dfu/compatibility/application-of-others", test_application_of_others);

  g_test_add_func ("/dfu/compatibility/other-dialect-in-dfu-mode", test_other_dialect_in_dfu_mode);
  g_test_add_func ("/dfu/compatibility/addresses-in-run-time-mode",
                   test_addresses_in_run_time_mode);
  g_test_add_func ("/dfu/compatibility/other-chip-in-dfu-mode", test_other_chip_in_dfu_mode);

  return g_test_run ();
}
