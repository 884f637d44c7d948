/* dfu-esp-attach.c: the flash of an ESP chip, made known to its ROM
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-esp-attach.h"

#include "dfu-quirks.h"
#include "firmware-esp-archive.h"

static gboolean
send_block (DfuSession *session,
            guint number,
            const guint8 *data,
            gsize length,
            guint timeout,
            DfuState state,
            GError **error)
{
  DfuStatus status;

  return dfu_session_download (session, (guint16) number, data, (guint16) length, timeout, &status,
                               error) &&
         dfu_status_expect (&status, state, error);
}

/**
 * dfu_esp_attach_flash:
 * @session: a session with an ESP ROM in dfuIDLE
 * @timeout: for a block, in milliseconds
 * @log: where the steps are written
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Lets the ROM see its flash: it attaches the flash with the first block of a download, and until
 * an archive has told it how large the flash is, it reads nothing beyond 2 MiB and says so to
 * nobody. The archive that is sent has its flash parameters and nothing else, so that nothing is
 * erased or written. Each block waits for the status of the one before, and none follows a
 * failure: with a block missing, the ROM might take the rest for raw data. Worker thread.
 *
 * Returns: whether the ROM took it and is in dfuIDLE again
 */
gboolean
dfu_esp_attach_flash (DfuSession *session,
                      guint timeout,
                      DfuLog *log,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GBytes) archive = firmware_esp_archive_new_parameters (DFU_QUIRKS_ESP_UPLOAD_SIZE);
  const guint16 block_size = dfu_quirks_limit_transfer_size (DFU_QUIRK_ESP_ARCHIVE, G_MAXUINT16);
  gsize size;
  const guint8 *data = g_bytes_get_data (archive, &size);
  guint number = 0;

  dfu_log_append (log, "Sending an archive without parts, so that the ROM attaches its flash");

  for (gsize offset = 0; offset < size; offset += block_size, number++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !send_block (session, number, data + offset, MIN (block_size, size - offset), timeout,
                     DFU_STATE_DNLOAD_IDLE, error)) {
      g_prefix_error (error, "Attaching the flash: ");
      return FALSE;
    }

  if (!send_block (session, number, NULL, 0, timeout, DFU_STATE_DFU_IDLE, error)) {
    g_prefix_error (error, "Attaching the flash: ");
    return FALSE;
  }

  return TRUE;
}
