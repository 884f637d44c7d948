/* dfu-dfuse-upgrade.c: the whole of writing a DfuSe device, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-upgrade.h"

#include "dfu-dfuse-contents.h"
#include "dfu-dfuse-download.h"
#include "dfu-dfuse-erase.h"
#include "dfu-dfuse-read.h"
#include "dfu-error.h"
#include "dfu-restart.h"

typedef struct {
  DfuVisit *visit;
  FirmwareImage *image;
  const DfuDfuseOptions *options;
  DfuMemories *memories;
  DfuDfusePlan *plan;
} Work;

static void
clear_work (Work *self)
{
  g_clear_pointer (&self->memories, dfu_memories_free);
  g_clear_pointer (&self->plan, dfu_dfuse_plan_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

/* Which part the byte at an offset into all parts belongs to. */
static FirmwareSegment *
find_segment (FirmwareImage *image, guint64 offset)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (offset < firmware_segment_get_size (segment))
      return segment; /* the list keeps it */

    offset -= firmware_segment_get_size (segment);
  }

  return NULL;
}

static void
erased_cb (guint64 bytes_done, gpointer user_data)
{
  Work *self = user_data;

  dfu_operation_advance (self->visit->operation, bytes_done, NULL);
  if (bytes_done < self->plan->erase_size)
    dfu_operation_start_work (self->visit->operation, DFU_PROGRESS_UNFORETOLD);
}

static void
written_cb (guint64 bytes_done, gpointer user_data)
{
  Work *self = user_data;

  dfu_operation_advance (self->visit->operation, bytes_done,
                         find_segment (self->image, bytes_done));
}

static gboolean
is_of_one_memory (GListModel *segments)
{
  const guint n_segments = g_list_model_get_n_items (segments);
  g_autoptr (FirmwareSegment) first = g_list_model_get_item (segments, 0);
  g_autoptr (FirmwareSegment) last =
    n_segments > 0 ? g_list_model_get_item (segments, n_segments - 1) : NULL;

  return n_segments > 0 &&
         firmware_segment_get_alternate (first) == firmware_segment_get_alternate (last);
}

/* What a person has chosen counts more than what the file says; but a file for several memories
 * does not go into one. */
static int
find_alternate (const Work *self)
{
  if (!dfu_choice_names_memory (self->visit->choice) ||
      !is_of_one_memory (firmware_image_get_segments (self->image)))
    return DFU_DFUSE_PLAN_AS_FILED;

  return self->visit->interface.alternate;
}

/* All that can be wrong with the image is found here, before anything is erased. */
static gboolean
make_plan (Work *self, GCancellable *cancellable, GError **error)
{
  self->memories = dfu_memories_read (self->visit, cancellable, error);
  if (self->memories == NULL)
    return FALSE;

  self->plan = dfu_dfuse_plan_new (firmware_image_get_segments (self->image), find_alternate (self),
                                   self->memories, error);
  return self->plan != NULL;
}

static gboolean
read_unprotect (Work *self, GCancellable *cancellable, GError **error)
{
  return dfu_dfuse_erase_protection (self->visit, cancellable, error) &&
         dfu_visit_open (self->visit, cancellable, error);
}

static gboolean
erase (Work *self, DfuDfuseDownload *download, GCancellable *cancellable, GError **error)
{
  DfuOperation *operation = self->visit->operation;

  if (self->plan->sectors->len == 0)
    return TRUE;

  dfu_operation_enter_phase (operation, DFU_PHASE_ERASING);
  dfu_operation_set_bytes_total (operation, self->plan->erase_size);
  download->progress = erased_cb;

  return self->options->mass_erase ? dfu_dfuse_download_mass_erase (download, cancellable, error)
                                   : dfu_dfuse_download_erase (download, cancellable, error);
}

static gboolean
write_all (Work *self, DfuDfuseDownload *download, GCancellable *cancellable, GError **error)
{
  DfuOperation *operation = self->visit->operation;

  dfu_operation_enter_phase (operation, DFU_PHASE_WRITING);
  dfu_operation_set_bytes_total (operation, self->plan->size);
  download->progress = written_cb;

  return dfu_dfuse_download_write (download, cancellable, error);
}

typedef struct {
  DfuOperation *operation;
  guint64 bytes_before;
  guint64 bytes_done;
  guint64 bytes_total; /* that can be compared */
} Compared;

static gboolean
compared_cb (guint64 offset, const guint8 *data, gsize length, gpointer user_data, GError **error)
{
  Compared *self = user_data;

  self->bytes_done = self->bytes_before + offset + length;
  dfu_operation_advance (self->operation, self->bytes_done, NULL);
  return TRUE;
}

static gboolean
can_compare (const Work *self, const DfuDfuseRun *run)
{
  return self->visit->interface.descriptor.can_upload &&
         dfu_dfuse_can_compare (run, self->memories);
}

/* Names what will not be compared. */
static guint64
count_comparable (const Work *self, DfuLog *log)
{
  guint64 size = 0;

  for (guint i = 0; i < self->plan->runs->len; i++) {
    const DfuDfuseRun *run = &g_array_index (self->plan->runs, DfuDfuseRun, i);
    const DfuMemoryLayout *layout = dfu_memories_find (self->memories, run->alternate);

    if (can_compare (self, run))
      size += run->data->len;
    else
      dfu_log_append (log, "Not compared: %u bytes from 0x%08x on, in “%s”", run->data->len,
                      run->address, dfu_memory_layout_get_name (layout));
  }

  return size;
}

