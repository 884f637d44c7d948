/* test-firmware-dfuse.c: ST's container of bytes with addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfuse.h"
#include "firmware-error.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-image.h"

#include <string.h>

#define SUFFIX FIRMWARE_DFU_SUFFIX_LENGTH

static const FirmwareDfuSuffix ids = { .device = 0x2200, .product = 0xdf11, .vendor = 0x0483 };

static void
add (GListStore *segments, const char *name, guint8 alternate, guint64 address, gsize size)
{
  g_autoptr (GBytes) data = test_image_new_pattern (size, (guint) address + alternate);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_for_alternate (name, alternate, address, data);

  g_list_store_append (segments, segment);
}

static GBytes *
write_file (GListStore *segments)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error);

  g_assert_no_error (error);

  return file;
}

/* Two targets, the first with two elements, of 4, 6 and 3 bytes. */
static GBytes *
make_file (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);

  add (segments, "Internal Flash", 0, 0x08000000, 4);
  add (segments, "Internal Flash", 0, 0x08004000, 6);
  add (segments, "Option Bytes", 1, 0x1fffc000, 3);

  return write_file (segments);
}

/* Where things stand in it. */
#define TARGET_1 11
#define ELEMENT_1 (TARGET_1 + 274)
#define ELEMENT_2 (ELEMENT_1 + 8 + 4)
#define TARGET_2 (ELEMENT_2 + 8 + 6)
#define ELEMENT_3 (TARGET_2 + 274)
#define END (ELEMENT_3 + 8 + 3)

static void
assert_segment (FirmwareImage *image,
                guint number,
                const char *name,
                guint8 alternate,
                guint64 address,
                gsize size)
{
  FirmwareSegment *segment = test_get_segment (image, number);
  g_autoptr (GBytes) data = test_image_new_pattern (size, (guint) address + alternate);

  g_assert_cmpstr (firmware_segment_get_name (segment), ==, name);
  g_assert_cmpuint (firmware_segment_get_alternate (segment), ==, alternate);
  g_assert_cmphex (firmware_segment_get_address (segment), ==, address);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), data));
}

static void
test_bytes (void)
{
  g_autoptr (GBytes) file = make_file ();
  const guint8 *data = g_bytes_get_data (file, NULL);
  const guint8 prefix[] = { 'D', 'f', 'u', 'S', 'e', 1, 0x54, 0x02, 0, 0, 2 };
  const guint8 target[] = { 'T', 'a', 'r', 'g', 'e', 't', 0, 1, 0, 0, 0, 'I' };
  const guint8 sizes[] = { 26, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 8, 4, 0, 0, 0 };
  const guint8 suffix[] = { 0x00, 0x22, 0x11, 0xdf, 0x83, 0x04, 0x1a, 0x01, 'U', 'F', 'D', 16 };

  G_STATIC_ASSERT (END == 0x254);
  g_assert_cmpuint (g_bytes_get_size (file), ==, END + SUFFIX);
  g_assert_cmpmem (data, sizeof prefix, prefix, sizeof prefix);
  g_assert_cmpmem (data + TARGET_1, sizeof target, target, sizeof target);
  g_assert_cmpmem (data + TARGET_1 + 266, sizeof sizes, sizes, sizeof sizes);
  g_assert_cmpmem (data + END, sizeof suffix, suffix, sizeof suffix);
}

static void
test_read (void)
{
  g_autoptr (GBytes) file = make_file ();
  FirmwareImage *image = test_read_image (file);

  g_assert_true (firmware_image_get_format (image) == &firmware_format_dfuse);
  g_assert_null (firmware_image_get_payload (image));
  g_assert_cmphex (firmware_image_get_suffix (image)->device, ==, 0x2200);
  g_assert_cmphex (firmware_image_get_suffix (image)->product, ==, 0xdf11);
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 13);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 3);
  assert_segment (image, 0, "Internal Flash", 0, 0x08000000, 4);
  assert_segment (image, 1, "Internal Flash", 0, 0x08004000, 6);
  assert_segment (image, 2, "Option Bytes", 1, 0x1fffc000, 3);
  g_assert_finalize_object (image);
}

