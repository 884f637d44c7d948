/* test-firmware-esp-elf.c: programs of ESP chips become the images that their bootloader takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-bytes.h"
#include "firmware-esp-elf.h"
#include "firmware-esp-facts.h"

#include "test-elf.h"
#include "test-image.h"
#include "test-program.h"

#include <gio/gio.h>
#include <string.h>

#define HEADER_LENGTH 24
#define SEGMENT_HEADER_LENGTH 8
#define PAGE 0x10000
#define SHA256_OFFSET 0xb0
#define SHA256_LENGTH 32

static const TestElf xtensa = { .machine = TEST_ELF_MACHINE_XTENSA, .entry = 0x40022004 };

/* A segment of an image. */
typedef struct {
  guint32 address;
  guint32 size;
} Segment;

static GBytes *
convert (GBytes *elf, const FirmwareEspImageParameters *parameters)
{
  const FirmwareEspChip *chip = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *image = firmware_esp_elf_convert (elf, &chip, parameters, &error);

  g_assert_no_error (error);
  g_assert_nonnull (chip);

  return image;
}

static guint
count_segments (GBytes *image)
{
  return ((const guint8 *) g_bytes_get_data (image, NULL))[1];
}

static Segment
get_segment (GBytes *image, guint number, const guint8 **data)
{
  const guint8 *at = (const guint8 *) g_bytes_get_data (image, NULL) + HEADER_LENGTH;
  Segment segment = { 0, 0 };

  for (guint i = 0; i <= number; i++) {
    segment = (Segment){ firmware_bytes_read_u32 (at), firmware_bytes_read_u32 (at + 4) };
    *data = at + SEGMENT_HEADER_LENGTH;
    at += SEGMENT_HEADER_LENGTH + segment.size;
  }

  return segment;
}

static void
assert_segments (GBytes *image, const Segment *segments, guint n_segments)
{
  g_assert_cmpuint (count_segments (image), ==, n_segments);
  for (guint i = 0; i < n_segments; i++) {
    const guint8 *data = NULL;
    Segment segment = get_segment (image, i, &data);

    g_assert_cmphex (segment.address, ==, segments[i].address);
    g_assert_cmphex (segment.size, ==, segments[i].size);
  }
}

/* Checksum and hash, as another part of the program checks them. */
static void
assert_whole (GBytes *image)
{
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (image);

  g_assert_nonnull (facts);
  g_assert_true (facts->extent.is_complete);
  g_assert_cmpuint (facts->extent.size, ==, g_bytes_get_size (image));
  g_assert_cmpint (facts->extent.checksum, ==, FIRMWARE_ESP_PROOF_GOOD);
  g_assert_cmpint (facts->extent.hash, ==, FIRMWARE_ESP_PROOF_GOOD);
}

/* The byte that the chip has at an address of RAM, or sees there. */
static gboolean
find_byte (GBytes *image, guint32 address, guint8 *byte)
{
  for (guint i = 0; i < count_segments (image); i++) {
    const guint8 *data = NULL;
    Segment segment = get_segment (image, i, &data);

    if (address < segment.address || address - segment.address >= segment.size)
      continue;

    *byte = data[address - segment.address];
    return TRUE;
  }

  return FALSE;
}

static void
assert_has_bytes (GBytes *image, const TestElfSegment *segment)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (segment->data, &size);

  for (gsize i = 0; i < size; i++) {
    guint8 byte = 0;

    g_assert_true (find_byte (image, segment->address + (guint32) i, &byte));
    if (data[i] != byte)
      g_test_message ("0x%08x", segment->address + (guint32) i);
    g_assert_cmphex (byte, ==, data[i]);
  }
}

/* The cache can map a page only if it is at the same place in the flash, where the image begins
 * with a page. */
static void
assert_mapped (GBytes *image, guint32 address)
{
  const guint8 *data = NULL;
  const guint8 *start = g_bytes_get_data (image, NULL);

  for (guint i = 0; i < count_segments (image); i++) {
    if (get_segment (image, i, &data).address != address)
      continue;

    g_assert_cmphex ((guint32) (data - start) % PAGE, ==, address % PAGE);
    return;
  }

  g_assert_not_reached ();
}

