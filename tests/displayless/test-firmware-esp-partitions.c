/* test-firmware-esp-partitions.c: partition tables, right and wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-partitions.h"

#include "test-image.h"

#include <string.h>

#define ENTRY_LENGTH 32
#define MD5_ENTRY (5 * ENTRY_LENGTH)

static void
parse (FirmwareEspPartitions *self, GBytes *table)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (table, &size);

  firmware_esp_partitions_parse (self, data, size);
}

static void
assert_fault (const FirmwareEspPartitions *self, guint number, const char *text)
{
  g_autofree char *found = NULL;

  g_assert_cmpuint (number, <, self->faults->len);
  found = firmware_table_fault_to_text (&g_array_index (self->faults, FirmwareTableFault, number));
  g_assert_cmpstr (found, ==, text);
}

static FirmwarePartition *
get_partition (const FirmwareEspPartitions *self, guint number)
{
  g_assert_cmpuint (number, <, self->partitions->len);

  return g_ptr_array_index (self->partitions, number);
}

/* A table without MD5, of which some bytes are other ones. */
static void
parse_changed (FirmwareEspPartitions *self,
               gsize size,
               gsize offset,
               const char *bytes,
               gsize length)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (table, NULL), g_bytes_get_size (table));

  memset (data + MD5_ENTRY, 0xff, ENTRY_LENGTH);
  memcpy (data + offset, bytes, length);
  firmware_esp_partitions_parse (self, data, size);
}

static void
test_good (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_auto (FirmwareEspPartitions) partitions = { 0 };

  parse (&partitions, table);

  g_assert_cmpuint (partitions.partitions->len, ==, 5);
  g_assert_cmpuint (partitions.faults->len, ==, 0);
  g_assert_true (partitions.has_md5);
  g_assert_cmpint (firmware_esp_partitions_get_md5 (&partitions), ==, FIRMWARE_ESP_PROOF_GOOD);
  g_assert_cmpstr (firmware_partition_get_label (get_partition (&partitions, 3)), ==, "factory");
  g_assert_cmpstr (firmware_partition_get_kind (get_partition (&partitions, 3)), ==,
                   "app, factory");
  g_assert_cmphex (firmware_partition_get_address (get_partition (&partitions, 3)), ==, 0x10000);
  g_assert_cmphex (firmware_partition_get_size (get_partition (&partitions, 3)), ==, 0x2f0000);
}

/* Older tables have no MD5, and no more bytes than they need. */
static void
test_without_md5 (void)
{
  for (gsize size = MD5_ENTRY; size <= 0xc00; size += ENTRY_LENGTH) {
    g_auto (FirmwareEspPartitions) partitions = { 0 };

    parse_changed (&partitions, size, 0, "", 0);
    g_assert_cmpuint (partitions.partitions->len, ==, 5);
    g_assert_cmpuint (partitions.faults->len, ==, 0);
    g_assert_false (partitions.has_md5);
    g_assert_cmpint (firmware_esp_partitions_get_md5 (&partitions), ==, FIRMWARE_ESP_PROOF_NONE);
  }
}

/* Whatever bit of an entry or of its MD5 is wrong, it does not go unseen. */
static void
test_md5 (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  for (gsize offset = 0; offset < MD5_ENTRY + ENTRY_LENGTH; offset++) {
    g_autoptr (GBytes) damaged = test_image_flip (table, offset, 0x10);
    g_auto (FirmwareEspPartitions) partitions = { 0 };

    /* Between its magic and its digest, an MD5 entry has no meaning. */
    if (offset >= MD5_ENTRY + 2 && offset < MD5_ENTRY + 16)
      continue;

    parse (&partitions, damaged);
    g_assert_false (firmware_esp_partitions_is_good (&partitions));
  }
}

typedef struct {
  const char *name;
  gsize size;
  gsize offset;
  const char *bytes;
  gsize length;
  gboolean is_good; /* the bootloader takes it all the same */
  const char *fault;
} Case;

#define BYTES(text) text, sizeof text - 1

