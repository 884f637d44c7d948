/* dfu-download.h: transfer and manifestation, DFU 1.1 sections 6 and 7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-log.h"
#include "dfu-quirks.h"
#include "dfu-session.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuDownloadProgress:
 * @bytes_done: how many bytes of the payload the device has taken
 * @user_data: data of the caller
 *
 * Called after every block that the device has taken, and once with 0 just before the first is
 * sent, in the thread of the download.
 */
typedef void (*DfuDownloadProgress) (gsize bytes_done, gpointer user_data);

/**
 * DfuDownload:
 * @session: a session with a device in dfuIDLE
 * @image: what is sent, or what it is taken from
 * @payload: what to send of it
 * @quirks: what is special about the device
 * @transfer_size: bytes a block
 * @block_timeout: for one block to be taken, in milliseconds; an ESP ROM that erases more than
 *   512 KiB for it gets as much more
 * @manifest_timeout: for the device to finish after the last block, in milliseconds
 * @streams: whether blocks may follow each other without waiting for the status of each; only for
 *   devices with %DFU_QUIRK_STREAMS
 * @manifestation_tolerant: whether the device says that it answers after manifestation
 * @log: where the steps are written
 * @progress: called after every block
 * @user_data: data for @progress
 *
 * What a download needs. Borrows everything.
 */
typedef struct {
  DfuSession *session;
  FirmwareImage *image;
  GBytes *payload;
  DfuQuirkFlags quirks;
  guint16 transfer_size;
  guint block_timeout;
  guint manifest_timeout;
  gboolean streams;
  gboolean manifestation_tolerant;
  DfuLog *log;
  DfuDownloadProgress progress;
  gpointer user_data;
} DfuDownload;

/**
 * DfuDownloadEnd:
 * @was_taken: whether the device acknowledged the empty block
 * @is_silent: whether the device takes no request any more, which is how it says that it is done,
 *   and has been reset
 *
 * What is known of manifestation beside success and error.
 */
typedef struct {
  gboolean was_taken;
  gboolean is_silent;
} DfuDownloadEnd;

gboolean dfu_download_transfer (const DfuDownload *self, GCancellable *cancellable, GError **error);
gboolean dfu_download_manifest (const DfuDownload *self, DfuDownloadEnd *end, GError **error);

G_END_DECLS
