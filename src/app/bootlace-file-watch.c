/* bootlace-file-watch.c: notices when files change, and when they are done changing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-file-watch.h"

#include "bootlace-fingerprint.h"

#define QUIET 400      /* milliseconds without an event, before each look */
#define RATE_LIMIT 200 /* milliseconds between two events about one file */

struct _BootlaceFileWatch {
  GObject parent_instance;

  GPtrArray *files;    /* nullable: of GFile */
  GPtrArray *monitors; /* of GFileMonitor */
  char *known;         /* the fingerprint that is no news */
  char *seen;          /* nullable: that of the last look */

  gboolean stirring;
  gboolean noisy; /* since the last tick */
  guint tick_id;
  GCancellable *looking; /* nullable: of the look that is under way */
};

enum {
  SIGNAL_STIRRED,
  SIGNAL_SETTLED,
  SIGNAL_CALMED,
  SIGNAL_UNMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceFileWatch, bootlace_file_watch, G_TYPE_OBJECT)

static void
settle (BootlaceFileWatch *self)
{
  gboolean is_news = g_strcmp0 (self->seen, self->known) != 0;

  self->stirring = FALSE;
  g_signal_emit (self, signals[is_news ? SIGNAL_SETTLED : SIGNAL_CALMED], 0);
}

static void
stir (BootlaceFileWatch *self)
{
  if (self->stirring)
    return;

  self->stirring = TRUE;
  g_signal_emit (self, signals[SIGNAL_STIRRED], 0);
}

static void
look_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceFileWatch) self = user_data;
  g_autofree char *fingerprint = bootlace_fingerprint_new_finish (result, NULL);
  gboolean same;

  /* It was cancelled. */
  if (fingerprint == NULL)
    return;

  g_clear_object (&self->looking);
  same = g_strcmp0 (fingerprint, self->seen) == 0;
  g_free (self->seen);
  self->seen = g_steal_pointer (&fingerprint);

  if (!same) {
    stir (self);
    return;
  }

  if (self->noisy)
    return;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->stirring)
    settle (self);
  else if (g_str_equal (self->seen, self->known))
    g_signal_emit (self, signals[SIGNAL_UNMOVED], 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  BootlaceFileWatch *self = user_data;

  if (!self->noisy && self->looking == NULL) {
    self->looking = g_cancellable_new ();
    bootlace_fingerprint_new_async (self->files, self->looking, look_cb, g_object_ref (self));
  }
  self->noisy = FALSE;

  return G_SOURCE_CONTINUE;
}

/* Until two looks in a row find the same. */
static void
start_looking (BootlaceFileWatch *self)
{
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (QUIET, tick_cb, self);
}

static void
stop_looking (BootlaceFileWatch *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->noisy = FALSE;
}

/* Not every event is a change: what a backup or an indexer does is none. A look tells. */
static void
changed_cb (BootlaceFileWatch *self)
{
  self->noisy = TRUE;
  start_looking (self);
}

static void
stop_monitoring (BootlaceFileWatch *self)
{
  for (guint i = 0; i < self->monitors->len; i++) {
    g_signal_handlers_disconnect_by_data (self->monitors->pdata[i], self);
    g_file_monitor_cancel (self->monitors->pdata[i]);
  }

  g_ptr_array_set_size (self->monitors, 0);
}

/* Where nothing tells of changes, bootlace_file_watch_look() still does. */
static void
monitor (BootlaceFileWatch *self, GFile *file)
{
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return;

  g_file_monitor_set_rate_limit (monitor, RATE_LIMIT);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->monitors, monitor);
}

/**
 * bootlace_file_watch_set_files:
 * @self: a watch
 * @files: (element-type GFile): the files; not to be changed any more
 * @fingerprint: how they are when they are no news, see bootlace_fingerprint_new()
 *
 * Watches these files and no others from now on.
 */
void
bootlace_file_watch_set_files (BootlaceFileWatch *self, GPtrArray *files, const char *fingerprint)
{
  g_return_if_fail (BOOTLACE_IS_FILE_WATCH (self));
  g_return_if_fail (files != NULL);
  g_return_if_fail (fingerprint != NULL);

  stop_looking (self);
  stop_monitoring (self);
  self->stirring = FALSE;

  g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_free (self->known);
  self->known = g_strdup (fingerprint);
  g_free (self->seen);
  self->seen = g_strdup (fingerprint);

  for (guint i = 0; i < files->len; i++)
    monitor (self, files->pdata[i]);

  /* What changed after the fingerprint was taken and before the monitors were there. */
  start_looking (self);
}

/**
 * bootlace_file_watch_is_stirring:
 * @self: a watch
 *
 * Returns: whether something has changed, and may be changing still
 */
gboolean
bootlace_file_watch_is_stirring (BootlaceFileWatch *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILE_WATCH (self), FALSE);

  return self->stirring;
}

/**
 * bootlace_file_watch_look:
 * @self: a watch
 *
 * Looks at the files, for the places where nothing tells of changes: other computers' folders, and
 * what a sandbox is given.
 */
void
bootlace_file_watch_look (BootlaceFileWatch *self)
{
  g_return_if_fail (BOOTLACE_IS_FILE_WATCH (self));

  if (self->files != NULL)
    start_looking (self);
}

static void
bootlace_file_watch_dispose (GObject *object)
{
  BootlaceFileWatch *self = BOOTLACE_FILE_WATCH (object);

  stop_looking (self);
  stop_monitoring (self);

  G_OBJECT_CLASS (bootlace_file_watch_parent_class)->dispose (object);
}

static void
bootlace_file_watch_finalize (GObject *object)
{
  BootlaceFileWatch *self = BOOTLACE_FILE_WATCH (object);

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_free (self->known);
  g_free (self->seen);

  G_OBJECT_CLASS (bootlace_file_watch_parent_class)->finalize (object);
}

static guint
create_signal (const char *name)
{
  return g_signal_new (name, BOOTLACE_TYPE_FILE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
bootlace_file_watch_class_init (BootlaceFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bootlace_file_watch_dispose;
  object_class->finalize = bootlace_file_watch_finalize;

  signals[SIGNAL_STIRRED] = create_signal ("stirred");
  signals[SIGNAL_SETTLED] = create_signal ("settled");
  signals[SIGNAL_CALMED] = create_signal ("calmed");
  signals[SIGNAL_UNMOVED] = create_signal ("unmoved");
}

static void
bootlace_file_watch_init (BootlaceFileWatch *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * bootlace_file_watch_new:
 *
 * Returns: (transfer full): a watch of no files
 */
BootlaceFileWatch *
bootlace_file_watch_new (void)
{
  return g_object_new (BOOTLACE_TYPE_FILE_WATCH, NULL);
}
