/* dfu-readout.c: reads what a device holds, DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-readout.h"

#include "dfu-contents.h"
#include "firmware-save.h"

struct _DfuReadout {
  DfuWork parent_instance;

  DfuContentsRange range;
  GFile *file; /* (nullable) */

  GBytes *contents;    /* written by the thread that runs, read after that */
  int file_is_written; /* atomic */
};

G_DEFINE_FINAL_TYPE (DfuReadout, dfu_readout, DFU_TYPE_WORK)

static gboolean
read_device (DfuReadout *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;

  self->contents = dfu_contents_read (visit, &self->range, cancellable, &local_error);
  if (self->contents != NULL)
    return TRUE;

  dfu_visit_fail (visit, local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Nobody shall wait for minutes to hear that the file cannot be. */
static gboolean
check_file (DfuReadout *self, GCancellable *cancellable, GError **error)
{
  return self->file == NULL || firmware_save_check (self->file, cancellable, error);
}

static gboolean
save (DfuReadout *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();

  if (self->file == NULL)
    return TRUE;
  if (!firmware_save (self->file, self->contents, no_inputs, cancellable, error))
    return FALSE;

  g_atomic_int_set (&self->file_is_written, TRUE);
  return TRUE;
}

static DfuOutcome
dfu_readout_visit (DfuWork *work, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuReadout *self = DFU_READOUT (work);

  if (!check_file (self, cancellable, error) ||
      !dfu_visit_reconfigure (visit, cancellable, error) ||
      !dfu_visit_open (visit, cancellable, error) ||
      !read_device (self, visit, cancellable, error) || !save (self, cancellable, error))
    return DFU_OUTCOME_NONE;

  return DFU_OUTCOME_READ;
}

/**
 * dfu_readout_get_contents:
 * @self: a readout that is over
 *
 * Returns: (transfer none) (nullable): what was read; %NULL unless it ended well
 */
GBytes *
dfu_readout_get_contents (DfuReadout *self)
{
  g_return_val_if_fail (DFU_IS_READOUT (self), NULL);

  return self->contents;
}

/**
 * dfu_readout_set_address:
 * @self: a readout that has not run
 * @address: where to begin, on a device that speaks DfuSe
 */
void
dfu_readout_set_address (DfuReadout *self, guint32 address)
{
  g_return_if_fail (DFU_IS_READOUT (self));

  self->range.has_address = TRUE;
  self->range.address = address;
}

/**
 * dfu_readout_set_file:
 * @self: a readout that has not run
 * @file: (nullable): where to save what is read, byte for byte; an older file there is replaced,
 * and stays as it is unless all ends well
 */
void
dfu_readout_set_file (DfuReadout *self, GFile *file)
{
  g_return_if_fail (DFU_IS_READOUT (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  g_set_object (&self->file, file);
}

/**
 * dfu_readout_get_file:
 * @self: a readout
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the file with what was read, once it is written
 */
GFile *
dfu_readout_get_file (DfuReadout *self)
{
  g_return_val_if_fail (DFU_IS_READOUT (self), NULL);

  return g_atomic_int_get (&self->file_is_written) ? self->file : NULL;
}

static void
dfu_readout_dispose (GObject *object)
{
  DfuReadout *self = DFU_READOUT (object);

  g_clear_pointer (&self->contents, g_bytes_unref);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (dfu_readout_parent_class)->dispose (object);
}

static void
dfu_readout_class_init (DfuReadoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dfu_readout_dispose;

  DFU_WORK_CLASS (klass)->visit = dfu_readout_visit;
}

static void
dfu_readout_init (DfuReadout *self)
{
}

/**
 * dfu_readout_new:
 * @bus: the bus that @device is on; used to see it come back
 * @device: the device as it is now, in either mode
 * @length: how many bytes to read at most, 0 for all
 *
 * Returns: (transfer full): a readout that has not started
 */
DfuReadout *
dfu_readout_new (UsbBus *bus, UsbDevice *device, guint64 length)
{
  DfuReadout *self;

  self = dfu_work_new (DFU_TYPE_READOUT, bus, device);
  self->range.length = length;

  return self;
}
