/* cli-memories.c: the memories of a device that a firmware is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-memories.h"

#include "cli-json.h"
#include "firmware-format.h"

/* The first part for each memory: they are in the order of memories. */
static GPtrArray *
list_first_segments (FirmwareImage *image)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *segments = firmware_image_get_segments (image);
  int previous = -1;

  for (guint i = 0; cli_memories_are_named (image) && i < g_list_model_get_n_items (segments);
       i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (firmware_segment_get_alternate (segment) == previous)
      continue;

    previous = firmware_segment_get_alternate (segment);
    g_ptr_array_add (found, g_steal_pointer (&segment));
  }

  return found;
}

/**
 * cli_memories_are_named:
 * @image: a firmware
 *
 * Returns: whether its file says for which memories (alternate settings) of a device its parts are
 */
gboolean
cli_memories_are_named (FirmwareImage *image)
{
  return firmware_image_get_format (image) == &firmware_format_dfuse;
}

/**
 * cli_memories_dup_text:
 * @image: a firmware
 *
 * Returns: (transfer full) (nullable): the numbers and names of the memories, such as
 *   "0: Internal Flash, 1: Option Bytes"; %NULL when the file does not name any
 */
char *
cli_memories_dup_text (FirmwareImage *image)
{
  g_autoptr (GPtrArray) segments = list_first_segments (image);
  GString *text = NULL;

  if (segments->len == 0)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < segments->len; i++)
    g_string_append_printf (text, i > 0 ? ", %u: %s" : "%u: %s",
                            firmware_segment_get_alternate (segments->pdata[i]),
                            firmware_segment_get_name (segments->pdata[i]));

  return g_string_free (text, FALSE);
}

/**
 * cli_memories_add:
 * @builder: a builder inside an object
 * @image: a firmware
 *
 * Adds the member "alternates", which is as that of a board.
 */
void
cli_memories_add (JsonBuilder *builder, FirmwareImage *image)
{
  g_autoptr (GPtrArray) segments = list_first_segments (image);

  json_builder_set_member_name (builder, "alternates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < segments->len; i++) {
    json_builder_begin_object (builder);
    cli_json_add_int (builder, "number", firmware_segment_get_alternate (segments->pdata[i]));
    cli_json_add_string (builder, "name", firmware_segment_get_name (segments->pdata[i]));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}
