/* firmware-image-struct.h: what an image is made of, for the two files that read and fill it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image-private.h"
#include "firmware-segment-list.h"

G_BEGIN_DECLS

/**
 * FirmwareImagePiece:
 * @offset: where it begins in the payload
 * @length: how many bytes it has
 * @address: where its first byte goes
 * @segment: (transfer none): the segment it belongs to, which the image holds
 *
 * A run of payload bytes that goes to one place of the flash.
 */
typedef struct {
  gsize offset;
  gsize length;
  guint64 address;
  FirmwareSegment *segment;
} FirmwareImagePiece;

struct _FirmwareImage {
  GObject parent_instance;

  const FirmwareFormat *format; /* static */
  const FirmwareFormat *origin; /* static */
  GBytes *payload;
  FirmwareDfuSuffix suffix;
  gboolean has_suffix;
  FirmwareSegmentList *segments;
  GListStore *partitions; /* of FirmwarePartition */
  GListStore *findings;   /* of FirmwareFinding */
  GArray *pieces;         /* of FirmwareImagePiece */
  FirmwareImage *joined;  /* (nullable) */
  char *chip;
  guint64 flash_size;
  char *title;
  char *idf_version;
  char *build_date;
  char *path;      /* (nullable) */
  gint64 modified; /* in microseconds since 1970; 0: unknown */
};

G_END_DECLS
