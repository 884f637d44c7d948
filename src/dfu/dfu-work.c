/* dfu-work.c: an operation on one device, from finding it to leaving it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-work.h"

typedef struct {
  UsbBus *bus;
  UsbDevice *device;
  DfuTimeouts timeouts;
  DfuChoice choice;
} DfuWorkPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DfuWork, dfu_work, DFU_TYPE_OPERATION)

static DfuWorkPrivate *
get_private (DfuWork *self)
{
  return dfu_work_get_instance_private (self);
}

static DfuOutcome
dfu_work_run (DfuOperation *operation, GCancellable *cancellable, GError **error)
{
  DfuWork *self = DFU_WORK (operation);
  DfuWorkPrivate *priv = get_private (self);
  g_auto (DfuVisit) visit = { 0 };

  dfu_visit_init (&visit, operation, priv->bus, priv->device, &priv->timeouts);
  visit.cancellable = cancellable;
  visit.choice = &priv->choice;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return DFU_OUTCOME_NONE;

  return DFU_WORK_GET_CLASS (self)->visit (self, &visit, cancellable, error);
}

/**
 * dfu_work_set_timeouts:
 * @self: work that has not run
 * @timeouts: upper bounds other than %dfu_timeouts_default
 *
 * For devices, and tests, that are slower or faster than most.
 */
void
dfu_work_set_timeouts (DfuWork *self, const DfuTimeouts *timeouts)
{
  g_return_if_fail (DFU_IS_WORK (self));
  g_return_if_fail (timeouts != NULL);

  get_private (self)->timeouts = *timeouts;
}

/**
 * dfu_work_set_choice:
 * @self: work that has not run
 * @choice: which interface and which memory of the device are meant
 */
void
dfu_work_set_choice (DfuWork *self, const DfuChoice *choice)
{
  g_return_if_fail (DFU_IS_WORK (self));
  g_return_if_fail (choice != NULL);

  dfu_choice_copy (&get_private (self)->choice, choice);
}

static void
dfu_work_dispose (GObject *object)
{
  DfuWorkPrivate *priv = get_private (DFU_WORK (object));

  g_clear_object (&priv->bus);
  g_clear_object (&priv->device);

  G_OBJECT_CLASS (dfu_work_parent_class)->dispose (object);
}

static void
dfu_work_finalize (GObject *object)
{
  dfu_choice_clear (&get_private (DFU_WORK (object))->choice);

  G_OBJECT_CLASS (dfu_work_parent_class)->finalize (object);
}

static void
dfu_work_class_init (DfuWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dfu_work_dispose;
  G_OBJECT_CLASS (klass)->finalize = dfu_work_finalize;

  DFU_OPERATION_CLASS (klass)->run = dfu_work_run;
}

static void
dfu_work_init (DfuWork *self)
{
  DfuWorkPrivate *priv = get_private (self);

  priv->timeouts = dfu_timeouts_default;
  dfu_choice_init (&priv->choice);
}

/**
 * dfu_work_new: (skip)
 * @type: a subclass
 * @bus: the bus that @device is on; used to see it come back
 * @device: the device as it is now, in either mode
 *
 * Returns: (transfer full): work that has not started
 */
gpointer
dfu_work_new (GType type, UsbBus *bus, UsbDevice *device)
{
  DfuWorkPrivate *priv = NULL;
  DfuWork *self = NULL;

  g_return_val_if_fail (g_type_is_a (type, DFU_TYPE_WORK), NULL);
  g_return_val_if_fail (USB_IS_BUS (bus), NULL);
  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  self = g_object_new (type, NULL);
  priv = get_private (self);
  priv->bus = g_object_ref (bus);
  priv->device = g_object_ref (device);

  return self;
}
