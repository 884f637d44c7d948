/* bootlace-board.c: a board as the window shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board.h"

#include <glib/gi18n.h>

#include "bootlace-board-rules.h"

typedef enum {
  WISH_NONE, /* the person said nothing: firmware that names this board selects it */
  WISH_YES,
  WISH_NO,
} Wish;

struct _BootlaceBoard {
  GObject parent_instance;

  DfuDevice *device;
  FirmwareImage *image; /* nullable */
  BootlaceJob *job;     /* nullable */
  gboolean outdated;    /* what the job came to, since other firmware is chosen */
  BootlaceMemoryChoice *memory;
  GSignalGroup *job_signals;
  GSignalGroup *operation_signals;

  char *port;
  Wish wish;
  UsbDevice *stay; /* the one that the wish and the memory are about */

  BootlaceBoardState state;
  char *hint;
  gboolean absent;
  gboolean can_flash;
  gboolean selected;
};

enum {
  PROP_0,
  PROP_DEVICE,
  PROP_JOB,
  PROP_IMAGE,
  PROP_MEMORY,
  PROP_NAME,
  PROP_PORT,
  PROP_STATE,
  PROP_HINT,
  PROP_ACTIVE,
  PROP_STOPPING,
  PROP_ABSENT,
  PROP_CAN_FLASH,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBoard, bootlace_board, G_TYPE_OBJECT)

static DfuWork *
get_operation (BootlaceBoard *self)
{
  return self->job != NULL ? bootlace_job_get_operation (self->job) : NULL;
}

/* What is read or erased is not what the box before it is about. */
static gboolean
is_being_flashed (BootlaceBoard *self)
{
  return bootlace_board_is_active (self) &&
         bootlace_job_get_deed (self->job) == BOOTLACE_DEED_FLASH;
}

static gboolean
is_usable (BootlaceBoard *self, const GError *refusal)
{
  return self->image != NULL && refusal == NULL && bootlace_board_is_free (self);
}

static gboolean
find_selected (BootlaceBoard *self)
{
  if (is_being_flashed (self))
    return TRUE;
  if (!self->can_flash || self->wish == WISH_NO)
    return FALSE;

  return self->wish == WISH_YES || bootlace_board_rules_names_device (self->image);
}