static const Case cases[] = {
  { "app-misaligned", 0xc00, 3 * ENTRY_LENGTH + 4, BYTES ("\x00\x10\x01\x00\x00\x00\x01\x00"),
    FALSE, "app-misaligned 3 0x00011000" },
  { "data-misaligned", 0xc00, 2 * ENTRY_LENGTH + 4, BYTES ("\x04\xf0\x00\x00\x00\x08\x00\x00"),
    TRUE, "misaligned 2 0x0000f004" },
  { "overlap", 0xc00, 1 * ENTRY_LENGTH + 4, BYTES ("\x00\xc0"), TRUE, "overlap 0 1" },
  { "same-address", 0xc00, 2 * ENTRY_LENGTH + 4, BYTES ("\x00\xd0\x00\x00\x00\x10\x00\x00"), TRUE,
    "overlap 1 2" },
  { "size-0", 0xc00, 4 * ENTRY_LENGTH + 8, BYTES ("\0\0\0\0"), TRUE, "no-bytes 4" },
  { "label-control", 0xc00, 12, BYTES ("n\033s"), TRUE, "label 0" },
  { "label-empty", 0xc00, 12, BYTES ("\0\0\0"), TRUE, "no-label 0" },
  { "magic", 0xc00, 2 * ENTRY_LENGTH, BYTES ("\xab\x50"), FALSE, "no-partition 2 0xab50" },
  { "half-erased", 0xc00, MD5_ENTRY + 31, BYTES ("\xfe"), FALSE, "no-partition 5 0xffff" },
  { "cut", MD5_ENTRY - 1, 0, BYTES (""), FALSE, "cut 4" },
};

static void
test_wrong (gconstpointer user_data)
{
  const Case *row = user_data;
  g_auto (FirmwareEspPartitions) partitions = { 0 };

  parse_changed (&partitions, row->size, row->offset, row->bytes, row->length);

  g_assert_cmpuint (partitions.faults->len, ==, 1);
  assert_fault (&partitions, 0, row->fault);
  g_assert_cmpint (firmware_esp_partitions_is_good (&partitions), ==, row->is_good);
}

/* As many entries as there is room for are one too many: there must be an end. */
static void
test_full (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GByteArray) full = g_byte_array_new ();

  while (full->len < 0x1000) {
    g_auto (FirmwareEspPartitions) partitions = { 0 };

    g_byte_array_append (full, g_bytes_get_data (table, NULL), ENTRY_LENGTH);
    firmware_esp_partitions_parse (&partitions, full->data, full->len);
    g_assert_cmpuint (partitions.partitions->len, ==, MIN (full->len, 0xc00) / ENTRY_LENGTH);
    g_assert_cmpint (firmware_esp_partitions_is_good (&partitions), ==, full->len < 0xc00);
    if (full->len >= 0xc00)
      assert_fault (&partitions, 0, "no-end");
  }
}

/* The order of entries is theirs, that of partitions is by address; the MD5 covers what is before.
 */
static void
test_order (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  const guint8 *data = g_bytes_get_data (table, NULL);
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  g_auto (FirmwareEspPartitions) partitions = { 0 };

  for (gsize i = 6; i-- > 0;)
    g_byte_array_append (turned, data + i * ENTRY_LENGTH, ENTRY_LENGTH);
  firmware_esp_partitions_parse (&partitions, turned->data, turned->len);

  g_assert_cmpuint (partitions.faults->len, ==, 6);
  assert_fault (&partitions, 0, "wrong-md5 0");
  assert_fault (&partitions, 1, "behind-md5 1");
  for (guint i = 0; i < 5; i++) {
    static const guint32 addresses[] = { 0x9000, 0xd000, 0xf000, 0x10000, 0x300000 };

    g_assert_cmphex (firmware_partition_get_address (get_partition (&partitions, i)), ==,
                     addresses[i]);
  }
}

/* A second MD5 is none, whether it is right or not. */
static void
test_second_md5 (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (table, NULL), g_bytes_get_size (table));
  g_auto (FirmwareEspPartitions) partitions = { 0 };

  memcpy (data + MD5_ENTRY + ENTRY_LENGTH, data + MD5_ENTRY, ENTRY_LENGTH);
  firmware_esp_partitions_parse (&partitions, data, g_bytes_get_size (table));

  g_assert_cmpuint (partitions.partitions->len, ==, 5);
  g_assert_cmpuint (partitions.faults->len, ==, 1);
  assert_fault (&partitions, 0, "second-md5 6");
  g_assert_false (firmware_esp_partitions_is_good (&partitions));
}

static void
test_truncations (void)
{
  g_autoptr (GBytes) table = test_image_new_partition_table ();

  for (gsize size = 0; size < 300; size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (table, NULL), size);
    g_auto (FirmwareEspPartitions) partitions = { 0 };

    parse (&partitions, cut);
    g_assert_cmpuint (partitions.partitions->len, ==, MIN (size / ENTRY_LENGTH, 5));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-partitions/good", test_good);
  g_test_add_func ("/firmware/esp-partitions/without-md5", test_without_md5);
  g_test_add_func ("/firmware/esp-partitions/md5", test_md5);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/firmware/esp-partitions/wrong/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_wrong);
  }
  g_test_add_func ("/firmware/esp-partitions/full", test_full);
  g_test_add_func ("/firmware/esp-partitions/order", test_order);
  g_test_add_func ("/firmware/esp-partitions/second-md5", test_second_md5);
  g_test_add_func ("/firmware/esp-partitions/truncations", test_truncations);

  return g_test_run ();
}
