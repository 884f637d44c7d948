/* test-dfu-dfuse-plan.c: what to erase and what to write of a DfuSe device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-plan.h"

#include "dfu-error.h"
#include "firmware-segment-list.h"

#define KIB 1024u
#define PIECES_MAX 4

/* Three sectors of 16 KiB that nobody may write, and one that everybody may; 64 and 128 KiB. */
static const char *const layouts[] = {
  "@Internal Flash  /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg",
  "@Option Bytes  /0x1FFFC000/01*016 e",
  "@Memory in two places/0x20000000/02*001Kg/0x20001000/02*001Kg",
  "@Other Flash/0x00000000/04*016Kg/0x08010000/01*064Kg",
};

typedef struct {
  guint8 alternate;
  guint64 address;
  gsize size;
} Piece;

typedef struct {
  const char *name;
  Piece segments[PIECES_MAX]; /* without bytes: no more */
  Piece sectors[PIECES_MAX];
  Piece runs[PIECES_MAX]; /* none: refused */
} Row;

static const Row rows[] = {
  { "one-byte",
    { { 0, 0x0800c000, 1 } },
    { { 0, 0x0800c000, 16 * KIB } },
    { { 0, 0x0800c000, 1 } } },
  { "inside-a-sector",
    { { 0, 0x08021234, 100 } },
    { { 0, 0x08020000, 128 * KIB } },
    { { 0, 0x08021234, 100 } } },
  { "across-sizes",
    { { 0, 0x0800ffff, 64 * KIB + 2 } },
    { { 0, 0x0800c000, 16 * KIB }, { 0, 0x08010000, 64 * KIB }, { 0, 0x08020000, 128 * KIB } },
    { { 0, 0x0800ffff, 64 * KIB + 2 } } },
  { "to-the-very-end",
    { { 0, 0x080e0000, 128 * KIB } },
    { { 0, 0x080e0000, 128 * KIB } },
    { { 0, 0x080e0000, 128 * KIB } } },
  { "two-parts-of-a-sector",
    { { 0, 0x08010000, 10 }, { 0, 0x08018000, 10 }, { 0, 0x0801fff0, 16 } },
    { { 0, 0x08010000, 64 * KIB } },
    { { 0, 0x08010000, 10 }, { 0, 0x08018000, 10 }, { 0, 0x0801fff0, 16 } } },
  { "parts-in-a-row",
    { { 0, 0x08010000, 10 }, { 0, 0x0801000a, 20 }, { 0, 0x0801001f, 1 } },
    { { 0, 0x08010000, 64 * KIB } },
    { { 0, 0x08010000, 30 }, { 0, 0x0801001f, 1 } } },
  { "not-erased", { { 1, 0x1fffc000, 16 } }, { { 0 } }, { { 1, 0x1fffc000, 16 } } },
  { "two-memories",
    { { 0, 0x0800c000, 1 }, { 2, 0x20000000, 1 } },
    { { 0, 0x0800c000, 16 * KIB }, { 2, 0x20000000, KIB } },
    { { 0, 0x0800c000, 1 }, { 2, 0x20000000, 1 } } },
  { "other-memory-at-lower-address",
    { { 0, 0x0800c000, 1 }, { 3, 0x00004000, 1 } },
    { { 0, 0x0800c000, 16 * KIB }, { 3, 0x00004000, 16 * KIB } },
    { { 0, 0x0800c000, 1 }, { 3, 0x00004000, 1 } } },
  { "other-memory-goes-on",
    { { 0, 0x0800fff0, 16 }, { 3, 0x08010000, 1 } },
    { { 0, 0x0800c000, 16 * KIB }, { 3, 0x08010000, 64 * KIB } },
    { { 0, 0x0800fff0, 16 }, { 3, 0x08010000, 1 } } },

  { "before", { { 0, 0x07ffffff, 1 } } },
  { "behind", { { 0, 0x08100000, 1 } } },
  { "over-the-end", { { 0, 0x080ffff0, 17 } } },
  { "over-a-gap", { { 2, 0x20000700, 0x1000 } } },
  { "read-only", { { 0, 0x08000000, 100 } } },
  { "from-read-only", { { 0, 0x0800bfff, 2 } } },
  { "only-the-last-is-wrong", { { 0, 0x0800c000, 1 }, { 0, 0x0f000000, 1 } } },
  { "of-another-memory", { { 1, 0x0800c000, 1 } } },
  { "of-no-memory", { { 7, 0x0800c000, 1 } } },
  { "beyond-32-bits", { { 0, 0x10800c000, 1 } } },
};

