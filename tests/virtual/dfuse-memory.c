/* dfuse-memory.c: what a microcontroller's ROM does to its memories
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfuse.h"

#include <string.h>

static const DfuseMemory *
get_memory (BoardDfuse *self)
{
  return &self->options.part->memories[self->alternate];
}

gsize
dfuse_memory_get_size (const DfuseMemory *memory)
{
  gsize size = 0;

  for (guint i = 0; i < DFUSE_SECTORS_MAX; i++)
    size += (gsize) memory->sectors[i].size * memory->sectors[i].count;

  return size;
}

/* The flash is one whatever the alternate setting; it has one memory with that name. */
void
dfuse_memory_init (BoardDfuse *self)
{
  const DfusePart *part = self->options.part;

  self->flash =
    nor_flash_new_with_sectors (dfuse_memory_get_size (&part->memories[0]), part->page_size);

  for (guint i = 1; i < dfuse_part_count_memories (part); i++) {
    self->others[i] = g_byte_array_new ();
    g_byte_array_set_size (self->others[i], dfuse_memory_get_size (&part->memories[i]));
    memset (self->others[i]->data, 0xff, self->others[i]->len);
  }
}

void
dfuse_memory_clear (BoardDfuse *self)
{
  nor_flash_free (self->flash);
  for (guint i = 0; i < DFUSE_MEMORIES_MAX; i++)
    g_clear_pointer (&self->others[i], g_byte_array_unref);
}

/* AN3156: errTARGET for an address that there is not, errVENDOR while protection is on. */
guint8
dfuse_memory_check (BoardDfuse *self, guint32 address, gsize length)
{
  const DfuseMemory *memory = get_memory (self);
  const gsize size = dfuse_memory_get_size (memory);

  if (self->is_protected)
    return DFUSE_ERR_VENDOR;
  if (address < memory->address || address - memory->address > size ||
      length > size - (address - memory->address))
    return DFUSE_ERR_TARGET;

  return DFUSE_OK;
}

static gsize
find_sector_size (const DfuseMemory *memory, guint32 offset)
{
  gsize end = 0;

  for (guint i = 0; i < DFUSE_SECTORS_MAX; i++) {
    end += (gsize) memory->sectors[i].size * memory->sectors[i].count;
    if (offset < end)
      return memory->sectors[i].size;
  }

  return 0;
}

guint8
dfuse_memory_erase (BoardDfuse *self, guint32 address)
{
  const DfuseMemory *memory = get_memory (self);
  const guint8 status = dfuse_memory_check (self, address, 1);

  if (status != DFUSE_OK)
    return status;
  if (!memory->is_flash)
    return DFUSE_ERR_TARGET;

  nor_flash_erase (self->flash, address - memory->address,
                   find_sector_size (memory, address - memory->address));
  return DFUSE_OK;
}

guint8
dfuse_memory_erase_all (BoardDfuse *self)
{
  if (self->is_protected)
    return DFUSE_ERR_VENDOR;

  nor_flash_erase (self->flash, 0, nor_flash_get_size (self->flash));
  return DFUSE_OK;
}

guint8
dfuse_memory_write (BoardDfuse *self, guint32 address, const guint8 *data, gsize length)
{
  const DfuseMemory *memory = get_memory (self);
  const guint8 status = dfuse_memory_check (self, address, length);

  if (status != DFUSE_OK)
    return status;

  if (memory->is_flash)
    nor_flash_program (self->flash, address - memory->address, data, length);
  else
    memcpy (self->others[self->alternate]->data + (address - memory->address), data, length);
  nor_flash_take_busy_us (self->flash);

  return DFUSE_OK;
}

guint8
dfuse_memory_read (BoardDfuse *self, guint32 address, guint8 *data, gsize length)
{
  const DfuseMemory *memory = get_memory (self);
  const guint8 status = dfuse_memory_check (self, address, length);

  if (status != DFUSE_OK)
    return status;

  if (memory->is_flash)
    nor_flash_read (self->flash, address - memory->address, data, length);
  else
    memcpy (data, self->others[self->alternate]->data + (address - memory->address), length);

  return DFUSE_OK;
}
