/* dfu-dfuse-upgrade.c: the whole of writing a DfuSe device, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-dfuse-upgrade.h"

#include "dfu-dfuse-download.h"
#include "dfu-error.h"

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
}

static void
written_cb (guint64 bytes_done, gpointer user_data)
{
  Work *self = user_data;

  dfu_operation_advance (self->visit->operation, bytes_done,
                         find_segment (self->image, bytes_done));
}

static DfuDfuse
get_dfuse (const Work *self)
{
  return (DfuDfuse){
    .session = self->visit->session,
    .quirks = self->visit->quirks,
    .timeout = self->visit->timeouts.download,
    .mass_erase_timeout = self->visit->timeouts.mass_erase,
    .log = dfu_operation_get_log (self->visit->operation),
  };
}

/* All that can be wrong with the image is found here, before anything is erased. */
static gboolean
make_plan (Work *self, GError **error)
{
  DfuVisit *visit = self->visit;

  self->memories =
    dfu_memories_read (visit->session, visit->device, &visit->interface, visit->quirks,
                       dfu_operation_get_log (visit->operation), error);
  if (self->memories == NULL)
    return FALSE;

  self->plan =
    dfu_dfuse_plan_new (firmware_image_get_segments (self->image), self->memories, error);
  return self->plan != NULL;
}

/* The device erases all of itself and restarts; with its BOOT pin as it was, it comes back. */
static gboolean
read_unprotect (Work *self, GCancellable *cancellable, GError **error)
{
  DfuVisit *visit = self->visit;
  const DfuDfuse dfuse = get_dfuse (self);

  dfu_log_append (dfuse.log, "Taking the protection against reading away");
  dfu_operation_enter_phase (visit->operation, DFU_PHASE_ERASING);
  dfu_operation_advance (visit->operation, 0, NULL);

  return dfu_dfuse_read_unprotect (&dfuse, error) &&
         dfu_visit_wait_for_return (visit, visit->timeouts.mass_erase + visit->timeouts.comeback,
                                    cancellable, error) &&
         dfu_visit_open (visit, cancellable, error);
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

/* The program starts where the first thing that was written begins. That the device does not go
 * is no reason to doubt what was written. */
static void
leave (Work *self, DfuDfuseDownload *download)
{
  DfuOperation *operation = self->visit->operation;
  const DfuDfuseRun *first = &g_array_index (self->plan->runs, DfuDfuseRun, 0);
  g_autoptr (GError) error = NULL;

  if (self->options->stays || self->plan->runs->len == 0)
    return;

  dfu_operation_enter_phase (operation, DFU_PHASE_RESTARTING);
  if (dfu_dfuse_download_select (download, first->alternate, &error) &&
      dfu_dfuse_leave (&download->dfuse, first->address, &error)) {
    dfu_operation_set_restart (operation, DFU_RESTART_DONE);
    return;
  }

  dfu_log_append (download->dfuse.log, "The device stays in its bootloader: %s", error->message);
  dfu_operation_set_restart (operation, DFU_RESTART_STAYED);
}

static gboolean
run (Work *self, GCancellable *cancellable, GError **error)
{
  DfuDfuseDownload download = { 0 };

  if (!make_plan (self, error) ||
      (self->options->read_unprotect && !read_unprotect (self, cancellable, error)))
    return FALSE;

  download = (DfuDfuseDownload){
    .dfuse = get_dfuse (self),
    .plan = self->plan,
    .alternate = self->visit->interface.alternate,
    .transfer_size = dfu_visit_get_transfer_size (self->visit),
    .user_data = self,
  };

  if (!erase (self, &download, cancellable, error) ||
      !write_all (self, &download, cancellable, error) ||
      !dfu_session_make_idle (download.dfuse.session, NULL, error))
    return FALSE;

  leave (self, &download);
  return TRUE;
}

/**
 * dfu_dfuse_upgrade_write:
 * @visit: a visit with a session and an idle device that speaks DfuSe
 * @image: what to write, with an address for every byte
 * @options: what else to do
 * @cancellable: (nullable): honoured between sectors and blocks
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
