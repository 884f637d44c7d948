/* test-image-findings.c: files that can be read, but that one thing is to be told of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-image.h"

#include "firmware-esp-archive.h"

#include "test-archive.h"

#include <string.h>

#define BOOTLOADER_SIZE 0x2000
#define LARGE_SIZE (FIRMWARE_ESP_PART_SIZE_DEFAULT + 100000)

#define ENTRY_LENGTH 32
#define ENTRY_SIZE 8
#define ENTRY_LABEL 12
#define FACTORY 3
#define STORAGE 4
#define MD5 5

/* What is good about it until it is changed. */
typedef struct {
  const FirmwareEspChip *chip;
  gsize app_size;
  GBytes *bootloader; /* NULL: it has none */
  GBytes *table;
  GBytes *app;
  GBytes *settings; /* NULL: it has none */
  guint32 settings_address;
  guint32 bootloader_address;
  guint32 app_address;
  guint32 part_size;
  gboolean has_no_parameters;
} Parts;

static void
clear_parts (Parts *self)
{
  g_clear_pointer (&self->bootloader, g_bytes_unref);
  g_clear_pointer (&self->table, g_bytes_unref);
  g_clear_pointer (&self->app, g_bytes_unref);
  g_clear_pointer (&self->settings, g_bytes_unref);
}

static void
replace (GBytes **bytes, GBytes *other)
{
  g_bytes_unref (*bytes);
  *bytes = other;
}

static void
set_app (Parts *self, guint16 chip_id, gsize size, const char *idf_version)
{
  replace (&self->app, test_image_new_app (chip_id, size, "blink", "1.0.3", idf_version));
}

static void
change_chip (Parts *self)
{
  set_app (self, self->chip->id == 0x0009 ? 0x0002 : 0x0009, self->app_size, "v5.2.1");
}

static void
change_length (Parts *self)
{
  replace (&self->app, g_bytes_new_from_bytes (self->app, 0, self->app_size - 48));
}

static void
change_data (Parts *self)
{
  replace (&self->app, test_image_flip (self->app, 300, 0x10));
}

static void
change_hash (Parts *self)
{
  replace (&self->app, test_image_flip (self->app, self->app_size / 16 * 16 - 1, 0x10));
}

static void
change_bootloader_hash (Parts *self)
{
  replace (&self->bootloader, test_image_flip (self->bootloader, BOOTLOADER_SIZE - 1, 0x10));
}

static void
change_table (Parts *self)
{
  replace (&self->table, test_image_flip (self->table, MD5 * ENTRY_LENGTH + 20, 0x10));
}

static void
change_entry (Parts *self, guint number, gsize offset, const char *bytes, gsize length)
{
  replace (&self->table, test_image_patch_entry (self->table, number, offset, bytes, length));
}

static void
change_label (Parts *self)
{
  change_entry (self, 0, ENTRY_LABEL, "\033", 1);
}

static void
change_partition_size (Parts *self)
{
  if (self->app_size <= 0x1000)
    set_app (self, self->chip->id, 0x1010, "v5.2.1");
  change_entry (self, FACTORY, ENTRY_SIZE, "\x00\x10\x00\x00", 4);
}

/* @size: of the flash, as the header of an image has it */
static void
change_bootloader_size (Parts *self, const char *size)
{
  replace (&self->bootloader, test_image_patch (self->bootloader, 3, size, 1));
  replace (&self->bootloader, test_image_reseal (self->bootloader));
}

/* For 2 MB, where "storage" reaches to 4 MB. */
static void
change_bootloader_header (Parts *self)
{
  change_bootloader_size (self, "\x1f");
}

/* The bootloader takes it, for a flash of 8 MB. */
static void
change_last_partition (Parts *self)
{
  change_bootloader_size (self, "\x3f");
  change_entry (self, STORAGE, ENTRY_SIZE, "\x00\x00\x20\x00", 4);
}

static void
change_bootloader_address (Parts *self)
{
  self->bootloader_address += FIRMWARE_ESP_SECTOR_SIZE;
}

static void
change_app_address (Parts *self)
{
  self->app_address += 0x10000;
}

static void
change_bootloader (Parts *self)
{
  replace (&self->bootloader, test_image_new_pattern (BOOTLOADER_SIZE, 6));
}

static void
change_header (Parts *self)
{
  replace (&self->app, test_image_patch (self->app, 3, "\x3f", 1));
  replace (&self->app, test_image_reseal (self->app));
}

static void
sign (Parts *self)
{
  replace (&self->app, test_image_sign (self->app, 1));
}

static void
change_signature (Parts *self)
{
  sign (self);
  replace (&self->app,
           test_image_flip (self->app, g_bytes_get_size (self->app) - FIRMWARE_ESP_SECTOR_SIZE + 99,
                            0x01));
}

/* From the start of "nvs" into "otadata". */
static void
add_large_settings (Parts *self)
{
  self->settings = test_image_new_pattern (0x4100, 5);
  self->settings_address = 0x9000;
}

static void
add_misplaced_settings (Parts *self)
{
  self->settings = test_image_new_pattern (0x3000, 5);
  self->settings_address = 0xb000;
}

