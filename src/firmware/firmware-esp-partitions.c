/* firmware-esp-partitions.c: an ESP partition table, from bytes to partitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-partitions.h"

#include "firmware-bytes.h"
#include "firmware-esp-chip.h"
#include "firmware-esp-table.h"
#include "firmware-text.h"

#include <string.h>

/* esp_partition_info_t of ESP-IDF. */
#define ENTRY_LENGTH 32
#define ENTRY_MAGIC 0x50aa
#define ENTRY_TYPE 2
#define ENTRY_SUBTYPE 3
#define ENTRY_ADDRESS 4
#define ENTRY_SIZE 8
#define ENTRY_LABEL 12
#define ENTRY_LABEL_LENGTH 16
#define ENTRY_FLAGS 28

/* Instead of a partition: the MD5 of all entries before it. */
#define MD5_MAGIC 0xebeb
#define MD5_DIGEST 16

typedef struct {
  guint number;
  FirmwarePartition *partition; /* borrowed */
} Entry;

static void
add_fault (FirmwareEspPartitions *self, FirmwareTableFaultKind kind, guint first, guint32 second)
{
  const FirmwareTableFault fault = { .kind = kind, .first = first, .second = second };

  g_array_append_val (self->faults, fault);
}

/* An empty label is odd, but a label all the same. */
static char *
read_label (FirmwareEspPartitions *self, const guint8 *entry, guint number)
{
  char *label = firmware_text_dup_field (entry + ENTRY_LABEL, ENTRY_LABEL_LENGTH);

  if (label != NULL)
    return label;

  if (entry[ENTRY_LABEL] == '\0')
    add_fault (self, FIRMWARE_TABLE_FAULT_NO_LABEL, number, 0);
  else
    add_fault (self, FIRMWARE_TABLE_FAULT_LABEL, number, 0);

  return g_strdup ("");
}

static void
check_entry (FirmwareEspPartitions *self, FirmwarePartition *partition, guint number)
{
  guint32 address = firmware_partition_get_address (partition);

  if (firmware_partition_get_partition_type (partition) == FIRMWARE_PARTITION_TYPE_APP) {
    if (address % FIRMWARE_ESP_APP_ALIGNMENT != 0)
      add_fault (self, FIRMWARE_TABLE_FAULT_APP_MISALIGNED, number, address);
  } else if (address % FIRMWARE_ESP_SECTOR_SIZE != 0) {
    add_fault (self, FIRMWARE_TABLE_FAULT_MISALIGNED, number, address);
  }

  if (firmware_partition_get_size (partition) == 0)
    add_fault (self, FIRMWARE_TABLE_FAULT_NO_BYTES, number, 0);
}

static void
read_entry (FirmwareEspPartitions *self, GArray *entries, const guint8 *data, guint number)
{
  g_autofree char *label = read_label (self, data, number);
  FirmwarePartition *partition =
    firmware_partition_new (label, data[ENTRY_TYPE], data[ENTRY_SUBTYPE],
                            firmware_bytes_read_u32 (data + ENTRY_ADDRESS),
                            firmware_bytes_read_u32 (data + ENTRY_SIZE),
                            firmware_bytes_read_u32 (data + ENTRY_FLAGS));
  const Entry entry = { number, partition };

  if (self->has_md5)
    add_fault (self, FIRMWARE_TABLE_FAULT_BEHIND_MD5, number, 0);

  check_entry (self, partition, number);
  g_ptr_array_add (self->partitions, partition);
  g_array_append_val (entries, entry);
}

static void
read_md5 (FirmwareEspPartitions *self, const guint8 *data, guint number)
{
  guint8 md5[FIRMWARE_ESP_RECORD_MD5_LENGTH];

  firmware_esp_md5 (md5, data, (gsize) number * ENTRY_LENGTH);
  if (self->has_md5)
    add_fault (self, FIRMWARE_TABLE_FAULT_SECOND_MD5, number, 0);
  else if (memcmp (md5, data + number * ENTRY_LENGTH + MD5_DIGEST, sizeof md5) != 0)
    add_fault (self, FIRMWARE_TABLE_FAULT_WRONG_MD5, number, 0);

  self->has_md5 = TRUE;
}