/* Puts bytes into the file and makes its checksum right again. */
static GBytes *
patch (GBytes *file, gsize offset, const char *bytes, gsize length)
{
  g_autoptr (GBytes) payload = NULL;
  FirmwareDfuSuffix suffix;
  guint8 *data = NULL;

  firmware_dfu_suffix_read (&suffix, file);
  data = g_memdup2 (g_bytes_get_data (file, NULL), END);
  memcpy (data + offset, bytes, length);
  payload = g_bytes_new_take (data, END);

  return firmware_dfu_suffix_append_ids (payload, &suffix);
}

static const struct {
  const char *name;
  gsize offset;
  const char *bytes;
  gsize length;
  int code;
  const char *message;
} refusals[] = {
  { "version", 5, "\2", 1, FIRMWARE_ERROR_MALFORMED, "version 2" },
  { "image-size", 6, "\x57\2", 2, FIRMWARE_ERROR_MALFORMED, "599 bytes come before the suffix" },
  { "no-targets", 10, "\0", 1, FIRMWARE_ERROR_MALFORMED,
    "At offset 0xb, 585 bytes stand between the last of 0 targets" },
  { "target-too-few", 10, "\1", 1, FIRMWARE_ERROR_MALFORMED, "At offset 0x137" },
  { "target-too-many", 10, "\3", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 3 at offset 0x254: the file ends before it" },
  { "target-signature", TARGET_2, "t", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 2 at offset 0x137: it does not begin with \"Target\"" },
  { "target-size-large", TARGET_2 + 266, "\x0c", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 2 at offset 0x137: it says 12 bytes, but the suffix begins after 11" },
  { "target-size-huge", TARGET_1 + 266, "\xff\xff\xff\xff", 4, FIRMWARE_ERROR_MALFORMED,
    "it says 4294967295 bytes" },
  { "target-size-small", TARGET_1 + 266, "\x19", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 1, element 2 at offset 0x129: it says 6 bytes, but the target ends after 5" },
  { "element-number-large", TARGET_2 + 270, "\2", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 2 at offset 0x137: its 11 bytes have no room for 2 elements" },
  { "element-number-huge", TARGET_2 + 270, "\xff\xff\xff\xff", 4, FIRMWARE_ERROR_MALFORMED,
    "no room for 4294967295 elements" },
  { "element-number-small", TARGET_1 + 270, "\1", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 1 at offset 0x129: 14 bytes are left behind its last element" },
  { "element-missing", TARGET_1 + 270, "\3", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 1, element 3 at offset 0x137: the target ends before it" },
  { "element-size-large", ELEMENT_3 + 4, "\4", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 2, element 1 at offset 0x249: it says 4 bytes, but the target ends after 3" },
  { "element-size-small", ELEMENT_3 + 4, "\2", 1, FIRMWARE_ERROR_MALFORMED,
    "Target 2 at offset 0x253: 1 bytes are left" },
  { "element-beyond-4-gib", ELEMENT_3, "\xfe\xff\xff\xff", 4, FIRMWARE_ERROR_MALFORMED,
    "its 3 bytes for address 0xfffffffe reach beyond 4 GiB" },
  { "overlap", ELEMENT_2, "\3\0\0\x08", 4, FIRMWARE_ERROR_OVERLAP,
    "Target 1, element 1 and target 1, element 2 both have a byte for address 0x08000003 of "
    "alternate setting 0" },
  { "same-address", ELEMENT_2, "\0\0\0\x08", 4, FIRMWARE_ERROR_OVERLAP, "0x08000000" },
};

static void
test_refused (gconstpointer user_data)
{
  const gsize i = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) bad = patch (file, refusals[i].offset, refusals[i].bytes, refusals[i].length);

  test_assert_refused (bad, refusals[i].code, refusals[i].message);
}

/* An overlap of two targets is one only where they are for the same memory. */
static void
test_overlapping_targets (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GListStore) apart = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) good = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  add (segments, "one", 2, 0x1000, 8);
  add (segments, "two", 2, 0x1007, 8);
  file = write_file (segments);
  test_assert_refused (file, FIRMWARE_ERROR_OVERLAP,
                       "Target 1, element 1 and target 2, element 1 both have a byte for address "
                       "0x00001007 of alternate setting 2");

  add (apart, "two", 3, 0x1007, 8);
  add (apart, "one", 2, 0x1000, 8);
  good = write_file (apart);
  image = test_read_image (good);
  assert_segment (image, 0, "one", 2, 0x1000, 8);
  assert_segment (image, 1, "two", 3, 0x1007, 8);
}

/* Two targets for one memory are one list of segments in the order of addresses. */
static void
test_one_alternate_twice (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  add (segments, "late", 0, 0x2000, 8);
  add (segments, "early", 0, 0x1000, 8);
  file = write_file (segments);
  image = test_read_image (file);
  assert_segment (image, 0, "early", 0, 0x1000, 8);
  assert_segment (image, 1, "late", 0, 0x2000, 8);
}

static void
test_empty_elements (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GListStore) nothing = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  add (segments, "flash", 0, 0x1004, 0);
  add (segments, "flash", 0, 0x1000, 8);
  file = write_file (segments);
  image = test_read_image (file);
  g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==, 1);

  add (nothing, "flash", 0, 0x1004, 0);
  empty = write_file (nothing);
  test_assert_refused (empty, FIRMWARE_ERROR_MALFORMED, "holds no bytes");
}

static const struct {
  const char *name;
  guint8 named;
  const char *bytes;
  gsize length;
  const char *expected;
} names[] = {
  { "garbage-behind-nul", 1, "ST...\0\xcc\xcc", 8, "ST..." },
  { "not-named", 0, "ST...", 6, "memory-0" },
  { "empty", 1, "\0", 1, "memory-0" },
  { "control-characters", 1, "\033[2Jflash", 10, "memory-0" },
  { "no-utf-8", 1, "Fl\xe4sh", 6, "memory-0" },
};

static void
test_names (gconstpointer user_data)
{
  const gsize i = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) named = patch (file, TARGET_1 + 7, (const char *) &names[i].named, 1);
  g_autoptr (GBytes) patched = patch (named, TARGET_1 + 11, names[i].bytes, names[i].length);
  g_autoptr (FirmwareImage) image = test_read_image (patched);

  g_assert_cmpstr (firmware_segment_get_name (test_get_segment (image, 0)), ==, names[i].expected);
}

/* Without a name of its own, a target is not given one by being written again. */
static void
test_default_name (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) file = NULL;
  const guint8 *data = NULL;

  add (segments, "memory-7", 7, 0, 8);
  file = write_file (segments);
  data = g_bytes_get_data (file, NULL);
  g_assert_cmpuint (data[TARGET_1 + 6], ==, 7);
  g_assert_cmpuint (data[TARGET_1 + 7], ==, 0);
  g_assert_cmpuint (data[TARGET_1 + 11], ==, 0);
}

