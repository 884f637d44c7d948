/* firmware-esp-join.c: joins parts that were cut only for hosts that do not wait for an erase
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-join.h"

#include "firmware-cpio.h"
#include "firmware-esp-erase.h"
#include "firmware-esp-parts.h"
#include "firmware-format.h"
#include "firmware-image-private.h"

/* As Espressif's own tool fills it up. */
#define ARCHIVE_BLOCK_SIZE 10240

/* The chip answers nothing while it erases for a part, and cannot be told to stop. For this much
 * that takes 11 s, and ten times as long with slow flash; what larger parts would save beside that
 * is one second for every 4 MiB. */
#define JOINED_SIZE_MAX (4 * 1024 * 1024)

/* A member in its place in the archive, with what the table says of it. */
typedef struct {
  FirmwareEspRecord record;
  gsize offset;
  gsize size;
} Member;

/* Members that become one. */
typedef struct {
  guint first;
  guint n_members;
} Run;

static const FirmwareEspRecord *
find_record (GArray *records, const char *name)
{
  for (guint i = 0; i < records->len; i++) {
    const FirmwareEspRecord *record = &g_array_index (records, FirmwareEspRecord, i);

    if (g_str_equal (record->name, name))
      return record;
  }

  return NULL;
}

static gboolean
append_members (GArray *members, FirmwareCpioReader *reader, GArray *records)
{
  FirmwareCpioMember found;

  while (firmware_cpio_reader_next (reader, &found, NULL)) {
    const FirmwareEspRecord *record = find_record (records, found.name);
    Member member = { .offset = found.offset, .size = found.size };

    if (found.is_trailer)
      return TRUE;
    if (record == NULL)
      return FALSE;

    member.record = *record;
    g_array_append_val (members, member);
  }

  return FALSE;
}

static GArray *
list_members (GBytes *payload)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GArray) records = NULL;
  FirmwareCpioReader reader;
  FirmwareCpioMember table;

  firmware_cpio_reader_init (&reader, payload);
  if (!firmware_cpio_reader_next (&reader, &table, NULL))
    return NULL;

  records = firmware_esp_table_parse (reader.data + table.offset, table.size, NULL);
  if (records == NULL || !append_members (members, &reader, records))
    return NULL;

  return g_steal_pointer (&members);
}

/* What is not as it should be is left as it is. */
static gboolean
is_sound (GBytes *payload)
{
  guint32 flash_size = 0;
  gboolean has_parameters = FALSE;
  g_autoptr (GArray) parts =
    firmware_esp_parts_read (payload, FIRMWARE_ESP_MD5_TRUST, &flash_size, &has_parameters, NULL);

  return parts != NULL;
}

static const Member *
get_member (GArray *members, guint number)
{
  return &g_array_index (members, Member, number);
}

/* "app.bin", "app.bin.1", "app.bin.2" one behind the other, in the archive and in the flash. */
static guint
count_pieces (GArray *members, guint first)
{
  const Member *head = get_member (members, first);
  guint n_pieces = 1;

  if (head->record.flags != 0)
    return n_pieces;

  for (guint i = first + 1; i < members->len; i++, n_pieces++) {
    const Member *previous = get_member (members, i - 1);
    const Member *member = get_member (members, i);
    g_autofree char *name = g_strdup_printf ("%s.%u", head->record.name, n_pieces);

    if (member->record.flags != 0 || !g_str_equal (member->record.name, name) ||
        member->record.address != previous->record.address + previous->size)
      break;
  }

  return n_pieces;
}

static gsize
sum_sizes (GArray *members, guint first, guint n_members)
{
  gsize size = 0;

  for (guint i = first; i < first + n_members; i++)
    size += get_member (members, i)->size;

  return size;
}

static guint
limit_pieces (GArray *members, guint first, guint n_pieces)
{
  while (n_pieces > 1 && sum_sizes (members, first, n_pieces) > JOINED_SIZE_MAX)
    n_pieces--;

  return n_pieces;
}

static gboolean
saves_erases (GArray *members, guint first, guint n_pieces)
{
  FirmwareEspErase cut = { 0, 0 };
  FirmwareEspErase joined = { 0, 0 };

  if (n_pieces == 1)
    return FALSE;

  for (guint i = first; i < first + n_pieces; i++) {
    const Member *member = get_member (members, i);

    firmware_esp_erase_add (&cut, member->record.address, member->size);
  }

  firmware_esp_erase_add (&joined, get_member (members, first)->record.address,
                          sum_sizes (members, first, n_pieces));

  return firmware_esp_erase_count (&joined) < firmware_esp_erase_count (&cut);
}

/* Returns whether anything is joined. Joining more never erases more, so the pieces of a file are
 * taken as a whole, as far as the limit allows. */
static gboolean
plan_runs (GArray *runs, GArray *members, guint first, guint n_pieces)
{
  const guint end = first + n_pieces;
  gboolean is_joined = FALSE;

  while (first < end) {
    Run run = { .first = first, .n_members = limit_pieces (members, first, end - first) };

    if (saves_erases (members, run.first, run.n_members))
      is_joined = TRUE;
    else
      run.n_members = 1;

    g_array_append_val (runs, run);
    first += run.n_members;
  }

  return is_joined;
}

