/* dfu-upgrade.c: the whole of an upgrade, in the order of DFU 1.1 section 3
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-upgrade.h"

#include "dfu-compatibility.h"
#include "dfu-contents.h"
#include "dfu-dfuse-upgrade.h"
#include "dfu-error.h"
#include "dfu-outcome.h"
#include "dfu-plain-upgrade.h"
#include "dfu-read-back.h"
#include "dfu-restart.h"
#include "firmware-save.h"

struct _DfuUpgrade {
  DfuWork parent_instance;

  UsbDevice *program; /* (nullable): what the device was before */
  FirmwareImage *image;
  gboolean status_every_block;
  DfuDfuseOptions dfuse;
  DfuUpgradeFlags flags;
  GFile *backup;         /* (nullable) */
  int backup_is_written; /* atomic */
};

#define READ_BACK_FLAGS (DFU_UPGRADE_READ_BACK | DFU_UPGRADE_READ_BACK_ALWAYS)

enum {
  PROP_STATUS_EVERY_BLOCK = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DfuUpgrade, dfu_upgrade, DFU_TYPE_WORK)

/* Whether any of these. */
static gboolean
wants (DfuUpgrade *self, DfuUpgradeFlags flags)
{
  return (self->flags & flags) != 0;
}

static gboolean
open_anew (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  dfu_operation_enter_phase (visit->operation, DFU_PHASE_RETURNING);

  return dfu_visit_wait_for_return (visit, visit->timeouts.comeback, cancellable, error) &&
         dfu_visit_open (visit, cancellable, error);
}

/* A program that was left in the middle of a download would put this one behind what it has. */
static gboolean
open_clean (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  gboolean has_restarted;

  if (!dfu_visit_open (visit, cancellable, error))
    return FALSE;
  if (!visit->was_left)
    return TRUE;

  dfu_log_append (dfu_operation_get_log (visit->operation),
                  "Somebody has broken off a download; restarting the program that holds it");
  has_restarted = dfu_restart_program (visit);
  if (has_restarted && !open_anew (visit, cancellable, error))
    return FALSE;
  if (has_restarted && !visit->was_left)
    return TRUE;

  dfu_visit_leave (visit);
  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                       "The device does not forget a download that was broken off");
  return FALSE;
}

/* Before anything is changed, so that a failure leaves everything as it was. */
static gboolean
back_up (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const DfuContentsRange all = { 0 };
  g_autoptr (GPtrArray) no_inputs = g_ptr_array_new ();
  g_autoptr (GBytes) contents = NULL;

  if (self->backup == NULL)
    return TRUE;

  contents = dfu_contents_read (visit, &all, cancellable, error);
  if (contents == NULL || !firmware_save (self->backup, contents, no_inputs, cancellable, error)) {
    g_prefix_error (error, "Saving what the device holds: ");
    return FALSE;
  }

  g_atomic_int_set (&self->backup_is_written, TRUE);

  return TRUE;
}

static gboolean
is_dfuse (const DfuVisit *visit)
{
  return dfu_interface_takes_addresses (&visit->interface);
}

/* There, reading back comes before the device is told to leave. */
static gboolean
write_dfuse (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuDfuseOptions options = self->dfuse;

  options.reads_back = wants (self, READ_BACK_FLAGS);
  options.stays = wants (self, DFU_UPGRADE_STAY);
  options.watches = wants (self, DFU_UPGRADE_RESTART);
  return dfu_dfuse_upgrade_write (visit, self->image, &options, cancellable, error);
}

static gboolean
write_plain (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const DfuPlainOptions options = { .as_is = wants (self, DFU_UPGRADE_AS_IS),
                                    .status_every_block = self->status_every_block };

  return dfu_plain_upgrade_write (visit, self->image, &options, cancellable, error);
}

static gboolean
transfer (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  if (is_dfuse (visit))
    return write_dfuse (self, visit, cancellable, error);

  return write_plain (self, visit, cancellable, error);
}

/* What a program gives away that takes its successor is not what it was given. */
static gboolean
is_compared_enough (DfuUpgrade *self, const DfuVisit *visit)
{
  if (!dfu_plain_upgrade_is_compared (visit, self->image))
    return FALSE;

  return !wants (self, DFU_UPGRADE_READ_BACK_ALWAYS) ||
         (visit->quirks & DFU_QUIRK_ESP_APPLICATION) != 0;
}

static gboolean
read_back (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const gboolean insists = wants (self, DFU_UPGRADE_READ_BACK_ALWAYS);
  DfuReadBack result;

  if (!wants (self, READ_BACK_FLAGS) || is_dfuse (visit))
    return TRUE;

  if (is_compared_enough (self, visit))
    result = DFU_READ_BACK_NEEDLESS;
  else if (!dfu_read_back (visit, self->image, insists, &result, cancellable, error))
    return FALSE;

  dfu_operation_set_read_back (DFU_OPERATION (self), result);
  return TRUE;
}

