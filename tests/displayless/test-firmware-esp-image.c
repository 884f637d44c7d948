/* test-firmware-esp-image.c: parts of the flash are recognised by content first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-image.h"
#include "firmware-esp-role.h"

#include "test-image.h"

#include <string.h>

#define CHIP_ID 0x0002
#define OTA_DATA_SIZE 0x2000

static GBytes *
make_app (void)
{
  return test_image_new_app (CHIP_ID, 4096, "blink", "1.0.3", "v5.2.1");
}

static GBytes *
make_bootloader (void)
{
  return test_image_new_bootloader (CHIP_ID, 4096);
}

/* Older bootloaders and applications have no description. */
static GBytes *
make_undescribed (void)
{
  g_autoptr (GBytes) image = make_bootloader ();

  return test_image_flip (image, 0x20, 0xff);
}

static GBytes *
make_table (void)
{
  return test_image_new_partition_table ();
}

static GBytes *
make_erased (void)
{
  return test_image_new_erased (OTA_DATA_SIZE);
}

static GBytes *
make_pattern (void)
{
  return test_image_new_pattern (4096, 4);
}

/* The first record selects the first slot; the value of the CRC is ESP-IDF's own. */
static GBytes *
make_ota_data (void)
{
  guint8 *data = g_malloc (OTA_DATA_SIZE);

  memset (data, 0xff, OTA_DATA_SIZE);
  memcpy (data, "\x01\x00\x00\x00", 4);
  memcpy (data + 28, "\x9a\x98\x43\x47", 4);

  return g_bytes_new_take (data, OTA_DATA_SIZE);
}

static GBytes *
make_bad_ota_data (void)
{
  g_autoptr (GBytes) data = make_ota_data ();

  return test_image_flip (data, 28, 0x01);
}

static GBytes *
make_short_ota_data (void)
{
  g_autoptr (GBytes) data = make_ota_data ();

  return g_bytes_new_from_bytes (data, 0, OTA_DATA_SIZE / 2);
}

typedef struct {
  const char *name; /* of the case */
  GBytes *(*make) (void);
  const char *part_name;
  guint64 address;
  FirmwareRole role;
} Case;

static const Case cases[] = {
  { "application", make_app, "x.bin", 0x10000, FIRMWARE_ROLE_APPLICATION },
  { "application-at-bootloader", make_app, "bootloader.bin", 0x1000, FIRMWARE_ROLE_APPLICATION },
  { "bootloader", make_bootloader, "x.bin", 0x1000, FIRMWARE_ROLE_BOOTLOADER },
  { "bootloader-elsewhere", make_bootloader, "x.bin", 0x20000, FIRMWARE_ROLE_BOOTLOADER },
  { "old-bootloader", make_undescribed, "x.bin", 0x1000, FIRMWARE_ROLE_BOOTLOADER },
  { "old-bootloader-by-name", make_undescribed, "bootloader-2.bin", 0x20000,
    FIRMWARE_ROLE_BOOTLOADER },
  { "image-without-description", make_undescribed, "x.bin", 0x10000, FIRMWARE_ROLE_APPLICATION },
  { "partition-table", make_table, "x.bin", 0x8000, FIRMWARE_ROLE_PARTITION_TABLE },
  { "partition-table-named-bootloader", make_table, "bootloader.bin", 0x8000,
    FIRMWARE_ROLE_PARTITION_TABLE },
  { "ota-data", make_ota_data, "x.bin", 0xd000, FIRMWARE_ROLE_OTA_DATA },
  { "ota-data-wrong-crc", make_bad_ota_data, "x.bin", 0xd000, FIRMWARE_ROLE_DATA },
  { "ota-data-wrong-size", make_short_ota_data, "x.bin", 0xd000, FIRMWARE_ROLE_DATA },
  { "erased", make_erased, "x.bin", 0xd000, FIRMWARE_ROLE_DATA },
  { "erased-ota-data", make_erased, "ota_data_initial.bin", 0xd000, FIRMWARE_ROLE_OTA_DATA },
  { "data", make_pattern, "x.bin", 0x300000, FIRMWARE_ROLE_DATA },
  { "data-at-bootloader", make_pattern, "x.bin", 0x1000, FIRMWARE_ROLE_DATA },
  { "encrypted-bootloader", make_pattern, "bootloader.bin", 0x1000, FIRMWARE_ROLE_BOOTLOADER },
  { "encrypted-partition-table", make_pattern, "partition-table.bin", 0x8000,
    FIRMWARE_ROLE_PARTITION_TABLE },
};

static void
test_role (gconstpointer user_data)
{
  const Case *row = user_data;
  g_autoptr (GBytes) data = row->make ();
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (CHIP_ID);

  g_assert_cmpint (firmware_esp_role_find (row->part_name, row->address, data, chip), ==,
                   row->role);
}

