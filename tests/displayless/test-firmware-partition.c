/* test-firmware-partition.c: one entry of an ESP partition table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-partition.h"

static void
test_kind (void)
{
  static const struct {
    guint8 type;
    guint8 subtype;
    const char *kind;
  } cases[] = {
    { 0x00, 0x00, "app, factory" },
    { 0x00, 0x10, "app, ota_0" },
    { 0x00, 0x1f, "app, ota_15" },
    { 0x00, 0x20, "app, test" },
    { 0x01, 0x02, "data, nvs" },
    { 0x01, 0x82, "data, spiffs" },
    { 0x01, 0x7f, "data, 0x7f" },
    { 0x02, 0x00, "bootloader, primary" },
    { 0x03, 0x01, "partition_table, ota" },
    { 0x40, 0x05, "0x40, 0x05" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (FirmwarePartition) partition =
      firmware_partition_new ("x", cases[i].type, cases[i].subtype, 0x9000, 0x6000, 0);

    g_assert_cmpstr (firmware_partition_get_kind (partition), ==, cases[i].kind);
  }
}

static void
test_fields (void)
{
  g_autoptr (FirmwarePartition) partition =
    firmware_partition_new ("nvs", 0x01, 0x02, 0x9000, 0x6000, 0x2);

  g_assert_cmpstr (firmware_partition_get_label (partition), ==, "nvs");
  g_assert_cmphex (firmware_partition_get_address (partition), ==, 0x9000);
  g_assert_cmphex (firmware_partition_get_size (partition), ==, 0x6000);
  g_assert_false (firmware_partition_is_encrypted (partition));
  g_assert_true (firmware_partition_is_read_only (partition));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/partition/kind", test_kind);
  g_test_add_func ("/firmware/partition/fields", test_fields);

  return g_test_run ();
}
