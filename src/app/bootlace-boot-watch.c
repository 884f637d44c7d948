/* bootlace-boot-watch.c: notices how far somebody has come with BOOT and RESET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-boot-watch.h"

struct _BootlaceBootWatch {
  GObject parent_instance;

  SetupCheck *check;
  BootlaceBootStage stage;
};

enum {
  PROP_0,
  PROP_STAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (BootlaceBootStage,
                    bootlace_boot_stage,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOOT_STAGE_BEGIN, "begin"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOOT_STAGE_LEFT, "left"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOOT_STAGE_RETURNED, "returned"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_BOOT_STAGE_DONE, "done"))

G_DEFINE_FINAL_TYPE (BootlaceBootWatch, bootlace_boot_watch, G_TYPE_OBJECT)

static void
step (BootlaceBootWatch *self, guint n_gone, guint n_come)
{
  gboolean done = setup_check_get_verdict (self->check)->state == SETUP_STATE_GOOD;
  BootlaceBootStage stage = bootlace_boot_stage_next (self->stage, n_gone, n_come, done);

  if (self->stage == stage)
    return;

  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
}

static void
items_changed_cb (BootlaceBootWatch *self, guint position, guint n_gone, guint n_come)
{
  step (self, n_gone, n_come);
}

static void
verdict_cb (BootlaceBootWatch *self)
{
  step (self, 0, 0);
}

/**
 * bootlace_boot_stage_next:
 * @stage: what was noticed up to now
 * @n_gone: how many devices have left
 * @n_come: how many devices have come
 * @done: whether a board is in its bootloader
 *
 * Returns: what that comes to
 */
BootlaceBootStage
bootlace_boot_stage_next (BootlaceBootStage stage, guint n_gone, guint n_come, gboolean done)
{
  if (done)
    return BOOTLACE_BOOT_STAGE_DONE;
  if (n_gone > n_come)
    return BOOTLACE_BOOT_STAGE_LEFT;
  if (n_come > 0)
    return BOOTLACE_BOOT_STAGE_RETURNED;

  /* The bootloader has gone before its departure was told, or it is not to be used. */
  return stage == BOOTLACE_BOOT_STAGE_DONE ? BOOTLACE_BOOT_STAGE_BEGIN : stage;
}

/**
 * bootlace_boot_watch_get_stage:
 * @self: a watch
 *
 * Returns: how far somebody has come
 */
BootlaceBootStage
bootlace_boot_watch_get_stage (BootlaceBootWatch *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOOT_WATCH (self), BOOTLACE_BOOT_STAGE_BEGIN);

  return self->stage;
}

static void
bootlace_boot_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_STAGE:
    g_value_set_enum (value, BOOTLACE_BOOT_WATCH (object)->stage);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_boot_watch_dispose (GObject *object)
{
  g_clear_object (&BOOTLACE_BOOT_WATCH (object)->check);

  G_OBJECT_CLASS (bootlace_boot_watch_parent_class)->dispose (object);
}

static void
bootlace_boot_watch_class_init (BootlaceBootWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_boot_watch_get_property;
  object_class->dispose = bootlace_boot_watch_dispose;

  properties[PROP_STAGE] =
    g_param_spec_enum ("stage", NULL, NULL, BOOTLACE_TYPE_BOOT_STAGE, BOOTLACE_BOOT_STAGE_BEGIN,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_boot_watch_init (BootlaceBootWatch *self)
{
}

/**
 * bootlace_boot_watch_new:
 * @devices: (nullable): what is on the bus, in any form that changes when a device comes or goes
 * @check: the question whether a board is in its bootloader
 *
 * Returns: (transfer full): a watch that begins now
 */
BootlaceBootWatch *
bootlace_boot_watch_new (GListModel *devices, SetupCheck *check)
{
  BootlaceBootWatch *self = NULL;

  g_return_val_if_fail (devices == NULL || G_IS_LIST_MODEL (devices), NULL);
  g_return_val_if_fail (SETUP_IS_CHECK (check), NULL);

  self = g_object_new (BOOTLACE_TYPE_BOOT_WATCH, NULL);
  self->check = g_object_ref (check);
  g_signal_connect_object (check, "notify::state", G_CALLBACK (verdict_cb), self,
                           G_CONNECT_SWAPPED);
  if (devices != NULL)
    g_signal_connect_object (devices, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  verdict_cb (self);

  return self;
}
