/* test-firmware-esp-facts.c: everything that an ESP image tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-facts.h"

#include "test-image.h"

#include <string.h>

#define APP_SIZE 5005
#define IMAGE_SIZE 4992

static GBytes *
make_app (void)
{
  return test_image_new_app (0x0002, APP_SIZE, "blink", "1.0.3", "v5.2.1");
}

static void
test_application (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (app);
  g_autoptr (FirmwareEspFacts) copy = g_boxed_copy (FIRMWARE_TYPE_ESP_FACTS, facts);

  g_assert_true (copy == facts);
  g_assert_cmpuint (facts->header.n_segments, ==, 1);
  g_assert_cmpstr (facts->header.flash_mode, ==, "dio");
  g_assert_cmpuint (facts->header.flash_frequency, ==, 80);
  g_assert_cmpuint (facts->header.flash_size, ==, 4 * 1024 * 1024);
  g_assert_cmphex (facts->header.entry_point, ==, 0x40024000);
  g_assert_cmpuint (facts->header.min_revision, ==, 0);
  g_assert_cmpuint (facts->header.max_revision, ==, 199);
  g_assert_cmpstr (facts->chip->name, ==, "ESP32-S2");

  g_assert_cmpuint (facts->extent.size, ==, IMAGE_SIZE);
  g_assert_cmpuint (facts->total_size, ==, IMAGE_SIZE);
  g_assert_true (facts->extent.is_complete);
  g_assert_cmpint (facts->extent.checksum, ==, FIRMWARE_ESP_PROOF_GOOD);
  g_assert_cmpint (facts->extent.hash, ==, FIRMWARE_ESP_PROOF_GOOD);
  g_assert_false (facts->is_signed);

  g_assert_true (facts->is_described);
  g_assert_cmpstr (facts->application.project, ==, "blink");
  g_assert_cmpstr (facts->application.version, ==, "1.0.3");
  g_assert_cmpstr (facts->application.time, ==, "12:34:56");
  g_assert_cmpuint (strlen (facts->application.elf_sha256), ==, 64);
  g_assert_null (facts->bootloader.idf_version);
  g_assert_cmpstr (firmware_esp_facts_get_idf_version (facts), ==, "v5.2.1");
}

static void
test_bootloader (void)
{
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (0x0009, 4096);
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (bootloader);

  g_assert_cmpstr (facts->chip->name, ==, "ESP32-S3");
  g_assert_false (facts->is_described);
  g_assert_null (facts->application.project);
  g_assert_cmpstr (facts->bootloader.date, ==, "Apr 30 2026 10:20:30");
  g_assert_cmpstr (firmware_esp_facts_get_idf_version (facts), ==, "v5.2.1");
}

static void
test_nothing (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  g_assert_null (firmware_esp_facts_new (table));
  g_assert_null (firmware_esp_facts_new (empty));
}

/* Whatever bit is wrong, the hash tells; where data are, the checksum does, too. */
static void
test_damage (void)
{
  g_autoptr (GBytes) app = make_app ();

  for (gsize offset = 24; offset < APP_SIZE; offset++) {
    g_autoptr (GBytes) damaged = test_image_flip (app, offset, 0x04);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (damaged);
    gboolean is_data = offset >= 32 && offset < IMAGE_SIZE - 32 - 16;

    /* The length of the segment decides where everything is. */
    if (offset >= 28 && offset < 32)
      continue;

    g_assert_true (facts->extent.is_complete);
    g_assert_cmpint (facts->extent.hash, ==,
                     offset < IMAGE_SIZE ? FIRMWARE_ESP_PROOF_WRONG : FIRMWARE_ESP_PROOF_GOOD);
    g_assert_cmpint (facts->extent.checksum, ==,
                     is_data || offset == IMAGE_SIZE - 33 ? FIRMWARE_ESP_PROOF_WRONG
                                                          : FIRMWARE_ESP_PROOF_GOOD);
  }
}

/* Every byte that is missing is missed, and the blocks are of just the size that is read. */
static void
test_truncations (void)
{
  g_autoptr (GBytes) app = make_app ();

  for (gsize size = 0; size < APP_SIZE; size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (app, NULL), size);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (cut);

    if (size < FIRMWARE_ESP_IMAGE_HEADER_LENGTH) {
      g_assert_null (facts);
      continue;
    }

    g_assert_cmpint (facts->extent.is_complete, ==, size >= IMAGE_SIZE);
    if (size >= IMAGE_SIZE)
      continue;

    g_assert_cmpuint (facts->extent.size, ==, size < 32 ? 80 : IMAGE_SIZE);
    g_assert_cmpuint (facts->total_size, ==, facts->extent.size);
    g_assert_cmpint (facts->extent.checksum, ==, FIRMWARE_ESP_PROOF_NONE);
    g_assert_cmpint (facts->extent.hash, ==, FIRMWARE_ESP_PROOF_NONE);
  }
}