/* As far as is known before anything is sent. */
static guint
count_steps (DfuUpgrade *self, const DfuVisit *visit)
{
  const DfuFunctionalDescriptor *descriptor = &visit->interface.descriptor;
  const gboolean insists = wants (self, DFU_UPGRADE_READ_BACK_ALWAYS);
  guint n_steps = is_dfuse (visit) ? 2 : 1;

  if (self->backup != NULL)
    n_steps++;
  if (wants (self, READ_BACK_FLAGS) && descriptor->can_upload &&
      (is_dfuse (visit) ||
       ((descriptor->manifestation_tolerant || insists) && !is_compared_enough (self, visit))))
    n_steps++;

  return n_steps;
}

/* A program that keeps what was broken off would put the next download behind it. Returns whether
 * it was restarted. */
static gboolean
clean_up (DfuUpgrade *self, DfuVisit *visit, GError *error)
{
  const gboolean was_touched = dfu_operation_get_progress (DFU_OPERATION (self)).flash_touched;

  dfu_visit_fail (visit, error);

  return (visit->quirks & DFU_QUIRK_PROGRAM) != 0 && was_touched && !usb_error_is_gone (error) &&
         dfu_restart_program (visit);
}

/* Whoever cancels when all is written, and only the comparison is missing, has a board that waits
 * in its bootloader. Of one that was given up, or has gone, nobody knows. */
static gboolean
is_left_waiting (DfuUpgrade *self, DfuVisit *visit, const GError *error)
{
  const DfuProgress progress = dfu_operation_get_progress (DFU_OPERATION (self));

  return progress.is_written && progress.restart == DFU_RESTART_NONE &&
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !dfu_session_was_given_up (visit->session) &&
         !usb_bus_wait_for_departure (visit->bus, visit->device, 0);
}

static gboolean
write_image (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;

  dfu_operation_expect_steps (DFU_OPERATION (self), count_steps (self, visit));
  if (back_up (self, visit, cancellable, &local_error) &&
      transfer (self, visit, cancellable, &local_error) &&
      read_back (self, visit, cancellable, &local_error))
    return TRUE;

  if (visit->session != NULL && !clean_up (self, visit, local_error) &&
      is_left_waiting (self, visit, local_error))
    dfu_operation_set_restart (DFU_OPERATION (self), DFU_RESTART_STAYED);
  g_propagate_error (error, local_error);
  return FALSE;
}

/* An attempt: what was written stays written. DfuSe has a command for it, which was given unless
 * the device shall stay. Those that leave by themselves have no session any more. */
static void
restart (DfuUpgrade *self, DfuVisit *visit, GCancellable *cancellable)
{
  if (visit->session == NULL || is_dfuse (visit))
    return;

  if (wants (self, DFU_UPGRADE_STAY))
    dfu_operation_set_restart (visit->operation, DFU_RESTART_STAYED);
  else if (wants (self, DFU_UPGRADE_RESTART))
    dfu_operation_set_restart (visit->operation, dfu_restart_run (visit, cancellable));
}

static DfuOutcome
dfu_upgrade_visit (DfuWork *work, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuUpgrade *self = DFU_UPGRADE (work);
  UsbDevice *program =
    self->program != NULL ? self->program : visit->device; /* the work keeps it */
  DfuProgress progress;

  if (!dfu_check_reconfigured (self->program, visit->device, self->image, error) ||
      !dfu_visit_reconfigure (visit, cancellable, error) ||
      !dfu_check_reconfigured (program, visit->device, self->image, error) ||
      !open_clean (visit, cancellable, error) || !write_image (self, visit, cancellable, error))
    return DFU_OUTCOME_NONE;

  restart (self, visit, cancellable);

  progress = dfu_operation_get_progress (visit->operation);
  return dfu_outcome_of_upgrade (progress.is_compared, progress.read_back);
}

/**
 * dfu_upgrade_set_program:
 * @self: an upgrade that has not run
 * @program: (nullable): the device as it was in run-time mode, when it is in DFU mode already
 *
 * Lets an image name the ids that the device had then.
 */
void
dfu_upgrade_set_program (DfuUpgrade *self, UsbDevice *program)
{
  g_return_if_fail (DFU_IS_UPGRADE (self));
  g_return_if_fail (program == NULL || USB_IS_DEVICE (program));

  g_set_object (&self->program, program);
}

