/* dfu-plain-upgrade.c: the whole of writing a device that is told no addresses, DFU 1.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-plain-upgrade.h"

#include "dfu-application.h"
#include "dfu-download.h"
#include "dfu-esp-erase.h"
#include "dfu-outcome.h"
#include "dfu-restart.h"

typedef struct {
  DfuOperation *operation;
  FirmwareImage *sent;
  guint16 transfer_size;
  gboolean erases_inside; /* a block, as the ESP ROM does */
} Progress;

/* Of an image for an ESP chip, only the application is for a program that takes its successor. */
static GBytes *
get_payload (const DfuVisit *visit, FirmwareImage *image)
{
  return (visit->quirks & DFU_QUIRK_ESP_APPLICATION) != 0 ? dfu_application_find (image)
                                                          : firmware_image_get_payload (image);
}

static FirmwareImage *
choose_sent (const DfuVisit *visit, FirmwareImage *image, const DfuPlainOptions *options)
{
  if ((visit->quirks & DFU_QUIRK_ESP_ARCHIVE) == 0)
    return image;

  return dfu_esp_erase_choose_image (image, options->as_is,
                                     dfu_operation_get_log (visit->operation));
}

/* What the block takes that comes next. */
static void
foretell_erase (const Progress *progress, gsize bytes_done)
{
  const double expected =
    dfu_esp_erase_get_time (progress->sent, bytes_done, bytes_done + progress->transfer_size);

  if (bytes_done == 0)
    dfu_operation_foretell_erases (progress->operation,
                                   dfu_esp_erase_get_time (progress->sent, 0, G_MAXSIZE));
  if (expected > 0.0)
    dfu_operation_start_work (progress->operation, expected);
}

/* The thread that runs. */
static void
block_cb (gsize bytes_done, gpointer user_data)
{
  const Progress *progress = user_data;

  dfu_operation_advance (progress->operation, bytes_done,
                         firmware_image_locate (progress->sent, bytes_done, NULL));
  if (progress->erases_inside)
    foretell_erase (progress, bytes_done);
}

/* Knows better what became of a device that left instead of answering. Cannot be cancelled. */
static gboolean
judge_leave (DfuVisit *visit, const DfuDownloadEnd *end, const GError *cause, GError **error)
{
  DfuLeave leave = { .took_end = end->was_taken,
                     .manifestation_tolerant = visit->interface.descriptor.manifestation_tolerant };

  /* Those that compare by themselves stay to tell, so somebody has pressed RESET; and a program
   * that takes its successor is back whichever of the two it is now. */
  if (!usb_error_is_gone (cause) ||
      (visit->quirks & (DFU_QUIRK_VERIFIES | DFU_QUIRK_ESP_APPLICATION)) != 0) {
    g_propagate_error (error, g_error_copy (cause));
    return FALSE;
  }

  leave.is_back = dfu_outcome_needs_comeback (&leave) && dfu_restart_is_back (visit, NULL);
  dfu_log_append (dfu_operation_get_log (visit->operation), "%s%s", cause->message,
                  leave.is_back ? "; it is back, with its program running" : "");

  return dfu_outcome_judge_leave (&leave, cause, error);
}

/* How long what was sent is compared, as far as anybody knows. */
static double
foretell_check (const DfuVisit *visit, const DfuDownload *download)
{
  return (visit->quirks & DFU_QUIRK_VERIFIES) != 0 ? dfu_esp_erase_get_check_time (download->image)
                                                   : DFU_PROGRESS_UNFORETOLD;
}

/* Cannot be cancelled. */
static gboolean
run_manifestation (DfuVisit *visit,
                   const DfuDownload *download,
                   DfuDownloadEnd *end,
                   GError **error)
{
  gboolean is_done;

  dfu_operation_start_work (visit->operation, foretell_check (visit, download));
  dfu_session_set_must_answer (visit->session, TRUE);
  is_done = dfu_download_manifest (download, end, error);
  dfu_session_set_must_answer (visit->session, FALSE);

  return is_done;
}

