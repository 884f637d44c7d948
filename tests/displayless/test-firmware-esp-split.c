/* test-firmware-esp-split.c: the flash of an ESP chip, taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-flash.h"
#include "test-image.h"

#define CHIP_S2 0x0002
#define CHIP_S3 0x0009
#define CHIP_P4 0x0012
#define CHIP_S31 0x0020

static FirmwareImage *
read_runs (const FirmwareRun *runs, gsize n_runs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareEspBuild) build = firmware_esp_split (runs, n_runs, NULL, &error);
  FirmwareImage *image = NULL;

  g_assert_no_error (error);
  image = firmware_esp_build_read (build, &firmware_format_esp_build, NULL, &error);
  g_assert_no_error (error);

  return image;
}

static FirmwareImage *
read_flash (TestFlash *flash)
{
  g_autoptr (GBytes) data = test_flash_get_all (flash);
  const FirmwareRun run = { .address = 0, .data = data };

  return read_runs (&run, 1);
}

static void
assert_segment (FirmwareImage *image,
                guint number,
                const char *name,
                FirmwareRole role,
                guint64 address,
                guint64 size)
{
  FirmwareSegment *segment = test_get_segment (image, number);

  g_assert_cmpstr (firmware_segment_get_name (segment), ==, name);
  g_assert_cmpint (firmware_segment_get_role (segment), ==, role);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
  g_assert_cmphex (firmware_segment_get_size (segment), ==, size);
}

static guint
count_segments (FirmwareImage *image)
{
  return g_list_model_get_n_items (firmware_image_get_segments (image));
}

static const char *
find_value (FirmwareImage *image, FirmwareFindingKind kind)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_kind (finding) == kind)
      return firmware_finding_get_found (finding);
  }

  return NULL;
}

/* Every byte that was put there is in a segment, and at its address. */
static void
assert_same_bytes (FirmwareImage *image, TestFlash *flash)
{
  for (guint i = 0; i < count_segments (image); i++) {
    FirmwareSegment *segment = test_get_segment (image, i);
    gsize start = (gsize) firmware_segment_get_address (segment);
    g_autoptr (GBytes) expected =
      test_flash_get (flash, start, start + (gsize) firmware_segment_get_size (segment));

    g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), expected));
  }
}

static void
test_chip (gconstpointer data)
{
  const guint16 chip_id = (guint16) GPOINTER_TO_UINT (data);
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (chip_id);
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (chip_id);
  g_autoptr (FirmwareImage) image = read_flash (flash);

  g_assert_cmpstr (firmware_image_get_chip (image), ==, chip->name);
  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, TEST_IMAGE_FLASH_SIZE);
  g_assert_cmpstr (firmware_image_get_title (image), ==, "blink 1.0.3");

  g_assert_cmpuint (count_segments (image), ==, 5);
  assert_segment (image, 0, "bootloader.bin", FIRMWARE_ROLE_BOOTLOADER, chip->bootloader_address,
                  0x2000);
  assert_segment (image, 1, "partition-table.bin", FIRMWARE_ROLE_PARTITION_TABLE,
                  TEST_IMAGE_TABLE_ADDRESS, 0xc00);
  assert_segment (image, 2, "ota_data.bin", FIRMWARE_ROLE_OTA_DATA, 0xd000, 0x2000);
  assert_segment (image, 3, "factory.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  TEST_FLASH_APP_SIZE);
  assert_segment (image, 4, "storage.bin", FIRMWARE_ROLE_DATA, TEST_IMAGE_STORAGE_ADDRESS,
                  TEST_IMAGE_FLASH_SIZE - TEST_IMAGE_STORAGE_ADDRESS);
  assert_same_bytes (image, flash);

  g_assert_cmpstr (find_value (image, FIRMWARE_FINDING_LEFT_UNTOUCHED), ==, "nvs, phy_init");
  g_assert_null (find_value (image, FIRMWARE_FINDING_REST_LEFT_OUT));
}

/* Its file system counts on erased sectors, also where the old one had something. */
static void
test_data_whole (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) page = test_image_new_pattern (32, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0xa000, page);
  image = read_flash (flash);

  assert_segment (image, 2, "nvs.bin", FIRMWARE_ROLE_DATA, 0x9000, 0x4000);
  assert_same_bytes (image, flash);
  g_assert_cmpstr (find_value (image, FIRMWARE_FINDING_LEFT_UNTOUCHED), ==, "phy_init");
}