static void
set_state (BootlaceBoard *self, BootlaceBoardState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take_hint (BootlaceBoard *self, char *hint)
{
  g_autofree char *old = self->hint;

  self->hint = hint;
  if (g_strcmp0 (old, hint) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

static void
set_flag (BootlaceBoard *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Whose outcome is still to be shown. */
static BootlaceJob *
get_shown_job (BootlaceBoard *self)
{
  return self->outdated ? NULL : self->job;
}

/* Derives what is shown from the device, the job and the image. */
static void
derive (BootlaceBoard *self)
{
  g_autoptr (GError) refusal = NULL;
  BootlaceBoardState state;
  gboolean usable, undecided;

  if (self->image != NULL)
    dfu_device_accepts (self->device, self->image, &refusal);
  bootlace_memory_choice_set_image (self->memory, refusal == NULL ? self->image : NULL);
  if (refusal == NULL)
    bootlace_memory_choice_check (self->memory, &refusal);

  undecided = bootlace_memory_choice_is_missing (self->memory);
  usable = is_usable (self, refusal);
  bootlace_memory_choice_set_asking (self->memory,
                                     usable || (bootlace_board_is_free (self) &&
                                                bootlace_board_offers_memories (self)));

  state = bootlace_board_rules_find_state (self->device, get_shown_job (self), refusal,
                                           undecided && self->image != NULL);
  set_flag (self, &self->absent, !dfu_device_is_present (self->device), PROP_ABSENT);
  set_flag (self, &self->can_flash, usable && !undecided, PROP_CAN_FLASH);
  set_flag (self, &self->selected, find_selected (self), PROP_SELECTED);
  take_hint (self, bootlace_board_rules_describe (self->device, get_shown_job (self), self->image,
                                                  state, refusal));
  set_state (self, state);
}

/* A board that comes back by itself is a board to be asked about again. */
static void
begin_stay (BootlaceBoard *self)
{
  if (!g_set_object (&self->stay, dfu_device_get_usb_device (self->device)))
    return;

  self->wish = WISH_NONE;
  bootlace_memory_choice_forget (self->memory);
}

static void
presence_cb (BootlaceBoard *self)
{
  gboolean has_job = self->job != NULL && !bootlace_job_is_past (self->job);

  /* What the board does for its job is no coming back. */
  if (!has_job && dfu_device_is_present (self->device))
    begin_stay (self);

  derive (self);
}

static void
past_cb (BootlaceBoard *self)
{
  begin_stay (self);
  derive (self);
}

static void
name_cb (BootlaceBoard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
job_state_cb (BootlaceBoard *self)
{
  BootlaceJobState state = bootlace_job_get_state (self->job);

  if (state == BOOTLACE_JOB_VERIFIED || state == BOOTLACE_JOB_WRITTEN)
    self->wish = WISH_NO;

  derive (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
stopping_cb (BootlaceBoard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
}

/**
 * bootlace_board_get_device:
 * @self: a board
 *
 * Returns: the device
 */
DfuDevice *
bootlace_board_get_device (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  return self->device;
}

/**
 * bootlace_board_get_job:
 * @self: a board
 *
 * Returns: (nullable): its last job
 */
BootlaceJob *
bootlace_board_get_job (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  return self->job;
}

/**
 * bootlace_board_set_job:
 * @self: a board
 * @job: (nullable): its last job
 */
void
bootlace_board_set_job (BootlaceBoard *self, BootlaceJob *job)
{
  g_return_if_fail (BOOTLACE_IS_BOARD (self));
  g_return_if_fail (job == NULL || BOOTLACE_IS_JOB (job));

  if (!g_set_object (&self->job, job))
    return;

  self->outdated = FALSE;

  g_signal_group_set_target (self->job_signals, job);
  g_signal_group_set_target (self->operation_signals, get_operation (self));

  derive (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
}

/**
 * bootlace_board_get_memory:
 * @self: a board
 *
 * Returns: which of its memories is meant
 */
BootlaceMemoryChoice *
bootlace_board_get_memory (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  return self->memory;
}

/**
 * bootlace_board_set_image:
 * @self: a board
 * @image: (nullable): the firmware that is chosen
 * @keeps_outcome: whether what was written last is still to be told, because nobody had the time to
 *   see it
 */
void
bootlace_board_set_image (BootlaceBoard *self, FirmwareImage *image, gboolean keeps_outcome)
{
  g_return_if_fail (BOOTLACE_IS_BOARD (self));
  g_return_if_fail (image == NULL || FIRMWARE_IS_IMAGE (image));

  if (!g_set_object (&self->image, image))
    return;

  /* What was done with the old firmware says nothing about the new one. */
  self->wish = WISH_NONE;
  self->outdated |= !keeps_outcome && self->job != NULL && !bootlace_board_is_active (self);
  derive (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
}

/**
 * bootlace_board_get_state:
 * @self: a board
 *
 * Returns: its state
 */
BootlaceBoardState
bootlace_board_get_state (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), BOOTLACE_BOARD_READY);

  return self->state;
}

/**
 * bootlace_board_get_name:
 * @self: a board
 *
 * Returns: what it is, for people
 */
const char *
bootlace_board_get_name (BootlaceBoard *self)
{
  const char *name;

  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  name = dfu_device_get_name (self->device);

  return name != NULL ? name : _ ("Unknown board");
}

/**
 * bootlace_board_get_port:
 * @self: a board
 *
 * Returns: where it is plugged in, as words
 */
const char *
bootlace_board_get_port (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  return self->port;
}

/**
 * bootlace_board_get_hint:
 * @self: a board
 *
 * Returns: (nullable): what its state means and what to do
 */
const char *
bootlace_board_get_hint (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), NULL);

  return self->hint;
}

/**
 * bootlace_board_is_absent:
 * @self: a board
 *
 * Returns: whether it is not connected
 */
gboolean
bootlace_board_is_absent (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return self->absent;
}

/**
 * bootlace_board_is_active:
 * @self: a board
 *
 * Returns: whether it has a job that is not over
 */
gboolean
bootlace_board_is_active (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return self->job != NULL && bootlace_job_is_active (self->job);
}

/**
 * bootlace_board_is_stopping:
 * @self: a board
 *
 * Returns: whether its job was cancelled, and is not over yet
 */
gboolean
bootlace_board_is_stopping (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return self->job != NULL && bootlace_job_is_stopping (self->job);
}

/**
 * bootlace_board_shows_outcome:
 * @self: a board
 *
 * Returns: whether its state tells how its last job ended
 */
gboolean
bootlace_board_shows_outcome (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  /* One that is ready after a job has answered what that asked. */
  return self->job != NULL && !self->outdated && !bootlace_job_is_past (self->job) &&
         self->state != BOOTLACE_BOARD_READY;
}

/**
 * bootlace_board_can_flash:
 * @self: a board
 *
 * Returns: whether the chosen firmware may be written to it now
 */
gboolean
bootlace_board_can_flash (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return self->can_flash;
}

/**
 * bootlace_board_is_selected:
 * @self: a board
 *
 * Returns: whether it will be flashed, or is being flashed
 */
gboolean
bootlace_board_is_selected (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return self->selected;
}

/**
 * bootlace_board_set_selected:
 * @self: a board
 * @selected: whether to flash it
 *
 * Says what the person wants. It has no effect while the board cannot be flashed.
 */
void
bootlace_board_set_selected (BootlaceBoard *self, gboolean selected)
{
  g_return_if_fail (BOOTLACE_IS_BOARD (self));

  if (!self->can_flash)
    return;

  self->wish = selected ? WISH_YES : WISH_NO;
  derive (self);
}

static void
bootlace_board_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBoard *self = BOOTLACE_BOARD (object);

  switch (id) {
  case PROP_DEVICE:
    g_value_set_object (value, self->device);
    break;
  case PROP_JOB:
    g_value_set_object (value, self->job);
    break;
  case PROP_IMAGE:
    g_value_set_object (value, self->image);
    break;
  case PROP_MEMORY:
    g_value_set_object (value, self->memory);
    break;
  case PROP_NAME:
    g_value_set_string (value, bootlace_board_get_name (self));
    break;
  case PROP_PORT:
    g_value_set_string (value, self->port);
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  case PROP_ACTIVE:
    g_value_set_boolean (value, bootlace_board_is_active (self));
    break;
  case PROP_STOPPING:
    g_value_set_boolean (value, bootlace_board_is_stopping (self));
    break;
  case PROP_ABSENT:
    g_value_set_boolean (value, self->absent);
    break;
  case PROP_CAN_FLASH:
    g_value_set_boolean (value, self->can_flash);
    break;
  case PROP_SELECTED:
    g_value_set_boolean (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceBoard *self = BOOTLACE_BOARD (object);

  switch (id) {
  case PROP_DEVICE:
    self->device = g_value_dup_object (value);
    break;
  case PROP_SELECTED:
    bootlace_board_set_selected (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
watch_device (BootlaceBoard *self)
{
  static const char *const signals[] = { "notify::present", "notify::accessible", "notify::mode",
                                         "notify::usb-device" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->device, signals[i], G_CALLBACK (presence_cb), self,
                             G_CONNECT_SWAPPED);

  g_signal_connect_object (self->device, "notify::name", G_CALLBACK (name_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bootlace_board_constructed (GObject *object)
{
  BootlaceBoard *self = BOOTLACE_BOARD (object);

  G_OBJECT_CLASS (bootlace_board_parent_class)->constructed (object);

  /* Translators: %s is the path of a USB port, like "1-10" */
  self->port = g_strdup_printf (_ ("USB port %s"), dfu_device_get_port_path (self->device));
  self->stay = g_object_ref (dfu_device_get_usb_device (self->device));
  self->memory = bootlace_memory_choice_new (self->device);
  g_signal_connect_object (self->memory, "notify::selected", G_CALLBACK (derive), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->memory, "notify::offered", G_CALLBACK (derive), self,
                           G_CONNECT_SWAPPED);

  watch_device (self);
  derive (self);
}

static void
bootlace_board_dispose (GObject *object)
{
  BootlaceBoard *self = BOOTLACE_BOARD (object);

  /* Whoever is being asked holds the choice. */
  bootlace_memory_choice_set_asking (self->memory, FALSE);

  g_clear_object (&self->job_signals);
  g_clear_object (&self->operation_signals);
  g_clear_object (&self->job);
  g_clear_object (&self->image);
  g_clear_object (&self->stay);

  G_OBJECT_CLASS (bootlace_board_parent_class)->dispose (object);
}

static void
bootlace_board_finalize (GObject *object)
{
  BootlaceBoard *self = BOOTLACE_BOARD (object);

  g_clear_object (&self->memory);
  g_clear_object (&self->device);
  g_free (self->port);
  g_free (self->hint);

  G_OBJECT_CLASS (bootlace_board_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, DFU_TYPE_DEVICE, given);
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, BOOTLACE_TYPE_JOB, shown);
  properties[PROP_IMAGE] = g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE, shown);
  properties[PROP_MEMORY] =
    g_param_spec_object ("memory", NULL, NULL, BOOTLACE_TYPE_MEMORY_CHOICE, shown);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, shown);
  properties[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, NULL, shown);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, BOOTLACE_TYPE_BOARD_STATE, BOOTLACE_BOARD_READY, shown);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, shown);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, shown);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, shown);
  properties[PROP_ABSENT] = g_param_spec_boolean ("absent", NULL, NULL, FALSE, shown);
  properties[PROP_CAN_FLASH] = g_param_spec_boolean ("can-flash", NULL, NULL, FALSE, shown);
  properties[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_WRITABLE | shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_board_class_init (BootlaceBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_board_get_property;
  object_class->set_property = bootlace_board_set_property;
  object_class->constructed = bootlace_board_constructed;
  object_class->dispose = bootlace_board_dispose;
  object_class->finalize = bootlace_board_finalize;

  install_properties (object_class);
}

static void
bootlace_board_init (BootlaceBoard *self)
{
  self->job_signals = g_signal_group_new (BOOTLACE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (job_state_cb),
                                  self);
  g_signal_group_connect_swapped (self->job_signals, "notify::stopping", G_CALLBACK (stopping_cb),
                                  self);
  g_signal_group_connect_swapped (self->job_signals, "notify::past", G_CALLBACK (past_cb), self);

  self->operation_signals = g_signal_group_new (DFU_TYPE_OPERATION);
  g_signal_group_connect_swapped (self->operation_signals, "notify::phase", G_CALLBACK (derive),
                                  self);
}

/**
 * bootlace_board_new:
 * @device: a board's device
 *
 * Returns: (transfer full): the board, without a job and without firmware for it
 */
BootlaceBoard *
bootlace_board_new (DfuDevice *device)
{
  return g_object_new (BOOTLACE_TYPE_BOARD, "device", device, NULL);
}
