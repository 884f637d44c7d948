/* dfu-operation.c: long work on a device, with progress, a log and an outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-operation-private.h"

/* How long progress may wait before people see it, in milliseconds: 25 times a second. */
#define NOTIFY_INTERVAL 40

typedef struct {
  GMainContext *context;
  DfuLog *log;

  GMutex lock;
  DfuProgress progress;    /* guarded by lock; written by the thread that runs */
  gboolean notify_pending; /* guarded by lock */

  DfuProgress notified; /* what the main context has been told */
} DfuOperationPrivate;

enum {
  PROP_PHASE = 1,
  PROP_OUTCOME,
  PROP_FLASH_TOUCHED,
  PROP_FRACTION,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  PROP_RATE,
  PROP_TIME_LEFT,
  PROP_WORK_ELAPSED,
  PROP_WORK_EXPECTED,
  PROP_SILENCE,
  PROP_SEGMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DfuOperation, dfu_operation, G_TYPE_OBJECT)

static DfuOperationPrivate *
get_private (DfuOperation *self)
{
  return dfu_operation_get_instance_private (self);
}

/**
 * dfu_operation_get_progress:
 * @self: an operation
 *
 * Any thread.
 *
 * Returns: how far it is at this moment; the properties may follow a little later
 */
DfuProgress
dfu_operation_get_progress (DfuOperation *self)
{
  DfuOperationPrivate *priv = get_private (self);
  DfuProgress progress;

  g_mutex_lock (&priv->lock);
  progress = priv->progress;
  g_mutex_unlock (&priv->lock);

  dfu_progress_look (&progress, g_get_monotonic_time ());
  return progress;
}

static void
notify_if (DfuOperation *self, gboolean changed, guint property)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Main context only. */
static void
notify_changes (DfuOperation *self)
{
  DfuOperationPrivate *priv = get_private (self);
  DfuProgress old = priv->notified;
  DfuProgress new = dfu_operation_get_progress (self);

  priv->notified = new;

  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, new.bytes_total != old.bytes_total, PROP_BYTES_TOTAL);
  notify_if (self, new.bytes_done != old.bytes_done, PROP_BYTES_DONE);
  notify_if (self, new.bytes_done != old.bytes_done, PROP_FRACTION);
  notify_if (self, new.flash_touched != old.flash_touched, PROP_FLASH_TOUCHED);
  notify_if (self, new.rate != old.rate, PROP_RATE);
  notify_if (self, new.time_left != old.time_left, PROP_TIME_LEFT);
  notify_if (self, new.work_expected != old.work_expected, PROP_WORK_EXPECTED);
  notify_if (self, new.work_elapsed != old.work_elapsed, PROP_WORK_ELAPSED);
  notify_if (self, new.silence != old.silence, PROP_SILENCE);
  notify_if (self, new.segment != old.segment, PROP_SEGMENT);
  notify_if (self, new.phase != old.phase, PROP_PHASE);
  notify_if (self, new.outcome != old.outcome, PROP_OUTCOME);
  g_object_thaw_notify (G_OBJECT (self));
}