typedef struct {
  gsize constants;
  gsize code;
  gsize data;
  gsize vectors;
  guint n_segments;
  Segment segments[6];
} Layout;

/* What esptool's algorithm gives, worked out by hand. 0x18 + 8 is where the first data are. */
static const Layout layouts[] = {
  /* RAM fills all of the gap, and is cut there: it ends a header before the 0x20 of the next page.
   */
  { 0x100,
    0x300,
    0x2000,
    0x20000,
    5,
    { { 0x3f000020, 0x200 },
      { 0x3ffbde90, 0x2000 },
      { 0x40022000, 0x10018 - 0x2230 },
      { 0x40080020, 0x300 },
      { 0x40022000 + 0x10018 - 0x2230, 0x20000 - (0x10018 - 0x2230) } } },
  /* RAM is too little, and zeros fill the rest. */
  { 0x100,
    0x301,
    0x41,
    0x400,
    5,
    { { 0x3f000020, 0x200 },
      { 0x3ffbde90, 0x44 },
      { 0x40022000, 0x400 },
      { 0, 0x10018 - 0x220 - 8 - 0x44 - 8 - 0x400 - 8 },
      { 0x40080020, 0x304 } } },
  /* The code is where it belongs without anything. */
  { 0x10000 - 8 - 0x100,
    0x300,
    0x40,
    0x40,
    4,
    { { 0x3f000020, 0x10000 - 8 },
      { 0x40080020, 0x300 },
      { 0x3ffbde90, 0x40 },
      { 0x40022000, 0x40 } } },
  /* The constants end 0x10 bytes too early, and esptool goes on to the page after the next one. */
  { 0x10000 - 8 - 0x100 - 0x10,
    0x300,
    0x40,
    0x40,
    5,
    { { 0x3f000020, 0x10000 - 8 - 0x10 },
      { 0x3ffbde90, 0x40 },
      { 0x40022000, 0x40 },
      { 0, 0x10010 - 0x48 - 0x48 - 8 },
      { 0x40080020, 0x300 } } },
};

static GBytes *
make (gsize constants_size, gsize code_size, gsize data_size, gsize vectors_size)
{
  g_autoptr (GBytes) description = test_program_new_description ();
  g_autoptr (GBytes) constants = test_image_new_pattern (constants_size, 1);
  g_autoptr (GBytes) code = test_image_new_pattern (code_size, 2);
  g_autoptr (GBytes) data = test_image_new_pattern (data_size, 3);
  g_autoptr (GBytes) vectors = test_image_new_pattern (vectors_size, 4);
  const TestElfSegment segments[] = {
    { 0x40022000, vectors },   { 0x40080020, code }, { 0x3f000020, description },
    { 0x3f000120, constants }, { 0x3ffbde90, data },
  };
  GBytes *elf = test_elf_new (&xtensa, segments, G_N_ELEMENTS (segments));
  g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);

  assert_whole (image);
  assert_mapped (image, 0x3f000020);
  assert_mapped (image, 0x40080020);
  for (gsize i = 0; i < G_N_ELEMENTS (segments); i++) {
    if (segments[i].data != description)
      assert_has_bytes (image, &segments[i]);
  }

  return elf;
}

static void
test_layouts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++) {
    const Layout *layout = &layouts[i];
    g_autoptr (GBytes) elf = make (layout->constants, layout->code, layout->data, layout->vectors);
    g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);

    assert_segments (image, layout->segments, layout->n_segments);
  }
}

/* Whatever sizes a program has, the chip finds every byte where it looks for it. */
static void
test_random_sizes (void)
{
  for (guint i = 0; i < 12; i++) {
    g_autoptr (GBytes) elf =
      make (g_test_rand_int_range (1, 0x18000), g_test_rand_int_range (1, 0x3000),
            g_test_rand_int_range (1, 0x1800), g_test_rand_int_range (1, 0xc000));

    g_assert_nonnull (elf);
  }
}

