/* dfu-readout.c: reads what a device holds, DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-readout.h"

#include "dfu-contents.h"

struct _DfuReadout {
  DfuOperation parent_instance;

  UsbBus *bus;
  UsbDevice *device;
  DfuContentsRange range;
  DfuTimeouts timeouts;
  DfuChoice choice;

  GBytes *contents; /* written by the thread that runs, read after that */
};

G_DEFINE_FINAL_TYPE (DfuReadout, dfu_readout, DFU_TYPE_OPERATION)

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
dfu_readout_run (DfuOperation *operation, GCancellable *cancellable, GError **error)
{
  DfuReadout *self = DFU_READOUT (operation);
  g_auto (DfuVisit) visit = { 0 };

  dfu_visit_init (&visit, operation, self->bus, self->device, &self->timeouts);
  visit.choice = &self->choice;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !dfu_visit_reconfigure (&visit, cancellable, error) ||
      !dfu_visit_open (&visit, cancellable, error) ||
      !read_device (self, &visit, cancellable, error))
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
 * dfu_readout_set_timeouts:
 * @self: a readout that has not run
 * @timeouts: upper bounds other than %dfu_timeouts_default
 */
void
dfu_readout_set_timeouts (DfuReadout *self, const DfuTimeouts *timeouts)
{
  g_return_if_fail (DFU_IS_READOUT (self));
  g_return_if_fail (timeouts != NULL);

  self->timeouts = *timeouts;
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
 * dfu_readout_set_choice:
 * @self: a readout that has not run
 * @choice: which interface and which memory of the device are meant
 */
void
dfu_readout_set_choice (DfuReadout *self, const DfuChoice *choice)
{
  g_return_if_fail (DFU_IS_READOUT (self));
  g_return_if_fail (choice != NULL);

  dfu_choice_copy (&self->choice, choice);
}

static void
dfu_readout_dispose (GObject *object)
{
  DfuReadout *self = DFU_READOUT (object);

  g_clear_object (&self->bus);
  g_clear_object (&self->device);
  g_clear_pointer (&self->contents, g_bytes_unref);

  G_OBJECT_CLASS (dfu_readout_parent_class)->dispose (object);
}

static void
dfu_readout_finalize (GObject *object)
{
  dfu_choice_clear (&DFU_READOUT (object)->choice);

  G_OBJECT_CLASS (dfu_readout_parent_class)->finalize (object);
}

static void
dfu_readout_class_init (DfuReadoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dfu_readout_dispose;
  G_OBJECT_CLASS (klass)->finalize = dfu_readout_finalize;

  DFU_OPERATION_CLASS (klass)->run = dfu_readout_run;
}

static void
dfu_readout_init (DfuReadout *self)
{
  self->timeouts = dfu_timeouts_default;
  dfu_choice_init (&self->choice);
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

  g_return_val_if_fail (USB_IS_BUS (bus), NULL);
  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  self = g_object_new (DFU_TYPE_READOUT, NULL);
  self->bus = g_object_ref (bus);
  self->device = g_object_ref (device);
  self->range.length = length;

  return self;
}