static void
test_rest_of_application (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) old = test_image_new_pattern (100, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0x100000, old);
  image = read_flash (flash);

  g_assert_cmpuint (count_segments (image), ==, 5);
  assert_segment (image, 3, "factory.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  TEST_FLASH_APP_SIZE);
  /* From the sector behind the application to the end of that of the old one. */
  g_assert_cmpstr (find_value (image, FIRMWARE_FINDING_REST_LEFT_OUT), ==, "839680");
}

/* Behind the image, from the next sector on, beginning with a signature's magic number. */
static void
test_signature (void)
{
  const guint8 magic[] = { 0xe7, 0x02, 0, 0 };
  const gsize signature = (TEST_IMAGE_APP_ADDRESS + TEST_FLASH_APP_SIZE + 0xfff) & ~(gsize) 0xfff;
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) sector = test_image_new_pattern (0x1000, 9);
  g_autoptr (GBytes) start = g_bytes_new_static (magic, sizeof magic);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, signature, sector);
  test_flash_put (flash, signature, start);
  image = read_flash (flash);

  assert_segment (image, 3, "factory.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  signature + 0x1000 - TEST_IMAGE_APP_ADDRESS);
  assert_same_bytes (image, flash);
  g_assert_null (find_value (image, FIRMWARE_FINDING_REST_LEFT_OUT));
}

/* 0x5000 is behind the bootloader and before the table; erased sectors are on both sides. */
static void
test_unlisted (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) secret = test_image_new_pattern (0x10, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0x0, secret);
  test_flash_put (flash, 0x5010, secret);
  image = read_flash (flash);

  g_assert_cmpuint (count_segments (image), ==, 7);
  assert_segment (image, 0, "data.bin", FIRMWARE_ROLE_DATA, 0x0, 0x1000);
  assert_segment (image, 1, "bootloader.bin", FIRMWARE_ROLE_BOOTLOADER, 0x1000, 0x2000);
  assert_segment (image, 2, "behind-bootloader.bin", FIRMWARE_ROLE_DATA, 0x5000, 0x1000);
  assert_same_bytes (image, flash);
}

/* Behind other partitions, which the bootloader's place does not reach. */
static void
test_table_elsewhere (void)
{
  const gsize address = 0xf000;
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) erased = test_image_new_erased (g_bytes_get_size (table));
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, erased);
  test_flash_put (flash, address, table);
  image = read_flash (flash);

  assert_segment (image, 1, "ota_data.bin", FIRMWARE_ROLE_OTA_DATA, 0xd000, 0x2000);
  assert_segment (image, 2, "partition-table.bin", FIRMWARE_ROLE_PARTITION_TABLE, address, 0xc00);
  g_assert_cmpstr (find_value (image, FIRMWARE_FINDING_TABLE_MOVED), ==, "0x0000f000");
  assert_segment (image, 3, "factory.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  TEST_FLASH_APP_SIZE);
}

/* An application that no table lists has no partition's name. */
static const char *
find_name (FirmwareImage *image, guint64 address)
{
  for (guint i = 0; i < count_segments (image); i++) {
    if (firmware_segment_get_address (test_get_segment (image, i)) == address)
      return firmware_segment_get_name (test_get_segment (image, i));
  }

  return NULL;
}

/* One without an MD5 may be anything, and so may one behind an application. */
static void
test_no_table_elsewhere (void)
{
  const gsize addresses[] = { 0xf000, 0x11000 };
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) without_md5 = test_image_patch_entry (table, 0, 0, "\xaa", 1);
  GBytes *const tables[] = { without_md5, table };
  g_autoptr (GBytes) erased = test_image_new_erased (g_bytes_get_size (table));

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
    g_autoptr (FirmwareImage) image = NULL;

    test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, erased);
    test_flash_put (flash, addresses[i], tables[i]);
    image = read_flash (flash);

    g_assert_null (find_value (image, FIRMWARE_FINDING_TABLE_MOVED));
    g_assert_cmpstr (find_name (image, TEST_IMAGE_APP_ADDRESS), ==, "app.bin");
  }
}

/* Something in its sector goes with the table. */
static void
test_behind_table (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) secret = test_image_new_pattern (0x10, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0x8e00, secret);
  image = read_flash (flash);

  assert_segment (image, 1, "partition-table.bin", FIRMWARE_ROLE_PARTITION_TABLE,
                  TEST_IMAGE_TABLE_ADDRESS, 0x1000);
}

/* What is no table in the usual place is none elsewhere once it is damaged. */
static void
test_damaged_table_elsewhere (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) damaged = test_image_flip (table, 5 * 32 + 20, 0x10);
  g_autoptr (GBytes) erased = test_image_new_erased (g_bytes_get_size (table));
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, erased);
  test_flash_put (flash, 0xf000, damaged);
  image = read_flash (flash);

  assert_segment (image, 1, "behind-bootloader.bin", FIRMWARE_ROLE_PARTITION_TABLE, 0xf000, 0x1000);
}

