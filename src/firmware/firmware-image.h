/* firmware-image.h: what a file turned out to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-dfu-suffix.h"
#include "firmware-finding.h"
#include "firmware-partition.h"
#include "firmware-segment.h"

G_BEGIN_DECLS

typedef struct _FirmwareFormat FirmwareFormat;

/* Larger files are refused by their size, before they are read: 64 MiB. */
#define FIRMWARE_IMAGE_MAX_SIZE (64 * 1024 * 1024)

/**
 * FirmwareImage:
 *
 * A file that was read and passed every check of its format, and what a look at its parts found.
 * Immutable, so any thread may use it.
 */
#define FIRMWARE_TYPE_IMAGE (firmware_image_get_type ())
G_DECLARE_FINAL_TYPE (FirmwareImage, firmware_image, FIRMWARE, IMAGE, GObject)

FirmwareImage *firmware_image_new_from_bytes (GBytes *contents, GError **error);

FirmwareImage *firmware_image_load (GFile *file, GCancellable *cancellable, GError **error);
FirmwareImage *
firmware_image_load_files (GPtrArray *files, GCancellable *cancellable, GError **error);

const FirmwareFormat *firmware_image_get_format (FirmwareImage *self);
const FirmwareFormat *firmware_image_get_origin (FirmwareImage *self);
GBytes *firmware_image_get_payload (FirmwareImage *self);
const FirmwareDfuSuffix *firmware_image_get_suffix (FirmwareImage *self);
gboolean firmware_image_has_addresses (FirmwareImage *self);
GListModel *firmware_image_get_segments (FirmwareImage *self);
GListModel *firmware_image_get_partitions (FirmwareImage *self);
GListModel *firmware_image_get_findings (FirmwareImage *self);
gboolean firmware_image_has_finding (FirmwareImage *self, FirmwareSeverity severity);
guint64 firmware_image_get_total_size (FirmwareImage *self);
guint64 firmware_image_get_flash_size (FirmwareImage *self);
const char *firmware_image_get_chip (FirmwareImage *self);
const char *firmware_image_get_title (FirmwareImage *self);
const char *firmware_image_get_idf_version (FirmwareImage *self);
const char *firmware_image_get_build_date (FirmwareImage *self);
gboolean firmware_image_can_write_dfu (FirmwareImage *self);
GBytes *firmware_image_write_dfu (FirmwareImage *self);

FirmwareSegment *firmware_image_locate (FirmwareImage *self, gsize offset, guint64 *address);
guint firmware_image_get_n_pieces (FirmwareImage *self);
gsize firmware_image_get_piece (FirmwareImage *self, guint number, gsize *offset, guint64 *address);
FirmwareImage *firmware_image_get_joined (FirmwareImage *self);

void firmware_image_set_path (FirmwareImage *self, const char *path, gint64 modified);
const char *firmware_image_get_path (FirmwareImage *self, gint64 *modified);

G_END_DECLS
