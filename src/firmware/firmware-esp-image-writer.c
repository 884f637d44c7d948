/* firmware-esp-image-writer.c: makes the image of an ESP bootloader or application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-image-writer.h"

#include "firmware-bytes.h"
#include "firmware-error.h"

/* esp_image_header_t of ESP-IDF. */
#define HEADER_MAGIC 0xe9
#define HEADER_N_SEGMENTS 1
#define HEADER_WP_PIN_OFF 0xee
#define HEADER_HASH_APPENDED 1

/* esp_image_segment_header_t. */
#define SEGMENT_HEADER_LENGTH 8
#define SEGMENT_LIMIT (16 * 1024 * 1024) /* no segment has as much */
#define PADDING_ADDRESS 0                /* the bootloader skips what is for it */

#define PAGE 0x10000 /* what the cache maps at a time */

#define CHECKSUM_SEED 0xef
#define CHECKSUM_ALIGNMENT 16
#define HASH_LENGTH 32

typedef struct {
  GByteArray *image;
  guint n_segments;
  guint8 checksum;
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->image, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static void
clear_piece (gpointer data)
{
  FirmwareEspImagePiece *piece = data;

  g_clear_pointer (&piece->data, g_byte_array_unref);
}

static void
write_header (Writer *self,
              const FirmwareEspImageSource *source,
              const FirmwareEspImageParameters *parameters)
{
  const guint8 start[] = { HEADER_MAGIC, 0, parameters->flash_mode,
                           parameters->flash_frequency_size };
  const guint8 pins[] = { HEADER_WP_PIN_OFF, 0, 0, 0 };
  const guint8 end[] = { 0, 0, 0, 0, HEADER_HASH_APPENDED };

  g_byte_array_append (self->image, start, sizeof start);
  firmware_bytes_append_u32 (self->image, source->entry_point);
  g_byte_array_append (self->image, pins, sizeof pins);
  firmware_bytes_append_u16 (self->image, source->chip_id);
  g_byte_array_append (self->image, &parameters->min_revision_old, 1);
  firmware_bytes_append_u16 (self->image, parameters->min_revision);
  firmware_bytes_append_u16 (self->image, parameters->max_revision);
  g_byte_array_append (self->image, end, sizeof end);
}

/* Padding has no @data. */
static gboolean
write_segment (Writer *self, guint32 address, const guint8 *data, guint32 size, GError **error)
{
  if (self->n_segments == FIRMWARE_ESP_IMAGE_SEGMENTS_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The program would have more than %d segments, which no bootloader takes",
                 FIRMWARE_ESP_IMAGE_SEGMENTS_MAX);
    firmware_error_set_address (error, address);
    return FALSE;
  }

  if (size >= SEGMENT_LIMIT) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The program has %u bytes at 0x%08x, which is more than a segment can have", size,
                 address);
    firmware_error_set_address (error, address);
    return FALSE;
  }

  self->n_segments++;
  firmware_bytes_append_u32 (self->image, address);
  firmware_bytes_append_u32 (self->image, size);
  if (data == NULL) {
    firmware_bytes_append_zeros (self->image, size);
    return TRUE;
  }

  for (guint32 i = 0; i < size; i++)
    self->checksum ^= data[i];
  g_byte_array_append (self->image, data, size);
  return TRUE;
}

/* How many bytes another segment needs so that the next one has its first byte as far behind the
 * beginning of a page in the image as in memory; 0 when it has so already. A segment of padding has
 * a header, too. In rare cases this is a whole page more than necessary, as with esptool. */
static guint32
count_padding (const Writer *self, guint32 address)
{
  gint64 gap = PAGE - (gint64) self->image->len % PAGE + address % PAGE - SEGMENT_HEADER_LENGTH;

  if (gap == 0 || gap == PAGE)
    return 0;

  gap -= SEGMENT_HEADER_LENGTH;
  return (guint32) (gap <= 0 ? gap + PAGE : gap);
}

