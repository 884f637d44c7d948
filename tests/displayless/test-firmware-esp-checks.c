/* test-firmware-esp-checks.c: what there is to tell of a firmware, and nothing else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-archive.h"
#include "firmware-esp-chip.h"

#include "test-archive.h"
#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define MIB (1024 * 1024)
#define APP_SIZE 20000

static const guint16 products[] = { 0x0002, 0x0009, 0x0012, 0x0020 };

static void
assert_findings (FirmwareImage *image, const char *nicks)
{
  g_autofree char *found = test_dup_findings (image);

  g_assert_cmpstr (found, ==, nicks);
}

/* Some faults cannot be without another one. */
static const char *
list_nicks (const char *nick)
{
  if (g_str_equal (nick, "signature-damaged"))
    return "signed signature-damaged";
  if (g_str_equal (nick, "table-beyond-flash"))
    return "table-beyond-flash header-flash-size";

  return nick;
}

/* A finding for each fault, and no other. */
static void
test_one (gconstpointer user_data)
{
  const char *nick = user_data;
  const char *nicks = list_nicks (nick);

  for (gsize i = 0; i < G_N_ELEMENTS (products); i++) {
    for (gsize size = APP_SIZE; size < APP_SIZE + 16; size += 5) {
      g_autoptr (GBytes) file = test_image_new_with_finding (nick, products[i], size);
      g_autoptr (FirmwareImage) image = test_read_image (file);

      assert_findings (image, nicks);
    }
  }
}

static void
test_none (void)
{
  const gsize sizes[] = { TEST_IMAGE_APP_SIZE_MIN, 5000, 600000, TEST_IMAGE_APP_SIZE_MAX };

  for (gsize i = 0; i < G_N_ELEMENTS (products); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++) {
      g_autoptr (GBytes) file = test_image_new_for_product (products[i], sizes[j]);
      g_autoptr (FirmwareImage) image = test_read_image (file);
      g_autoptr (GBytes) parts =
        test_image_new_multi_part (products[i], MIN (sizes[j], TEST_IMAGE_MULTI_PART_APP_SIZE_MAX));
      g_autoptr (FirmwareImage) with_parts = test_read_image (parts);

      assert_findings (image, "");
      assert_findings (with_parts, "");
    }
  }
}

typedef struct {
  const char *nick;
  FirmwareFindingKind kind;
  const char *part;
  const char *found;
  const char *expected;
} Row;

static const Row rows[] = {
  { "other-chip", FIRMWARE_FINDING_OTHER_CHIP, "blink.bin", "ESP32-S3", "ESP32-S2" },
  { "image-cut", FIRMWARE_FINDING_IMAGE_CUT, "blink.bin", "19952", "20000" },
  { "table-damaged", FIRMWARE_FINDING_TABLE_DAMAGED, "partition-table.bin", "wrong-md5 5", NULL },
  { "table-entry", FIRMWARE_FINDING_TABLE_ENTRY, "partition-table.bin", "label 0", NULL },
  { "bootloader-misplaced", FIRMWARE_FINDING_BOOTLOADER_MISPLACED, "bootloader.bin", "0x00002000",
    "0x00001000" },
  { "application-homeless", FIRMWARE_FINDING_APPLICATION_HOMELESS, "blink.bin", "0x00020000",
    "0x00010000" },
  { "application-too-large", FIRMWARE_FINDING_APPLICATION_TOO_LARGE, "blink.bin", "20000", "4096" },
  { "part-too-large", FIRMWARE_FINDING_PART_TOO_LARGE, "nvs.bin", "16640", "16384" },
  { "across-partitions", FIRMWARE_FINDING_ACROSS_PARTITIONS, "nvs.bin", "nvs, otadata", NULL },
  { "signature-damaged", FIRMWARE_FINDING_SIGNATURE_DAMAGED, "blink.bin", "checksum", NULL },
  { "unrecognised", FIRMWARE_FINDING_UNRECOGNISED, "bootloader.bin", "bootloader", NULL },
  { "table-beyond-flash", FIRMWARE_FINDING_TABLE_BEYOND_FLASH, "partition-table.bin", "storage",
    "4194304" },
  { "table-beyond-bootloader", FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER, "partition-table.bin",
    "factory", "2097152" },
  { "header-flash-size", FIRMWARE_FINDING_HEADER_FLASH_SIZE, "blink.bin", "8388608", "4194304" },
  { "alone", FIRMWARE_FINDING_ALONE, NULL, "bootloader", NULL },
  { "part-uncut", FIRMWARE_FINDING_PART_UNCUT, "blink.bin", "624288", "524288" },
  { "idf-versions", FIRMWARE_FINDING_IDF_VERSIONS, "bootloader.bin", "v5.2.1", "v5.1" },
};