/* Sixteen segments of nearly 4 GiB need more than 32 bits, and nothing is read for them. */
static void
test_huge_segment (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) many = test_image_patch (app, 1, "\x10", 1);
  g_autoptr (GBytes) huge = test_image_patch (many, 28, "\xff\xff\xff\xff", 4);
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (huge);

  g_assert_false (facts->extent.is_complete);
  g_assert_cmpuint (facts->extent.size, ==, G_GUINT64_CONSTANT (0x100000020) + 32);
}

static void
test_without_hash (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) without = test_image_flip (app, 23, 0x01);
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (without);

  g_assert_false (facts->header.has_hash);
  g_assert_cmpuint (facts->extent.size, ==, IMAGE_SIZE - 32);
  g_assert_cmpint (facts->extent.checksum, ==, FIRMWARE_ESP_PROOF_GOOD);
  g_assert_cmpint (facts->extent.hash, ==, FIRMWARE_ESP_PROOF_NONE);
}

static void
test_signatures (void)
{
  for (guint n_signatures = 1; n_signatures <= 3; n_signatures++) {
    g_autoptr (GBytes) app = make_app ();
    g_autoptr (GBytes) file = test_image_sign (app, n_signatures);
    g_autoptr (GBytes) none = test_image_flip (file, 8192, 0x01);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - 1);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (file);
    g_autoptr (FirmwareEspFacts) without = firmware_esp_facts_new (none);
    g_autoptr (FirmwareEspFacts) short_facts = firmware_esp_facts_new (cut);

    g_assert_true (facts->is_signed);
    g_assert_cmpuint (facts->signature.offset, ==, 8192);
    g_assert_cmpuint (facts->signature.version, ==, 2);
    g_assert_cmpuint (facts->signature.n_blocks, ==, n_signatures);
    g_assert_cmpint (facts->signature.fault, ==, FIRMWARE_ESP_SIGNATURE_FAULT_NONE);
    g_assert_cmpuint (facts->extent.size, ==, IMAGE_SIZE);
    g_assert_cmpuint (facts->total_size, ==, 8192 + 4096);

    g_assert_false (without->is_signed);
    g_assert_false (short_facts->is_signed);
  }
}

static void
assert_fault (GBytes *file, guint8 version, FirmwareEspSignatureFault fault)
{
  g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (file);

  g_assert_true (facts->is_signed);
  g_assert_cmpuint (facts->signature.version, ==, version);
  g_assert_cmpint (facts->signature.fault, ==, fault);
}

static void
test_signature_faults (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) file = test_image_sign (app, 3);
  g_autoptr (GBytes) damaged = test_image_flip (file, 8192 + 100, 0x01);
  g_autoptr (GBytes) third_damaged = test_image_flip (file, 8192 + 2 * 1216 + 100, 0x01);
  g_autoptr (GBytes) third_unknown = test_image_flip (file, 8192 + 2 * 1216 + 1, 0x10);
  g_autoptr (GBytes) padding = test_image_flip (file, 8191, 0x01);
  g_autoptr (GBytes) version = test_image_flip (file, 8192 + 1, 0x10);
  g_autoptr (GBytes) sealed_version = test_image_reseal_signature (version);
  g_autoptr (GBytes) nothing = test_image_flip (version, 8192 + 5, 0x01);
  g_autoptr (FirmwareEspFacts) without = firmware_esp_facts_new (nothing);

  assert_fault (damaged, 2, FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM);
  assert_fault (third_damaged, 2, FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM);
  assert_fault (third_unknown, 2, FIRMWARE_ESP_SIGNATURE_FAULT_VERSION);
  assert_fault (padding, 2, FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST);
  assert_fault (version, 0x12, FIRMWARE_ESP_SIGNATURE_FAULT_VERSION);
  assert_fault (sealed_version, 0x12, FIRMWARE_ESP_SIGNATURE_FAULT_VERSION);
  g_assert_false (without->is_signed);
}

/* Where an image was padded before it was signed, only what is whole is found: to try every sector
 * for a digest would take too long. */