/* Behind the end of a short table there is erased flash, which ends it as well. */
static void
read_entries (FirmwareEspPartitions *self, GArray *entries, const guint8 *data, gsize size)
{
  gsize end = MIN (size, FIRMWARE_ESP_PARTITIONS_SIZE_MAX);
  guint number = 0;

  for (; (number + 1) * ENTRY_LENGTH <= end; number++) {
    const guint8 *entry = data + number * ENTRY_LENGTH;
    guint16 magic = firmware_bytes_read_u16 (entry);

    if (firmware_bytes_are_erased (entry, ENTRY_LENGTH))
      return;

    if (magic == ENTRY_MAGIC) {
      read_entry (self, entries, entry, number);
    } else if (magic == MD5_MAGIC) {
      read_md5 (self, data, number);
    } else {
      add_fault (self, FIRMWARE_TABLE_FAULT_NO_PARTITION, number,
                 (guint32) entry[0] << 8 | entry[1]);
      return;
    }
  }

  if (end == FIRMWARE_ESP_PARTITIONS_SIZE_MAX)
    add_fault (self, FIRMWARE_TABLE_FAULT_NO_END, 0, 0);
  else if (!firmware_bytes_are_erased (data + number * ENTRY_LENGTH, end - number * ENTRY_LENGTH))
    add_fault (self, FIRMWARE_TABLE_FAULT_CUT, number, 0);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;
  guint32 first_address = firmware_partition_get_address (first->partition);
  guint32 second_address = firmware_partition_get_address (second->partition);

  if (first_address != second_address)
    return first_address < second_address ? -1 : 1;

  return (first->number > second->number) - (first->number < second->number);
}

static int
compare_partitions (gconstpointer a, gconstpointer b)
{
  guint32 first = firmware_partition_get_address (*(FirmwarePartition *const *) a);
  guint32 second = firmware_partition_get_address (*(FirmwarePartition *const *) b);

  return (first > second) - (first < second);
}

static guint64
get_end (const Entry *entry)
{
  return (guint64) firmware_partition_get_address (entry->partition) +
         firmware_partition_get_size (entry->partition);
}

static void
check_overlaps (FirmwareEspPartitions *self, GArray *entries)
{
  const Entry *furthest = NULL;

  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    if (furthest != NULL && firmware_partition_get_address (entry->partition) < get_end (furthest))
      add_fault (self, FIRMWARE_TABLE_FAULT_OVERLAP, MIN (furthest->number, entry->number),
                 MAX (furthest->number, entry->number));

    if (furthest == NULL || get_end (entry) > get_end (furthest))
      furthest = entry;
  }
}

/**
 * firmware_esp_partitions_is_present:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Tells whether a part begins like a partition table.
 *
 * Returns: whether it does
 */
gboolean
firmware_esp_partitions_is_present (const guint8 *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  return size >= ENTRY_LENGTH && firmware_bytes_read_u16 (data) == ENTRY_MAGIC;
}

/**
 * firmware_esp_partitions_parse:
 * @self: (out caller-allocates): what to fill; clear it afterwards
 * @data: (array length=size): the bytes of the table
 * @size: how many; what is behind the first 0xC00 is not part of the table
 *
 * Reads a partition table as far as it makes sense, at most 96 entries.
 */
void
firmware_esp_partitions_parse (FirmwareEspPartitions *self, const guint8 *data, gsize size)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || size == 0);

  self->partitions = g_ptr_array_new_with_free_func (g_object_unref);
  self->faults = g_array_new (FALSE, FALSE, sizeof (FirmwareTableFault));
  self->has_md5 = FALSE;

  read_entries (self, entries, data, size);
  check_overlaps (self, entries);
  g_ptr_array_sort (self->partitions, compare_partitions);
}

/**
 * firmware_esp_partitions_get_md5:
 * @self: what a table says
 *
 * Returns: what came of comparing the entries with the MD5 behind them
 */
FirmwareEspProof
firmware_esp_partitions_get_md5 (const FirmwareEspPartitions *self)
{
  g_return_val_if_fail (self != NULL, FIRMWARE_ESP_PROOF_NONE);

  for (guint i = 0; i < self->faults->len; i++) {
    if (g_array_index (self->faults, FirmwareTableFault, i).kind == FIRMWARE_TABLE_FAULT_WRONG_MD5)
      return FIRMWARE_ESP_PROOF_WRONG;
  }

  return self->has_md5 ? FIRMWARE_ESP_PROOF_GOOD : FIRMWARE_ESP_PROOF_NONE;
}

/**
 * firmware_esp_partitions_is_good:
 * @self: what a table says
 *
 * Returns: whether ESP-IDF's bootloader takes the table
 */
gboolean
firmware_esp_partitions_is_good (const FirmwareEspPartitions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->faults->len; i++) {
    if (firmware_table_fault_is_fatal (&g_array_index (self->faults, FirmwareTableFault, i)))
      return FALSE;
  }

  return TRUE;
}

/**
 * firmware_esp_partitions_clear:
 * @self: what a table says
 *
 * Frees what firmware_esp_partitions_parse() filled in.
 */
void
firmware_esp_partitions_clear (FirmwareEspPartitions *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->partitions, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_array_unref);
}
