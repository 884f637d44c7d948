/* firmware-image-fill.c: how a format fills an image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-image-struct.h"

/**
 * firmware_image_set_origin: (skip)
 * @self: an image that a format has made of another one's contents
 * @origin: that other format
 *
 * Says what the image was made from.
 */
void
firmware_image_set_origin (FirmwareImage *self, const FirmwareFormat *origin)
{
  self->origin = origin;
}

/**
 * firmware_image_set_target: (skip)
 * @self: an image that a format is filling
 * @chip: the chip's name
 * @flash_size: how large its flash is taken to be, in bytes
 *
 * Says what the firmware is for.
 */
void
firmware_image_set_target (FirmwareImage *self, const char *chip, guint64 flash_size)
{
  g_free (self->chip);
  self->chip = g_strdup (chip);
  self->flash_size = flash_size;
}

/**
 * firmware_image_set_title: (skip)
 * @self: an image that a format is filling
 * @title: (nullable): see firmware_image_get_title()
 *
 * Says what the firmware is called.
 */
void
firmware_image_set_title (FirmwareImage *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
}

/**
 * firmware_image_set_build: (skip)
 * @self: an image that a format is filling
 * @idf_version: (nullable): see firmware_image_get_idf_version()
 * @build_date: (nullable): see firmware_image_get_build_date()
 *
 * Says how the firmware was built.
 */
void
firmware_image_set_build (FirmwareImage *self, const char *idf_version, const char *build_date)
{
  g_free (self->idf_version);
  self->idf_version = g_strdup (idf_version);
  g_free (self->build_date);
  self->build_date = g_strdup (build_date);
}

/**
 * firmware_image_add_segment: (skip)
 * @self: an image that a format is filling
 * @segment: a part of the firmware
 *
 * Appends a segment; formats add them in the order of their addresses.
 */
void
firmware_image_add_segment (FirmwareImage *self, FirmwareSegment *segment)
{
  firmware_segment_list_add (self->segments, segment);
}

/**
 * firmware_image_add_partition: (skip)
 * @self: an image that a format is filling
 * @partition: an entry of the firmware's partition table
 *
 * Appends a partition; they are added in the order of their addresses.
 */
void
firmware_image_add_partition (FirmwareImage *self, FirmwarePartition *partition)
{
  g_list_store_append (self->partitions, partition);
}

static int
compare_findings (gconstpointer a, gconstpointer b, gpointer data)
{
  FirmwareSeverity first = firmware_finding_get_severity ((FirmwareFinding *) a);
  FirmwareSeverity second = firmware_finding_get_severity ((FirmwareFinding *) b);

  return (first < second) - (first > second);
}

/**
 * firmware_image_add_finding: (skip)
 * @self: an image that a format is filling
 * @finding: what was found
 *
 * Adds a finding behind those that weigh as much.
 */
void
firmware_image_add_finding (FirmwareImage *self, FirmwareFinding *finding)
{
  g_list_store_insert_sorted (self->findings, finding, compare_findings, NULL);
}

/**
 * firmware_image_report: (skip)
 * @self: an image that a format is filling
 * @kind: what was found
 * @part: (nullable): the part that it is about
 * @found: (nullable): what there is
 * @expected: (nullable): what there should be
 *
 * Does firmware_image_add_finding() with a new finding; see #FirmwareFindingKind.
 */
void
firmware_image_report (FirmwareImage *self,
                       FirmwareFindingKind kind,
                       const char *part,
                       const char *found,
                       const char *expected)
{
  g_autoptr (FirmwareFinding) finding = firmware_finding_new (kind, part, found, expected);

  firmware_image_add_finding (self, finding);
}

/**
 * firmware_image_add_piece: (skip)
 * @self: an image that a format is filling
 * @offset: where the piece begins in the payload
 * @length: how long it is
 * @segment: the segment it belongs to, which the image already has
 * @address: where its first byte goes in the flash
 *
 * Lets firmware_image_locate() find a run of payload bytes.
 */
void
firmware_image_add_piece (FirmwareImage *self,
                          gsize offset,
                          gsize length,
                          FirmwareSegment *segment,
                          guint64 address)
{
  const FirmwareImagePiece piece = {
    .offset = offset,
    .length = length,
    .address = address,
    .segment = segment,
  };

  g_array_append_val (self->pieces, piece);
}

/**
 * firmware_image_set_joined: (skip)
 * @self: an image that a format is filling
 * @joined: (nullable): see firmware_image_get_joined()
 *
 * Says what is better sent in place of the image.
 */
void
firmware_image_set_joined (FirmwareImage *self, FirmwareImage *joined)
{
  g_set_object (&self->joined, joined);
}