static void
leave_out_bootloader (Parts *self)
{
  g_clear_pointer (&self->bootloader, g_bytes_unref);
}

static void
leave_out_parameters (Parts *self)
{
  self->has_no_parameters = TRUE;
}

static void
leave_whole (Parts *self)
{
  if (self->app_size < LARGE_SIZE)
    set_app (self, self->chip->id, LARGE_SIZE, "v5.2.1");
  self->part_size = TEST_IMAGE_FLASH_SIZE;
}

/* What is behind the image is no hash until its header says so. */
static void
leave_out_hash (Parts *self)
{
  replace (&self->app, test_image_flip (self->app, 23, 0x01));
}

static void
change_version (Parts *self)
{
  set_app (self, self->chip->id, self->app_size, "v5.1");
}

static const struct {
  const char *nick;
  void (*change) (Parts *self);
} changes[] = {
  { "other-chip", change_chip },
  { "image-cut", change_length },
  { "image-checksum", change_data },
  { "image-hash", change_hash },
  { "table-damaged", change_table },
  { "bootloader-misplaced", change_bootloader_address },
  { "application-homeless", change_app_address },
  { "application-too-large", change_partition_size },
  { "table-entry", change_label },
  { "part-too-large", add_large_settings },
  { "across-partitions", add_misplaced_settings },
  { "bootloader-hash", change_bootloader_hash },
  { "unrecognised", change_bootloader },
  { "table-beyond-flash", change_last_partition },
  { "table-beyond-bootloader", change_bootloader_header },
  { "header-flash-size", change_header },
  { "signed", sign },
  { "signature-damaged", change_signature },
  { "alone", leave_out_bootloader },
  { "no-parameters", leave_out_parameters },
  { "part-uncut", leave_whole },
  { "no-hash", leave_out_hash },
  { "idf-versions", change_version },
};

static GBytes *
write_without_parameters (const FirmwareEspArchiveInput *inputs, gsize n_inputs, guint16 product)
{
  g_autoptr (TestArchive) archive = test_archive_new ();

  for (gsize i = 0; i < n_inputs; i++)
    test_archive_add (archive, inputs[i].name, inputs[i].address, inputs[i].data);

  return test_archive_finish (archive, product);
}

static GBytes *
write_parts (const Parts *self)
{
  const FirmwareEspArchiveInput inputs[] = {
    { "bootloader.bin", self->bootloader_address, self->bootloader },
    { "partition-table.bin", TEST_IMAGE_TABLE_ADDRESS, self->table },
    { "blink.bin", self->app_address, self->app },
    { "nvs.bin", self->settings_address, self->settings },
  };
  gsize n_left_out = self->bootloader == NULL ? 1 : 0;
  gsize n_inputs = G_N_ELEMENTS (inputs) - n_left_out - (self->settings == NULL ? 1 : 0);
  g_autoptr (GError) error = NULL;
  GBytes *file = NULL;

  if (self->has_no_parameters)
    return write_without_parameters (inputs + n_left_out, n_inputs, self->chip->product);

  file = firmware_esp_archive_write (inputs + n_left_out, n_inputs, self->chip->product,
                                     TEST_IMAGE_FLASH_SIZE, self->part_size, &error);
  g_assert_no_error (error);

  return file;
}

/**
 * test_image_list_findings:
 *
 * Lists what test_image_new_with_finding() can make.
 *
 * Returns: (transfer none) (array zero-terminated=1): nicks of kinds of findings
 */
const char *const *
test_image_list_findings (void)
{
  static const char *nicks[G_N_ELEMENTS (changes) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    nicks[i] = changes[i].nick;

  return nicks;
}

/**
 * test_image_new_with_finding:
 * @nick: what shall be found, one of test_image_list_findings()
 * @product: idProduct of the chip's ROM loader
 * @app_size: how large the application shall be, in bytes; some findings need more
 *
 * Makes a file that can be read and has just one finding; what is damaged about a signature comes
 * behind the finding that there is one.
 *
 * Returns: (transfer full) (nullable): the whole file, or %NULL when it cannot make that finding
 */
GBytes *
test_image_new_with_finding (const char *nick, guint16 product, gsize app_size)
{
  Parts parts = { .chip = firmware_esp_chip_find_by_product (product) };
  GBytes *file = NULL;

  parts.app_size = MAX (app_size, TEST_IMAGE_APP_SIZE_MIN + 64);
  parts.bootloader = test_image_new_bootloader (parts.chip->id, BOOTLOADER_SIZE);
  parts.table = test_image_new_partition_table ();
  parts.app = test_image_new_app (parts.chip->id, parts.app_size, "blink", "1.0.3", "v5.2.1");
  parts.bootloader_address = parts.chip->bootloader_address;
  parts.app_address = TEST_IMAGE_APP_ADDRESS;
  parts.part_size = FIRMWARE_ESP_PART_SIZE_DEFAULT;

  for (gsize i = 0; i < G_N_ELEMENTS (changes) && file == NULL; i++) {
    if (!g_str_equal (changes[i].nick, nick))
      continue;

    changes[i].change (&parts);
    file = write_parts (&parts);
  }

  clear_parts (&parts);

  return file;
}
