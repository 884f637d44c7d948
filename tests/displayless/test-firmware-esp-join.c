/* test-firmware-esp-join.c: cut parts are joined where that saves erases, and only there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfu-suffix.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-join.h"
#include "firmware-esp-parts.h"
#include "firmware-esp-saving.h"

#include "test-archive.h"
#include "test-check.h"
#include "test-image.h"

#define KIB 1024
#define MIB (1024 * KIB)
#define SECTOR 4096
#define FLASH_SIZE (16 * MIB)
#define JOINED_MAX (4 * MIB)
#define N_RANDOM 30
#define FILES_MAX 4
#define PIECES_MAX 14
#define NAME_SIZE 16

static GBytes *
remove_suffix (GBytes *file)
{
  return g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - FIRMWARE_DFU_SUFFIX_LENGTH);
}

static GBytes *
write_payload (const FirmwareEspArchiveInput *inputs, gsize n_inputs, guint32 part_size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = firmware_esp_archive_write (inputs, n_inputs, TEST_IMAGE_PRODUCT,
                                                        FLASH_SIZE, part_size, &error);

  g_assert_no_error (error);
  return remove_suffix (file);
}

static GBytes *
write_one (guint32 address, gsize size, guint32 part_size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, 1);
  const FirmwareEspArchiveInput input = { "app.bin", address, data };

  return write_payload (&input, 1, part_size);
}

static GArray *
read_parts (GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  guint32 flash_size = 0;
  gboolean has_parameters = FALSE;
  GArray *parts = firmware_esp_parts_read (payload, FIRMWARE_ESP_MD5_VERIFY, &flash_size,
                                           &has_parameters, &error);

  g_assert_no_error (error);
  g_assert_true (has_parameters);
  g_assert_cmpuint (flash_size, ==, FLASH_SIZE);
  return parts;
}

/* Joined is what the tool itself makes when it does not cut. */
static void
test_as_never_cut (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_pattern (15000, 2);
  g_autoptr (GBytes) app = test_image_new_pattern (900 * KIB + 5, 3);
  g_autoptr (GBytes) storage = test_image_new_pattern (1700 * KIB, 4);
  const FirmwareEspArchiveInput inputs[] = {
    { "bootloader.bin", 0x1000, bootloader },
    { "app.bin", 0x10000, app },
    { "storage.bin", 0x201000, storage },
  };
  g_autoptr (GBytes) uncut = write_payload (inputs, G_N_ELEMENTS (inputs), JOINED_MAX);

  for (guint32 part_size = 64 * KIB; part_size < MIB; part_size *= 2) {
    g_autoptr (GBytes) cut = write_payload (inputs, G_N_ELEMENTS (inputs), part_size);
    g_autoptr (GBytes) joined = firmware_esp_join_payload (cut);

    g_assert_nonnull (joined);
    g_assert_true (g_bytes_equal (joined, uncut));
  }

  g_assert_null (firmware_esp_join_payload (uncut));
}

static void
test_not_worth_it (void)
{
  static const struct {
    guint32 address;
    gsize size;
    guint32 part_size;
  } cases[] = {
    { 0x10000, 20000, 512 * KIB },   /* one part */
    { 0x10000, 64 * KIB, 16 * KIB }, /* sectors either way */
    { 0x10000, 128 * KIB, 64 * KIB },
    { 0xf000, 68 * KIB, 4 * KIB },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) payload = write_one (cases[i].address, cases[i].size, cases[i].part_size);

    g_assert_null (firmware_esp_join_payload (payload));
  }
}

/* The chip is silent while it erases, so there is an end to it. */
static void
test_limit (void)
{
  g_autoptr (GBytes) payload = write_one (0x10000, 9 * MIB, 512 * KIB);
  g_autoptr (GBytes) joined = firmware_esp_join_payload (payload);
  g_autoptr (GArray) parts = read_parts (joined);
  static const char *const names[] = { "app.bin", "app.bin.8", "app.bin.16" };

  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < parts->len; i++) {
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);

    g_assert_cmpstr (part->name, ==, names[i]);
    g_assert_cmphex (part->address, ==, 0x10000 + i * JOINED_MAX);
    g_assert_cmpuint (part->size, ==, i < 2 ? JOINED_MAX : MIB);
  }
}