static void
test_signature_behind_padding (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) erased = test_image_new_erased (12288 - IMAGE_SIZE);
  g_autoptr (GByteArray) padded = g_byte_array_new ();
  g_autoptr (GBytes) image = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) version = NULL;
  g_autoptr (GBytes) sealed_version = NULL;
  g_autoptr (FirmwareEspFacts) without = NULL;

  g_byte_array_append (padded, g_bytes_get_data (app, NULL), IMAGE_SIZE);
  g_byte_array_append (padded, g_bytes_get_data (erased, NULL), 12288 - IMAGE_SIZE);
  image = g_byte_array_free_to_bytes (g_steal_pointer (&padded));
  file = test_image_sign (image, 1);
  version = test_image_flip (file, 12288 + 1, 0x10);
  sealed_version = test_image_reseal_signature (version);
  without = firmware_esp_facts_new (version);

  assert_fault (file, 2, FIRMWARE_ESP_SIGNATURE_FAULT_NONE);
  assert_fault (sealed_version, 0x12, FIRMWARE_ESP_SIGNATURE_FAULT_VERSION);
  g_assert_false (without->is_signed);
}

/* ECDSA may have a longer digest of what it signs, and its own frame has the CRC in the same place.
 */
static void
test_elliptic_signature (void)
{
  g_autoptr (GBytes) app = make_app ();
  g_autoptr (GBytes) file = test_image_sign (app, 1);
  g_autoptr (GBytes) unsealed = test_image_flip (file, 8193, 0x01);
  g_autoptr (GBytes) elliptic = test_image_reseal_signature (unsealed);
  g_autoptr (GBytes) other_hash = test_image_patch (elliptic, 8194, "\x01", 1);
  g_autoptr (GBytes) short_digest = test_image_reseal_signature (other_hash);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA384);
  guint8 digest[48];
  gsize length = sizeof digest;
  g_autoptr (GBytes) patched = NULL;
  g_autoptr (GBytes) long_digest = NULL;

  g_checksum_update (checksum, g_bytes_get_data (file, NULL), 8192);
  g_checksum_get_digest (checksum, digest, &length);
  patched = test_image_patch (other_hash, 8196, (const char *) digest, length);
  long_digest = test_image_reseal_signature (patched);

  assert_fault (unsealed, 3, FIRMWARE_ESP_SIGNATURE_FAULT_CHECKSUM);
  assert_fault (elliptic, 3, FIRMWARE_ESP_SIGNATURE_FAULT_NONE);
  assert_fault (short_digest, 3, FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST);
  assert_fault (long_digest, 3, FIRMWARE_ESP_SIGNATURE_FAULT_NONE);
}

static void
test_header_values (void)
{
  const struct {
    guint8 code; /* of size and frequency */
    guint16 chip_id;
    guint frequency;
    guint64 size;
  } rows[] = {
    { 0x0f, 0x0002, 80, 1 },   { 0x10, 0x0002, 40, 2 },  { 0x21, 0x0009, 26, 4 },
    { 0x32, 0x0009, 20, 8 },   { 0x4f, 0x000c, 60, 16 }, { 0x5f, 0x0010, 48, 32 },
    { 0x7f, 0x0012, 80, 128 }, { 0x83, 0x0012, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) app = test_image_new_app (rows[i].chip_id, APP_SIZE, "b", "1", "v5");
    g_autoptr (GBytes) other = test_image_patch (app, 3, (const char *) &rows[i].code, 1);
    g_autoptr (FirmwareEspFacts) facts = firmware_esp_facts_new (other);

    g_assert_cmpuint (facts->header.flash_frequency, ==, rows[i].frequency);
    g_assert_cmpuint (facts->header.flash_size, ==, rows[i].size << 20);
  }
}

static const struct {
  const char *path;
  void (*run) (void);
} tests[] = {
  { "/firmware/esp-facts/application", test_application },
  { "/firmware/esp-facts/bootloader", test_bootloader },
  { "/firmware/esp-facts/nothing", test_nothing },
  { "/firmware/esp-facts/damage", test_damage },
  { "/firmware/esp-facts/truncations", test_truncations },
  { "/firmware/esp-facts/huge-segment", test_huge_segment },
  { "/firmware/esp-facts/without-hash", test_without_hash },
  { "/firmware/esp-facts/signatures", test_signatures },
  { "/firmware/esp-facts/signature-faults", test_signature_faults },
  { "/firmware/esp-facts/signature-behind-padding", test_signature_behind_padding },
  { "/firmware/esp-facts/elliptic-signature", test_elliptic_signature },
  { "/firmware/esp-facts/header-values", test_header_values },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].run);

  return g_test_run ();
}
