/* dfu-contents.c: all or some of what a device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-contents.h"

#include "dfu-dfuse-contents.h"
#include "dfu-error.h"
#include "dfu-esp-attach.h"

/* What an upload goes through on its way to the sink. */
typedef struct {
  DfuOperation *operation;
  DfuUploadSink sink;
  gpointer user_data;
} Watched;

static gboolean
watch (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  Watched *self = user_data;

  if (!self->sink (offset, data, length, self->user_data, error))
    return FALSE;

  dfu_operation_advance (self->operation, offset + length, NULL);
  return TRUE;
}

/**
 * dfu_contents_check_readable:
 * @visit: a visit with a session
 * @error: return location for a %DFU_ERROR_NOT_READABLE
 *
 * Returns: whether the device gives away what it holds, as far as it says
 */
gboolean
dfu_contents_check_readable (const DfuVisit *visit, GError **error)
{
  const DfuFunctionalDescriptor *descriptor = &visit->interface.descriptor;

  if (!descriptor->can_upload) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_READABLE,
                         "The device allows no uploads (bitCanUpload)");
    return FALSE;
  }

  return TRUE;
}

/**
 * dfu_contents_find_size:
 * @visit: a visit
 * @length: how many bytes are wanted; 0 for all
 *
 * Returns: how many of them the device will give, as far as that is known; 0 where nobody knows
 */
guint64
dfu_contents_find_size (const DfuVisit *visit, guint64 length)
{
  const guint64 known = dfu_quirks_get_upload_size (visit->quirks);

  if (known == 0 || length == 0)
    return MAX (known, length);

  return MIN (known, length);
}

static gboolean
check_end (const DfuUploadEnd *end, guint64 size, GError **error)
{
  if (size > 0 || end->is_all)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "The device has given %" G_GUINT64_FORMAT " bytes and does not come to an end",
               end->size);
  return FALSE;
}

/**
 * dfu_contents_feed:
 * @visit: a visit with a session and an idle device that passed dfu_contents_check_readable()
 * @range: what to read
 * @sink: takes the bytes
 * @user_data: data for @sink
 * @end: (out caller-allocates): how much there was
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Reads the memory and shows the progress of that as the operation's. After a success the device
 * is idle again; after a failure see dfu_visit_fail().
 *
 * Returns: whether as many bytes were read as @range has, or all that the device has
 */
gboolean
dfu_contents_feed (DfuVisit *visit,
                   const DfuContentsRange *range,
                   DfuUploadSink sink,
                   gpointer user_data,
                   DfuUploadEnd *end,
                   GCancellable *cancellable,
                   GError **error)
{
  const guint64 size = dfu_contents_find_size (visit, range->length);
  Watched watched = { visit->operation, sink, user_data };
  const DfuUpload upload = {
    .session = visit->session,
    .transfer_size = dfu_visit_get_transfer_size (visit),
    .size = size > 0 ? size : DFU_CONTENTS_MAX,
    .block_timeout = visit->timeouts.request,
    .streams = (visit->quirks & DFU_QUIRK_STREAMS) != 0 && size > 0,
    .log = dfu_operation_get_log (visit->operation),
    .sink = watch,
    .user_data = &watched,
  };

  if (dfu_interface_takes_addresses (&visit->interface))
    return dfu_dfuse_contents_feed (visit, range, sink, user_data, end, cancellable, error);

  *end = (DfuUploadEnd){ 0, FALSE };
  if (range->has_address) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NO_SUCH_MEMORY,
                         "The memories of the device have no addresses");
    return FALSE;
  }

  if ((visit->quirks & DFU_QUIRK_ATTACHES_LATE) != 0 &&
      !dfu_esp_attach_flash (visit->session, visit->timeouts.download, upload.log, cancellable,
                             error))
    return FALSE;

  dfu_operation_set_bytes_total (visit->operation, size);
  dfu_operation_advance (visit->operation, 0, NULL);
  if (!dfu_upload_run (&upload, end, cancellable, error) || !check_end (end, size, error))
    return FALSE;

  dfu_log_append (upload.log, "Read %" G_GUINT64_FORMAT " bytes%s", end->size,
                  end->is_all ? ", where the device ended" : "");
  return dfu_session_make_idle (visit->session, NULL, error);
}

static gboolean
collect (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  g_byte_array_append (user_data, data, length);
  return TRUE;
}

/**
 * dfu_contents_read:
 * @visit: a visit with a session and an idle device
 * @range: what to read, at most %DFU_CONTENTS_MAX bytes
 * @cancellable: (nullable): honoured between blocks
 * @error: return location for an error
 *
 * Reads the memory into this computer's.
 *
 * Returns: (transfer full) (nullable): what it holds, perhaps less than @range has, but some
 */
GBytes *
dfu_contents_read (DfuVisit *visit,
                   const DfuContentsRange *range,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  DfuContentsRange limited = *range;
  DfuUploadEnd end;

  limited.length = MIN (range->length, DFU_CONTENTS_MAX);
  if (!dfu_contents_check_readable (visit, error))
    return NULL;

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_READING);
  if (!dfu_contents_feed (visit, &limited, collect, contents, &end, cancellable, error))
    return NULL;

  /* bitCanUpload is set in some that have nothing to upload. */
  if (end.size == 0) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_READABLE,
                         "The device gives nothing, although it says that it can be read");
    return NULL;
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&contents));
}
