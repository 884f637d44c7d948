/* firmware-dfuse-writer.c: segments to a DfuSe file, UM0391
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfuse.h"

#include <string.h>

#include "firmware-bytes.h"
#include "firmware-error.h"

typedef struct {
  GByteArray *file;
  guint target; /* where the last target's prefix begins, 0 while there is none */
  guint n_targets;
  guint n_elements; /* of the last target */
} Writer;

static void
put_u32 (Writer *self, guint offset, guint32 value)
{
  const guint32 bytes = GUINT32_TO_LE (value);

  memcpy (self->file->data + offset, &bytes, sizeof bytes);
}

/* Its size and the number of its elements are known when the last one is there. */
static void
end_target (Writer *self)
{
  if (self->target == 0)
    return;

  put_u32 (self, self->target + FIRMWARE_DFUSE_TARGET_SIZE_OFFSET,
           self->file->len - self->target - FIRMWARE_DFUSE_TARGET_LENGTH);
  put_u32 (self, self->target + FIRMWARE_DFUSE_ELEMENTS_OFFSET, self->n_elements);
}

static gboolean
begin_target (Writer *self, FirmwareSegment *segment, GError **error)
{
  const guint8 alternate = firmware_segment_get_alternate (segment);
  const char *name = firmware_segment_get_name (segment);
  g_autofree char *default_name = firmware_dfuse_dup_default_name (alternate);
  const gboolean named = *name != '\0' && !g_str_equal (name, default_name);
  const gsize length = named ? strlen (name) : 0;

  if (self->n_targets == G_MAXUINT8 || length >= FIRMWARE_DFUSE_NAME_LENGTH) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "A DfuSe file has room for %d targets with names of %d bytes", G_MAXUINT8,
                 FIRMWARE_DFUSE_NAME_LENGTH - 1);
    return FALSE;
  }

  end_target (self);
  self->target = self->file->len;
  self->n_targets++;
  self->n_elements = 0;

  g_byte_array_append (self->file, (const guint8 *) FIRMWARE_DFUSE_TARGET_SIGNATURE,
                       strlen (FIRMWARE_DFUSE_TARGET_SIGNATURE));
  g_byte_array_append (self->file, &alternate, 1);
  firmware_bytes_append_u32 (self->file, named ? 1 : 0);
  g_byte_array_append (self->file, (const guint8 *) name, (guint) length);
  firmware_bytes_append_zeros (self->file,
                               FIRMWARE_DFUSE_TARGET_LENGTH - (self->file->len - self->target));
  return TRUE;
}

/**
 * firmware_dfuse_has_room:
 * @address: where the first byte goes
 * @size: how many bytes
 *
 * Returns: whether all of them have addresses of 32 bits
 */
gboolean
firmware_dfuse_has_room (guint64 address, guint64 size)
{
  return size <= FIRMWARE_DFUSE_ADDRESS_END && address <= FIRMWARE_DFUSE_ADDRESS_END - size;
}

static gboolean
append_element (Writer *self, FirmwareSegment *segment, GError **error)
{
  const guint64 address = firmware_segment_get_address (segment);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (firmware_segment_get_data (segment), &size);

  if (!firmware_dfuse_has_room (address, size)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH,
                 "%" G_GSIZE_FORMAT " bytes for address 0x%08" G_GINT64_MODIFIER
                 "x reach beyond 4 GiB",
                 size, address);
    return FALSE;
  }

  /* It could not be read back, with its suffix. */
  if (self->file->len + FIRMWARE_DFUSE_ELEMENT_LENGTH + (guint64) size +
        FIRMWARE_DFU_SUFFIX_LENGTH >
      FIRMWARE_IMAGE_MAX_SIZE) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
                 "The DfuSe file would have more than %d bytes", FIRMWARE_IMAGE_MAX_SIZE);
    return FALSE;
  }

  firmware_bytes_append_u32 (self->file, (guint32) address);
  firmware_bytes_append_u32 (self->file, (guint32) size);
  g_byte_array_append (self->file, data, (guint) size);
  self->n_elements++;

  return TRUE;
}

static gboolean
belong_together (FirmwareSegment *first, FirmwareSegment *second)
{
  return firmware_segment_get_alternate (first) == firmware_segment_get_alternate (second) &&
         g_str_equal (firmware_segment_get_name (first), firmware_segment_get_name (second));
}

static gboolean
append_segments (Writer *self, GListModel *segments, GError **error)
{
  g_autoptr (FirmwareSegment) previous = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if ((previous == NULL || !belong_together (previous, segment)) &&
        !begin_target (self, segment, error))
      return FALSE;

    if (!append_element (self, segment, error))
      return FALSE;

    g_set_object (&previous, segment);
  }

  end_target (self);
  return TRUE;
}

/**
 * firmware_dfuse_write:
 * @segments: a list of #FirmwareSegment, in the order in which they are to stand
 * @ids: whom it is for; only bcdDevice, idProduct and idVendor are looked at
 * @error: return location for an error
 *
 * Makes a DfuSe file. Segments in a row that agree in alternate setting and name become one target.
 *
 * Returns: (transfer full) (nullable): the file, with its DFU suffix
 */
GBytes *
firmware_dfuse_write (GListModel *segments, const FirmwareDfuSuffix *ids, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  Writer writer = { .file = file };
  FirmwareDfuSuffix suffix;
  const guint8 version = FIRMWARE_DFUSE_VERSION;

  g_return_val_if_fail (G_IS_LIST_MODEL (segments), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  g_byte_array_append (file, (const guint8 *) FIRMWARE_DFUSE_SIGNATURE,
                       strlen (FIRMWARE_DFUSE_SIGNATURE));
  g_byte_array_append (file, &version, 1);
  firmware_bytes_append_zeros (file, FIRMWARE_DFUSE_PREFIX_LENGTH - file->len);

  if (!append_segments (&writer, segments, error))
    return NULL;

  put_u32 (&writer, FIRMWARE_DFUSE_IMAGE_SIZE_OFFSET, file->len);
  file->data[FIRMWARE_DFUSE_TARGETS_OFFSET] = (guint8) writer.n_targets;

  suffix = *ids;
  suffix.specification = FIRMWARE_DFU_SUFFIX_DFUSE;
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&file));

  return firmware_dfu_suffix_append_ids (payload, &suffix);
}