typedef struct {
  char names[FILES_MAX][NAME_SIZE];
  GBytes *data[FILES_MAX];
  FirmwareEspArchiveInput inputs[FILES_MAX];
  gsize n_inputs;
} Layout;

static void
make_layout (Layout *self, guint32 part_size)
{
  guint32 address = (guint32) g_test_rand_int_range (0, 64) * SECTOR;

  self->n_inputs = (gsize) g_test_rand_int_range (1, FILES_MAX + 1);
  for (gsize i = 0; i < self->n_inputs; i++) {
    const gsize size_max = MIN ((gsize) PIECES_MAX * part_size, 2 * MIB);
    const gsize size = (gsize) g_test_rand_int_range (1, (int) size_max);

    g_snprintf (self->names[i], NAME_SIZE, "file-%u.bin", (guint) i);
    self->data[i] = test_image_new_pattern (size, (guint) i);
    self->inputs[i] = (FirmwareEspArchiveInput){ self->names[i], address, self->data[i] };
    address += (guint32) (size + SECTOR - 1) / SECTOR * SECTOR;
    address += (guint32) g_test_rand_int_range (0, 40) * SECTOR;
  }
}

static void
clear_layout (Layout *self)
{
  for (gsize i = 0; i < self->n_inputs; i++)
    g_bytes_unref (self->data[i]);
}

/* What the parts are in the flash; nothing is there twice. */
static GBytes *
flash (GBytes *payload, GArray *parts)
{
  const guint8 *archive = g_bytes_get_data (payload, NULL);
  guint8 *bytes = g_malloc (FLASH_SIZE);

  memset (bytes, 0xff, FLASH_SIZE);
  for (guint i = 0; i < parts->len; i++) {
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);

    memcpy (bytes + part->address, archive + part->offset, part->size);
  }

  return g_bytes_new_take (bytes, FLASH_SIZE);
}

static FirmwareEspErase
sum_erases (GArray *parts)
{
  FirmwareEspErase sum = { 0, 0 };

  for (guint i = 0; i < parts->len; i++) {
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);

    firmware_esp_erase_add (&sum, part->address, part->size);
  }

  return sum;
}

static void
assert_same_flash_and_less_erased (GBytes *payload, GBytes *joined)
{
  g_autoptr (GArray) parts = read_parts (payload);
  g_autoptr (GArray) joined_parts = read_parts (joined);
  g_autoptr (GBytes) before = flash (payload, parts);
  g_autoptr (GBytes) after = flash (joined, joined_parts);
  const FirmwareEspErase erased_before = sum_erases (parts);
  const FirmwareEspErase erased_after = sum_erases (joined_parts);

  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (joined_parts->len, <, parts->len);
  g_assert_cmpuint (firmware_esp_erase_count (&erased_after), <,
                    firmware_esp_erase_count (&erased_before));
  g_assert_cmpuint (firmware_esp_erase_get_time (&erased_after), <,
                    firmware_esp_erase_get_time (&erased_before));
}

/* How much is erased when nothing is cut, which nobody can beat below the limit. */
static guint
count_least (const Layout *layout)
{
  FirmwareEspErase sum = { 0, 0 };

  for (gsize i = 0; i < layout->n_inputs; i++)
    firmware_esp_erase_add (&sum, layout->inputs[i].address,
                            g_bytes_get_size (layout->inputs[i].data));

  return firmware_esp_erase_count (&sum);
}

