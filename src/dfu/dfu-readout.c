/* dfu-readout.c: reads what a device holds, DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-readout.h"

#include "dfu-contents.h"

struct _DfuReadout {
  DfuWork parent_instance;

  DfuContentsRange range;

  GBytes *contents; /* written by the thread that runs, read after that */
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

static DfuOutcome
dfu_readout_visit (DfuWork *work, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuReadout *self = DFU_READOUT (work);

  if (!dfu_visit_reconfigure (visit, cancellable, error) ||
      !dfu_visit_open (visit, cancellable, error) || !read_device (self, visit, cancellable, error))
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

static void
dfu_readout_dispose (GObject *object)
{
  DfuReadout *self = DFU_READOUT (object);

  g_clear_pointer (&self->contents, g_bytes_unref);

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
