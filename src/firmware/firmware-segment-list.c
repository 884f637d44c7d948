/* firmware-segment-list.c: the segments of an image, for any number of threads at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-segment-list.h"

struct _FirmwareSegmentList {
  GObject parent_instance;

  GPtrArray *segments;
};

static void firmware_segment_list_implement_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FirmwareSegmentList,
                               firmware_segment_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      firmware_segment_list_implement_model))

/**
 * firmware_segment_list_add: (skip)
 * @self: a list that nobody else knows yet
 * @segment: a segment
 *
 * Appends a segment.
 */
void
firmware_segment_list_add (FirmwareSegmentList *self, FirmwareSegment *segment)
{
  g_return_if_fail (FIRMWARE_IS_SEGMENT_LIST (self));
  g_return_if_fail (FIRMWARE_IS_SEGMENT (segment));

  g_ptr_array_add (self->segments, g_object_ref (segment));
}

/**
 * firmware_segment_list_get_total_size: (skip)
 * @self: a list
 *
 * Adds up the sizes of all segments.
 *
 * Returns: the number of bytes
 */
guint64
firmware_segment_list_get_total_size (FirmwareSegmentList *self)
{
  guint64 total = 0;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT_LIST (self), 0);

  for (guint i = 0; i < self->segments->len; i++)
    total += firmware_segment_get_size (g_ptr_array_index (self->segments, i));

  return total;
}

static GType
firmware_segment_list_get_item_type (GListModel *model)
{
  return FIRMWARE_TYPE_SEGMENT;
}

static guint
firmware_segment_list_get_n_items (GListModel *model)
{
  return FIRMWARE_SEGMENT_LIST (model)->segments->len;
}

static gpointer
firmware_segment_list_get_item (GListModel *model, guint position)
{
  FirmwareSegmentList *self = FIRMWARE_SEGMENT_LIST (model);

  if (position >= self->segments->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->segments, position));
}

static void
firmware_segment_list_implement_model (GListModelInterface *iface)
{
  iface->get_item_type = firmware_segment_list_get_item_type;
  iface->get_n_items = firmware_segment_list_get_n_items;
  iface->get_item = firmware_segment_list_get_item;
}

static void
firmware_segment_list_finalize (GObject *object)
{
  FirmwareSegmentList *self = FIRMWARE_SEGMENT_LIST (object);

  g_clear_pointer (&self->segments, g_ptr_array_unref);

  G_OBJECT_CLASS (firmware_segment_list_parent_class)->finalize (object);
}

static void
firmware_segment_list_class_init (FirmwareSegmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = firmware_segment_list_finalize;
}

static void
firmware_segment_list_init (FirmwareSegmentList *self)
{
  self->segments = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * firmware_segment_list_new: (skip)
 *
 * Creates an empty list.
 *
 * Returns: (transfer full): a list
 */
FirmwareSegmentList *
firmware_segment_list_new (void)
{
  return g_object_new (FIRMWARE_TYPE_SEGMENT_LIST, NULL);
}