static void
test_random (void)
{
  guint n_joined = 0;

  for (guint i = 0; i < N_RANDOM; i++) {
    const guint32 part_size = (guint32) SECTOR << g_test_rand_int_range (0, 9);
    g_autoptr (GBytes) payload = NULL;
    g_autoptr (GBytes) joined = NULL;
    g_autoptr (GArray) parts = NULL;
    FirmwareEspErase erased;
    Layout layout;

    make_layout (&layout, part_size);
    payload = write_payload (layout.inputs, layout.n_inputs, part_size);
    joined = firmware_esp_join_payload (payload);
    if (joined != NULL) {
      assert_same_flash_and_less_erased (payload, joined);
      g_assert_null (firmware_esp_join_payload (joined));
      n_joined++;
    }

    parts = read_parts (joined != NULL ? joined : payload);
    erased = sum_erases (parts);
    g_assert_cmpuint (firmware_esp_erase_count (&erased), ==, count_least (&layout));
    clear_layout (&layout);
  }

  g_assert_cmpuint (n_joined, >, 0);
  g_assert_cmpuint (n_joined, <, N_RANDOM);
}

/* Archives of others that look alike: each has parts of 256 KiB one behind the other. */

typedef enum {
  ALIKE_CUT,
  ALIKE_OTHER_NAME,
  ALIKE_MISSING_NUMBER,
  ALIKE_GAP,
  ALIKE_REVERSED,
  ALIKE_APART,
  ALIKE_PARAMETERS_BETWEEN,
  ALIKE_UNLISTED,
  ALIKE_TWICE,
  ALIKE_TO_RAM,
  N_ALIKES,
} Alike;

static void
add_second (TestArchive *archive, Alike alike, GBytes *data)
{
  const guint32 address = 0x10000 + 256 * KIB;
  g_autoptr (GBytes) other = test_image_new_pattern (256 * KIB, 9);

  switch (alike) {
  case ALIKE_OTHER_NAME:
    test_archive_add (archive, "app.bin.one", address, data);
    return;
  case ALIKE_MISSING_NUMBER:
    test_archive_add (archive, "app.bin.2", address, data);
    return;
  case ALIKE_GAP:
    test_archive_add (archive, "app.bin.1", address + SECTOR, data);
    return;
  case ALIKE_APART:
    test_archive_add (archive, "other.bin", 0x100000, other);
    break;
  case ALIKE_PARAMETERS_BETWEEN:
    test_archive_add_parameters (archive, FLASH_SIZE);
    break;
  case ALIKE_UNLISTED:
    test_archive_put (archive, "app.bin.1", data);
    return;
  case ALIKE_TWICE:
    test_archive_put (archive, "app.bin", data);
    break;
  case ALIKE_TO_RAM:
    test_archive_list (archive, "app.bin.1", address, 1, data);
    test_archive_put (archive, "app.bin.1", data);
    return;
  case ALIKE_CUT:
  case ALIKE_REVERSED:
  case N_ALIKES:
    break;
  }

  test_archive_add (archive, "app.bin.1", address, data);
}

static void
test_alike (void)
{
  for (Alike alike = ALIKE_CUT; alike < N_ALIKES; alike++) {
    g_autoptr (TestArchive) archive = test_archive_new ();
    g_autoptr (GBytes) first = test_image_new_pattern (256 * KIB, 1);
    g_autoptr (GBytes) second = test_image_new_pattern (256 * KIB, 2);
    g_autoptr (GBytes) payload = NULL;
    g_autoptr (GBytes) joined = NULL;

    if (alike == ALIKE_REVERSED)
      add_second (archive, alike, second);
    test_archive_add (archive, "app.bin", 0x10000, first);
    if (alike != ALIKE_REVERSED)
      add_second (archive, alike, second);

    payload = test_archive_finish_payload (archive);
    joined = firmware_esp_join_payload (payload);
    if (alike == ALIKE_CUT)
      g_assert_nonnull (joined);
    else
      g_assert_null (joined);
  }
}