static DfuMemories *
new_memories (void)
{
  DfuMemories *memories = dfu_memories_new ();
  g_autoptr (GError) error = NULL;

  for (guint8 i = 0; i < G_N_ELEMENTS (layouts); i++) {
    dfu_memories_add (memories, i, layouts[i], &error);
    g_assert_no_error (error);
  }

  return memories;
}

static guint
count (const Piece *pieces)
{
  guint n = 0;

  while (n < PIECES_MAX && pieces[n].size > 0)
    n++;

  return n;
}

static GListModel *
new_segments (const Piece *pieces)
{
  FirmwareSegmentList *list = firmware_segment_list_new ();
  guint8 value = 0;

  for (guint i = 0; i < count (pieces); i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GBytes) data = NULL;
    g_autoptr (FirmwareSegment) segment = NULL;

    for (gsize n = 0; n < pieces[i].size; n++, value++)
      g_byte_array_append (bytes, &value, 1);
    data = g_bytes_new (bytes->data, bytes->len);
    segment =
      firmware_segment_new_for_alternate ("part", pieces[i].alternate, pieces[i].address, data);
    firmware_segment_list_add (list, segment);
  }

  return G_LIST_MODEL (list);
}

static void
assert_sectors (const DfuDfusePlan *plan, const Piece *expected)
{
  guint64 size = 0;

  g_assert_cmpuint (plan->sectors->len, ==, count (expected));

  for (guint i = 0; i < plan->sectors->len; i++) {
    const DfuDfuseSector *sector = &g_array_index (plan->sectors, DfuDfuseSector, i);

    g_assert_cmpuint (sector->alternate, ==, expected[i].alternate);
    g_assert_cmphex (sector->address, ==, expected[i].address);
    g_assert_cmpuint (sector->size, ==, expected[i].size);
    size += sector->size;
  }

  g_assert_cmpuint (plan->erase_size, ==, size);
}

/* All bytes in the order in which the parts brought them. */
static void
assert_runs (const DfuDfusePlan *plan, const Piece *expected)
{
  guint8 value = 0;
  guint64 size = 0;

  g_assert_cmpuint (plan->runs->len, ==, count (expected));

  for (guint i = 0; i < plan->runs->len; i++) {
    const DfuDfuseRun *run = &g_array_index (plan->runs, DfuDfuseRun, i);

    g_assert_cmpuint (run->alternate, ==, expected[i].alternate);
    g_assert_cmphex (run->address, ==, expected[i].address);
    g_assert_cmpuint (run->data->len, ==, expected[i].size);
    for (guint n = 0; n < run->data->len; n++)
      g_assert_cmpuint (run->data->data[n], ==, value++);
    size += run->data->len;
  }

  g_assert_cmpuint (plan->size, ==, size);
}

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (DfuMemories) memories = new_memories ();
  g_autoptr (GListModel) segments = new_segments (row->segments);
  g_autoptr (GError) error = NULL;
  g_autoptr (DfuDfusePlan) plan =
    dfu_dfuse_plan_new (segments, DFU_DFUSE_PLAN_AS_FILED, memories, &error);

  if (count (row->runs) == 0) {
    g_assert_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE);
    g_assert_null (plan);
    return;
  }

  g_assert_no_error (error);
  assert_sectors (plan, row->sectors);
  assert_runs (plan, row->runs);
}

/* What is for the first memory goes to another, when somebody says so. */
static void
test_chosen (void)
{
  static const Piece pieces[PIECES_MAX] = { { 0, 0x1fffc000, 16 } };
  static const Piece runs[PIECES_MAX] = { { 1, 0x1fffc000, 16 } };
  g_autoptr (DfuMemories) memories = new_memories ();
  g_autoptr (GListModel) segments = new_segments (pieces);
  g_autoptr (GError) error = NULL;
  g_autoptr (DfuDfusePlan) plan = dfu_dfuse_plan_new (segments, 1, memories, &error);

  g_assert_no_error (error);
  assert_runs (plan, runs);
  g_assert_cmpuint (plan->sectors->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/dfuse-plan/chosen", test_chosen);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/dfu/dfuse-plan/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  return g_test_run ();
}