static void
test_values (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (GBytes) file = test_image_new_with_finding (row->nick, 0x0002, APP_SIZE);
  g_autoptr (FirmwareImage) image = test_read_image (file);

  g_assert_true (test_has_finding (image, row->kind, row->part, row->found, row->expected));
}

/* @flash_size: what the archive says, or 0 for one that says nothing */
static FirmwareImage *
read_parts (guint32 flash_size, const FirmwareEspArchiveInput *parts, gsize n_parts)
{
  g_autoptr (TestArchive) archive = test_archive_new ();
  g_autoptr (GBytes) file = NULL;

  if (flash_size != 0)
    test_archive_add_parameters (archive, flash_size);
  for (gsize i = 0; i < n_parts; i++)
    test_archive_add (archive, parts[i].name, parts[i].address, parts[i].data);
  file = test_archive_finish (archive, 0x0002);

  return test_read_image (file);
}

static GBytes *
make_app (guint16 chip_id)
{
  return test_image_new_app (chip_id, APP_SIZE, "blink", "1.0.3", "v5.2.1");
}

/* The parts of a good firmware with one more, wherever it shall go. */
static FirmwareImage *
read_with (const char *name, guint32 address, GBytes *data)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = make_app (0x0002);
  const FirmwareEspArchiveInput parts[] = {
    { "bootloader.bin", 0x1000, bootloader },
    { "partition-table.bin", 0x8000, table },
    { "blink.bin", 0x10000, app },
    { name, address, data },
  };

  return read_parts (4 * MIB, parts, G_N_ELEMENTS (parts));
}

/* A table and one part. */
static FirmwareImage *
read_with_table (GBytes *table, const char *name, guint32 address, GBytes *data)
{
  const FirmwareEspArchiveInput parts[] = {
    { "partition-table.bin", 0x8000, table },
    { name, address, data },
  };

  return read_parts (4 * MIB, parts, G_N_ELEMENTS (parts));
}

/* An image for a second chip, or a spare one, is data of the firmware's own. */
static void
test_images_as_data (void)
{
  const guint16 chip_ids[] = { 0x0002, 0x0009, 0x0005, 0xfffe };

  for (gsize i = 0; i < G_N_ELEMENTS (chip_ids); i++) {
    g_autoptr (GBytes) other = test_image_new_app (chip_ids[i], 8000, "other", "2", "v4.4");
    g_autoptr (GBytes) damaged = test_image_flip (other, 500, 0x10);
    g_autoptr (FirmwareImage) image = read_with ("other.bin", 0x310000, damaged);
    FirmwareSegment *segment = test_get_segment (image, 3);

    assert_findings (image, "");
    g_assert_cmpint (firmware_segment_get_role (segment), ==, FIRMWARE_ROLE_DATA);
    g_assert_nonnull (firmware_segment_get_facts (segment));
    g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");
  }
}

/* But where the only application is, somebody has mistaken the address. */
static void
test_application_in_data (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = make_app (0x0002);
  g_autoptr (FirmwareImage) image = read_with_table (table, "blink.bin", 0x300000, app);

  assert_findings (image, "application-homeless alone");
}

