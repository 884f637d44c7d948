/* firmware-image.c: what a file turned out to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image-struct.h"

#include "firmware-format.h"
#include "firmware-segment-list.h"

G_DEFINE_FINAL_TYPE (FirmwareImage, firmware_image, G_TYPE_OBJECT)

/**
 * firmware_image_get_format:
 * @self: an image
 *
 * Gets which format the firmware has that is sent to the device. Whether a device takes it depends
 * on this one.
 *
 * Returns: (transfer none): the format
 */
const FirmwareFormat *
firmware_image_get_format (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->format;
}

/**
 * firmware_image_get_origin:
 * @self: an image
 *
 * Gets which format the file turned out to have: the image's own, unless the image was made from
 * something else, such as the build of a project.
 *
 * Returns: (transfer none): the format
 */
const FirmwareFormat *
firmware_image_get_origin (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->origin;
}

/**
 * firmware_image_get_payload:
 * @self: an image
 *
 * Gets what is sent to the device: the file without its DFU suffix. DFU 1.1 appendix B forbids
 * sending that. A format in which every byte has an address of its own has no such thing: there,
 * the segments are the firmware.
 *
 * Returns: (transfer none) (nullable): the bytes
 */
GBytes *
firmware_image_get_payload (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->payload;
}

/**
 * firmware_image_get_suffix:
 * @self: an image
 *
 * Gets the file's DFU suffix, which says what devices it is for.
 *
 * Returns: (transfer none) (nullable): the suffix, or %NULL when the format has none
 */
const FirmwareDfuSuffix *
firmware_image_get_suffix (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->has_suffix ? &self->suffix : NULL;
}

/**
 * firmware_image_has_addresses:
 * @self: an image
 *
 * Returns: whether the firmware says where its bytes go, which a plain DFU file does not
 */
gboolean
firmware_image_has_addresses (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), FALSE);

  return g_list_model_get_n_items (G_LIST_MODEL (self->segments)) > 0;
}

/**
 * firmware_image_get_segments:
 * @self: an image
 *
 * Gets the parts of the firmware in the order of their addresses. The list is empty when it has no
 * addresses.
 *
 * Returns: (transfer none): a list of #FirmwareSegment that never changes
 */
GListModel *
firmware_image_get_segments (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return G_LIST_MODEL (self->segments);
}

/**
 * firmware_image_get_partitions:
 * @self: an image
 *
 * Gets how the firmware's own partition table divides the flash, in the order of addresses. The
 * list is empty when the firmware brings none.
 *
 * Returns: (transfer none): a list of #FirmwarePartition that never changes
 */
GListModel *
firmware_image_get_partitions (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return G_LIST_MODEL (self->partitions);
}

/**
 * firmware_image_get_findings:
 * @self: an image
 *
 * Gets what a person should know before it is flashed, heaviest first.
 *
 * Returns: (transfer none): a list of #FirmwareFinding that never changes
 */
GListModel *
firmware_image_get_findings (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return G_LIST_MODEL (self->findings);
}

/**
 * firmware_image_has_finding:
 * @self: an image
 * @severity: how heavy
 *
 * Tells whether there is a finding of just this severity. With an error, the image must not be
 * flashed at all; with a warning, only after it was accepted.
 *
 * Returns: whether there is one
 */
gboolean
firmware_image_has_finding (FirmwareImage *self, FirmwareSeverity severity)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->findings)); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->findings), i);

    if (firmware_finding_get_severity (finding) == severity)
      return TRUE;
  }

  return FALSE;
}

/**
 * firmware_image_get_total_size:
 * @self: an image
 *
 * Gets how much firmware there is: the sum of the segments, or all of the payload when the format
 * does not tell segments.
 *
 * Returns: the number of bytes
 */
guint64
firmware_image_get_total_size (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), 0);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->segments)) == 0)
    return self->payload != NULL ? g_bytes_get_size (self->payload) : 0;

  return firmware_segment_list_get_total_size (self->segments);
}

/**
 * firmware_image_get_flash_size:
 * @self: an image
 *
 * Gets how large the file takes the device's flash to be.
 *
 * Returns: the number of bytes, or 0 when the format does not tell
 */
guint64
firmware_image_get_flash_size (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), 0);

  return self->flash_size;
}

/**
 * firmware_image_get_chip:
 * @self: an image
 *
 * Gets the chip that the file is for, such as "ESP32-S2".
 *
 * Returns: (transfer none) (nullable): the chip's name, or %NULL when the format does not tell
 */
const char *
firmware_image_get_chip (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->chip;
}

/**
 * firmware_image_get_title:
 * @self: an image
 *
 * Gets what the firmware calls itself, such as "blink 1.0.3": project and version of the
 * application, otherwise the name of the largest part without ".bin".
 *
 * Returns: (transfer none) (nullable): the title, or %NULL when the format has no names
 */
const char *
firmware_image_get_title (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->title;
}

/**
 * firmware_image_get_idf_version:
 * @self: an image
 *
 * Gets the ESP-IDF version that built the application, such as "v5.2.1".
 *
 * Returns: (transfer none) (nullable): the version, or %NULL when the application does not tell
 */
const char *
firmware_image_get_idf_version (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->idf_version;
}

