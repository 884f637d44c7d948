/* bootlace-flash-contents.c: what there is to draw on a flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-flash-contents.h"

#include "bootlace-flash-block.h"

/* Applications begin at multiples of this, so smaller gaps are nobody's choice: 64 KiB. */
#define SMALLEST_FREE 0x10000

static guint64
get_end (guint64 address, guint64 size)
{
  return address + MIN (size, G_MAXUINT64 - address);
}

static guint64
get_block_end (BootlaceFlashBlock *block)
{
  return get_end (bootlace_flash_block_get_address (block), bootlace_flash_block_get_size (block));
}

/* By address; a partition comes before the parts in it. */
static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  BootlaceFlashBlock *first = *(BootlaceFlashBlock *const *) a;
  BootlaceFlashBlock *second = *(BootlaceFlashBlock *const *) b;
  guint64 here = bootlace_flash_block_get_address (first);
  guint64 there = bootlace_flash_block_get_address (second);

  if (here != there)
    return here < there ? -1 : 1;

  return bootlace_flash_block_is_part (first) - bootlace_flash_block_is_part (second);
}

static void
add_block (GPtrArray *blocks, GtkWidget *block)
{
  g_ptr_array_add (blocks, g_object_ref_sink (block));
}

static void
add_partitions (GPtrArray *blocks, FirmwareImage *image)
{
  GListModel *partitions = firmware_image_get_partitions (image);

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    add_block (blocks, bootlace_flash_block_new_for_partition (partition, image));
  }
}

static void
add_parts (GPtrArray *blocks, FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    add_block (blocks, bootlace_flash_block_new_for_part (segment, image));
  }
}

/* Wants the blocks in order. Without a partition table, nobody knows what is free. */
static void
add_free (GPtrArray *blocks, FirmwareImage *image, guint64 end)
{
  guint n_blocks = blocks->len;
  guint64 last = 0;

  if (g_list_model_get_n_items (firmware_image_get_partitions (image)) == 0)
    return;

  for (guint i = 0; i <= n_blocks; i++) {
    BootlaceFlashBlock *block = i < n_blocks ? blocks->pdata[i] : NULL;
    guint64 next = block != NULL ? bootlace_flash_block_get_address (block) : end;

    if (next > last && next - last >= SMALLEST_FREE)
      add_block (blocks, bootlace_flash_block_new_free (last, next - last));
    if (block != NULL)
      last = MAX (last, get_block_end (block));
  }
}

/**
 * bootlace_flash_contents_get_extent:
 * @image: an image
 *
 * What lies beyond the flash by more than its size is not worth squeezing all else for.
 *
 * Returns: the size of its flash, or the end of its last part or partition where that is farther,
 *   up to twice that size; never 0
 */
guint64
bootlace_flash_contents_get_extent (FirmwareImage *image)
{
  GListModel *segments;
  GListModel *partitions;
  guint64 flash_size;
  guint64 extent;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), 1);

  segments = firmware_image_get_segments (image);
  partitions = firmware_image_get_partitions (image);
  flash_size = firmware_image_get_flash_size (image);
  extent = MAX (1, flash_size);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    extent = MAX (extent, get_end (firmware_segment_get_address (segment),
                                   firmware_segment_get_size (segment)));
  }
  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    extent = MAX (extent, get_end (firmware_partition_get_address (partition),
                                   firmware_partition_get_size (partition)));
  }

  return flash_size > 0 ? MIN (extent, 2 * flash_size) : extent;
}

/**
 * bootlace_flash_contents_create_blocks:
 * @image: an image
 *
 * Makes a block for each part and partition, for what is free, and for what lies beyond the flash.
 *
 * Returns: (transfer full) (element-type BootlaceFlashBlock): the blocks in the order in which one
 *   reads them
 */
GPtrArray *
bootlace_flash_contents_create_blocks (FirmwareImage *image)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 extent;
  guint64 flash_size;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), blocks);

  extent = bootlace_flash_contents_get_extent (image);
  flash_size = firmware_image_get_flash_size (image);

  add_partitions (blocks, image);
  add_parts (blocks, image);
  g_ptr_array_sort (blocks, compare_blocks);
  add_free (blocks, image, flash_size);
  if (flash_size > 0 && flash_size < extent)
    add_block (blocks, bootlace_flash_block_new_beyond (flash_size, extent - flash_size));
  g_ptr_array_sort (blocks, compare_blocks);

  return blocks;
}
