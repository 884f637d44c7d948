/* dfu-memory-layout.c: what memory a DfuSe device has, as it says itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ST's UM0424 section 10.3.2: the string of an alternate setting is like
 *
 *   @Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg
 *
 * a name; then for each stretch of memory its address and runs of sectors: how many, how large
 * (bytes, or Kilo or Mega with K or M; B or a space for bytes), and a letter for what may be done
 * with them: bit 0 of its place in the alphabet for reading, bit 1 erasing, bit 2 writing.
 */

#include "dfu-memory-layout.h"

#include <string.h>

#include "dfu-error.h"

/* A string descriptor has at most 126 characters; nothing in it can describe more. */
#define REGIONS_MAX 64
#define ADDRESS_SPACE (G_GUINT64_CONSTANT (1) << 32)

struct _DfuMemoryLayout {
  char *name;
  GArray *regions; /* of DfuMemoryRegion */
};

/* What is left to read of the string. */
typedef struct {
  const char *text;
  const char *start;
} Reader;

static gboolean
set_error (const Reader *reader, const char *expected, GError **error)
{
  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The memory layout has no %s at character %u",
               expected, (guint) (reader->text - reader->start) + 1);
  return FALSE;
}

static void
skip_spaces (Reader *reader)
{
  while (*reader->text == ' ')
    reader->text++;
}

static gboolean
take (Reader *reader, char c)
{
  if (*reader->text != c)
    return FALSE;

  reader->text++;
  return TRUE;
}

static gboolean
take_number (Reader *reader, guint base, const char *noun, guint32 *number, GError **error)
{
  guint64 value = 0;
  char *end = NULL;

  skip_spaces (reader);
  if (base == 16 && reader->text[0] == '0' && (reader->text[1] == 'x' || reader->text[1] == 'X'))
    reader->text += 2;

  if (!g_ascii_isxdigit (*reader->text) || (base == 10 && !g_ascii_isdigit (*reader->text)))
    return set_error (reader, noun, error);

  value = g_ascii_strtoull (reader->text, &end, base);
  if (value > G_MAXUINT32)
    return set_error (reader, noun, error);

  reader->text = end;
  *number = (guint32) value;
  return TRUE;
}

/* Without a letter for the unit it is bytes. */
static guint32
take_unit (Reader *reader)
{
  if (take (reader, 'K'))
    return 1024;
  if (take (reader, 'M'))
    return 1024 * 1024;
  if (!take (reader, 'B'))
    take (reader, ' ');

  return 1;
}

/* Some devices leave the letter out; then nothing is known to be forbidden. */
static DfuMemoryFlags
take_flags (Reader *reader)
{
  DfuMemoryFlags flags = DFU_MEMORY_READABLE | DFU_MEMORY_ERASABLE | DFU_MEMORY_WRITEABLE;

  skip_spaces (reader);
  if (*reader->text >= 'a' && *reader->text <= 'g')
    flags = (DfuMemoryFlags) (*reader->text++ - 'a' + 1);

  return flags;
}

static gboolean
check_region (const Reader *reader, const DfuMemoryRegion *region, guint64 size, GError **error)
{
  if (region->sector_size == 0 || region->n_sectors == 0)
    return set_error (reader, "sector before", error);
  if (size > ADDRESS_SPACE - region->address)
    return set_error (reader, "room in 32 bits for the sectors before", error);

  return TRUE;
}

/* "04*016Kg": sectors from @address on, which is moved behind them. */
static gboolean
read_sectors (DfuMemoryLayout *self, Reader *reader, guint64 *address, GError **error)
{
  DfuMemoryRegion region = { .address = (guint32) *address };
  guint64 sector_size = 0;
  guint64 size = 0;

  if (*address >= ADDRESS_SPACE || self->regions->len == REGIONS_MAX)
    return set_error (reader, "room for more sectors", error);

  if (!take_number (reader, 10, "number of sectors", &region.n_sectors, error))
    return FALSE;

  skip_spaces (reader);
  if (!take (reader, '*'))
    return set_error (reader, "\"*\"", error);

  if (!take_number (reader, 10, "sector size", &region.sector_size, error))
    return FALSE;

  sector_size = (guint64) region.sector_size * take_unit (reader);
  if (sector_size > G_MAXUINT32)
    return set_error (reader, "possible sector size", error);

  region.sector_size = (guint32) sector_size;
  region.flags = take_flags (reader);
  size = sector_size * region.n_sectors;
  if (!check_region (reader, &region, size, error))
    return FALSE;

  g_array_append_val (self->regions, region);
  *address += size;
  return TRUE;
}

/* "0x08000000/04*016Kg,01*064Kg" */
static gboolean
read_stretch (DfuMemoryLayout *self, Reader *reader, GError **error)
{
  guint32 start = 0;
  guint64 address = 0;

  if (!take_number (reader, 16, "address", &start, error))
    return FALSE;

  skip_spaces (reader);
  if (!take (reader, '/'))
    return set_error (reader, "\"/\"", error);

  address = start;
  do {
    if (!read_sectors (self, reader, &address, error))
      return FALSE;
    skip_spaces (reader);
  } while (take (reader, ','));

  return TRUE;
}

static gboolean
read_stretches (DfuMemoryLayout *self, Reader *reader, GError **error)
{
  while (take (reader, '/')) {
    if (!read_stretch (self, reader, error))
      return FALSE;
  }

  return *reader->text == '\0' || set_error (reader, "end", error);
}