/**
 * firmware_image_get_build_date:
 * @self: an image
 *
 * Gets when the application was compiled, in the C compiler's words: "Sep 13 2022". Reproducible
 * builds leave it out.
 *
 * Returns: (transfer none) (nullable): the date, or %NULL when the application does not tell
 */
const char *
firmware_image_get_build_date (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->build_date;
}

/**
 * firmware_image_locate:
 * @self: an image
 * @offset: a place in the payload
 * @address: (out) (optional): where that byte goes in the flash
 *
 * Finds out which part of the firmware is on the wire at some moment of a download.
 *
 * Returns: (transfer none) (nullable): the segment, or %NULL where the payload holds what the
 * format needs for itself, such as headers and padding
 */
FirmwareSegment *
firmware_image_locate (FirmwareImage *self, gsize offset, guint64 *address)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  for (guint i = 0; i < self->pieces->len; i++) {
    const FirmwareImagePiece *piece = &g_array_index (self->pieces, FirmwareImagePiece, i);

    if (offset < piece->offset || offset - piece->offset >= piece->length)
      continue;

    if (address != NULL)
      *address = piece->address + (offset - piece->offset);

    return piece->segment;
  }

  return NULL;
}

/**
 * firmware_image_get_n_pieces:
 * @self: an image
 *
 * Returns: how many runs of payload bytes go to one place of the flash each
 */
guint
firmware_image_get_n_pieces (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), 0);

  return self->pieces->len;
}

/**
 * firmware_image_get_piece:
 * @self: an image
 * @number: which one, below firmware_image_get_n_pieces()
 * @offset: (out) (optional): where it begins in the payload
 * @address: (out) (optional): where its first byte goes in the flash
 *
 * Returns: how many bytes it has
 */
gsize
firmware_image_get_piece (FirmwareImage *self, guint number, gsize *offset, guint64 *address)
{
  const FirmwareImagePiece *piece = NULL;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), 0);
  g_return_val_if_fail (number < self->pieces->len, 0);

  piece = &g_array_index (self->pieces, FirmwareImagePiece, number);
  if (offset != NULL)
    *offset = piece->offset;
  if (address != NULL)
    *address = piece->address;

  return piece->length;
}

/**
 * firmware_image_get_joined:
 * @self: an image
 *
 * Gets what is better sent to the device in place of this image, since the device is done sooner
 * with the same bytes in its flash: see firmware_esp_join(). It has the same segments.
 *
 * Returns: (transfer none) (nullable): an image for the transfer only, or %NULL where this one is
 * as good
 */
FirmwareImage *
firmware_image_get_joined (FirmwareImage *self)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  return self->joined;
}

/**
 * firmware_image_set_path:
 * @self: an image that nobody else knows yet
 * @path: where it was read from, to be shown
 * @modified: when that was last written, in microseconds since 1970; 0: unknown
 *
 * Lets the image remember its file, for reports about what became of it.
 */
void
firmware_image_set_path (FirmwareImage *self, const char *path, gint64 modified)
{
  g_return_if_fail (FIRMWARE_IS_IMAGE (self));
  g_return_if_fail (path != NULL);

  g_free (self->path);
  self->path = g_strdup (path);
  self->modified = modified;
}

/**
 * firmware_image_get_path:
 * @self: an image
 * @modified: (out) (optional): when that was last written, in microseconds since 1970; 0: unknown
 *
 * Returns: (transfer none) (nullable): where it was read from, one path a line, if whoever read it
 *   has said so
 */
const char *
firmware_image_get_path (FirmwareImage *self, gint64 *modified)
{
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (self), NULL);

  if (modified != NULL)
    *modified = self->modified;

  return self->path;
}

static void
firmware_image_finalize (GObject *object)
{
  FirmwareImage *self = FIRMWARE_IMAGE (object);

  g_clear_pointer (&self->payload, g_bytes_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_object (&self->joined);
  g_clear_object (&self->segments);
  g_clear_object (&self->partitions);
  g_clear_object (&self->findings);
  g_clear_pointer (&self->chip, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->idf_version, g_free);
  g_clear_pointer (&self->build_date, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (firmware_image_parent_class)->finalize (object);
}

static void
firmware_image_class_init (FirmwareImageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = firmware_image_finalize;
}

static void
firmware_image_init (FirmwareImage *self)
{
  self->segments = firmware_segment_list_new ();
  self->partitions = g_list_store_new (FIRMWARE_TYPE_PARTITION);
  self->findings = g_list_store_new (FIRMWARE_TYPE_FINDING);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (FirmwareImagePiece));
}

/**
 * firmware_image_new: (skip)
 * @format: the format that read the file
 * @payload: (nullable): see firmware_image_get_payload()
 * @suffix: (nullable): the file's DFU suffix
 *
 * Creates an image for a format to fill. Once the format has returned it, nobody changes it.
 *
 * Returns: (transfer full): an image without segments
 */
FirmwareImage *
firmware_image_new (const FirmwareFormat *format, GBytes *payload, const FirmwareDfuSuffix *suffix)
{
  FirmwareImage *self = g_object_new (FIRMWARE_TYPE_IMAGE, NULL);

  self->format = format;
  self->origin = format;
  self->payload = payload != NULL ? g_bytes_ref (payload) : NULL;
  self->has_suffix = suffix != NULL;
  if (suffix != NULL)
    self->suffix = *suffix;

  return self;
}