/* UM0391 counts the suffix, most tools do not. */
static void
test_image_size_with_suffix (void)
{
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) other = patch (file, 6, "\x64\2", 2);
  g_autoptr (FirmwareImage) image = test_read_image (other);

  g_assert_cmpuint (firmware_image_get_total_size (image), ==, 13);
}

static void
test_suffix (void)
{
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) payload = g_bytes_new_from_bytes (file, 0, END);
  g_autoptr (GBytes) plain = firmware_dfu_suffix_append (payload, 0x0483, 0xdf11);
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (file, 0, 10);
  const FirmwareDfuSuffix dfuse = { .specification = FIRMWARE_DFU_SUFFIX_DFUSE };
  g_autoptr (GBytes) cut = firmware_dfu_suffix_append_ids (start, &dfuse);

  test_assert_refused (payload, FIRMWARE_ERROR_TRUNCATED, "its end is missing");
  test_assert_refused (plain, FIRMWARE_ERROR_MALFORMED, "specification 0100 instead of 011a");
  test_assert_refused (cut, FIRMWARE_ERROR_MALFORMED, "ends in its DfuSe prefix");
}

static void
test_corruptions (void)
{
  g_autoptr (GBytes) file = make_file ();

  for (gsize bit = 0; bit < 8 * g_bytes_get_size (file); bit++) {
    g_autoptr (GBytes) damaged = test_image_flip (file, bit / 8, (guint8) (1 << bit % 8));
    g_autoptr (GError) error = NULL;

    g_assert_null (firmware_image_new_from_bytes (damaged, &error));
    g_assert_true (error->domain == FIRMWARE_ERROR);
  }
}

