/* bootlace-job.c: one board being worked on, from the wish to the outcome
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-job.h"

struct _BootlaceJob {
  GObject parent_instance;

  DfuDevice *device;
  BootlaceDeed deed;
  FirmwareImage *image; /* nullable */
  DfuWork *operation;
  GCancellable *cancellable;

  BootlaceJobState state;
  gint64 started; /* in microseconds since 1970; 0: not yet */
  gint64 ended;   /* the same */
  GError *error;
  WordingMessage *message;

  UsbDevice *stay;     /* of the device, when the job ended */
  gboolean restarting; /* will have another stay, with what was written */
  gboolean past;
  gboolean holding;
};

enum {
  PROP_0,
  PROP_DEVICE,
  PROP_DEED,
  PROP_IMAGE,
  PROP_OPERATION,
  PROP_STATE,
  PROP_STOPPING,
  PROP_PAST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceJob, bootlace_job, G_TYPE_OBJECT)

static gboolean
is_over (BootlaceJob *self)
{
  return self->state != BOOTLACE_JOB_WAITING && self->state != BOOTLACE_JOB_RUNNING;
}

static void
set_state (BootlaceJob *self, BootlaceJobState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
}

static gboolean
is_stopping (BootlaceJob *self)
{
  return !is_over (self) && g_cancellable_is_cancelled (self->cancellable);
}

static void
hold_device (BootlaceJob *self)
{
  dfu_device_hold (self->device);
  self->holding = TRUE;
}

static void
release_device (BootlaceJob *self)
{
  if (!self->holding)
    return;

  self->holding = FALSE;
  dfu_device_release (self->device);
}

static void
take_error (BootlaceJob *self, GError *error)
{
  DfuProgress progress = bootlace_job_get_progress (self);

  self->error = error;
  self->message = wording_message_new_for_job (error, &progress);
}

static gboolean
runs_its_program (BootlaceJob *self)
{
  return dfu_device_is_present (self->device) &&
         dfu_device_get_mode (self->device) == DFU_MODE_RUNTIME;
}

/* A board that comes back has a new stay on the bus, and a new chance. One that the job restarted,
 * to run what was written, is still the board that the job is about. */
static void
notice_new_stay (BootlaceJob *self)
{
  if (self->past || !is_over (self))
    return;
  if (!dfu_device_is_present (self->device) ||
      dfu_device_get_usb_device (self->device) == self->stay)
    return;

  if (self->restarting && runs_its_program (self)) {
    self->restarting = FALSE;
    g_set_object (&self->stay, dfu_device_get_usb_device (self->device));
    return;
  }

  self->past = TRUE;
  release_device (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAST]);
}

static void
finish (BootlaceJob *self, GError *error)
{
  const DfuProgress progress = bootlace_job_get_progress (self);

  self->ended = g_get_real_time ();
  g_set_object (&self->stay, dfu_device_get_usb_device (self->device));
  self->restarting = bootlace_job_starts_program (self) && !runs_its_program (self);
  if (error != NULL)
    take_error (self, error);

  set_state (self, bootlace_job_state_find_end (&progress, error));
  notice_new_stay (self);
}

static void
run_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceJob) self = user_data;
  GError *error = NULL;

  dfu_operation_run_finish (DFU_OPERATION (object), result, &error);

  /* Permissions change without an event; whoever was refused knows first. */
  if (usb_error_is_access (error))
    usb_device_check_access (dfu_device_get_usb_device (self->device));

  finish (self, error);
}

/**
 * bootlace_job_get_device:
 * @self: a job
 *
 * Returns: the board
 */
DfuDevice *
bootlace_job_get_device (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), NULL);

  return self->device;
}

/**
 * bootlace_job_get_deed:
 * @self: a job
 *
 * Returns: what it does
 */
BootlaceDeed
bootlace_job_get_deed (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), BOOTLACE_DEED_FLASH);

  return self->deed;
}

/**
 * bootlace_job_get_image:
 * @self: a job
 *
 * Returns: (nullable): what is written to it
 */
FirmwareImage *
bootlace_job_get_image (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), NULL);

  return self->image;
}

/**
 * bootlace_job_get_operation:
 * @self: a job
 *
 * Returns: the work, with its phase, fraction and rate
 */
DfuWork *
bootlace_job_get_operation (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), NULL);

  return self->operation;
}

/**
 * bootlace_job_get_progress:
 * @self: a job
 *
 * Returns: how far the work is
 */
DfuProgress
bootlace_job_get_progress (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), (DfuProgress){ 0 });

  return dfu_operation_get_progress (DFU_OPERATION (self->operation));
}

/**
 * bootlace_job_get_state:
 * @self: a job
 *
 * Returns: where it is in its life
 */
BootlaceJobState
bootlace_job_get_state (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), BOOTLACE_JOB_WAITING);

  return self->state;
}

/**
 * bootlace_job_get_times:
 * @self: a job
 * @started: (out): when it was started, in microseconds since 1970; 0: not yet
 * @ended: (out): when it was over, in microseconds since 1970; 0: not yet
 */
void
bootlace_job_get_times (BootlaceJob *self, gint64 *started, gint64 *ended)
{
  g_return_if_fail (BOOTLACE_IS_JOB (self));
  g_return_if_fail (started != NULL && ended != NULL);

  *started = self->started;
  *ended = self->ended;
}

/**
 * bootlace_job_get_error:
 * @self: a job
 *
 * Returns: (nullable): why it failed or was cancelled
 */
const GError *
bootlace_job_get_error (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), NULL);

  return self->error;
}

/**
 * bootlace_job_get_message:
 * @self: a job
 *
 * Returns: (nullable): its error as sentences for people
 */
const WordingMessage *
bootlace_job_get_message (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), NULL);

  return self->message;
}

