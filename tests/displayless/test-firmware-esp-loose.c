/* test-firmware-esp-loose.c: files of a firmware that do not say where they belong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build.h"
#include "firmware-format.h"

#include "test-build.h"
#include "test-check.h"
#include "test-image.h"

#define CHIP_S2 0x0002
#define CHIP_C3 0x0005
#define CHIP_S3 0x0009
#define CHIP_P4 0x0012

static void
write_parts (TestBuild *self)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S2, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) erased = test_image_new_erased (0x2000);
  g_autoptr (GBytes) storage = test_image_new_pattern (0x2345, 5);

  /* Names that promise nothing, or something else. */
  test_build_write (self, "bootloader.bin", bootloader);
  test_build_write (self, "partition-table.bin", table);
  test_build_write (self, "blink.bin", app);
  test_build_write (self, "app.dat", bootloader);
  test_build_write (self, "initial.bin", erased);
  test_build_write (self, "Storage.img", storage);
}

static FirmwareImage *
load (TestBuild *self, const char *const *names)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  FirmwareImage *image = NULL;

  for (; *names != NULL; names++)
    g_ptr_array_add (files, g_file_resolve_relative_path (self->folder, *names));

  image = firmware_image_load_files (files, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (firmware_image_get_format (image) == &firmware_format_esp_archive);
  g_assert_true (firmware_image_get_origin (image) == &firmware_format_esp_binary);

  return image;
}

static void
assert_segment (FirmwareImage *image, guint number, const char *name, guint64 address)
{
  FirmwareSegment *segment = test_get_segment (image, number);

  g_assert_cmpstr (firmware_segment_get_name (segment), ==, name);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
}

/* Whatever the order, the archive is the one that the tool makes of files with addresses. */
static void
test_three (TestBuild *self, gconstpointer data)
{
  const char *const orders[][4] = {
    { "bootloader.bin", "partition-table.bin", "blink.bin", NULL },
    { "blink.bin", "bootloader.bin", "partition-table.bin", NULL },
  };
  g_autoptr (GBytes) expected_file = test_image_new (8000);
  g_autoptr (FirmwareImage) expected = test_read_image (expected_file);

  write_parts (self);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (FirmwareImage) image = load (self, orders[i]);

    g_assert_true (
      g_bytes_equal (firmware_image_get_payload (image), firmware_image_get_payload (expected)));
    g_assert_false (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
    g_assert_true (test_has_finding (image, FIRMWARE_FINDING_PLACE_PROPOSED, "partition-table.bin",
                                     "0x00008000", NULL));
    g_assert_false (
      test_has_finding (image, FIRMWARE_FINDING_PLACE_PROPOSED, "blink.bin", "0x00010000", NULL));
  }
}

/* What is in them counts, but for files that only their partition's name tells. */
static void
test_names (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "Storage.img", "initial.bin", "partition-table.bin", "app.dat",
                                NULL };
  g_autoptr (FirmwareImage) image = NULL;

  write_parts (self);
  image = load (self, names);

  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 4);
  assert_segment (image, 0, "app.dat", 0x1000);
  assert_segment (image, 1, "partition-table.bin", 0x8000);
  assert_segment (image, 2, "initial.bin", 0xd000);
  assert_segment (image, 3, "Storage.img", TEST_IMAGE_STORAGE_ADDRESS);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "application", NULL));
}

static void
test_without_table (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "blink.bin", "bootloader.bin", NULL };
  g_autoptr (FirmwareImage) image = NULL;

  write_parts (self);
  image = load (self, names);

  assert_segment (image, 1, "blink.bin", 0x10000);
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_PLACE_PROPOSED, "blink.bin", "0x00010000", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "partition-table", NULL));
}

/* Its own name, and the flash size of its own header. */
static void
test_application (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "blink.bin", NULL };
  g_autoptr (FirmwareImage) image = NULL;

  write_parts (self);
  image = load (self, names);

  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, TEST_IMAGE_FLASH_SIZE);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);
  assert_segment (image, 0, "blink.bin", 0x10000);
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_PLACE_PROPOSED, "blink.bin", "0x00010000", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "bootloader", NULL));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "partition-table", NULL));
}

static void
test_bootloader (gconstpointer data)
{
  const guint16 chip_id = (guint16) GPOINTER_TO_UINT (data);
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (chip_id);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (chip_id, 0x2000);
  g_autoptr (FirmwareImage) image = test_read_image (bootloader);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, chip->name);
  assert_segment (image, 0, "bootloader.bin", chip->bootloader_address);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "application", NULL));
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING));
}

/* Without a factory application, the first for updates is the one that starts. */
static void
test_update_partitions (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "partition-table.bin", "blink.bin", NULL };
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) first = test_image_patch_entry (table, 3, 2, "\0\x10", 2);
  g_autoptr (GBytes) both = test_image_patch_entry (first, 4, 2, "\0\x11", 2);
  g_autoptr (FirmwareImage) image = NULL;

  write_parts (self);
  test_build_write (self, "partition-table.bin", both);
  image = load (self, names);

  assert_segment (image, 1, "blink.bin", TEST_IMAGE_APP_ADDRESS);
}