/* Whatever place or size a damaged table tells, it is the table that is told of, and no part that
 * ended up where it cannot be. */
static void
test_damaged_places (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  for (gsize entry = 0; entry < 5; entry++) {
    for (gsize byte = 4; byte < 12; byte++) {
      g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
      g_autoptr (GBytes) data = test_image_new_pattern (0x10, 9);
      g_autoptr (GBytes) damaged = test_image_flip (table, entry * 32 + byte, 0x01);
      g_autoptr (FirmwareImage) image = NULL;

      g_test_message ("entry %zu, byte %zu", entry, byte);
      test_flash_put (flash, 0x9000, data);
      test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, damaged);
      image = read_flash (flash);

      g_assert_cmpuint (test_count_findings (image, FIRMWARE_FINDING_TABLE_DAMAGED), >, 0);
    }
  }
}

/* The table's first partition is named like the fourth. */
static void
test_names (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) twice = test_image_patch_entry (table, 0, 12, "factory", 8);
  g_autoptr (GBytes) data = test_image_new_pattern (0x10, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, twice);
  test_flash_put (flash, 0x9000, data);
  image = read_flash (flash);

  assert_segment (image, 2, "factory.bin", FIRMWARE_ROLE_DATA, 0x9000, 0x4000);
  assert_segment (image, 4, "data-0x00010000.bin", FIRMWARE_ROLE_APPLICATION,
                  TEST_IMAGE_APP_ADDRESS, TEST_FLASH_APP_SIZE);
}

/* The second begins in the middle of the first, the third lies inside of it. */
static void
test_overlaps (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) early = test_image_patch_entry (table, 1, 4, "\0\xc0", 2);
  g_autoptr (GBytes) inside = test_image_patch_entry (early, 2, 4, "\0\xa0", 2);
  g_autoptr (GBytes) data = test_image_new_pattern (0x5000, 9);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, inside);
  test_flash_put (flash, 0x9000, data);
  image = read_flash (flash);

  assert_segment (image, 2, "nvs.bin", FIRMWARE_ROLE_DATA, 0x9000, 0x4000);
  assert_segment (image, 3, "ota_data.bin", FIRMWARE_ROLE_OTA_DATA, 0xd000, 0x1000);
  assert_segment (image, 4, "factory.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  TEST_FLASH_APP_SIZE);
  assert_same_bytes (image, flash);
}

/* The chip starts the one in its own place. */
static void
test_two_bootloaders (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) other = test_image_new_bootloader (CHIP_S2, 0x1000);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0x0, other);
  image = read_flash (flash);

  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, "data.bin");
  assert_segment (image, 1, "bootloader.bin", FIRMWARE_ROLE_BOOTLOADER, 0x1000, 0x2000);
}

/* What lies in one sector is one part, and what was not given there is erased anyway. */
static void
test_runs (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) head = test_flash_get (flash, 0x1000, 0x1802);
  g_autoptr (GBytes) tail = test_flash_get (flash, 0x1802, 0x3000);
  g_autoptr (GBytes) table = test_flash_get (flash, 0x8000, 0x80c0);
  g_autoptr (GBytes) app =
    test_flash_get (flash, TEST_IMAGE_APP_ADDRESS, TEST_IMAGE_APP_ADDRESS + TEST_FLASH_APP_SIZE);
  g_autoptr (GBytes) first = test_flash_get (flash, 0x300000, 0x300010);
  g_autoptr (GBytes) second = test_flash_get (flash, 0x300021, 0x300031);
  const FirmwareRun runs[] = {
    { 0x1000, head }, { 0x1802, tail },    { 0x8000, table },
    { 0x10000, app }, { 0x300000, first }, { 0x300021, second },
  };
  g_autoptr (FirmwareImage) image = read_runs (runs, G_N_ELEMENTS (runs));
  g_autoptr (GBytes) gap = NULL;

  g_assert_true (firmware_esp_split_is_flash (runs, G_N_ELEMENTS (runs)));
  g_assert_cmpuint (count_segments (image), ==, 4);
  assert_segment (image, 0, "bootloader.bin", FIRMWARE_ROLE_BOOTLOADER, 0x1000, 0x2000);
  assert_segment (image, 1, "partition-table.bin", FIRMWARE_ROLE_PARTITION_TABLE, 0x8000, 0xc0);
  assert_segment (image, 3, "storage.bin", FIRMWARE_ROLE_DATA, 0x300000, 0x31);
  gap =
    g_bytes_new_from_bytes (firmware_segment_get_data (test_get_segment (image, 3)), 0x10, 0x11);
  g_assert_cmphex (((const guint8 *) g_bytes_get_data (gap, NULL))[0], ==, 0xff);
  g_assert_cmphex (((const guint8 *) g_bytes_get_data (gap, NULL))[0x10], ==, 0xff);
  g_assert_null (find_value (image, FIRMWARE_FINDING_LEFT_UNTOUCHED));
}

