/* bootlace-patience.c: how long files that are not good may take to become so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-patience.h"

#define LATE 2     /* seconds until it is worth telling that files are not complete */
#define SETTLING 3 /* seconds that bad files stay as they are until nobody will complete them */

struct _BootlacePatience {
  GObject parent_instance;

  guint late_id;
  guint due_id;
  gboolean doubted; /* what is read was bad a while ago */
};

enum {
  SIGNAL_LATE,
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlacePatience, bootlace_patience, G_TYPE_OBJECT)

static gboolean
late_cb (gpointer user_data)
{
  BootlacePatience *self = user_data;

  self->late_id = 0;
  g_signal_emit (self, signals[SIGNAL_LATE], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
due_cb (gpointer user_data)
{
  BootlacePatience *self = user_data;

  self->due_id = 0;
  self->doubted = TRUE;
  g_signal_emit (self, signals[SIGNAL_DUE], 0);

  return G_SOURCE_REMOVE;
}

/**
 * bootlace_patience_wait:
 * @self: a patience
 *
 * Says that files are not good, which "late" follows unless it was said before.
 */
void
bootlace_patience_wait (BootlacePatience *self)
{
  g_return_if_fail (BOOTLACE_IS_PATIENCE (self));

  if (self->late_id == 0)
    self->late_id = g_timeout_add_seconds (LATE, late_cb, self);
}

/**
 * bootlace_patience_tell_nothing:
 * @self: a patience
 *
 * Takes back bootlace_patience_wait().
 */
void
bootlace_patience_tell_nothing (BootlacePatience *self)
{
  g_return_if_fail (BOOTLACE_IS_PATIENCE (self));

  g_clear_handle_id (&self->late_id, g_source_remove);
}

/**
 * bootlace_patience_doubt:
 * @self: a patience
 *
 * Says that files were read and are bad, which "due" follows the first time.
 *
 * Returns: whether they were as bad a while ago, so that nobody will complete them
 */
gboolean
bootlace_patience_doubt (BootlacePatience *self)
{
  gboolean is_sure;

  g_return_val_if_fail (BOOTLACE_IS_PATIENCE (self), FALSE);

  is_sure = self->doubted;
  bootlace_patience_trust (self);
  bootlace_patience_tell_nothing (self);
  if (!is_sure)
    self->due_id = g_timeout_add_seconds (SETTLING, due_cb, self);

  return is_sure;
}

/**
 * bootlace_patience_trust:
 * @self: a patience
 *
 * Says that files are not bad, or have changed since they were: whatever they hold, it is something
 * new.
 */
void
bootlace_patience_trust (BootlacePatience *self)
{
  g_return_if_fail (BOOTLACE_IS_PATIENCE (self));

  g_clear_handle_id (&self->due_id, g_source_remove);
  self->doubted = FALSE;
}

static void
bootlace_patience_dispose (GObject *object)
{
  BootlacePatience *self = BOOTLACE_PATIENCE (object);

  g_clear_handle_id (&self->late_id, g_source_remove);
  g_clear_handle_id (&self->due_id, g_source_remove);

  G_OBJECT_CLASS (bootlace_patience_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, BOOTLACE_TYPE_PATIENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
bootlace_patience_class_init (BootlacePatienceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_patience_dispose;

  signals[SIGNAL_LATE] = add_signal ("late");
  signals[SIGNAL_DUE] = add_signal ("due");
}

static void
bootlace_patience_init (BootlacePatience *self)
{
}

/**
 * bootlace_patience_new:
 *
 * Returns: (transfer full): a patience with files that are good
 */
BootlacePatience *
bootlace_patience_new (void)
{
  return g_object_new (BOOTLACE_TYPE_PATIENCE, NULL);
}