/* The bootloader says which chip it is for, unless that one takes nothing over DFU. */
static void
test_two_chips (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "bootloader.bin", "partition-table.bin", "s3.bin", NULL };
  const char *const without_loader[] = { "c3.bin", "partition-table.bin", "s3.bin", NULL };
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S3, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_C3, 0x2000);
  g_autoptr (FirmwareImage) image = NULL;
  g_autoptr (FirmwareImage) other = NULL;

  write_parts (self);
  test_build_write (self, "s3.bin", app);
  test_build_write (self, "c3.bin", bootloader);

  image = load (self, names);
  g_assert_cmpstr (firmware_image_get_chip (image), ==, "ESP32-S2");
  assert_segment (image, 2, "s3.bin", TEST_IMAGE_APP_ADDRESS);
  g_assert_true (firmware_image_has_finding (image, FIRMWARE_SEVERITY_ERROR));
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "s3.bin", "ESP32-S3", "ESP32-S2"));

  other = load (self, without_loader);
  g_assert_cmpstr (firmware_image_get_chip (other), ==, "ESP32-S3");
  assert_segment (other, 0, "c3.bin", 0);
  g_assert_true (
    test_has_finding (other, FIRMWARE_FINDING_OTHER_CHIP, "c3.bin", "ESP32-C3", "ESP32-S3"));
}

/* It is shown where it would go, and what that means. */
static void
test_large_data (TestBuild *self, gconstpointer data)
{
  const char *const names[] = { "blink.bin", "partition-table.bin", "nvs.bin", NULL };
  g_autoptr (GBytes) settings = test_image_new_pattern (0x4001, 5);
  g_autoptr (FirmwareImage) image = NULL;

  write_parts (self);
  test_build_write (self, "nvs.bin", settings);
  image = load (self, names);

  assert_segment (image, 1, "nvs.bin", 0x9000);
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_PART_TOO_LARGE, "nvs.bin", "16385", "16384"));
}

typedef struct {
  const char *name;
  gsize bootloader_size;
  const char *first; /* where the first partition begins, in the bytes of its entry */
  guint32 address;
} TablePlace;

/* The usual place is 0x8000; the bootloader begins at 0x1000. */
static const TablePlace table_places[] = {
  { "usual", 0x7000, "\0\x90\0", 0x8000 },
  { "free", 0x7000, "\0\xb0\0", 0x8000 },
  { "large-bootloader", 0x8000, "\0\xb0\0", 0xa000 },
  { "larger-bootloader", 0x9000, "\0\xb0\0", 0xa000 },
  { "partition-there", 0x2000, "\0\x80\0", 0x7000 },
  { "no-sector", 0x8000, "\0\xb8\0", 0x8000 },
};

static void
test_table_place (TestBuild *self, gconstpointer data)
{
  const TablePlace *row = data;
  const char *const names[] = { "large.bin", "table.bin", "blink.bin", NULL };
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, row->bootloader_size);
  g_autoptr (GBytes) usual = test_image_new_partition_table ();
  g_autoptr (GBytes) table = test_image_patch_entry (usual, 0, 4, row->first, 3);
  g_autofree char *address = g_strdup_printf ("0x%08x", row->address);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (FirmwareFinding) finding = NULL;
  g_autoptr (GError) error = NULL;

  write_parts (self);
  test_build_write (self, "large.bin", bootloader);
  test_build_write (self, "table.bin", table);
  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files, g_file_get_child (self->folder, names[i]));

  build = firmware_esp_build_open_files (files, NULL, NULL, &error);
  g_assert_no_error (error);
  finding = g_list_model_get_item (firmware_esp_build_get_findings (build), 0);
  g_assert_cmpint (firmware_finding_get_kind (finding), ==,
                   row->address == 0x8000 ? FIRMWARE_FINDING_PLACE_PROPOSED
                                          : FIRMWARE_FINDING_TABLE_MOVED);
  g_assert_cmpstr (firmware_finding_get_part (finding), ==, "table.bin");
  g_assert_cmpstr (firmware_finding_get_found (finding), ==, address);
  g_assert_cmpstr (firmware_finding_get_expected (finding), ==,
                   row->address == 0x8000 ? NULL : "0x00008000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/firmware/esp-loose/three", TestBuild, NULL, test_build_set_up, test_three,
              test_build_tear_down);
  g_test_add ("/firmware/esp-loose/names", TestBuild, NULL, test_build_set_up, test_names,
              test_build_tear_down);
  g_test_add ("/firmware/esp-loose/without-table", TestBuild, NULL, test_build_set_up,
              test_without_table, test_build_tear_down);
  g_test_add ("/firmware/esp-loose/application", TestBuild, NULL, test_build_set_up,
              test_application, test_build_tear_down);
  g_test_add ("/firmware/esp-loose/update-partitions", TestBuild, NULL, test_build_set_up,
              test_update_partitions, test_build_tear_down);
  g_test_add ("/firmware/esp-loose/two-chips", TestBuild, NULL, test_build_set_up, test_two_chips,
              test_build_tear_down);
  g_test_add ("/firmware/esp-loose/large-data", TestBuild, NULL, test_build_set_up, test_large_data,
              test_build_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (table_places); i++) {
    g_autofree char *path =
      g_strconcat ("/firmware/esp-loose/table-place/", table_places[i].name, NULL);

    g_test_add (path, TestBuild, &table_places[i], test_build_set_up, test_table_place,
                test_build_tear_down);
  }
  g_test_add_data_func ("/firmware/esp-loose/bootloader/s2", GUINT_TO_POINTER (CHIP_S2),
                        test_bootloader);
  g_test_add_data_func ("/firmware/esp-loose/bootloader/s3", GUINT_TO_POINTER (CHIP_S3),
                        test_bootloader);
  g_test_add_data_func ("/firmware/esp-loose/bootloader/p4", GUINT_TO_POINTER (CHIP_P4),
                        test_bootloader);

  return g_test_run ();
}