/* Whatever the fields say, with a checksum that is right, nothing is read beyond the file. */
static void
test_changed_fields (void)
{
  g_autoptr (GBytes) file = make_file ();

  for (gsize offset = 0; offset < END; offset++) {
    for (guint bit = 0; bit < 8; bit++) {
      const guint8 *data = g_bytes_get_data (file, NULL);
      const char byte = (char) (data[offset] ^ 1 << bit);
      g_autoptr (GBytes) changed = patch (file, offset, &byte, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (FirmwareImage) image = firmware_image_new_from_bytes (changed, &error);

      g_assert_true ((image != NULL) == (error == NULL));
    }
  }
}

/* Each element costs memory beyond its byte. */
static void
test_many_elements (void)
{
  g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GBytes) most = NULL;
  g_autoptr (GBytes) more = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  for (guint i = 0; i < FIRMWARE_DFUSE_MAX_ELEMENTS; i++)
    add (segments, "flash", 0, 2 * i, 1);
  most = write_file (segments);
  image = test_read_image (most);
  g_assert_cmpuint (firmware_image_get_total_size (image), ==, FIRMWARE_DFUSE_MAX_ELEMENTS);

  add (segments, "flash", 0, 2 * FIRMWARE_DFUSE_MAX_ELEMENTS, 1);
  more = write_file (segments);
  test_assert_refused (more, FIRMWARE_ERROR_MALFORMED, "more than 4096 elements");
}

static void
assert_not_written (GListStore *segments, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (firmware_dfuse_write (G_LIST_MODEL (segments), &ids, &error));
  g_assert_error (error, FIRMWARE_ERROR, code);
}

static void
test_not_written (void)
{
  g_autoptr (GListStore) far = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GListStore) wordy = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autoptr (GListStore) many = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  g_autofree char *name = g_strnfill (FIRMWARE_DFUSE_NAME_LENGTH, 'n');

  add (far, "flash", 0, G_GUINT64_CONSTANT (0xffffffff), 2);
  assert_not_written (far, FIRMWARE_ERROR_BEYOND_FLASH);

  add (wordy, name, 0, 0, 2);
  assert_not_written (wordy, FIRMWARE_ERROR_MALFORMED);

  for (guint i = 0; i <= G_MAXUINT8; i++)
    add (many, i % 2 == 0 ? "even" : "odd", 0, i * 16, 2);
  assert_not_written (many, FIRMWARE_ERROR_MALFORMED);
}

/* The largest file that is read, and one that would be a byte larger; what is in it does not
 * matter, nor how many targets it has. */
static void
test_largest (void)
{
  const gsize overhead = FIRMWARE_DFUSE_PREFIX_LENGTH + FIRMWARE_DFUSE_TARGET_LENGTH +
                         FIRMWARE_DFUSE_ELEMENT_LENGTH + SUFFIX;
  const gsize second = FIRMWARE_DFUSE_TARGET_LENGTH + FIRMWARE_DFUSE_ELEMENT_LENGTH + 1;

  for (gsize more = 0; more <= 1; more++) {
    g_autoptr (GListStore) segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
    const gsize size = FIRMWARE_IMAGE_MAX_SIZE - overhead - second + more;
    g_autoptr (GBytes) data = g_bytes_new_take (g_malloc0 (size), size);
    g_autoptr (FirmwareSegment) segment = firmware_segment_new_for_alternate ("flash", 0, 0, data);

    add (segments, "small", 1, 0, 1);
    g_list_store_append (segments, segment);
    if (more == 0) {
      g_autoptr (GBytes) file = write_file (segments);
      g_autoptr (FirmwareImage) image = test_read_image (file);

      g_assert_cmpuint (g_bytes_get_size (file), ==, FIRMWARE_IMAGE_MAX_SIZE);
      g_assert_cmpuint (firmware_image_get_total_size (image), ==, size + 1);
    } else {
      assert_not_written (segments, FIRMWARE_ERROR_TOO_LARGE);
    }
  }
}