static gboolean
compare_all (Work *self,
             DfuDfuseDownload *download,
             Compared *compared,
             GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < self->plan->runs->len; i++) {
    const DfuDfuseRun *run = &g_array_index (self->plan->runs, DfuDfuseRun, i);

    if (!can_compare (self, run))
      continue;

    if (!dfu_dfuse_download_select (download, run->alternate, error) ||
        !dfu_dfuse_compare (&download->dfuse, download->transfer_size, run, compared_cb, compared,
                            cancellable, error))
      return FALSE;

    compared->bytes_before += run->data->len;
  }

  return TRUE;
}

/* A device that refuses the very first block lets nobody read it. */
static gboolean
is_unreadable (const Compared *compared, const GError *error)
{
  return compared->bytes_done == 0 &&
         (usb_error_is_stall (error) || g_error_matches (error, DFU_ERROR, DFU_ERROR_DEVICE) ||
          g_error_matches (error, DFU_ERROR, DFU_ERROR_PROTECTED));
}

static gboolean
read_back (Work *self, DfuDfuseDownload *download, GCancellable *cancellable, GError **error)
{
  DfuOperation *operation = self->visit->operation;
  Compared compared = { .operation = operation };
  g_autoptr (GError) local_error = NULL;

  if (!self->options->reads_back)
    return TRUE;

  compared.bytes_total = count_comparable (self, download->dfuse.log);
  if (compared.bytes_total == 0) {
    dfu_operation_set_read_back (operation, DFU_READ_BACK_IMPOSSIBLE);
    return TRUE;
  }

  dfu_operation_enter_phase (operation, DFU_PHASE_VERIFYING);
  dfu_operation_set_bytes_total (operation, compared.bytes_total);
  dfu_operation_advance (operation, 0, NULL);
  if (compare_all (self, download, &compared, cancellable, &local_error)) {
    dfu_operation_set_read_back (operation, compared.bytes_total == self->plan->size
                                              ? DFU_READ_BACK_SAME
                                              : DFU_READ_BACK_PARTLY);
    return TRUE;
  }

  if (is_unreadable (&compared, local_error)) {
    dfu_log_append (download->dfuse.log, "Not read back: %s", local_error->message);
    dfu_operation_set_read_back (operation, DFU_READ_BACK_IMPOSSIBLE);
    return dfu_session_make_idle (download->dfuse.session, NULL, error);
  }

  g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "Reading back: ");
  return FALSE;
}

/* The program starts where the first thing that was written begins. That the device does not go
 * is no reason to doubt what was written. */
static void
leave (Work *self, DfuDfuseDownload *download, GCancellable *cancellable)
{
  DfuVisit *visit = self->visit;
  const DfuDfuseRun *first = &g_array_index (self->plan->runs, DfuDfuseRun, 0);
  DfuRestart restart = DFU_RESTART_ASKED;
  g_autoptr (GError) error = NULL;

  if (self->plan->runs->len == 0)
    return;

  if (self->options->stays) {
    dfu_operation_set_restart (visit->operation, DFU_RESTART_STAYED);
    return;
  }

  dfu_operation_enter_phase (visit->operation, DFU_PHASE_RESTARTING);
  if (!dfu_dfuse_download_select (download, first->alternate, &error) ||
      !dfu_dfuse_leave (&download->dfuse, first->address, &error)) {
    dfu_log_append (download->dfuse.log, "The device stays in its bootloader: %s", error->message);
    dfu_operation_set_restart (visit->operation, DFU_RESTART_STAYED);
    dfu_visit_leave (visit);
    return;
  }

  if (self->options->watches)
    restart = dfu_restart_watch (visit, cancellable);
  dfu_operation_set_restart (visit->operation, restart);
}

static gboolean
run (Work *self, GCancellable *cancellable, GError **error)
{
  DfuDfuseDownload download = { 0 };

  if (!make_plan (self, cancellable, error) ||
      (self->options->read_unprotect && !read_unprotect (self, cancellable, error)))
    return FALSE;

  download = (DfuDfuseDownload){
    .dfuse = dfu_dfuse_new_from_visit (self->visit),
    .plan = self->plan,
    .alternate = self->visit->interface.alternate,
    .transfer_size = dfu_visit_get_transfer_size (self->visit),
    .user_data = self,
  };

  if (!erase (self, &download, cancellable, error) ||
      !write_all (self, &download, cancellable, error))
    return FALSE;

  dfu_operation_set_written (self->visit->operation, FALSE);
  if (!dfu_session_make_idle (download.dfuse.session, NULL, error) ||
      !read_back (self, &download, cancellable, error))
    return FALSE;

  leave (self, &download, cancellable);
  return TRUE;
}

/**
 * dfu_dfuse_upgrade_write:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @image: what to write, with an address for every byte
 * @options: what else to do
 * @cancellable: (nullable): honoured between sectors and blocks, and while the device is busy
 * @error: return location for an error; %DFU_ERROR_NO_SUCH_PLACE before anything was erased
 *
 * Erases, writes, and lets the device start the program. After a failure see dfu_visit_fail().
 * Worker thread.
 *
 * Returns: whether the device took every byte
 */
gboolean
dfu_dfuse_upgrade_write (DfuVisit *visit,
                         FirmwareImage *image,
                         const DfuDfuseOptions *options,
                         GCancellable *cancellable,
                         GError **error)
{
  g_auto (Work) work = { .visit = visit, .image = image, .options = options };

  return run (&work, cancellable, error);
}
