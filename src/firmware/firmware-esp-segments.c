/* firmware-esp-segments.c: from the parts of an ESP archive to segments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-segments.h"

#include "firmware-esp-archive.h"
#include "firmware-esp-facts.h"
#include "firmware-esp-parts.h"
#include "firmware-esp-role.h"
#include "firmware-image-private.h"

/* A segment to be; what it is depends on the partition table, which may come behind it. */
typedef struct {
  guint first; /* of its pieces among the parts */
  guint n_pieces;
  GBytes *data;
  FirmwareEspFacts *facts;
  FirmwareRole role;
} Draft;

static void
clear_draft (gpointer data)
{
  Draft *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->facts, firmware_esp_facts_unref);
}

/* "app.bin", "app.bin.1", "app.bin.2" one behind the other are what the tool cut. */
static guint
count_pieces (GArray *parts, guint first)
{
  const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
  guint n_pieces = 1;

  for (guint i = first + 1; i < parts->len; i++, n_pieces++) {
    const FirmwareEspPart *previous = &g_array_index (parts, FirmwareEspPart, i - 1);
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);
    g_autofree char *name = g_strdup_printf ("%s.%u", head->name, n_pieces);

    if (!g_str_equal (part->name, name) || part->address != previous->address + previous->size)
      break;
  }

  return n_pieces;
}

/* What was cut, when it is still there. */
static const FirmwareEspArchiveInput *
find_input (const FirmwareEspContext *context, guint32 address, gsize size)
{
  for (gsize i = 0; i < context->n_inputs; i++) {
    const FirmwareEspArchiveInput *input = &context->inputs[i];

    if (input->address == address && g_bytes_get_size (input->data) == size)
      return input;
  }

  return NULL;
}

static GBytes *
join_pieces (const FirmwareEspContext *context, GArray *parts, guint first, guint n_pieces)
{
  GBytes *payload = firmware_image_get_payload (context->image);
  const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
  const FirmwareEspPart *last = head + n_pieces - 1;
  const gsize size = last->address - head->address + last->size;
  const FirmwareEspArchiveInput *input = NULL;
  GByteArray *joined = NULL;

  if (n_pieces == 1)
    return g_bytes_new_from_bytes (payload, head->offset, head->size);

  input = find_input (context, head->address, size);
  if (input != NULL)
    return g_bytes_ref (input->data);

  joined = g_byte_array_sized_new ((guint) size);
  for (const FirmwareEspPart *part = head; part <= last; part++)
    g_byte_array_append (joined, (const guint8 *) g_bytes_get_data (payload, NULL) + part->offset,
                         (guint) part->size);

  return g_byte_array_free_to_bytes (joined);
}

static FirmwareEspFacts *
find_facts (const FirmwareEspContext *context, guint32 address, GBytes *data)
{
  const FirmwareEspArchiveInput *input = find_input (context, address, g_bytes_get_size (data));

  return input != NULL && input->facts != NULL ? firmware_esp_facts_ref (input->facts)
                                               : firmware_esp_facts_new (data);
}

static const FirmwareEspPart *
get_head (GArray *parts, const Draft *draft)
{
  return &g_array_index (parts, FirmwareEspPart, draft->first);
}

static GArray *
make_drafts (FirmwareEspContext *context, GArray *parts)
{
  GArray *drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  guint n_pieces = 0;

  g_array_set_clear_func (drafts, clear_draft);
  for (guint first = 0; first < parts->len; first += n_pieces) {
    const FirmwareEspPart *head = &g_array_index (parts, FirmwareEspPart, first);
    Draft draft = { .first = first };

    n_pieces = count_pieces (parts, first);
    draft.n_pieces = n_pieces;
    draft.data = join_pieces (context, parts, first, n_pieces);
    draft.facts = find_facts (context, head->address, draft.data);
    draft.role = firmware_esp_role_find (head->name, head->address, draft.data, context->chip);
    g_array_append_val (drafts, draft);
  }

  return drafts;
}

