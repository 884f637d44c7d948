/* bootlace-job-list.c: all boards that are or were being worked on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-job-list.h"

#include "bootlace-batch.h"
#include "bootlace-settings.h"
#include "bootlace-wishes.h"

struct _BootlaceJobList {
  GObject parent_instance;

  UsbBus *bus;         /* nullable: then nothing can be started */
  GSettings *settings; /* nullable */
  GPtrArray *jobs;     /* element-type BootlaceJob */
  GPtrArray *batch;    /* element-type BootlaceJob */

  guint n_running;
};

enum {
  PROP_0,
  PROP_BUS,
  PROP_N_RUNNING,
  PROP_STOPPING,
  PROP_FRACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  JOB_OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
bootlace_job_list_get_item_type (GListModel *model)
{
  return BOOTLACE_TYPE_JOB;
}

static guint
bootlace_job_list_get_n_items (GListModel *model)
{
  return BOOTLACE_JOB_LIST (model)->jobs->len;
}

static gpointer
bootlace_job_list_get_item (GListModel *model, guint position)
{
  BootlaceJobList *self = BOOTLACE_JOB_LIST (model);

  return position < self->jobs->len ? g_object_ref (self->jobs->pdata[position]) : NULL;
}

static void
implement_list_model (GListModelInterface *iface)
{
  iface->get_item_type = bootlace_job_list_get_item_type;
  iface->get_n_items = bootlace_job_list_get_n_items;
  iface->get_item = bootlace_job_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BootlaceJobList,
                               bootlace_job_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list_model))

static void
notify_progress (BootlaceJobList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void
notify_counts (BootlaceJobList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
  notify_progress (self);
}

static void
stopping_cb (BootlaceJobList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
}

static void
state_cb (BootlaceJob *job, GParamSpec *pspec, BootlaceJobList *self)
{
  if (bootlace_job_is_active (job))
    return;

  g_signal_handlers_disconnect_by_data (job, self);
  g_signal_handlers_disconnect_by_data (bootlace_job_get_operation (job), self);

  self->n_running--;
  g_signal_emit (self, signals[JOB_OVER], 0, job);
  notify_counts (self);
}

static void
watch_job (BootlaceJobList *self, BootlaceJob *job)
{
  DfuWork *operation = bootlace_job_get_operation (job);

  g_signal_connect_object (job, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (job, "notify::stopping", G_CALLBACK (stopping_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::fraction", G_CALLBACK (notify_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::time-left", G_CALLBACK (notify_progress), self,
                           G_CONNECT_SWAPPED);
}

static void
remove_job (BootlaceJobList *self, BootlaceJob *job)
{
  g_autoptr (BootlaceJob) kept = g_object_ref (job);
  guint position;

  if (!g_ptr_array_find (self->jobs, job, &position))
    return;

  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  bootlace_job_dismiss (kept);
}

/* A board whose last job this replaces is never without one, nor its details, where the focus may
 * be. */
static void
add_job (BootlaceJobList *self, BootlaceJob *job, BootlaceJob *last)
{
  g_autoptr (BootlaceJob) kept = last != NULL ? g_object_ref (last) : NULL;
  guint position = self->jobs->len;

  g_ptr_array_add (self->batch, g_object_ref (job));
  self->n_running++;

  if (g_ptr_array_find (self->jobs, last, &position))
    g_set_object ((BootlaceJob **) &self->jobs->pdata[position], job);
  else
    g_ptr_array_add (self->jobs, g_object_ref (job));

  g_list_model_items_changed (G_LIST_MODEL (self), position, kept != NULL, 1);
  if (kept != NULL)
    bootlace_job_dismiss (kept);
}

/**
 * bootlace_job_list_find:
 * @self: a job list
 * @device: a board
 *
 * Returns: (nullable) (transfer none): the board's last job
 */
BootlaceJob *
bootlace_job_list_find (BootlaceJobList *self, DfuDevice *device)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    if (bootlace_job_get_device (self->jobs->pdata[i]) == device)
      return self->jobs->pdata[i];

  return NULL;
}

/**
 * bootlace_job_list_run:
 * @self: a job list
 * @job: a job that waits to be started
 * @choice: (nullable): which of the board's memories is meant; %NULL for the only one
 *
 * Starts @job, unless the board has one that is not over.
 *
 * Returns: whether it was started
 */
gboolean
bootlace_job_list_run (BootlaceJobList *self, BootlaceJob *job, const DfuChoice *choice)
{
  BootlaceJob *last;

  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), FALSE);
  g_return_val_if_fail (BOOTLACE_IS_JOB (job), FALSE);

  last = bootlace_job_list_find (self, bootlace_job_get_device (job));
  if (last != NULL && bootlace_job_is_active (last))
    return FALSE;
  if (self->n_running == 0)
    g_ptr_array_set_size (self->batch, 0);

  if (choice != NULL)
    dfu_work_set_choice (bootlace_job_get_operation (job), choice);
  watch_job (self, job);
  bootlace_job_start (job);

  /* Only now, so that somebody holds the board all the time. */
  add_job (self, job, last);
  notify_counts (self);

  return TRUE;
}

/**
 * bootlace_job_list_start:
 * @self: a job list
 * @device: a board
 * @image: what to write to it
 * @choice: (nullable): which of its memories is meant; %NULL for the only one
 *
 * Starts to write @image, unless the board has a job that is not over.
 *
 * Returns: (nullable) (transfer none): the job
 */