static char *
take_name (Reader *reader)
{
  gsize length = strcspn (reader->text, "/");
  char *name = g_strndup (reader->text, length);

  reader->text += length;
  return g_strstrip (name);
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const DfuMemoryRegion *first = a;
  const DfuMemoryRegion *second = b;

  return (first->address > second->address) - (first->address < second->address);
}

static gboolean
check_overlaps (const DfuMemoryLayout *self, GError **error)
{
  for (guint i = 1; i < self->regions->len; i++) {
    const DfuMemoryRegion *previous = dfu_memory_layout_get_region (self, i - 1);
    const DfuMemoryRegion *region = dfu_memory_layout_get_region (self, i);

    if (dfu_memory_region_get_end (previous) <= region->address)
      continue;

    g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The memory layout has address 0x%08x twice",
                 region->address);
    return FALSE;
  }

  return TRUE;
}

/**
 * dfu_memory_layout_parse:
 * @text: the string of an alternate setting
 * @error: return location for %DFU_ERROR_PROTOCOL
 *
 * Reads a memory layout. Spaces may stand where devices put them; a missing unit is bytes, a
 * missing letter allows everything.
 *
 * Returns: (transfer full) (nullable): the layout, with at least one region
 */
DfuMemoryLayout *
dfu_memory_layout_parse (const char *text, GError **error)
{
  g_autoptr (DfuMemoryLayout) self = NULL;
  Reader reader = { .text = text, .start = text };

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (DfuMemoryLayout, 1);
  self->regions = g_array_new (FALSE, FALSE, sizeof (DfuMemoryRegion));

  if (!take (&reader, '@')) {
    set_error (&reader, "\"@\"", error);
    return NULL;
  }

  self->name = take_name (&reader);
  if (*reader.text == '\0') {
    set_error (&reader, "memory", error);
    return NULL;
  }

  if (!read_stretches (self, &reader, error))
    return NULL;

  g_array_sort (self->regions, compare_regions);
  if (!check_overlaps (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * dfu_memory_layout_free:
 * @self: (transfer full): a layout
 *
 * Frees a layout.
 */
void
dfu_memory_layout_free (DfuMemoryLayout *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->regions, g_array_unref);
  g_free (self);
}

/**
 * dfu_memory_layout_get_name:
 * @self: a layout
 *
 * Returns: (transfer none): what the device calls the memory, "Internal Flash"; may be empty
 */
const char *
dfu_memory_layout_get_name (const DfuMemoryLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * dfu_memory_layout_get_n_regions:
 * @self: a layout
 *
 * Returns: how many regions there are, at least one
 */
guint
dfu_memory_layout_get_n_regions (const DfuMemoryLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->regions->len;
}

/**
 * dfu_memory_layout_get_region:
 * @self: a layout
 * @i: which region, in the order of addresses
 *
 * Returns: (transfer none): the region
 */
const DfuMemoryRegion *
dfu_memory_layout_get_region (const DfuMemoryLayout *self, guint i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->regions->len, NULL);

  return &g_array_index (self->regions, DfuMemoryRegion, i);
}

/**
 * dfu_memory_layout_find:
 * @self: a layout
 * @address: an address
 *
 * Returns: (transfer none) (nullable): the region that it is in, or %NULL when it is in none
 */
const DfuMemoryRegion *
dfu_memory_layout_find (const DfuMemoryLayout *self, guint64 address)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->regions->len; i++) {
    const DfuMemoryRegion *region = dfu_memory_layout_get_region (self, i);

    if (address >= region->address && address < dfu_memory_region_get_end (region))
      return region;
  }

  return NULL;
}

/**
 * dfu_memory_region_get_end:
 * @self: a region
 *
 * Returns: the first address behind it
 */
guint64
dfu_memory_region_get_end (const DfuMemoryRegion *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->address + (guint64) self->sector_size * self->n_sectors;
}

/**
 * dfu_memory_region_get_sector:
 * @self: a region
 * @address: an address in it
 *
 * Returns: where the sector of @address begins
 */
guint32
dfu_memory_region_get_sector (const DfuMemoryRegion *self, guint64 address)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (address >= self->address, self->address);
  g_return_val_if_fail (address < dfu_memory_region_get_end (self), self->address);

  return (guint32) (address - (address - self->address) % self->sector_size);
}

/**
 * dfu_memory_layout_check:
 * @self: a layout
 * @address: where something begins
 * @size: how many bytes it has
 * @flags: what is to be done with all of them
 * @error: return location for %DFU_ERROR_NO_SUCH_PLACE
 *
 * Checks that the device has memory for every byte and allows @flags there.
 *
 * Returns: whether it is so
 */
gboolean
dfu_memory_layout_check (const DfuMemoryLayout *self,
                         guint64 address,
                         guint64 size,
                         DfuMemoryFlags flags,
                         GError **error)
{
  guint64 place = address;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (size <= G_MAXUINT64 - address, FALSE);

  while (place < address + size) {
    const DfuMemoryRegion *region = dfu_memory_layout_find (self, place);

    if (region == NULL) {
      g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE,
                   "The device has no memory at 0x%08" G_GINT64_MODIFIER "x (%s)", place,
                   self->name);
      return FALSE;
    }

    if ((region->flags & flags) != flags) {
      g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE,
                   "The device does not let its memory at 0x%08" G_GINT64_MODIFIER "x be %s (%s)",
                   place, (flags & DFU_MEMORY_WRITEABLE) != 0 ? "written" : "read", self->name);
      return FALSE;
    }

    place = dfu_memory_region_get_end (region);
  }

  return TRUE;
}