static void
test_unknown_chip (void)
{
  g_autoptr (GBytes) app = make_app (0x1234);
  const FirmwareEspArchiveInput part = { "blink.bin", 0x10000, app };
  g_autoptr (FirmwareImage) image = read_parts (4 * MIB, &part, 1);

  assert_findings (image, "other-chip alone alone");
  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_OTHER_CHIP, "blink.bin", "0x1234", "ESP32-S2"));
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ALONE, NULL, "partition-table", NULL));
}

/* Bootloader and application say the same, and both are wrong: once is enough. */
static void
test_flash_sizes (void)
{
  const struct {
    const char *bootloader;
    const char *app;
    guint n_findings;
  } cases[] = { { "\x2f", "\x2f", 0 }, { "\x3f", "\x3f", 1 }, { "\x3f", "\x4f", 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x2000);
    g_autoptr (GBytes) app = make_app (0x0002);
    g_autoptr (GBytes) bootloader_part = test_image_patch (bootloader, 3, cases[i].bootloader, 1);
    g_autoptr (GBytes) app_part = test_image_patch (app, 3, cases[i].app, 1);
    const FirmwareEspArchiveInput parts[] = {
      { "bootloader.bin", 0x1000, bootloader_part },
      { "blink.bin", 0x10000, app_part },
    };
    g_autoptr (FirmwareImage) image = read_parts (4 * MIB, parts, G_N_ELEMENTS (parts));

    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_HEADER_FLASH_SIZE), ==,
                      cases[i].n_findings);
  }
}

/* An old archive does not say how large the flash is, but its bootloader does, and that one stops
 * at the first partition that reaches too far. */
static void
test_flash_size_of_bootloader (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x2000);
  g_autoptr (GBytes) smaller = test_image_patch (bootloader, 3, "\x1f", 1);
  g_autoptr (GBytes) small = test_image_reseal (smaller);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  const FirmwareEspArchiveInput parts[] = {
    { "bootloader.bin", 0x1000, small },
    { "partition-table.bin", 0x8000, table },
  };
  g_autoptr (FirmwareImage) image = read_parts (0, parts, G_N_ELEMENTS (parts));

  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER), ==, 1);
  g_assert_true (test_has_finding (image, FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER,
                                   "partition-table.bin", "factory", "2097152"));
}

/* A bootloader for another chip has its own place, which tells nothing. */
static void
test_other_bootloader (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0009, 0x1000);
  const FirmwareEspArchiveInput part = { "bootloader.bin", 0x0, bootloader };
  g_autoptr (FirmwareImage) image = read_parts (4 * MIB, &part, 1);

  assert_findings (image, "other-chip");
}

/* One that describes itself is none of the firmware's data, unless a partition is for it. */
static void
test_second_bootloader (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x1000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) other_table = test_image_patch_entry (table, 4, 2, "\x02", 1);
  g_autoptr (FirmwareImage) misplaced = read_with ("second.bin", 0x6000, bootloader);
  g_autoptr (FirmwareImage) listed =
    read_with_table (other_table, "second.bin", 0x310000, bootloader);

  assert_findings (misplaced, "bootloader-misplaced");
  g_assert_cmpint (firmware_segment_get_role (test_get_segment (listed, 1)), ==,
                   FIRMWARE_ROLE_BOOTLOADER);
  assert_findings (listed, "");
}

/* One that has only its name is believed where nothing else is in its place. */
static void
test_nameless_bootloader (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x1000);
  g_autoptr (GBytes) patched = test_image_patch (bootloader, 0x20, "\0", 1);
  g_autoptr (GBytes) old = test_image_reseal (patched);
  const FirmwareEspArchiveInput part = { "bootloader-old.bin", 0x6000, old };
  g_autoptr (FirmwareImage) alone = read_parts (4 * MIB, &part, 1);
  g_autoptr (FirmwareImage) second = read_with (part.name, part.address, part.data);

  assert_findings (alone, "bootloader-misplaced");
  assert_findings (second, "");
}

