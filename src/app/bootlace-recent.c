/* bootlace-recent.c: the firmware that was opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-recent.h"

#include "bootlace-settings.h"

#include <string.h>

struct _BootlaceRecent {
  GObject parent_instance;

  GSettings *settings;   /* nullable */
  GPtrArray *entries;    /* of strv: URIs, newest first; there or not. Never changed, replaced */
  GListStore *present;   /* of BootlaceRecentFile */
  GCancellable *looking; /* nullable: of the look that is under way */
};

G_DEFINE_FINAL_TYPE (BootlaceRecent, bootlace_recent, G_TYPE_OBJECT)

static GPtrArray *
create_entries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
}

static void
set_entries (BootlaceRecent *self, GPtrArray *entries)
{
  g_ptr_array_ref (entries);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
}

/* However they are read: what was tried in another way is not worth a line of its own. */
static gboolean
are_same_files (const char *const *uris, const char *const *others)
{
  const guint n_uris = g_strv_length ((char **) uris);

  if (n_uris != g_strv_length ((char **) others))
    return FALSE;

  for (guint i = 0; i < n_uris; i++) {
    const gsize length = strcspn (uris[i], "#");

    if (length != strcspn (others[i], "#") || strncmp (uris[i], others[i], length) != 0)
      return FALSE;
  }

  return TRUE;
}

/* Runs in a worker thread. */
static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *entries = data;
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len && files->len < BOOTLACE_RECENT_MAX; i++) {
    BootlaceRecentFile *file = bootlace_recent_file_new (entries->pdata[i], cancellable);

    if (file != NULL)
      g_ptr_array_add (files, file);
  }

  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

static void
look_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BootlaceRecent *self = BOOTLACE_RECENT (object);
  g_autoptr (GPtrArray) files = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A later look took its place. */
  if (files == NULL)
    return;

  g_clear_object (&self->looking);
  g_list_store_splice (self->present, 0, g_list_model_get_n_items (G_LIST_MODEL (self->present)),
                       files->pdata, files->len);
}

static gboolean
may_remember (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean enabled = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-recent-files-enabled", &enabled, NULL);

  return enabled;
}

/**
 * bootlace_recent_look:
 * @self: recent firmware
 *
 * Looks what is still there, and brings the list up to date some moments later.
 */
void
bootlace_recent_look (BootlaceRecent *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BOOTLACE_IS_RECENT (self));

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();

  task = g_task_new (self, self->looking, look_cb, NULL);
  g_task_set_source_tag (task, bootlace_recent_look);
  g_task_set_task_data (task, g_ptr_array_ref (self->entries), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * bootlace_recent_add:
 * @self: recent firmware
 * @source: what was opened
 *
 * Puts firmware in front of all others.
 */
void
bootlace_recent_add (BootlaceRecent *self, const BootlaceSource *source)
{
  g_autoptr (GPtrArray) entries = create_entries ();
  g_auto (GStrv) uris = NULL;

  g_return_if_fail (BOOTLACE_IS_RECENT (self));
  g_return_if_fail (source != NULL);

  if (!may_remember ())
    return;

  uris = bootlace_source_dup_uris (source);
  g_ptr_array_add (entries, g_strdupv (uris));
  for (guint i = 0; i < self->entries->len && entries->len < 2 * BOOTLACE_RECENT_MAX; i++)
    if (!are_same_files ((const char *const *) uris, self->entries->pdata[i]))
      g_ptr_array_add (entries, g_strdupv (self->entries->pdata[i]));

  set_entries (self, entries);
  bootlace_settings_remember_recent (self->settings, entries);
  bootlace_recent_look (self);
}

/**
 * bootlace_recent_clear:
 * @self: recent firmware
 *
 * Forgets all of it.
 */
void
bootlace_recent_clear (BootlaceRecent *self)
{
  g_autoptr (GPtrArray) entries = create_entries ();

  g_return_if_fail (BOOTLACE_IS_RECENT (self));

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  set_entries (self, entries);
  bootlace_settings_remember_recent (self->settings, entries);
  g_list_store_remove_all (self->present);
}

/**
 * bootlace_recent_get_list:
 * @self: recent firmware
 *
 * Returns: (transfer none): a list of #BootlaceRecentFile, at most %BOOTLACE_RECENT_MAX
 */
GListModel *
bootlace_recent_get_list (BootlaceRecent *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RECENT (self), NULL);

  return G_LIST_MODEL (self->present);
}

static void
bootlace_recent_dispose (GObject *object)
{
  BootlaceRecent *self = BOOTLACE_RECENT (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bootlace_recent_parent_class)->dispose (object);
}

static void
bootlace_recent_finalize (GObject *object)
{
  BootlaceRecent *self = BOOTLACE_RECENT (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->present);

  G_OBJECT_CLASS (bootlace_recent_parent_class)->finalize (object);
}

static void
bootlace_recent_class_init (BootlaceRecentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bootlace_recent_dispose;
  object_class->finalize = bootlace_recent_finalize;
}

static void
bootlace_recent_init (BootlaceRecent *self)
{
  self->present = g_list_store_new (BOOTLACE_TYPE_RECENT_FILE);
}

/**
 * bootlace_recent_new:
 * @settings: (nullable): where to remember it; %NULL: until the program ends
 *
 * Returns: (transfer full): what was opened last
 */
BootlaceRecent *
bootlace_recent_new (GSettings *settings)
{
  BootlaceRecent *self = g_object_new (BOOTLACE_TYPE_RECENT, NULL);

  g_set_object (&self->settings, settings);
  self->entries = bootlace_settings_recall_recent (settings);
  bootlace_recent_look (self);

  return self;
}