/**
 * dfu_upgrade_set_flags:
 * @self: an upgrade that has not run
 * @flags: what else to do
 */
void
dfu_upgrade_set_flags (DfuUpgrade *self, DfuUpgradeFlags flags)
{
  g_return_if_fail (DFU_IS_UPGRADE (self));

  self->flags = flags;
}

/**
 * dfu_upgrade_set_backup:
 * @self: an upgrade that has not run
 * @backup: (nullable): where to save what the device holds before anything is written, byte for
 *   byte; an older file there is replaced. Without it nothing is written
 */
void
dfu_upgrade_set_backup (DfuUpgrade *self, GFile *backup)
{
  g_return_if_fail (DFU_IS_UPGRADE (self));
  g_return_if_fail (backup == NULL || G_IS_FILE (backup));

  g_set_object (&self->backup, backup);
}

/**
 * dfu_upgrade_get_backup:
 * @self: an upgrade
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the file with what the device held, once it is written
 */
GFile *
dfu_upgrade_get_backup (DfuUpgrade *self)
{
  g_return_val_if_fail (DFU_IS_UPGRADE (self), NULL);

  return g_atomic_int_get (&self->backup_is_written) ? self->backup : NULL;
}

/**
 * dfu_upgrade_set_status_every_block:
 * @self: an upgrade that has not run
 * @status_every_block: whether to ask for the status after every block
 *
 * Sets "status-every-block".
 */
void
dfu_upgrade_set_status_every_block (DfuUpgrade *self, gboolean status_every_block)
{
  g_return_if_fail (DFU_IS_UPGRADE (self));

  status_every_block = status_every_block != FALSE;
  if (self->status_every_block == status_every_block)
    return;

  self->status_every_block = status_every_block;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS_EVERY_BLOCK]);
}

/**
 * dfu_upgrade_set_dfuse_options:
 * @self: an upgrade that has not run
 * @options: what to do
 *
 * Says what is to be done for a device that speaks DfuSe beyond erasing what is written. Other
 * devices are not touched by it.
 */
void
dfu_upgrade_set_dfuse_options (DfuUpgrade *self, const DfuDfuseOptions *options)
{
  g_return_if_fail (DFU_IS_UPGRADE (self));
  g_return_if_fail (options != NULL);

  self->dfuse = *options;
}

static void
dfu_upgrade_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DfuUpgrade *self = DFU_UPGRADE (object);

  switch (prop_id) {
  case PROP_STATUS_EVERY_BLOCK:
    g_value_set_boolean (value, self->status_every_block);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dfu_upgrade_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  DfuUpgrade *self = DFU_UPGRADE (object);

  switch (prop_id) {
  case PROP_STATUS_EVERY_BLOCK:
    dfu_upgrade_set_status_every_block (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dfu_upgrade_dispose (GObject *object)
{
  DfuUpgrade *self = DFU_UPGRADE (object);

  g_clear_object (&self->program);
  g_clear_object (&self->image);
  g_clear_object (&self->backup);

  G_OBJECT_CLASS (dfu_upgrade_parent_class)->dispose (object);
}

static void
dfu_upgrade_class_init (DfuUpgradeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dfu_upgrade_dispose;
  object_class->get_property = dfu_upgrade_get_property;
  object_class->set_property = dfu_upgrade_set_property;

  DFU_WORK_CLASS (klass)->visit = dfu_upgrade_visit;

  /**
   * DfuUpgrade:status-every-block:
   *
   * Whether to ask for the status after every block even of a device that need not be asked so
   * often (%DFU_QUIRK_STREAMS). Takes twice the transfers, and names the very block that failed.
   */
  properties[PROP_STATUS_EVERY_BLOCK] =
    g_param_spec_boolean ("status-every-block", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dfu_upgrade_init (DfuUpgrade *self)
{
}

/* Where every byte has an address, the parts are all that is sent. */
static guint64
get_size (FirmwareImage *image)
{
  GBytes *payload = firmware_image_get_payload (image);

  return payload != NULL ? g_bytes_get_size (payload) : firmware_image_get_total_size (image);
}

/**
 * dfu_upgrade_new:
 * @bus: the bus that @device is on; used to see it come back
 * @device: the device as it is now, in either mode
 * @image: what to write
 *
 * Returns: (transfer full): an upgrade that has not started
 */
DfuUpgrade *
dfu_upgrade_new (UsbBus *bus, UsbDevice *device, FirmwareImage *image)
{
  DfuUpgrade *self;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), NULL);

  self = dfu_work_new (DFU_TYPE_UPGRADE, bus, device);
  self->image = g_object_ref (image);
  dfu_operation_set_bytes_total (DFU_OPERATION (self), get_size (image));

  return self;
}