/* Nobody's bootloader "on the board must fit" when a part takes its place. */
static const struct {
  const char *path;
  guint32 address;
  gsize size; /* of bytes that are nothing, or 0 for an application */
  const char *nicks;
} covers[] = {
  { "/firmware/esp-checks/covers/place-of-bootloader", 0x1000, 5000, "unrecognised" },
  { "/firmware/esp-checks/covers/bootloader", 0x0, 0x2000, "overwrites" },
  { "/firmware/esp-checks/covers/end-before-bootloader", 0x0, 0x1000, "" },
  { "/firmware/esp-checks/covers/place-of-table", 0x8000, 3072, "unrecognised" },
  { "/firmware/esp-checks/covers/table", 0x7000, 0x1001, "overwrites" },
  { "/firmware/esp-checks/covers/both", 0x0, 0x9000, "overwrites overwrites" },
  { "/firmware/esp-checks/covers/application-at-bootloader", 0x1000, 0, "overwrites alone" },
  { "/firmware/esp-checks/covers/application-at-0", 0x0, 0, "overwrites alone" },
  { "/firmware/esp-checks/covers/application-at-table", 0x8000, 0, "alone overwrites" },
  { "/firmware/esp-checks/covers/neither", 0x10000, 5000, "" },
};

static void
test_covers (gconstpointer user_data)
{
  const guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr (GBytes) data =
    covers[i].size > 0 ? test_image_new_pattern (covers[i].size, 9) : make_app (0x0002);
  const FirmwareEspArchiveInput part = { "part.bin", covers[i].address, data };
  g_autoptr (FirmwareImage) image = read_parts (4 * MIB, &part, 1);

  assert_findings (image, covers[i].nicks);
}

/* What the firmware brings itself is not the board's, and what has no place in its own table is
 * told by that. */
static void
test_covers_own (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) long_bootloader = test_image_new_bootloader (0x0002, 0x9000);
  g_autoptr (GBytes) app = make_app (0x0002);
  g_autoptr (GBytes) pattern = test_image_new_pattern (5000, 9);
  const FirmwareEspArchiveInput parts[] = {
    { "bootloader.bin", 0x1000, long_bootloader },
    { "blink.bin", 0x10000, app },
  };
  g_autoptr (FirmwareImage) bootloader = read_parts (4 * MIB, parts, 1);
  g_autoptr (FirmwareImage) without_table = read_parts (4 * MIB, parts, 2);
  g_autoptr (FirmwareImage) homeless = read_with_table (table, "blink.bin", 0x1000, app);
  g_autoptr (FirmwareImage) data = read_with_table (table, "part.bin", 0x1000, pattern);

  assert_findings (bootloader, "");
  assert_findings (without_table, "alone");
  assert_findings (homeless, "application-homeless");
  assert_findings (data, "unrecognised");
}

/* An application of before there were descriptions says nothing of a version. */
static void
test_undescribed_application (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0002, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = make_app (0x0002);
  g_autoptr (GBytes) patched = test_image_patch (app, 0x20, "\0", 1);
  g_autoptr (GBytes) old = test_image_reseal (patched);
  const FirmwareEspArchiveInput parts[] = {
    { "bootloader.bin", 0x1000, bootloader },
    { "partition-table.bin", 0x8000, table },
    { "blink.bin", 0x10000, old },
  };
  g_autoptr (FirmwareImage) image = read_parts (4 * MIB, parts, G_N_ELEMENTS (parts));

  assert_findings (image, "");
}