/* DFU 1.1 section 7. Afterwards the session is gone if the device is. */
static gboolean
manifest (DfuVisit *visit, const DfuDownload *download, GCancellable *cancellable, GError **error)
{
  DfuOperation *operation = visit->operation;
  g_autoptr (GError) local_error = NULL;
  DfuDownloadEnd end;
  gboolean is_good;

  dfu_operation_enter_phase (operation, DFU_PHASE_MANIFESTING);
  if (run_manifestation (visit, download, &end, &local_error)) {
    if (!end.is_silent)
      return TRUE;

    dfu_operation_set_restart (operation, dfu_restart_watch (visit, cancellable));
    g_clear_object (&visit->session);
    return TRUE;
  }

  dfu_visit_explain (visit, local_error);
  is_good = judge_leave (visit, &end, local_error, error);
  if (usb_error_is_gone (local_error))
    g_clear_object (&visit->session);
  if (is_good)
    dfu_operation_set_restart (operation, DFU_RESTART_DONE);

  return is_good;
}

/**
 * dfu_plain_upgrade_is_compared:
 * @visit: a visit to a device
 * @image: what is written to it
 *
 * The ESP ROM says dfuIDLE only after every MD5 of the archive matched its flash; others compare
 * where there is something to compare with.
 *
 * Returns: whether the device itself compares what it has written
 */
gboolean
dfu_plain_upgrade_is_compared (const DfuVisit *visit, FirmwareImage *image)
{
  return (visit->quirks & DFU_QUIRK_VERIFIES) != 0 ||
         ((visit->quirks & DFU_QUIRK_ESP_APPLICATION) != 0 &&
          dfu_application_has_hash (get_payload (visit, image)));
}

/**
 * dfu_plain_upgrade_write:
 * @visit: a visit to a device that speaks plain DFU; in dfuIDLE
 * @image: what to write, which dfu_check_compatibility() lets pass for the device
 * @options: how
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Sends the image and lets the device manifest it, DFU 1.1 sections 6 and 7. A device that leaves
 * after that has no session any more. The thread that runs.
 *
 * Returns: whether the device took it all
 */
gboolean
dfu_plain_upgrade_write (DfuVisit *visit,
                         FirmwareImage *image,
                         const DfuPlainOptions *options,
                         GCancellable *cancellable,
                         GError **error)
{
  DfuOperation *operation = visit->operation;
  const gboolean is_compared = dfu_plain_upgrade_is_compared (visit, image);
  Progress progress = { .operation = operation,
                        .sent = choose_sent (visit, image, options),
                        .transfer_size = dfu_visit_get_transfer_size (visit),
                        .erases_inside = (visit->quirks & DFU_QUIRK_ESP_ARCHIVE) != 0 };
  const DfuDownload download = {
    .session = visit->session,
    .image = progress.sent,
    .payload = get_payload (visit, progress.sent),
    .quirks = visit->quirks,
    .transfer_size = progress.transfer_size,
    .block_timeout = visit->timeouts.download,
    .manifest_timeout = visit->timeouts.manifest,
    .streams = (visit->quirks & DFU_QUIRK_STREAMS) != 0 && !options->status_every_block,
    .manifestation_tolerant = visit->interface.descriptor.manifestation_tolerant,
    .log = dfu_operation_get_log (operation),
    .progress = block_cb,
    .user_data = &progress,
  };

  if ((visit->quirks & DFU_QUIRK_ESP_APPLICATION) != 0)
    dfu_operation_set_program_kept (operation);
  dfu_operation_enter_phase (operation, DFU_PHASE_WRITING);
  dfu_operation_set_bytes_total (operation, g_bytes_get_size (download.payload));

  if (!dfu_download_transfer (&download, cancellable, error) ||
      !manifest (visit, &download, cancellable, error))
    return FALSE;

  dfu_operation_set_written (operation, is_compared);
  return TRUE;
}