/* No size is too small to ask. */
static void
test_truncations (void)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (CHIP_ID);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) data = cases[i].make ();

    for (gsize size = 0; size < 400; size++) {
      g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (data, NULL), size);
      FirmwareRole role = firmware_esp_role_find ("x.bin", 0x10000, cut, chip);

      if (size == 0)
        g_assert_cmpint (role, ==, FIRMWARE_ROLE_DATA);
    }
  }
}

static void
test_header (void)
{
  const struct {
    gsize offset;
    guint8 value;
    gboolean is_image;
  } rows[] = {
    { 0, 0xe9, TRUE }, { 0, 0xea, FALSE }, { 1, 0, FALSE },    { 1, 1, TRUE },
    { 1, 16, TRUE },   { 1, 17, FALSE },   { 2, 5, TRUE },     { 2, 6, FALSE },
    { 23, 1, TRUE },   { 23, 2, FALSE },   { 12, 0xff, TRUE },
  };
  g_autoptr (GBytes) app = make_app ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (app, NULL), 24);
    FirmwareEspImage header;

    data[rows[i].offset] = rows[i].value;
    g_test_message ("0x%02x at %" G_GSIZE_FORMAT, rows[i].value, rows[i].offset);
    g_assert_cmpint (firmware_esp_image_parse (&header, data, 24), ==, rows[i].is_image);
    g_assert_false (firmware_esp_image_parse (&header, data, 23));
  }
}

static void
test_header_fields (void)
{
  g_autoptr (GBytes) app = test_image_new_app (0x0009, 4096, "blink", "1.0.3", "v5.2.1");
  FirmwareEspImage header;

  g_assert_true (firmware_esp_image_parse (&header, g_bytes_get_data (app, NULL), 4096));
  g_assert_cmpuint (header.n_segments, ==, 1);
  g_assert_cmphex (header.chip_id, ==, 0x0009);
}

static void
test_revisions (void)
{
  const struct {
    const char *bytes; /* the oldest one and the newest one */
    guint16 min;
    guint16 max;
  } rows[] = {
    { "\x00\x00\xc7\x00", 0, 199 },
    { "\x66\x00\x2c\x01", 102, 300 },
    { "\x00\x00\x00\x00", 0, 0 },
    { "\x66\x00\xff\xff", 102, 0 }, /* of which there is none */
  };
  g_autoptr (GBytes) app = make_app ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (app, NULL), 24);
    FirmwareEspImage header;

    memcpy (data + 15, rows[i].bytes, 4);
    g_assert_true (firmware_esp_image_parse (&header, data, 24));
    g_assert_cmpuint (header.min_revision, ==, rows[i].min);
    g_assert_cmpuint (header.max_revision, ==, rows[i].max);
  }
}

static void
test_chips (void)
{
  const struct {
    guint16 product;
    const char *name;
    guint32 bootloader_address;
  } rows[] = {
    { 0x0002, "ESP32-S2", 0x1000 },
    { 0x0009, "ESP32-S3", 0x0 },
    { 0x0012, "ESP32-P4", 0x2000 },
    { 0x0020, "ESP32-S31", 0x2000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const FirmwareEspChip *chip = firmware_esp_chip_find_by_product (rows[i].product);

    g_assert_nonnull (chip);
    g_assert_cmpstr (chip->name, ==, rows[i].name);
    g_assert_cmphex (chip->bootloader_address, ==, rows[i].bootloader_address);
    g_assert_cmpstr (firmware_esp_chip_name (rows[i].product), ==, rows[i].name);
  }

  /* Neither the chips without a loader nor Espressif's other devices. */
  g_assert_null (firmware_esp_chip_name (0x0000));
  g_assert_null (firmware_esp_chip_name (0x0005));
  g_assert_null (firmware_esp_chip_name (0x1001));
  g_assert_null (firmware_esp_chip_name (0xffff));

  g_assert_cmpstr (firmware_esp_chip_find_by_id (0x0000)->name, ==, "ESP32");
  g_assert_cmpstr (firmware_esp_chip_find_by_id (0x0005)->name, ==, "ESP32-C3");
  g_assert_null (firmware_esp_chip_find_by_id (0xffff));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-image/role/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_role);
  }
  g_test_add_func ("/firmware/esp-image/truncations", test_truncations);
  g_test_add_func ("/firmware/esp-image/header", test_header);
  g_test_add_func ("/firmware/esp-image/header-fields", test_header_fields);
  g_test_add_func ("/firmware/esp-image/revisions", test_revisions);
  g_test_add_func ("/firmware/esp-image/chips", test_chips);

  return g_test_run ();
}