/* What is wiped, and data in a data partition, is nothing to tell. */
static void
test_data (void)
{
  g_autoptr (GBytes) pattern = test_image_new_pattern (5000, 9);
  g_autoptr (GBytes) erased = test_image_new_erased (5000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (FirmwareImage) storage = read_with ("storage.bin", 0x300000, pattern);
  g_autoptr (FirmwareImage) wiped = read_with_table (table, "factory.bin", 0x10000, erased);
  g_autoptr (FirmwareImage) unknown = read_with_table (table, "factory.bin", 0x10000, pattern);

  assert_findings (storage, "");
  assert_findings (wiped, "");
  assert_findings (unknown, "unrecognised");
}

typedef struct {
  guint32 address;
  gsize size;
  const char *nicks;
  const char *touched;
} Room;

/* Of "nvs" from 0x9000, "otadata" from 0xd000, "phy_init" from 0xf000, "factory" from 0x10000 and
 * "storage" from 0x300000 to the end. */
static const Room rooms[] = {
  { 0x9000, 0x4000, "", NULL },
  { 0x9000, 0x4001, "part-too-large", NULL },
  { 0x9000, 0x7000, "part-too-large", NULL },
  { 0xa000, 0x3000, "", NULL },
  { 0xa000, 0x3001, "across-partitions", "nvs, otadata" },
  { 0xa000, 0x5000, "across-partitions", "nvs, otadata" },
  { 0xa000, 0x5001, "across-partitions", "nvs, otadata, phy_init" },
  { 0xe000, 0x1001, "across-partitions", "otadata, phy_init" },
  { 0x5000, 0x1000, "", NULL },
  { 0x3f0000, 0x10000, "", NULL },
};

static void
test_room (gconstpointer user_data)
{
  const Room *room = user_data;
  g_autoptr (GBytes) data = test_image_new_pattern (room->size, 9);
  g_autoptr (FirmwareImage) image = read_with ("data.bin", room->address, data);

  assert_findings (image, room->nicks);
  if (room->touched != NULL)
    g_assert_true (test_has_finding (image, FIRMWARE_FINDING_ACROSS_PARTITIONS, "data.bin",
                                     room->touched, NULL));
}

/* From where no partition is into the first one. */
static void
test_room_before_partitions (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) moved = test_image_patch_entry (table, 0, 4, "\0\xa0", 2);
  g_autoptr (GBytes) data = test_image_new_pattern (0x1001, 9);
  g_autoptr (FirmwareImage) image = read_with_table (moved, "data.bin", 0x9000, data);

  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_ACROSS_PARTITIONS, "data.bin", "nvs", NULL));
}

/* From behind one partition into the next. */
static void
test_room_between_partitions (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) moved = test_image_patch_entry (table, 1, 4, "\0\xe0\0\0\0\x10", 6);
  g_autoptr (GBytes) data = test_image_new_pattern (0x1001, 9);
  g_autoptr (FirmwareImage) image = read_with_table (moved, "data.bin", 0xd000, data);

  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_ACROSS_PARTITIONS, "data.bin", "otadata", NULL));
}

/* What follows an application goes over the border as well as anything. */
static void
test_room_behind_application (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = make_app (0x0002);
  g_autoptr (GByteArray) padded = g_byte_array_new ();
  g_autoptr (GBytes) data = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  g_byte_array_append (padded, g_bytes_get_data (app, NULL), APP_SIZE);
  g_byte_array_set_size (padded, 0x2f0001);
  memset (padded->data + APP_SIZE, 0xff, padded->len - APP_SIZE);
  data = g_byte_array_free_to_bytes (g_steal_pointer (&padded));
  image = read_with_table (table, "blink.bin", 0x10000, data);

  g_assert_true (
    test_has_finding (image, FIRMWARE_FINDING_PART_TOO_LARGE, "blink.bin", "3080193", "3080192"));
  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_APPLICATION_TOO_LARGE), ==, 0);
}

/* Signatures count for the size, padding does not. */
static void
test_signed_size (void)
{
  const struct {
    gsize app_size;
    gboolean is_signed;
    gboolean fits;
  } cases[] = {
    { 0x2f0000, FALSE, TRUE },
    { 0x2ef000, TRUE, TRUE },
    { 0x2ef010, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) table = test_image_new_partition_table ();
    g_autoptr (GBytes) app =
      test_image_new_app (0x0002, cases[i].app_size, "blink", "1.0.3", "v5.2.1");
    g_autoptr (GBytes) part = cases[i].is_signed ? test_image_sign (app, 3) : g_bytes_ref (app);
    g_autoptr (FirmwareImage) image = read_with_table (table, "blink.bin", 0x10000, part);

    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_APPLICATION_TOO_LARGE), ==,
                      !cases[i].fits);
    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_PART_TOO_LARGE), ==, 0);
    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_SIGNED), ==, cases[i].is_signed);
    g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_SIGNATURE_DAMAGED), ==, 0);
  }
}