/* RAM takes its bytes in any portions, so they do for padding; each is cut off at the front. */
static gboolean
write_padding (Writer *self, GArray *copied, guint *next, guint32 size, GError **error)
{
  FirmwareEspImagePiece *piece = NULL;
  guint32 taken = 0;

  if (*next == copied->len || size <= SEGMENT_HEADER_LENGTH)
    return write_segment (self, PADDING_ADDRESS, NULL, size, error);

  piece = &g_array_index (copied, FirmwareEspImagePiece, *next);
  taken = MIN (size, piece->data->len);
  if (!write_segment (self, piece->address, piece->data->data, taken, error))
    return FALSE;

  piece->address += taken;
  g_byte_array_remove_range (piece->data, 0, taken);
  if (piece->data->len == 0)
    (*next)++;

  return TRUE;
}

static gboolean
write_piece (Writer *self, const FirmwareEspImagePiece *piece, GError **error)
{
  return write_segment (self, piece->address, piece->data->data, piece->data->len, error);
}

static gboolean
write_segments (Writer *self, const FirmwareEspImageSource *source, GError **error)
{
  guint next = 0; /* of what is copied */

  for (guint i = 0; i < source->mapped->len; i++) {
    const FirmwareEspImagePiece *piece = &g_array_index (source->mapped, FirmwareEspImagePiece, i);
    guint32 padding = 0;

    while ((padding = count_padding (self, piece->address)) > 0) {
      if (!write_padding (self, source->copied, &next, padding, error))
        return FALSE;
    }

    if (!write_piece (self, piece, error))
      return FALSE;
  }

  for (; next < source->copied->len; next++) {
    if (!write_piece (self, &g_array_index (source->copied, FirmwareEspImagePiece, next), error))
      return FALSE;
  }

  return TRUE;
}

static void
write_end (Writer *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[HASH_LENGTH];
  gsize hash_length = sizeof hash;

  firmware_bytes_append_zeros (self->image,
                               CHECKSUM_ALIGNMENT - 1 - self->image->len % CHECKSUM_ALIGNMENT);
  g_byte_array_append (self->image, &self->checksum, 1);
  self->image->data[HEADER_N_SEGMENTS] = (guint8) self->n_segments;

  g_checksum_update (checksum, self->image->data, self->image->len);
  g_checksum_get_digest (checksum, hash, &hash_length);
  g_byte_array_append (self->image, hash, HASH_LENGTH);
}

/**
 * firmware_esp_image_pieces_new:
 *
 * Creates an empty list of #FirmwareEspImagePiece, which owns their bytes.
 *
 * Returns: (transfer full) (element-type FirmwareEspImagePiece): the list
 */
GArray *
firmware_esp_image_pieces_new (void)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (FirmwareEspImagePiece));

  g_array_set_clear_func (pieces, clear_piece);

  return pieces;
}

/**
 * firmware_esp_image_write:
 * @source: what it is made of; its pieces are used up
 * @parameters: what its header says
 * @error: return location for %FIRMWARE_ERROR_MALFORMED, when no image can hold so much
 *
 * Makes an image in the same order and with the same padding as "esptool elf2image" (save() of its
 * ESP32FirmwareImage; the format is in ESP-IDF's "App Image Format"): mapped pieces come where the
 * cache can map them, what is copied fills the gaps before them, and the rest of it the end.
 * Checksum and SHA-256 follow.
 *
 * Returns: (transfer full) (nullable): the image
 */
GBytes *
firmware_esp_image_write (const FirmwareEspImageSource *source,
                          const FirmwareEspImageParameters *parameters,
                          GError **error)
{
  g_auto (Writer) self = { .checksum = CHECKSUM_SEED };

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (parameters != NULL, NULL);

  self.image = g_byte_array_new ();
  write_header (&self, source, parameters);
  if (!write_segments (&self, source, error))
    return NULL;

  write_end (&self);
  return g_byte_array_free_to_bytes (g_steal_pointer (&self.image));
}
