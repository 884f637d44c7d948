/* firmware-memory.c: bytes at addresses, with gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-memory.h"

#include "firmware-error.h"

/* Bytes as they came, in one piece. */
typedef struct {
  guint64 address;
  guint offset; /* of the first in the common store */
  guint size;
  guint place;
} Record;

struct _FirmwareMemory {
  GByteArray *store;
  GArray *records; /* of Record */
  guint64 limit;   /* no byte goes to this address or beyond */
};

static guint64
get_end (const Record *record)
{
  return record->address + record->size;
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const Record *first = a;
  const Record *second = b;

  if (first->address != second->address)
    return first->address < second->address ? -1 : 1;

  return (first->place > second->place) - (first->place < second->place);
}

static gboolean
check_room (const FirmwareMemory *self, guint64 address, gsize size, GError **error)
{
  if (size <= self->limit && address <= self->limit - size)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH,
               "%" G_GSIZE_FORMAT " bytes at address 0x%08" G_GINT64_MODIFIER
               "x reach beyond 0x%08" G_GINT64_MODIFIER "x",
               size, address, self->limit);
  return FALSE;
}

static gboolean
check_overlaps (const FirmwareMemory *self, const char *noun, guint *fault, GError **error)
{
  for (guint i = 1; i < self->records->len; i++) {
    const Record *previous = &g_array_index (self->records, Record, i - 1);
    const Record *record = &g_array_index (self->records, Record, i);

    if (get_end (previous) <= record->address)
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "%s %u and %s %u both have a byte for address 0x%08" G_GINT64_MODIFIER "x", noun,
                 previous->place, noun, record->place, record->address);
    *fault = MAX (previous->place, record->place);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_n_runs (const FirmwareMemory *self, guint *fault, GError **error)
{
  guint n_runs = 0;

  for (guint i = 0; i < self->records->len; i++) {
    const Record *record = &g_array_index (self->records, Record, i);

    if (i > 0 && get_end (record - 1) == record->address)
      continue;

    if (++n_runs == FIRMWARE_MEMORY_RUNS_MAX + 1)
      *fault = record->place;
  }

  if (n_runs <= FIRMWARE_MEMORY_RUNS_MAX)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The bytes are scattered over %u places; more than %d are not taken for firmware",
               n_runs, FIRMWARE_MEMORY_RUNS_MAX);
  return FALSE;
}

/* Takes the records from @first that touch one another. */
static guint
count_touching (const FirmwareMemory *self, guint first, gsize *size)
{
  guint i = first;

  *size = 0;
  do
    *size += g_array_index (self->records, Record, i++).size;
  while (i < self->records->len && g_array_index (self->records, Record, i).address ==
                                     get_end (&g_array_index (self->records, Record, i - 1)));

  return i - first;
}

static GBytes *
join_records (const FirmwareMemory *self, guint first, guint n_records, gsize size)
{
  GByteArray *joined = g_byte_array_sized_new ((guint) size);

  for (guint i = first; i < first + n_records; i++) {
    const Record *record = &g_array_index (self->records, Record, i);

    g_byte_array_append (joined, self->store->data + record->offset, record->size);
  }

  return g_byte_array_free_to_bytes (joined);
}

static void
clear_run (gpointer data)
{
  FirmwareRun *run = data;

  g_clear_pointer (&run->data, g_bytes_unref);
}

/**
 * firmware_runs_new:
 *
 * Creates an empty list of runs, which holds their bytes.
 *
 * Returns: (transfer full) (element-type FirmwareRun): the list
 */
GArray *
firmware_runs_new (void)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (FirmwareRun));

  g_array_set_clear_func (runs, clear_run);

  return runs;
}

/**
 * firmware_memory_new:
 * @limit: the first address that no byte may have
 *
 * Creates a memory without a byte in it.
 *
 * Returns: (transfer full): a memory
 */
FirmwareMemory *
firmware_memory_new (guint64 limit)
{
  FirmwareMemory *self = g_new0 (FirmwareMemory, 1);

  self->store = g_byte_array_new ();
  self->records = g_array_new (FALSE, FALSE, sizeof (Record));
  self->limit = limit;

  return self;
}

/**
 * firmware_memory_free:
 * @self: (transfer full): a memory
 *
 * Frees a memory.
 */
void
firmware_memory_free (FirmwareMemory *self)
{
  g_clear_pointer (&self->store, g_byte_array_unref);
  g_clear_pointer (&self->records, g_array_unref);
  g_free (self);
}

/**
 * firmware_memory_add:
 * @self: a memory
 * @address: where the first byte goes
 * @data: (array length=size): bytes
 * @size: how many; none is fine
 * @place: where they stand in the file, such as a line's number, for messages
 * @error: return location for %FIRMWARE_ERROR_BEYOND_FLASH, when an address is not below the limit
 *
 * Adds bytes. Takes amortised constant time, whatever the order.
 *
 * Returns: whether they were added
 */
gboolean
firmware_memory_add (FirmwareMemory *self,
                     guint64 address,
                     const guint8 *data,
                     gsize size,
                     guint place,
                     GError **error)
{
  Record record = { .address = address, .size = (guint) size, .place = place };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (!check_room (self, address, size, error))
    return FALSE;
  if (size == 0)
    return TRUE;

  record.offset = self->store->len;
  g_byte_array_append (self->store, data, (guint) size);
  g_array_append_val (self->records, record);

  return TRUE;
}

/**
 * firmware_memory_join:
 * @self: a memory
 * @noun: what a place in the file is called: "line", "block"
 * @fault: (out): with an error, the place that it is about: the second of two for one address
 * @error: return location for %FIRMWARE_ERROR_OVERLAP, when there are two bytes for one address, or
 *   %FIRMWARE_ERROR_MALFORMED, when there are more than %FIRMWARE_MEMORY_RUNS_MAX runs
 *
 * Puts what was added into the order of addresses. Takes the time to sort the records.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareRun): runs, none of which touches the
 * next; none at all when nothing was added
 */
GArray *
firmware_memory_join (FirmwareMemory *self, const char *noun, guint *fault, GError **error)
{
  GArray *runs = NULL;
  guint n_records = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (noun != NULL, NULL);
  g_return_val_if_fail (fault != NULL, NULL);

  g_array_sort (self->records, compare_records);
  if (!check_overlaps (self, noun, fault, error) || !check_n_runs (self, fault, error))
    return NULL;

  runs = firmware_runs_new ();
  for (guint i = 0; i < self->records->len; i += n_records) {
    FirmwareRun run = { .address = g_array_index (self->records, Record, i).address };
    gsize size = 0;

    n_records = count_touching (self, i, &size);
    run.data = join_records (self, i, n_records, size);
    g_array_append_val (runs, run);
  }

  return runs;
}
