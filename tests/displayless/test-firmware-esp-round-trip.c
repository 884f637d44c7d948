/* test-firmware-esp-round-trip.c: random layouts, from parts to archives and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-archive.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"

#include "test-check.h"
#include "test-flash.h"
#include "test-image.h"

#include <string.h>

#define SECTOR 4096
#define MIB (1024 * 1024)
#define FLASH_SIZE (4 * MIB)
#define N_LAYOUTS 60
#define PARTS_MAX 8

static const guint16 products[] = { 0x0002, 0x0009, 0x0012, 0x0020 };

typedef struct {
  char *names[PARTS_MAX];
  GBytes *data[PARTS_MAX];
  FirmwareEspArchiveInput inputs[PARTS_MAX];
  gsize n_inputs;
  guint16 product;
  guint32 part_size;
} Layout;

static void
clear_layout (Layout *self)
{
  for (gsize i = 0; i < self->n_inputs; i++) {
    g_free (self->names[i]);
    g_bytes_unref (self->data[i]);
  }
}

/* Ascending, with and without gaps, and with pieces that end anywhere in a sector. */
static void
make_layout (Layout *self)
{
  guint32 address = 0;

  *self = (Layout){
    .n_inputs = (gsize) g_test_rand_int_range (1, PARTS_MAX + 1),
    .product = products[g_test_rand_int_range (0, G_N_ELEMENTS (products))],
    .part_size = SECTOR * (guint32) g_test_rand_int_range (16, 200),
  };

  for (gsize i = 0; i < self->n_inputs; i++) {
    gsize size = (gsize) g_test_rand_int_range (1, 300000);

    address += SECTOR * (guint32) g_test_rand_int_range (0, 20);
    self->names[i] = g_strdup_printf ("part-%zu.bin", i);
    self->data[i] = test_image_new_pattern (size, (guint) g_test_rand_int ());
    self->inputs[i] = (FirmwareEspArchiveInput){ self->names[i], address, self->data[i] };
    address = (address + (guint32) size + SECTOR - 1) / SECTOR * SECTOR;
  }
}

static GBytes *
write_inputs (const Layout *layout, const FirmwareEspArchiveInput *inputs)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = firmware_esp_archive_write (inputs, layout->n_inputs, layout->product, FLASH_SIZE,
                                             layout->part_size, &error);

  g_assert_no_error (error);

  return file;
}

/* What was read makes the same file again. */
static void
test_archives (void)
{
  for (guint i = 0; i < N_LAYOUTS; i++) {
    Layout layout;
    FirmwareEspArchiveInput again[PARTS_MAX];
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GBytes) other = NULL;
    g_autoptr (FirmwareImage) image = NULL;

    make_layout (&layout);
    file = write_inputs (&layout, layout.inputs);
    image = test_read_image (file);

    g_assert_cmpuint (g_list_model_get_n_items (firmware_image_get_segments (image)), ==,
                      layout.n_inputs);
    for (gsize j = 0; j < layout.n_inputs; j++) {
      FirmwareSegment *segment = test_get_segment (image, (guint) j);

      g_assert_cmpstr (firmware_segment_get_name (segment), ==, layout.names[j]);
      g_assert_cmphex (firmware_segment_get_address (segment), ==, layout.inputs[j].address);
      g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), layout.data[j]));
      again[j] = (FirmwareEspArchiveInput){ firmware_segment_get_name (segment),
                                            (guint32) firmware_segment_get_address (segment),
                                            firmware_segment_get_data (segment) };
    }

    other = write_inputs (&layout, again);
    g_assert_true (g_bytes_equal (other, file));
    clear_layout (&layout);
  }
}

/* What the board's flash holds when the parts were written to one that was erased. */
static GBytes *
flash_image (FirmwareImage *image)
{
  g_autoptr (TestFlash) flash = test_flash_new (FLASH_SIZE);

  for (guint i = 0; i < g_list_model_get_n_items (firmware_image_get_segments (image)); i++) {
    FirmwareSegment *segment = test_get_segment (image, i);

    test_flash_put (flash, (gsize) firmware_segment_get_address (segment),
                    firmware_segment_get_data (segment));
  }

  return test_flash_get_all (flash);
}

/* Everything of a flash is in some part of it, wherever data are: in the partitions, before them
 * and behind the bootloader. What is behind the application alone belongs to an older one. */
static void
test_flashes (void)
{
  for (guint i = 0; i < N_LAYOUTS / 4; i++) {
    g_autoptr (TestFlash) flash = test_flash_new_for_chip (0x0002);
    g_autoptr (GBytes) before = NULL;
    g_autoptr (GBytes) after = NULL;
    g_autoptr (FirmwareEspBuild) build = NULL;
    g_autoptr (FirmwareImage) image = NULL;
    g_autoptr (GError) error = NULL;
    FirmwareRun run = { .address = 0 };

    for (gint n = g_test_rand_int_range (0, 6); n > 0; n--) {
      const gboolean is_low = g_test_rand_bit ();
      gsize size = (gsize) g_test_rand_int_range (1, 0x1800);
      gsize start = (gsize) (is_low ? g_test_rand_int_range (0x3000, 0x6800)
                                    : g_test_rand_int_range (0x300000, 0x3fe000));
      g_autoptr (GBytes) data = test_image_new_pattern (size, (guint) g_test_rand_int ());

      test_flash_put (flash, start, data);
    }

    before = test_flash_get_all (flash);
    run.data = before;
    build = firmware_esp_split (&run, 1, NULL, &error);
    g_assert_no_error (error);
    image = firmware_esp_build_read (build, &firmware_format_esp_flash, NULL, &error);
    g_assert_no_error (error);
    after = flash_image (image);
    g_assert_true (g_bytes_equal (after, before));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-round-trip/archives", test_archives);
  g_test_add_func ("/firmware/esp-round-trip/flashes", test_flashes);

  return g_test_run ();
}