static void
test_header (void)
{
  g_autoptr (GBytes) elf = test_program_new (0x0009);
  g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);
  const guint8 expected[HEADER_LENGTH] = {
    0xe9, 5, 2, 0x1f, 0x04, 0x40, 0x37, 0x40, 0xee, 0, 0, 0,
    9,    0, 0, 0,    0,    0xff, 0xff, 0,    0,    0, 0, 1,
  };

  g_assert_cmpmem (g_bytes_get_data (image, NULL), HEADER_LENGTH, expected, sizeof expected);
}

static void
test_sha256 (void)
{
  g_autoptr (GBytes) elf = test_program_new (0x0002);
  g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, elf);
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (image);

  g_assert_cmpstr (facts->application.elf_sha256, ==, sha256);
  g_assert_cmpstr (facts->application.project, ==, "blink");
}

/* Somebody has put one in already. */
static void
test_sha256_kept (void)
{
  g_autoptr (GBytes) app = test_image_new_app (0x0002, 4096, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) description = g_bytes_new_from_bytes (app, 0x20, 256);
  g_autoptr (GBytes) vectors = test_image_new_pattern (64, 1);
  const TestElfSegment segments[] = { { 0x3f000020, description }, { 0x40022000, vectors } };
  g_autoptr (GBytes) elf = test_elf_new (&xtensa, segments, G_N_ELEMENTS (segments));
  g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);

  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (image, NULL) + SHA256_OFFSET, SHA256_LENGTH,
                   (const guint8 *) g_bytes_get_data (app, NULL) + SHA256_OFFSET, SHA256_LENGTH);
}

/* What touches is one segment, as long as it is in the same memory and code or data both. */
static void
test_joined (void)
{
  g_autoptr (GBytes) description = test_program_new_description ();
  g_autoptr (GBytes) odd = test_image_new_pattern (5, 1);
  g_autoptr (GBytes) even = test_image_new_pattern (0x10, 2);
  const TestElfSegment sections[] = {
    { 0x3f000020, description, ".flash.appdesc" },
    { 0x3ffb0000, odd, "a" },
    { 0x3ffb0008, even, "b" }, /* where the zeros behind the first end */
    { 0x3ffb0018, even, "c", TRUE },
    { 0x3ffb0028, even, "d", TRUE },
    { 0x3ffb0048, even, "e", TRUE }, /* behind a gap */
    { 0x4006fff0, even, "f" },
    { 0x40070000, even, "g" }, /* in another memory */
    { 0x4006ffe0, even, "h" }, /* not in its order */
  };
  const Segment expected[] = {
    { 0x3f000020, 0x100 }, { 0x3ffb0000, 0x18 }, { 0x3ffb0018, 0x20 }, { 0x3ffb0048, 0x10 },
    { 0x4006ffe0, 0x10 },  { 0x4006fff0, 0x10 }, { 0x40070000, 0x10 },
  };
  g_autoptr (GBytes) elf = test_elf_new (&xtensa, sections, G_N_ELEMENTS (sections));
  g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);

  assert_segments (image, expected, G_N_ELEMENTS (expected));
  assert_whole (image);
}

/* Notes of a linker have addresses, too, and lists of constructors have a type of their own. */
static void
test_section_types (void)
{
  const struct {
    char type;
    guint n_segments;
  } rows[] = { { 1, 5 }, { 7, 4 }, { 8, 4 }, { 14, 5 }, { 15, 5 } };
  g_autoptr (GBytes) elf = test_program_new (0x0002);
  gsize type = test_elf_find_section (elf, TEST_ELF_FIRST_SECTION + 1) + 4;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) changed = test_image_patch (elf, type, &rows[i].type, 1);
    g_autoptr (GBytes) image = convert (changed, &firmware_esp_elf_parameters);

    g_assert_cmpuint (count_segments (image), ==, rows[i].n_segments);
  }
}

static void
test_chips (void)
{
  const guint16 ids[] = { 0x0002, 0x0009, 0x0012, 0x0020 };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GBytes) elf = test_program_new (ids[i]);
    g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (image);

    assert_whole (image);
    g_assert_true (facts->is_described);
    g_assert_cmphex (facts->header.chip_id, ==, ids[i]);
  }
}

