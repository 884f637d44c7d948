/* test-firmware-esp-loose-refused.c: files that nobody can put together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"

#include "test-build.h"
#include "test-check.h"
#include "test-image.h"

#define CHIP_S2 0x0002
#define CHIP_C3 0x0005

typedef struct {
  const char *path;
  const char *files[5]; /* NULL behind the last */
  int code;
  const char *words[4]; /* of the message, NULL behind the last */
} Row;

static const Row rows[] = {
  { "two-applications",
    { "blink.bin", "other.bin" },
    FIRMWARE_ERROR_SAME_ROLE,
    { "blink.bin", "other.bin" } },
  { "two-bootloaders",
    { "bootloader.bin", "table.bin", "bootloader.bin" },
    FIRMWARE_ERROR_SAME_ROLE,
    { "bootloader.bin" } },
  { "no-loader", { "table.bin", "c3.bin" }, FIRMWARE_ERROR_NO_LOADER, { "ESP32-C3" } },
  { "two-without-loader",
    { "unknown.bin", "c3-bootloader.bin" },
    FIRMWARE_ERROR_NO_LOADER,
    { "ESP32-C3" } },
  { "unknown-chip", { "table.bin", "unknown.bin" }, FIRMWARE_ERROR_NO_LOADER, { "0x7777" } },
  { "no-chip", { "table.bin", "storage.bin" }, FIRMWARE_ERROR_UNKNOWN_CHIP, { "table.bin" } },
  { "no-table",
    { "blink.bin", "storage.bin" },
    FIRMWARE_ERROR_NO_PLACE,
    { "storage.bin", "no partition table" } },
  { "no-partition",
    { "blink.bin", "table.bin", "data.bin" },
    FIRMWARE_ERROR_NO_PLACE,
    { "data.bin", "no partition has its name" } },
  { "archive", { "blink.bin", "dfu.bin" }, FIRMWARE_ERROR_WHOLE, { "dfu.bin", "archive" } },
  { "folder", { "blink.bin", "../build" }, FIRMWARE_ERROR_WHOLE, { "build", "folder" } },
  { "empty", { "blink.bin", "empty.bin" }, FIRMWARE_ERROR_EMPTY, { "empty.bin" } },
};

static void
write_files (TestBuild *self)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S2, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) c3_bootloader = test_image_new_bootloader (CHIP_C3, 0x2000);
  g_autoptr (GBytes) c3 = test_image_new_app (CHIP_C3, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) unknown = test_image_new_app (0x7777, 8000, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) data = test_image_new_pattern (0x4001, 5);
  g_autoptr (GBytes) archive = test_image_new (8000);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  test_build_write (self, "bootloader.bin", bootloader);
  test_build_write (self, "table.bin", table);
  test_build_write (self, "blink.bin", app);
  test_build_write (self, "other.bin", app);
  test_build_write (self, "c3-bootloader.bin", c3_bootloader);
  test_build_write (self, "c3.bin", c3);
  test_build_write (self, "unknown.bin", unknown);
  test_build_write (self, "storage.bin", data);
  test_build_write (self, "data.bin", data);
  test_build_write (self, "dfu.bin", archive);
  test_build_write (self, "empty.bin", nothing);
}

static void
test_row (TestBuild *self, gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  write_files (self);
  for (gsize i = 0; row->files[i] != NULL; i++)
    g_ptr_array_add (files, g_file_resolve_relative_path (self->folder, row->files[i]));

  g_assert_null (firmware_image_load_files (files, NULL, &error));
  g_assert_error (error, FIRMWARE_ERROR, row->code);
  for (gsize i = 0; row->words[i] != NULL; i++)
    g_assert_nonnull (g_strstr_len (error->message, -1, row->words[i]));
}

static void
test_missing (TestBuild *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  write_files (self);
  g_ptr_array_add (files, g_file_get_child (self->folder, "blink.bin"));
  g_ptr_array_add (files, g_file_get_child (self->folder, "gone.bin"));

  g_assert_null (firmware_image_load_files (files, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (g_strstr_len (error->message, -1, "gone.bin"));
}

/* It does not say for which chip it is. */
static void
test_table (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  test_assert_refused (table, FIRMWARE_ERROR_UNKNOWN_CHIP, "neither a bootloader");
}

/* What the ROM starts in the place of a bootloader, and no ESP-IDF application. */
static void
test_other_program (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x9000);
  gsize size = 0;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bootloader, &size), 0x9000);
  g_autoptr (GBytes) program = NULL;

  data[0x20] = 0; /* no bootloader description */
  program = g_bytes_new_take (g_steal_pointer (&data), size);

  test_assert_refused (program, FIRMWARE_ERROR_UNKNOWN_FORMAT, "neither a bootloader");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/firmware/esp-loose/refused/%s", rows[i].path);

    g_test_add (path, TestBuild, &rows[i], test_build_set_up, test_row, test_build_tear_down);
  }

  g_test_add ("/firmware/esp-loose/refused/missing", TestBuild, NULL, test_build_set_up,
              test_missing, test_build_tear_down);
  g_test_add_func ("/firmware/esp-loose/refused/table", test_table);
  g_test_add_func ("/firmware/esp-loose/refused/other-program", test_other_program);

  return g_test_run ();
}