static GBytes *
dup_data (GBytes *payload, GArray *members, const Run *run)
{
  const guint8 *data = g_bytes_get_data (payload, NULL);
  GByteArray *joined = NULL;

  if (run->n_members == 1) {
    const Member *member = get_member (members, run->first);

    return g_bytes_new_from_bytes (payload, member->offset, member->size);
  }

  joined = g_byte_array_sized_new ((guint) sum_sizes (members, run->first, run->n_members));
  for (guint i = run->first; i < run->first + run->n_members; i++) {
    const Member *member = get_member (members, i);

    g_byte_array_append (joined, data + member->offset, (guint) member->size);
  }

  return g_byte_array_free_to_bytes (joined);
}

static void
append_record (GByteArray *table, const FirmwareEspRecord *record, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  firmware_esp_table_append (table, record->name, record->address, record->flags, bytes, size);
}

/* The new archive needs no more than the old one: it has fewer members. */
static GBytes *
write_runs (GBytes *payload, GArray *members, GArray *runs)
{
  GByteArray *archive = g_byte_array_sized_new ((guint) g_bytes_get_size (payload));
  g_autoptr (GByteArray) table = g_byte_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);
    GBytes *data = dup_data (payload, members, run);

    g_ptr_array_add (all, data);
    append_record (table, &get_member (members, run->first)->record, data);
  }

  firmware_cpio_append_member (archive, FIRMWARE_ESP_TABLE_NAME, table->data, table->len);
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (all, i), &size);

    firmware_cpio_append_member (archive, get_member (members, run->first)->record.name, data,
                                 size);
  }
  firmware_cpio_append_trailer (archive, ARCHIVE_BLOCK_SIZE);

  return g_byte_array_free_to_bytes (archive);
}

/**
 * firmware_esp_join_payload:
 * @payload: a cpio archive for the ROM, without the file's DFU suffix; its MD5s are known to be
 * right
 *
 * Joins the parts of each file that Espressif's tool has cut since dfu-util gives up after 5 s: the
 * ROM erases for a part at once, inside one request, and for parts one behind the other it erases
 * in small pieces, sector by sector, what it erases in blocks of 64 KiB for a single part. The same
 * bytes go to the same addresses; everything else stays as it is. A joined part has the name of its
 * first piece, a record and an MD5 of its own, and at most 4 MiB.
 *
 * USB 2.0 section 9.2.6.1 wants every request to be answered within 5 s. The ROM does not care, and
 * no more does any host that libusb runs on: it waits as long as the time-out of the transfer says,
 * on Windows too, where it turns WinUSB's own limit off. Archives were not cut at all until
 * dfu-util's time-out made that necessary.
 *
 * Returns: (transfer full) (nullable): the new archive, or %NULL where joining would save no erase
 * or the archive is not one that firmware_esp_parts_read() takes
 */
GBytes *
firmware_esp_join_payload (GBytes *payload)
{
  g_autoptr (GArray) members = NULL;
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gboolean is_joined = FALSE;
  guint n_pieces = 0;

  g_return_val_if_fail (payload != NULL, NULL);

  members = is_sound (payload) ? list_members (payload) : NULL;
  if (members == NULL)
    return NULL;

  for (guint first = 0; first < members->len; first += n_pieces) {
    n_pieces = count_pieces (members, first);
    is_joined |= plan_runs (runs, members, first, n_pieces);
  }

  return is_joined ? write_runs (payload, members, runs) : NULL;
}

/* The parts are those of the file; only where their bytes are in the payload is new. */
static gboolean
add_pieces (FirmwareImage *joined, FirmwareImage *image)
{
  g_autoptr (GArray) members = list_members (firmware_image_get_payload (joined));
  GListModel *segments = firmware_image_get_segments (image);

  if (members == NULL)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    const guint64 start = firmware_segment_get_address (segment);
    const guint64 end = start + firmware_segment_get_size (segment);

    firmware_image_add_segment (joined, segment);
    for (guint m = 0; m < members->len; m++) {
      const Member *member = get_member (members, m);

      if (member->record.flags == 0 && member->record.address >= start &&
          member->record.address < end)
        firmware_image_add_piece (joined, member->offset, member->size, segment,
                                  member->record.address);
    }
  }

  return TRUE;
}

/**
 * firmware_esp_join:
 * @image: an ESP archive
 *
 * Makes of an image what is to be sent in its place: the payload as firmware_esp_join_payload()
 * makes it, and the very same segments.
 *
 * Returns: (transfer full) (nullable): an image for the transfer only, which knows nothing else of
 * the firmware, or %NULL where the image should be sent as it is
 */
FirmwareImage *
firmware_esp_join (FirmwareImage *image)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (FirmwareImage) joined = NULL;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (firmware_image_get_format (image) == &firmware_format_esp_archive, NULL);

  payload = firmware_esp_join_payload (firmware_image_get_payload (image));
  if (payload == NULL)
    return NULL;

  joined =
    firmware_image_new (&firmware_format_esp_archive, payload, firmware_image_get_suffix (image));

  return add_pieces (joined, image) ? g_steal_pointer (&joined) : NULL;
}