/* Nothing in a bootloader is mapped, so nothing needs a gap; its description comes first. */
static void
test_bootloaders (void)
{
  const guint16 ids[] = { 0x0002, 0x0009, 0x0012, 0x0020 };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GBytes) elf = test_program_new_bootloader (ids[i]);
    g_autoptr (GBytes) image = convert (elf, &firmware_esp_elf_parameters);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (image);

    assert_whole (image);
    g_assert_cmpuint (count_segments (image), ==, 3);
    g_assert_cmpuint (g_bytes_get_size (image), <, 1024);
    g_assert_false (facts->is_described);
    g_assert_nonnull (facts->bootloader.idf_version);
    g_assert_cmphex (facts->header.chip_id, ==, ids[i]);
  }
}

static FirmwareEspImageParameters
read_parameters (const guint8 *image)
{
  return (FirmwareEspImageParameters){
    .flash_mode = image[2],
    .flash_frequency_size = image[3],
    .min_revision_old = image[14],
    .min_revision = firmware_bytes_read_u16 (image + 15),
    .max_revision = firmware_bytes_read_u16 (image + 17),
  };
}

/* A program does not tell the settings for the flash and the chip's revisions, which are options of
 * ESP-IDF's build, and which the SHA-256 of the image depends on. All the rest must be the same. */
static void
assert_same_but_options (GBytes *image, GBytes *expected)
{
  gsize size = 0;
  gsize expected_size = 0;
  const guint8 *data = g_bytes_get_data (image, &size);
  const guint8 *expected_data = g_bytes_get_data (expected, &expected_size);

  g_assert_cmpuint (size, ==, expected_size);
  for (gsize i = 0; i < size - SHA256_LENGTH; i++) {
    if (i == 2 || i == 3 || (i >= 14 && i <= 18))
      continue;

    g_assert_cmphex (data[i], ==, expected_data[i]);
  }
}

static gboolean
is_image (GBytes *contents)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  FirmwareEspImage header;

  return firmware_esp_image_parse (&header, data, size) && header.has_hash;
}

/* Whether the file is an image. */
static gboolean
check_real_file (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) expected = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (GBytes) elf = NULL;
  g_autoptr (GBytes) image = NULL;
  g_autoptr (GBytes) usual = NULL;
  FirmwareEspImageParameters parameters;

  if (expected == NULL || !is_image (expected))
    return FALSE;

  g_test_message ("%s", path);
  elf = test_program_new_from_image (expected);
  parameters = read_parameters (g_bytes_get_data (expected, NULL));
  image = convert (elf, &parameters);
  g_assert_true (g_bytes_equal (image, expected));

  usual = convert (elf, &firmware_esp_elf_parameters);
  assert_same_but_options (usual, expected);
  return TRUE;
}

static guint
check_real_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n_images = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      n_images += check_real_files (path);
    else if (check_real_file (path))
      n_images++;
  }

  return n_images;
}

/* What Espressif's tool has made of programs, taken apart, and made again byte for byte. */
static void
test_real_images (void)
{
  const char *data = g_getenv ("BOOTLACE_TEST_DATA");

  if (data == NULL) {
    g_test_skip ("BOOTLACE_TEST_DATA names no folder");
    return;
  }

  g_assert_cmpuint (check_real_files (data), >=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-elf/layouts", test_layouts);
  g_test_add_func ("/firmware/esp-elf/random-sizes", test_random_sizes);
  g_test_add_func ("/firmware/esp-elf/header", test_header);
  g_test_add_func ("/firmware/esp-elf/sha256", test_sha256);
  g_test_add_func ("/firmware/esp-elf/sha256-kept", test_sha256_kept);
  g_test_add_func ("/firmware/esp-elf/joined", test_joined);
  g_test_add_func ("/firmware/esp-elf/section-types", test_section_types);
  g_test_add_func ("/firmware/esp-elf/chips", test_chips);
  g_test_add_func ("/firmware/esp-elf/bootloaders", test_bootloaders);
  g_test_add_func ("/firmware/esp-elf/real-images", test_real_images);

  return g_test_run ();
}