/* In the order in which they are read: by memory, then by address. */
static GListStore *
make_random_layout (void)
{
  GListStore *segments = g_list_store_new (FIRMWARE_TYPE_SEGMENT);
  guint alternate = 0;

  for (gint i = g_test_rand_int_range (1, 5); i > 0; i--) {
    g_autofree char *name = g_strdup_printf ("memory %d", g_test_rand_int_range (0, 100));
    guint64 address = (guint64) g_test_rand_int_range (0, G_MAXINT32);

    alternate += (guint) g_test_rand_int_range (0, 60);
    for (gint j = g_test_rand_int_range (1, 8); j > 0; j--) {
      gsize size = (gsize) g_test_rand_int_range (1, 300);

      add (segments, name, (guint8) alternate, address, size);
      address += size + (guint64) g_test_rand_int_range (0, 2) * 4096;
    }
    alternate++;
  }

  return segments;
}

static void
test_round_trips (void)
{
  for (guint i = 0; i < 500; i++) {
    g_autoptr (GListStore) segments = make_random_layout ();
    g_autoptr (GBytes) file = write_file (segments);
    g_autoptr (FirmwareImage) image = test_read_image (file);
    GListModel *read = firmware_image_get_segments (image);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) again = NULL;

    g_assert_cmpuint (g_list_model_get_n_items (read), ==,
                      g_list_model_get_n_items (G_LIST_MODEL (segments)));
    for (guint j = 0; j < g_list_model_get_n_items (read); j++) {
      g_autoptr (FirmwareSegment) expected = g_list_model_get_item (G_LIST_MODEL (segments), j);

      assert_segment (image, j, firmware_segment_get_name (expected),
                      firmware_segment_get_alternate (expected),
                      firmware_segment_get_address (expected),
                      firmware_segment_get_size (expected));
    }

    again = firmware_dfuse_write (read, firmware_image_get_suffix (image), &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (again, file));
  }
}

static void
add_rows (const char *folder, const char *name, gsize i, GTestDataFunc run)
{
  g_autofree char *path = g_strdup_printf ("/firmware/dfuse/%s/%s", folder, name);

  g_test_add_data_func (path, GSIZE_TO_POINTER (i), run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/dfuse/bytes", test_bytes);
  g_test_add_func ("/firmware/dfuse/read", test_read);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    add_rows ("refused", refusals[i].name, i, test_refused);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_rows ("names", names[i].name, i, test_names);
  g_test_add_func ("/firmware/dfuse/default-name", test_default_name);
  g_test_add_func ("/firmware/dfuse/overlapping-targets", test_overlapping_targets);
  g_test_add_func ("/firmware/dfuse/one-alternate-twice", test_one_alternate_twice);
  g_test_add_func ("/firmware/dfuse/empty-elements", test_empty_elements);
  g_test_add_func ("/firmware/dfuse/image-size-with-suffix", test_image_size_with_suffix);
  g_test_add_func ("/firmware/dfuse/suffix", test_suffix);
  g_test_add_func ("/firmware/dfuse/corruptions", test_corruptions);
  g_test_add_func ("/firmware/dfuse/changed-fields", test_changed_fields);
  g_test_add_func ("/firmware/dfuse/many-elements", test_many_elements);
  g_test_add_func ("/firmware/dfuse/not-written", test_not_written);
  g_test_add_func ("/firmware/dfuse/largest", test_largest);
  g_test_add_func ("/firmware/dfuse/round-trips", test_round_trips);

  return g_test_run ();
}