static void
test_without_table (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S3);
  g_autoptr (GBytes) app =
    test_flash_get (flash, TEST_IMAGE_APP_ADDRESS, TEST_IMAGE_APP_ADDRESS + TEST_FLASH_APP_SIZE);
  const FirmwareRun run = { TEST_IMAGE_APP_ADDRESS, app };
  g_autoptr (FirmwareImage) image = read_runs (&run, 1);

  g_assert_true (firmware_esp_split_is_flash (&run, 1));
  g_assert_cmpuint (count_segments (image), ==, 1);
  assert_segment (image, 0, "app.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS,
                  TEST_FLASH_APP_SIZE);
}

/* Each reaches to the next, and what is behind the first belongs to neither. */
static void
test_two_applications (void)
{
  const guint64 second = 0x80000;
  g_autoptr (TestFlash) flash = test_flash_new (0x100000);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S2, 0x1000, "blink", "1", "v5.2.1");
  g_autoptr (GBytes) data = NULL;
  FirmwareRun run = { .address = TEST_IMAGE_APP_ADDRESS };
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, TEST_IMAGE_APP_ADDRESS, app);
  test_flash_put (flash, second, app);
  data = test_flash_get (flash, TEST_IMAGE_APP_ADDRESS, 0x100000);
  run.data = data;
  image = read_runs (&run, 1);

  g_assert_cmpuint (count_segments (image), ==, 2);
  assert_segment (image, 0, "app.bin", FIRMWARE_ROLE_APPLICATION, TEST_IMAGE_APP_ADDRESS, 0x1000);
  assert_segment (image, 1, "data-0x00080000.bin", FIRMWARE_ROLE_APPLICATION, second, 0x1000);
  g_assert_null (find_value (image, FIRMWARE_FINDING_REST_LEFT_OUT));
}

/* In the middle of a partition, an application is nothing but bytes, whichever chip it is for. */
static void
test_inside_partition (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) front = test_flash_get (flash, 0x1000, 0x9000);
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S3, 0x1000, "blink", "1", "v5.2.1");
  const FirmwareRun runs[] = { { 0x1000, front }, { 0x20000, app } };
  g_autoptr (FirmwareImage) image = read_runs (runs, G_N_ELEMENTS (runs));

  g_assert_cmpuint (count_segments (image), ==, 3);
  assert_segment (image, 2, "factory.bin", FIRMWARE_ROLE_APPLICATION, 0x20000, 0x1000);
}

/* The ROM writes words. */
static void
test_unaligned (void)
{
  g_autoptr (TestFlash) flash = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) front = test_flash_get (flash, 0x1000, 0x9000);
  g_autoptr (GBytes) data = test_image_new_pattern (0x10, 9);
  const FirmwareRun runs[] = { { 0x1000, front }, { 0x300003, data } };
  g_autoptr (FirmwareImage) image = read_runs (runs, G_N_ELEMENTS (runs));
  GBytes *part = firmware_segment_get_data (test_get_segment (image, 2));

  assert_segment (image, 2, "storage.bin", FIRMWARE_ROLE_DATA, 0x300000, 0x13);
  g_assert_cmpmem (g_bytes_get_data (part, NULL), 3, "\xff\xff\xff", 3);
}

/* 64 MiB would be more members than the ROM takes. */
static void
test_large (void)
{
  const gsize size = 48 * 1024 * 1024;
  g_autoptr (TestFlash) flash = test_flash_new (size);
  g_autoptr (TestFlash) small = test_flash_new_for_chip (CHIP_S2);
  g_autoptr (GBytes) front = test_flash_get_all (small);
  g_autoptr (GBytes) rest = test_image_new_pattern (size - TEST_IMAGE_FLASH_SIZE, 5);
  g_autoptr (FirmwareImage) image = NULL;

  test_flash_put (flash, 0, front);
  test_flash_put (flash, TEST_IMAGE_FLASH_SIZE, rest);
  image = read_flash (flash);

  g_assert_cmpuint (firmware_image_get_flash_size (image), ==, 64 * 1024 * 1024);
  g_assert_cmpuint (count_segments (image), ==, 6);
  assert_same_bytes (image, flash);
}