BootlaceJob *
bootlace_job_list_start (BootlaceJobList *self,
                         DfuDevice *device,
                         FirmwareImage *image,
                         const DfuChoice *choice)
{
  g_autoptr (BootlaceJob) job = NULL;

  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), NULL);
  g_return_val_if_fail (DFU_IS_DEVICE (device), NULL);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);
  g_return_val_if_fail (self->bus != NULL, NULL);

  job = bootlace_job_new (self->bus, device, image);
  bootlace_wishes_apply (self->settings, device, DFU_UPGRADE (bootlace_job_get_operation (job)));

  return bootlace_job_list_run (self, job, choice) ? job : NULL;
}

/**
 * bootlace_job_list_cancel_all:
 * @self: a job list
 *
 * Cancels every job that is not over.
 */
void
bootlace_job_list_cancel_all (BootlaceJobList *self)
{
  g_return_if_fail (BOOTLACE_IS_JOB_LIST (self));

  for (guint i = 0; i < self->jobs->len; i++)
    bootlace_job_cancel (self->jobs->pdata[i]);
}

/**
 * bootlace_job_list_dismiss:
 * @self: a job list
 * @job: a job that is over
 *
 * Forgets @job.
 */
void
bootlace_job_list_dismiss (BootlaceJobList *self, BootlaceJob *job)
{
  g_return_if_fail (BOOTLACE_IS_JOB_LIST (self));
  g_return_if_fail (!bootlace_job_is_active (job));

  remove_job (self, job);
}

/**
 * bootlace_job_list_get_bus:
 * @self: a job list
 *
 * Returns: (nullable): where the boards are
 */
UsbBus *
bootlace_job_list_get_bus (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), NULL);

  return self->bus;
}

/**
 * bootlace_job_list_get_n_running:
 * @self: a job list
 *
 * Returns: how many jobs are not over
 */
guint
bootlace_job_list_get_n_running (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), 0);

  return self->n_running;
}

/**
 * bootlace_job_list_get_n_total:
 * @self: a job list
 *
 * Returns: how many jobs the batch has
 */
guint
bootlace_job_list_get_n_total (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), 0);

  return self->batch->len;
}

/**
 * bootlace_job_list_get_n_over:
 * @self: a job list
 *
 * Returns: how many jobs of the batch are over
 */
guint
bootlace_job_list_get_n_over (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), 0);

  return self->batch->len - self->n_running;
}

/**
 * bootlace_job_list_is_stopping:
 * @self: a job list
 *
 * Returns: whether there are jobs that are not over, and all of these were cancelled
 */
gboolean
bootlace_job_list_is_stopping (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), FALSE);

  for (guint i = 0; i < self->jobs->len; i++)
    if (bootlace_job_is_active (self->jobs->pdata[i]) &&
        !bootlace_job_is_stopping (self->jobs->pdata[i]))
      return FALSE;

  return self->n_running > 0;
}

/**
 * bootlace_job_list_get_batch:
 * @self: a job list
 *
 * Returns: (element-type BootlaceJob): the jobs that were begun together, while at least one of
 *   them was not over
 */
GPtrArray *
bootlace_job_list_get_batch (BootlaceJobList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB_LIST (self), NULL);

  return self->batch;
}

static void
bootlace_job_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceJobList *self = BOOTLACE_JOB_LIST (object);

  switch (id) {
  case PROP_N_RUNNING:
    g_value_set_uint (value, self->n_running);
    break;
  case PROP_STOPPING:
    g_value_set_boolean (value, bootlace_job_list_is_stopping (self));
    break;
  case PROP_FRACTION:
    g_value_set_double (value, bootlace_batch_get_fraction (self->batch));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_job_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceJobList *self = BOOTLACE_JOB_LIST (object);

  switch (id) {
  case PROP_BUS:
    self->bus = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_job_list_dispose (GObject *object)
{
  BootlaceJobList *self = BOOTLACE_JOB_LIST (object);

  g_clear_object (&self->bus);
  g_clear_object (&self->settings);
  g_ptr_array_set_size (self->jobs, 0);
  g_ptr_array_set_size (self->batch, 0);

  G_OBJECT_CLASS (bootlace_job_list_parent_class)->dispose (object);
}

static void
bootlace_job_list_finalize (GObject *object)
{
  BootlaceJobList *self = BOOTLACE_JOB_LIST (object);

  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->batch);

  G_OBJECT_CLASS (bootlace_job_list_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_BUS] =
    g_param_spec_object ("bus", NULL, NULL, USB_TYPE_BUS,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_job_list_class_init (BootlaceJobListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_job_list_get_property;
  object_class->set_property = bootlace_job_list_set_property;
  object_class->dispose = bootlace_job_list_dispose;
  object_class->finalize = bootlace_job_list_finalize;

  install_properties (object_class);

  signals[JOB_OVER] = g_signal_new ("job-over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, BOOTLACE_TYPE_JOB);
}

static void
bootlace_job_list_init (BootlaceJobList *self)
{
  self->settings = bootlace_settings_new ();
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->batch = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * bootlace_job_list_new:
 * @bus: (nullable): where the boards are
 *
 * Returns: (transfer full): an empty list
 */
BootlaceJobList *
bootlace_job_list_new (UsbBus *bus)
{
  return g_object_new (BOOTLACE_TYPE_JOB_LIST, "bus", bus, NULL);
}