/**
 * bootlace_job_is_active:
 * @self: a job
 *
 * Returns: whether it is not over yet
 */
gboolean
bootlace_job_is_active (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), FALSE);

  return !is_over (self);
}

/**
 * bootlace_job_is_stopping:
 * @self: a job
 *
 * Returns: whether it was cancelled and is not over yet
 */
gboolean
bootlace_job_is_stopping (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), FALSE);

  return is_stopping (self);
}

/**
 * bootlace_job_is_past:
 * @self: a job
 *
 * Returns: whether the board has come back since the job ended
 */
gboolean
bootlace_job_is_past (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), FALSE);

  return self->past;
}

/**
 * bootlace_job_starts_program:
 * @self: a job
 *
 * Returns: whether the board was told to start what is on it
 */
gboolean
bootlace_job_starts_program (BootlaceJob *self)
{
  DfuRestart restart;

  g_return_val_if_fail (BOOTLACE_IS_JOB (self), FALSE);

  restart = bootlace_job_get_progress (self).restart;

  return restart == DFU_RESTART_ASKED || restart == DFU_RESTART_DONE;
}

/**
 * bootlace_job_needs_reset:
 * @self: a job
 *
 * Returns: whether the board is written, and somebody must press RESET for it to start
 */
gboolean
bootlace_job_needs_reset (BootlaceJob *self)
{
  g_return_val_if_fail (BOOTLACE_IS_JOB (self), FALSE);

  if (self->state != BOOTLACE_JOB_VERIFIED && self->state != BOOTLACE_JOB_WRITTEN)
    return FALSE;

  return !self->past && !bootlace_job_starts_program (self) && dfu_device_is_present (self->device);
}

/**
 * bootlace_job_start:
 * @self: a job that waits
 *
 * Starts the work. The job keeps itself alive until the end.
 */
void
bootlace_job_start (BootlaceJob *self)
{
  g_return_if_fail (BOOTLACE_IS_JOB (self));
  g_return_if_fail (self->state == BOOTLACE_JOB_WAITING);

  self->started = g_get_real_time ();
  hold_device (self);
  set_state (self, BOOTLACE_JOB_RUNNING);

  dfu_operation_run_async (DFU_OPERATION (self->operation), self->cancellable, run_cb,
                           g_object_ref (self));
}

/**
 * bootlace_job_cancel:
 * @self: a job
 *
 * Asks for an early end. It comes when the board was left in order.
 */
void
bootlace_job_cancel (BootlaceJob *self)
{
  g_return_if_fail (BOOTLACE_IS_JOB (self));

  g_cancellable_cancel (self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
}

/**
 * bootlace_job_dismiss:
 * @self: a job that is over
 *
 * Lets go of the board, so that it may disappear.
 */
void
bootlace_job_dismiss (BootlaceJob *self)
{
  g_return_if_fail (BOOTLACE_IS_JOB (self));
  g_return_if_fail (is_over (self));

  release_device (self);
}

static void
bootlace_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceJob *self = BOOTLACE_JOB (object);

  switch (id) {
  case PROP_OPERATION:
    g_value_set_object (value, self->operation);
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_STOPPING:
    g_value_set_boolean (value, is_stopping (self));
    break;
  case PROP_PAST:
    g_value_set_boolean (value, self->past);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_job_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceJob *self = BOOTLACE_JOB (object);

  switch (id) {
  case PROP_DEVICE:
    self->device = g_value_dup_object (value);
    break;
  case PROP_DEED:
    self->deed = g_value_get_enum (value);
    break;
  case PROP_IMAGE:
    self->image = g_value_dup_object (value);
    break;
  case PROP_OPERATION:
    self->operation = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_job_constructed (GObject *object)
{
  BootlaceJob *self = BOOTLACE_JOB (object);

  G_OBJECT_CLASS (bootlace_job_parent_class)->constructed (object);

  g_signal_connect_object (self->device, "notify::usb-device", G_CALLBACK (notice_new_stay), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "notify::present", G_CALLBACK (notice_new_stay), self,
                           G_CONNECT_SWAPPED);
}

static void
bootlace_job_dispose (GObject *object)
{
  BootlaceJob *self = BOOTLACE_JOB (object);

  release_device (self);
  g_clear_object (&self->operation);
  g_clear_object (&self->device);
  g_clear_object (&self->image);
  g_clear_object (&self->stay);

  G_OBJECT_CLASS (bootlace_job_parent_class)->dispose (object);
}

static void
bootlace_job_finalize (GObject *object)
{
  BootlaceJob *self = BOOTLACE_JOB (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->message, wording_message_free);

  G_OBJECT_CLASS (bootlace_job_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, DFU_TYPE_DEVICE, given);
  properties[PROP_DEED] =
    g_param_spec_enum ("deed", NULL, NULL, BOOTLACE_TYPE_DEED, BOOTLACE_DEED_FLASH, given);
  properties[PROP_IMAGE] = g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE, given);
  properties[PROP_OPERATION] =
    g_param_spec_object ("operation", NULL, NULL, DFU_TYPE_WORK, G_PARAM_READABLE | given);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, BOOTLACE_TYPE_JOB_STATE, BOOTLACE_JOB_WAITING, shown);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, shown);
  properties[PROP_PAST] = g_param_spec_boolean ("past", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_job_class_init (BootlaceJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_job_get_property;
  object_class->set_property = bootlace_job_set_property;
  object_class->constructed = bootlace_job_constructed;
  object_class->dispose = bootlace_job_dispose;
  object_class->finalize = bootlace_job_finalize;

  install_properties (object_class);
}

static void
bootlace_job_init (BootlaceJob *self)
{
  self->cancellable = g_cancellable_new ();
}