typedef struct {
  const char *name;
  guint n_small;
  guint n_large;
  const char *uncut; /* how long pieces are that the ROM erases at once, where they are long */
} Crowd;

/* 600 KiB are cut at 512 KiB or not at all, and the ROM takes 64 members, of which one says how
 * large the flash is. */
static const Crowd crowds[] = {
  { "full", 61, 1, NULL },
  { "one-too-many", 62, 1, "614400" },
  { "many-large", 59, 2, NULL },
  { "many-large-uncut", 61, 2, "614400" },
};

static GArray *
make_crowd (guint n_small, guint n_large, GBytes *small, GBytes *large)
{
  GArray *runs = firmware_runs_new ();

  for (guint i = 0; i < n_small + n_large; i++) {
    GBytes *data = i < n_small ? small : large;
    const FirmwareRun run = {
      .address = i < n_small ? 0x2000 * (i + 1) : 0x100000 * (i - n_small + 1),
      .data = g_bytes_ref (data),
    };

    g_array_append_val (runs, run);
  }

  return runs;
}

static void
test_crowd (gconstpointer data)
{
  const Crowd *row = data;
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (CHIP_S2);
  g_autoptr (GBytes) small = test_image_new_pattern (16, 1);
  g_autoptr (GBytes) large = test_image_new_pattern (600 * 1024, 2);
  g_autoptr (GArray) runs = make_crowd (row->n_small, row->n_large, small, large);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareEspBuild) build =
    firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, chip, &error);
  g_autoptr (FirmwareImage) image = NULL;

  g_assert_no_error (error);
  image = firmware_esp_build_read (build, &firmware_format_esp_build, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_segments (image), ==, row->n_small + row->n_large);
  g_assert_cmpstr (find_value (image, FIRMWARE_FINDING_PART_UNCUT), ==, row->uncut);
}

/* However large pieces are, there is no room for so many parts. */
static void
test_crowd_refused (void)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (CHIP_S2);
  g_autoptr (GBytes) small = test_image_new_pattern (16, 1);
  g_autoptr (GArray) runs = make_crowd (64, 0, small, small);
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareEspBuild) build =
    firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, chip, &error);

  g_assert_no_error (error);
  g_assert_null (firmware_esp_build_read (build, &firmware_format_esp_build, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_MANY_PARTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/firmware/esp-split/s2", GUINT_TO_POINTER (CHIP_S2), test_chip);
  g_test_add_data_func ("/firmware/esp-split/s3", GUINT_TO_POINTER (CHIP_S3), test_chip);
  g_test_add_data_func ("/firmware/esp-split/p4", GUINT_TO_POINTER (CHIP_P4), test_chip);
  g_test_add_data_func ("/firmware/esp-split/s31", GUINT_TO_POINTER (CHIP_S31), test_chip);
  g_test_add_func ("/firmware/esp-split/data-whole", test_data_whole);
  g_test_add_func ("/firmware/esp-split/rest-of-application", test_rest_of_application);
  g_test_add_func ("/firmware/esp-split/signature", test_signature);
  g_test_add_func ("/firmware/esp-split/unlisted", test_unlisted);
  g_test_add_func ("/firmware/esp-split/table-elsewhere", test_table_elsewhere);
  g_test_add_func ("/firmware/esp-split/runs", test_runs);
  g_test_add_func ("/firmware/esp-split/without-table", test_without_table);
  g_test_add_func ("/firmware/esp-split/large", test_large);
  g_test_add_func ("/firmware/esp-split/no-table-elsewhere", test_no_table_elsewhere);
  g_test_add_func ("/firmware/esp-split/behind-table", test_behind_table);
  g_test_add_func ("/firmware/esp-split/damaged-table-elsewhere", test_damaged_table_elsewhere);
  g_test_add_func ("/firmware/esp-split/damaged-places", test_damaged_places);
  g_test_add_func ("/firmware/esp-split/names", test_names);
  g_test_add_func ("/firmware/esp-split/overlaps", test_overlaps);
  g_test_add_func ("/firmware/esp-split/two-bootloaders", test_two_bootloaders);
  g_test_add_func ("/firmware/esp-split/two-applications", test_two_applications);
  g_test_add_func ("/firmware/esp-split/inside-partition", test_inside_partition);
  g_test_add_func ("/firmware/esp-split/unaligned", test_unaligned);

  for (gsize i = 0; i < G_N_ELEMENTS (crowds); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-split/crowd/", crowds[i].name, NULL);

    g_test_add_data_func (path, &crowds[i], test_crowd);
  }
  g_test_add_func ("/firmware/esp-split/crowd/refused", test_crowd_refused);

  return g_test_run ();
}