/* While the device erases or checks, or does not answer, nothing else says that time goes by. */
static gboolean
notify_cb (gpointer user_data)
{
  DfuOperation *self = user_data;
  DfuOperationPrivate *priv = get_private (self);
  gboolean goes_on;

  g_mutex_lock (&priv->lock);
  goes_on = priv->notify_pending = dfu_progress_runs_on (&priv->progress);
  g_mutex_unlock (&priv->lock);

  notify_changes (self);
  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Any thread, with the lock held. Not g_main_context_invoke(): that may run in this thread. */
static void
schedule_notify (DfuOperation *self)
{
  DfuOperationPrivate *priv = get_private (self);
  g_autoptr (GSource) source = NULL;

  if (priv->notify_pending)
    return;

  priv->notify_pending = TRUE;
  source = g_timeout_source_new (NOTIFY_INTERVAL);
  g_source_set_callback (source, notify_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, priv->context);
}

/**
 * dfu_operation_lock:
 * @self: an operation that runs
 *
 * The thread that runs.
 *
 * Returns: its progress, to be changed until dfu_operation_unlock()
 */
DfuProgress *
dfu_operation_lock (DfuOperation *self)
{
  DfuOperationPrivate *priv = get_private (self);

  g_mutex_lock (&priv->lock);
  return &priv->progress;
}

/**
 * dfu_operation_unlock:
 * @self: an operation whose progress was changed
 *
 * Lets the main context know, soon. The thread that runs.
 */
void
dfu_operation_unlock (DfuOperation *self)
{
  schedule_notify (self);
  g_mutex_unlock (&get_private (self)->lock);
}

/* The thread that runs. */
static void
end (DfuOperation *self, DfuOutcome outcome)
{
  DfuProgress *progress;

  dfu_log_append (get_private (self)->log, "Outcome: %s",
                  dfu_enum_nick (DFU_TYPE_OUTCOME, outcome));

  progress = dfu_operation_lock (self);
  dfu_progress_enter (progress, DFU_PHASE_DONE);
  progress->outcome = outcome;
  dfu_operation_unlock (self);
}

/**
 * dfu_operation_run:
 * @self: an operation that has not run
 * @cancellable: (nullable): a cancellable, honoured where the device can be left clean
 * @error: return location for an error
 *
 * Does the work. Blocks; any thread. Afterwards "outcome" says how it ended.
 *
 * Returns: whether it ended well
 */
gboolean
dfu_operation_run (DfuOperation *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  DfuOutcome outcome;

  g_return_val_if_fail (DFU_IS_OPERATION (self), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
  g_return_val_if_fail (dfu_operation_get_progress (self).phase == DFU_PHASE_WAITING, FALSE);

  outcome = DFU_OPERATION_GET_CLASS (self)->run (self, cancellable, &local_error);

  if (outcome != DFU_OUTCOME_NONE) {
    end (self, outcome);
    return TRUE;
  }

  dfu_log_append (get_private (self)->log, "%s", local_error->message);
  end (self, dfu_outcome_of_error (local_error));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (dfu_operation_run (source, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dfu_operation_run_async:
 * @self: an operation that has not run
 * @cancellable: (nullable): as for dfu_operation_run()
 * @callback: called on the thread-default main context when it is over
 * @user_data: data for @callback
 *
 * Does the work in another thread.
 */
void
dfu_operation_run_async (DfuOperation *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DFU_IS_OPERATION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dfu_operation_run_async);
  /* Work that was cancelled too late has ended well; only the thread knows. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * dfu_operation_run_finish:
 * @self: an operation
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends dfu_operation_run_async(). All properties have their last values and were notified.
 *
 * Returns: whether it ended well
 */
gboolean
dfu_operation_run_finish (DfuOperation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (DFU_IS_OPERATION (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  notify_changes (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dfu_operation_get_log:
 * @self: an operation
 *
 * Returns: (transfer none): what happened so far
 */
DfuLog *
dfu_operation_get_log (DfuOperation *self)
{
  g_return_val_if_fail (DFU_IS_OPERATION (self), NULL);

  return get_private (self)->log;
}

static void
dfu_operation_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DfuOperation *self = DFU_OPERATION (object);
  DfuProgress progress = dfu_operation_get_progress (self);

  switch (property_id) {
  case PROP_PHASE:
    g_value_set_enum (value, progress.phase);
    break;
  case PROP_OUTCOME:
    g_value_set_enum (value, progress.outcome);
    break;
  case PROP_FLASH_TOUCHED:
    g_value_set_boolean (value, progress.flash_touched);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, dfu_progress_get_fraction (&progress));
    break;
  case PROP_BYTES_DONE:
    g_value_set_uint64 (value, progress.bytes_done);
    break;
  case PROP_BYTES_TOTAL:
    g_value_set_uint64 (value, progress.bytes_total);
    break;
  case PROP_RATE:
    g_value_set_double (value, progress.rate);
    break;
  case PROP_TIME_LEFT:
    g_value_set_double (value, progress.time_left);
    break;
  case PROP_WORK_ELAPSED:
    g_value_set_int (value, progress.work_elapsed);
    break;
  case PROP_WORK_EXPECTED:
    g_value_set_double (value, progress.work_expected);
    break;
  case PROP_SILENCE:
    g_value_set_int (value, progress.silence);
    break;
  case PROP_SEGMENT:
    g_value_set_object (value, progress.segment);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dfu_operation_finalize (GObject *object)
{
  DfuOperationPrivate *priv = get_private (DFU_OPERATION (object));

  g_clear_object (&priv->log);
  g_clear_pointer (&priv->context, g_main_context_unref);
  g_mutex_clear (&priv->lock);

  G_OBJECT_CLASS (dfu_operation_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_PHASE] =
    g_param_spec_enum ("phase", NULL, NULL, DFU_TYPE_PHASE, DFU_PHASE_WAITING, flags);
  properties[PROP_OUTCOME] =
    g_param_spec_enum ("outcome", NULL, NULL, DFU_TYPE_OUTCOME, DFU_OUTCOME_NONE, flags);
  properties[PROP_FLASH_TOUCHED] = g_param_spec_boolean ("flash-touched", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_BYTES_DONE] =
    g_param_spec_uint64 ("bytes-done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_TOTAL] =
    g_param_spec_uint64 ("bytes-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_TIME_LEFT] =
    g_param_spec_double ("time-left", NULL, NULL, -1.0, G_MAXDOUBLE, -1.0, flags);
  properties[PROP_WORK_ELAPSED] =
    g_param_spec_int ("work-elapsed", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_WORK_EXPECTED] =
    g_param_spec_double ("work-expected", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_SILENCE] = g_param_spec_int ("silence", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SEGMENT] =
    g_param_spec_object ("segment", NULL, NULL, FIRMWARE_TYPE_SEGMENT, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dfu_operation_class_init (DfuOperationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dfu_operation_get_property;
  object_class->finalize = dfu_operation_finalize;

  install_properties (object_class);
}

static void
dfu_operation_init (DfuOperation *self)
{
  DfuOperationPrivate *priv = get_private (self);

  priv->context = g_main_context_ref_thread_default ();
  priv->log = dfu_log_new ();
  dfu_progress_init (&priv->progress, 0);
  priv->notified = priv->progress;
  g_mutex_init (&priv->lock);
}