/* Of a table that nobody takes, no place follows. */
static void
test_damaged_table (void)
{
  g_autoptr (GBytes) good = test_image_new_partition_table ();
  g_autoptr (GBytes) table = test_image_flip (good, 3 * 32 + 6, 0x02);
  g_autoptr (GBytes) app = make_app (0x0002);
  g_autoptr (GBytes) pattern = test_image_new_pattern (5000, 9);
  g_autoptr (GBytes) bad_md5 = test_image_flip (good, 5 * 32 + 20, 0x10);
  g_autoptr (FirmwareImage) image = read_with_table (table, "blink.bin", 0x10000, app);
  g_autoptr (FirmwareImage) unknown = read_with_table (bad_md5, "factory.bin", 0x10000, pattern);
  g_autoptr (FirmwareImage) across = read_with_table (bad_md5, "data.bin", 0xf000, pattern);

  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_TABLE_DAMAGED), ==, 1);
  g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_APPLICATION_HOMELESS), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_partitions (image)), ==, 5);
  assert_findings (unknown, "table-damaged");
  assert_findings (across, "table-damaged");
}

static void
test_real_files (void)
{
  const char *data = g_getenv ("BOOTLACE_TEST_DATA");
  const char *const names[] = { "blink.dfu.bin", "blink-build" };

  if (data == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (data, names[i], NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GError) error = NULL;
    g_autoptr (FirmwareImage) image = firmware_image_load (file, NULL, &error);

    g_assert_no_error (error);
    assert_findings (image, "idf-versions");
    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_partitions (image)), ==, 3);
  }
}

static const struct {
  const char *path;
  void (*run) (void);
} tests[] = {
  { "/firmware/esp-checks/none", test_none },
  { "/firmware/esp-checks/images-as-data", test_images_as_data },
  { "/firmware/esp-checks/application-in-data", test_application_in_data },
  { "/firmware/esp-checks/unknown-chip", test_unknown_chip },
  { "/firmware/esp-checks/flash-sizes", test_flash_sizes },
  { "/firmware/esp-checks/flash-size-of-bootloader", test_flash_size_of_bootloader },
  { "/firmware/esp-checks/other-bootloader", test_other_bootloader },
  { "/firmware/esp-checks/second-bootloader", test_second_bootloader },
  { "/firmware/esp-checks/nameless-bootloader", test_nameless_bootloader },
  { "/firmware/esp-checks/covers-own", test_covers_own },
  { "/firmware/esp-checks/undescribed-application", test_undescribed_application },
  { "/firmware/esp-checks/data", test_data },
  { "/firmware/esp-checks/room-before-partitions", test_room_before_partitions },
  { "/firmware/esp-checks/room/between-partitions", test_room_between_partitions },
  { "/firmware/esp-checks/room-behind-application", test_room_behind_application },
  { "/firmware/esp-checks/signed-size", test_signed_size },
  { "/firmware/esp-checks/damaged-table", test_damaged_table },
  { "/firmware/esp-checks/real-files", test_real_files },
};

int
main (int argc, char *argv[])
{
  const char *const *nicks = test_image_list_findings ();

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; nicks[i] != NULL; i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-checks/one/", nicks[i], NULL);

    g_test_add_data_func (path, nicks[i], test_one);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-checks/values/", rows[i].nick, NULL);

    g_test_add_data_func (path, &rows[i], test_values);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_autofree char *path =
      g_strdup_printf ("/firmware/esp-checks/room/0x%x+0x%zx", rooms[i].address, rooms[i].size);

    g_test_add_data_func (path, &rooms[i], test_room);
  }
  for (guint i = 0; i < G_N_ELEMENTS (covers); i++)
    g_test_add_data_func (covers[i].path, GUINT_TO_POINTER (i), test_covers);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].run);

  return g_test_run ();
}