/* What has but the name of a table says nothing. */
static void
read_table (FirmwareEspContext *context, GArray *parts, GArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = &g_array_index (drafts, Draft, i);
    g_auto (FirmwareEspPartitions) table = { NULL };
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (draft->data, &size);

    if (draft->role != FIRMWARE_ROLE_PARTITION_TABLE ||
        !firmware_esp_partitions_is_present (data, size))
      continue;

    firmware_esp_partitions_parse (&table, data, size);
    firmware_esp_checks_add_table (context, get_head (parts, draft)->name, &table);
    return;
  }
}

static guint8
find_partition_type (FirmwareEspContext *context, GArray *parts, const Draft *draft)
{
  FirmwarePartition *partition =
    firmware_esp_find_partition (context->image, get_head (parts, draft)->address);

  return partition != NULL ? firmware_partition_get_partition_type (partition)
                           : FIRMWARE_PARTITION_TYPE_APP;
}

static gboolean
is_data_type (guint8 type)
{
  return type != FIRMWARE_PARTITION_TYPE_APP && type != FIRMWARE_PARTITION_TYPE_BOOTLOADER;
}

static gboolean
has_application (FirmwareEspContext *context, GArray *parts, GArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = &g_array_index (drafts, Draft, i);

    if (draft->role == FIRMWARE_ROLE_APPLICATION &&
        !is_data_type (find_partition_type (context, parts, draft)))
      return TRUE;
  }

  return FALSE;
}

/* Firmware carries images for other chips and spare ones as data. Only the image that should be the
 * application has lost its way there. */
static void
settle_roles (FirmwareEspContext *context, GArray *parts, GArray *drafts)
{
  gboolean is_settled = has_application (context, parts, drafts);

  for (guint i = 0; i < drafts->len; i++) {
    Draft *draft = &g_array_index (drafts, Draft, i);

    if (draft->facts != NULL && is_data_type (find_partition_type (context, parts, draft)) &&
        (is_settled || draft->facts->chip != context->chip))
      draft->role = FIRMWARE_ROLE_DATA;
  }
}

/* The chip erases flash for a whole piece before it answers. */
static void
check_pieces (FirmwareEspContext *context, GArray *parts, const Draft *draft)
{
  g_autofree char *found = NULL;
  g_autofree char *expected = g_strdup_printf ("%d", FIRMWARE_ESP_PART_SIZE_DEFAULT);
  gsize largest = 0;

  for (guint i = draft->first; i < draft->first + draft->n_pieces; i++)
    largest = MAX (largest, g_array_index (parts, FirmwareEspPart, i).size);

  if (largest <= FIRMWARE_ESP_PART_SIZE_DEFAULT)
    return;

  found = g_strdup_printf ("%" G_GSIZE_FORMAT, largest);
  firmware_image_report (context->image, FIRMWARE_FINDING_PART_UNCUT, get_head (parts, draft)->name,
                         found, expected);
}

static void
add_segment (FirmwareEspContext *context, GArray *parts, const Draft *draft)
{
  const FirmwareEspPart *head = get_head (parts, draft);
  g_autoptr (FirmwareSegment) segment =
    firmware_segment_new_with_facts (head->name, head->address, draft->data, draft->role,
                                     draft->facts);

  firmware_image_add_segment (context->image, segment);
  for (guint i = draft->first; i < draft->first + draft->n_pieces; i++) {
    const FirmwareEspPart *part = &g_array_index (parts, FirmwareEspPart, i);

    firmware_image_add_piece (context->image, part->offset, part->size, segment, part->address);
  }

  check_pieces (context, parts, draft);
}

/**
 * firmware_esp_segments_add:
 * @context: a firmware without segments; it learns of the partition table
 * @parts: (element-type FirmwareEspPart): what the archive writes, in the order of addresses
 *
 * Joins what was cut, finds out what it is, and adds the segments, the places of their bytes in the
 * payload, and the partitions to the image.
 */
void
firmware_esp_segments_add (FirmwareEspContext *context, GArray *parts)
{
  g_autoptr (GArray) drafts = NULL;

  g_return_if_fail (context != NULL);
  g_return_if_fail (parts != NULL);

  drafts = make_drafts (context, parts);
  read_table (context, parts, drafts);
  settle_roles (context, parts, drafts);

  for (guint i = 0; i < drafts->len; i++)
    add_segment (context, parts, &g_array_index (drafts, Draft, i));
}