/* An archive that the ROM would not take apart as it is meant is left as it is. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) payload = write_one (0x10000, 600 * KIB, 512 * KIB);
  g_autoptr (GArray) parts = read_parts (payload);
  const gsize offset = g_array_index (parts, FirmwareEspPart, 1).offset;
  const gsize places[] = { 0, 3, 96, 110, 124 + 4, 124 + 8, offset - 10 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GBytes) damaged = test_image_flip (payload, places[i], 0x40);

    g_assert_null (firmware_esp_join_payload (damaged));
  }

  for (gsize size = 0; size < g_bytes_get_size (payload) - 10240; size += 49999) {
    g_autoptr (GBytes) head = g_bytes_new_from_bytes (payload, 0, size);

    g_assert_null (firmware_esp_join_payload (head));
  }
}

static FirmwareImage *
read_app (gsize size)
{
  g_autoptr (GBytes) file = test_image_new_multi_part (TEST_IMAGE_PRODUCT, size);

  return test_read_image (file);
}

/* Every byte that is sent is known to be of the same part, and on its way to the same place. */
static void
test_image (void)
{
  g_autoptr (FirmwareImage) image = read_app (900 * KIB);
  FirmwareImage *joined = firmware_image_get_joined (image);
  const guint8 *bytes = g_bytes_get_data (firmware_image_get_payload (joined), NULL);
  GListModel *segments = firmware_image_get_segments (image);
  guint64 total = 0;

  g_assert_cmpuint (g_list_model_get_n_items (segments), ==,
                    g_list_model_get_n_items (firmware_image_get_segments (joined)));
  for (guint i = 0; i < firmware_image_get_n_pieces (joined); i++) {
    gsize offset = 0;
    guint64 address = 0, located = 0;
    const gsize size = firmware_image_get_piece (joined, i, &offset, &address);
    FirmwareSegment *segment = firmware_image_locate (joined, offset + size - 1, &located);
    const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), NULL);

    g_assert_true (segment == test_get_segment (image, i));
    g_assert_cmpuint (located, ==, address + size - 1);
    g_assert_cmpuint (firmware_segment_get_address (segment), ==, address);
    g_assert_cmpmem (bytes + offset, size, data, firmware_segment_get_size (segment));
    total += size;
  }

  g_assert_cmpuint (total, ==, firmware_image_get_total_size (image));
  g_assert_null (firmware_image_get_joined (joined));
}

static void
test_saving (void)
{
  g_autoptr (FirmwareImage) image = read_app (900 * KIB);
  g_autoptr (FirmwareImage) small = read_app (20000);
  FirmwareEspSaving saving;

  g_assert_true (firmware_esp_saving_find (image, &saving));
  g_assert_cmpuint (saving.n_cut, ==, 2);
  g_assert_cmpuint (saving.n_joined, ==, 1);

  /* 512 KiB and 388 KiB: two times sixteen sectors become two blocks. */
  g_assert_cmpuint (firmware_esp_saving_count (&saving), ==, 30);
  g_assert_cmpuint (firmware_esp_saving_get_time (&saving), ==, 32 * 45 - 2 * 150);
  g_assert_cmpuint (saving.before.n_sectors - saving.after.n_sectors, ==, 32);
  g_assert_cmpuint (saving.after.n_blocks - saving.before.n_blocks, ==, 2);

  g_assert_null (firmware_image_get_joined (small));
  g_assert_false (firmware_esp_saving_find (small, &saving));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-join/as-never-cut", test_as_never_cut);
  g_test_add_func ("/firmware/esp-join/not-worth-it", test_not_worth_it);
  g_test_add_func ("/firmware/esp-join/limit", test_limit);
  g_test_add_func ("/firmware/esp-join/random", test_random);
  g_test_add_func ("/firmware/esp-join/alike", test_alike);
  g_test_add_func ("/firmware/esp-join/damaged", test_damaged);
  g_test_add_func ("/firmware/esp-join/image", test_image);
  g_test_add_func ("/firmware/esp-join/saving", test_saving);

  return g_test_run ();
}
