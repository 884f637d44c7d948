/* bootlace-files.c: what a window does with files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-files.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-file-picker.h"
#include "bootlace-settings.h"

struct _BootlaceFiles {
  GObject parent_instance;

  GtkWindow *window;   /* borrowed: it owns this */
  GSettings *settings; /* nullable */

  BootlaceFirmware *firmware;
  BootlaceRecent *recent;
  BootlaceReload *reload;
  BootlaceSaving *saving;

  GCancellable *picking; /* nullable: of the dialog to open something that is open */
};

enum {
  PROP_0,
  PROP_FIRMWARE,
  PROP_RECENT,
  PROP_RELOAD,
  PROP_SAVING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFiles, bootlace_files, G_TYPE_OBJECT)

/* One question at a time. */
static gboolean
is_asking (BootlaceFiles *self)
{
  return self->picking != NULL || bootlace_saving_is_asking (self->saving);
}

static void
pick_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceFiles) self = user_data;
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);

  g_clear_object (&self->picking);
  if (files == NULL)
    return;

  bootlace_settings_remember_folder (self->settings, files->pdata[0]);
  bootlace_files_open (self, files);
}

static void
image_cb (BootlaceFiles *self)
{
  BootlaceSource *source = bootlace_firmware_get_source (self->firmware);

  if (source != NULL)
    bootlace_recent_add (self->recent, source);
}

/* Whoever cannot see the red line must hear it. */
static void
problem_cb (BootlaceFiles *self)
{
  const WordingMessage *problem = bootlace_firmware_get_problem (self->firmware);
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *sentences = NULL;

  if (problem == NULL || self->window == NULL)
    return;

  text = wording_message_dup_text (problem);
  /* Translators: the name of a file, and what is wrong with it */
  sentence =
    g_strdup_printf (_ ("%s: %s"), bootlace_firmware_get_problem_name (self->firmware), text);
  kept = bootlace_firmware_dup_kept (self->firmware);
  sentences = kept != NULL ? g_strdup_printf ("%s %s", sentence, kept) : g_strdup (sentence);
  bootlace_announce (GTK_WIDGET (self->window), sentences);
}

static void
named_cb (BootlaceFiles *self, GFile *file)
{
  bootlace_settings_remember_folder (self->settings, file);
}

static void
told_cb (BootlaceFiles *self, BootlaceNews *news)
{
  if (self->window != NULL)
    bootlace_announce (GTK_WIDGET (self->window), bootlace_news_get_text (news));
}

/* Who comes back from where the firmware is built sees what it is now. */
static void
active_cb (BootlaceFiles *self, GParamSpec *pspec, GtkWindow *window)
{
  if (gtk_window_is_active (window))
    bootlace_reload_look (self->reload);
}

/**
 * bootlace_files_get_firmware:
 * @self: the files of a window
 *
 * Returns: what is loaded
 */
BootlaceFirmware *
bootlace_files_get_firmware (BootlaceFiles *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  return self->firmware;
}

/**
 * bootlace_files_get_recent:
 * @self: the files of a window
 *
 * Returns: what was opened
 */
BootlaceRecent *
bootlace_files_get_recent (BootlaceFiles *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  return self->recent;
}

/**
 * bootlace_files_get_reload:
 * @self: the files of a window
 *
 * Returns: what follows the loaded firmware
 */
BootlaceReload *
bootlace_files_get_reload (BootlaceFiles *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  return self->reload;
}

/**
 * bootlace_files_get_saving:
 * @self: the files of a window
 *
 * Returns: what saves the loaded firmware
 */
BootlaceSaving *
bootlace_files_get_saving (BootlaceFiles *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  return self->saving;
}

/**
 * bootlace_files_open:
 * @self: the files of a window
 * @files: (element-type GFile): files that should be firmware, at least one; not to be changed any
 *   more
 *
 * Reads them and shows what they are.
 */
void
bootlace_files_open (BootlaceFiles *self, GPtrArray *files)
{
  g_autoptr (BootlaceSource) source = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));

  source = bootlace_source_new (files);
  bootlace_firmware_load (self->firmware, source);
}

/**
 * bootlace_files_open_uris:
 * @self: the files of a window
 * @uris: (array zero-terminated=1): what was opened before
 *
 * Reads it in the way in which it was read then.
 */
void
bootlace_files_open_uris (BootlaceFiles *self, const char *const *uris)
{
  g_autoptr (BootlaceSource) source = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));
  g_return_if_fail (uris != NULL);

  source = bootlace_source_new_for_uris (uris);
  if (source != NULL)
    bootlace_firmware_load (self->firmware, source);
}

/* In a sandbox a file may seem to lie in a folder where nothing else is. */
static gboolean
is_from_portal (GFile *folder)
{
  g_autoptr (GFile) documents = g_file_new_build_filename (g_get_user_runtime_dir (), "doc", NULL);

  return g_file_has_prefix (folder, documents);
}

/**
 * bootlace_files_find_folder:
 * @self: the files of a window
 *
 * Finds where a question for a file begins: where the last one was, wherever it came from.
 *
 * Returns: (transfer full) (nullable): a folder
 */
GFile *
bootlace_files_find_folder (BootlaceFiles *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  folder = bootlace_firmware_dup_folder (self->firmware);
  if (folder != NULL && !is_from_portal (folder))
    return g_steal_pointer (&folder);

  return bootlace_settings_recall_folder (self->settings);
}

/**
 * bootlace_files_choose:
 * @self: the files of a window
 *
 * Asks for firmware, and opens it.
 */
void
bootlace_files_choose (BootlaceFiles *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));

  if (is_asking (self))
    return;

  folder = bootlace_files_find_folder (self);
  self->picking = g_cancellable_new ();
  bootlace_file_picker_open_async (self->window, _ ("Choose Firmware"), folder, self->picking,
                                   pick_cb, g_object_ref (self));
}

/**
 * bootlace_files_choose_folder:
 * @self: the files of a window
 *
 * Asks for a build folder, and opens it.
 */
void
bootlace_files_choose_folder (BootlaceFiles *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));

  if (is_asking (self))
    return;

  folder = bootlace_files_find_folder (self);
  self->picking = g_cancellable_new ();
  bootlace_file_picker_open_folder_async (self->window, _ ("Choose Build Folder"), folder,
                                          self->picking, pick_cb, g_object_ref (self));
}

/**
 * bootlace_files_choose_and_save:
 * @self: the files of a window
 *
 * Asks for a name, and saves the firmware that is loaded now under it.
 */
void
bootlace_files_choose_and_save (BootlaceFiles *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));

  folder = bootlace_settings_recall_folder (self->settings);
  if (!is_asking (self) && bootlace_saving_can_save (self->saving))
    bootlace_saving_ask (self->saving, folder);
}

/**
 * bootlace_files_close:
 * @self: the files of a window
 *
 * Closes the dialog that is open: it must not outlive the window that it would answer to.
 */
void
bootlace_files_close (BootlaceFiles *self)
{
  g_return_if_fail (BOOTLACE_IS_FILES (self));

  self->window = NULL;
  g_cancellable_cancel (self->picking);
  bootlace_saving_close (self->saving);
}

static void
bootlace_files_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFiles *self = BOOTLACE_FILES (object);

  switch (id) {
  case PROP_FIRMWARE:
    g_value_set_object (value, self->firmware);
    break;
  case PROP_RECENT:
    g_value_set_object (value, self->recent);
    break;
  case PROP_RELOAD:
    g_value_set_object (value, self->reload);
    break;
  case PROP_SAVING:
    g_value_set_object (value, self->saving);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_files_dispose (GObject *object)
{
  BootlaceFiles *self = BOOTLACE_FILES (object);

  g_clear_object (&self->saving);
  g_clear_object (&self->reload);
  g_clear_object (&self->recent);
  g_clear_object (&self->firmware);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bootlace_files_parent_class)->dispose (object);
}

static void
bootlace_files_finalize (GObject *object)
{
  BootlaceFiles *self = BOOTLACE_FILES (object);

  g_clear_object (&self->picking);

  G_OBJECT_CLASS (bootlace_files_parent_class)->finalize (object);
}

static void
bootlace_files_class_init (BootlaceFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_files_get_property;
  object_class->dispose = bootlace_files_dispose;
  object_class->finalize = bootlace_files_finalize;

  properties[PROP_FIRMWARE] =
    g_param_spec_object ("firmware", NULL, NULL, BOOTLACE_TYPE_FIRMWARE, flags);
  properties[PROP_RECENT] = g_param_spec_object ("recent", NULL, NULL, BOOTLACE_TYPE_RECENT, flags);
  properties[PROP_RELOAD] = g_param_spec_object ("reload", NULL, NULL, BOOTLACE_TYPE_RELOAD, flags);
  properties[PROP_SAVING] = g_param_spec_object ("saving", NULL, NULL, BOOTLACE_TYPE_SAVING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_files_init (BootlaceFiles *self)
{
  self->firmware = bootlace_firmware_new ();
  self->reload = bootlace_reload_new (self->firmware);
  g_signal_connect_object (self->firmware, "notify::image", G_CALLBACK (image_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->firmware, "notify::problem-name", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bootlace_reload_get_news (self->reload), "told", G_CALLBACK (told_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * bootlace_files_new:
 * @window: the window that owns it; it calls bootlace_files_close() before it goes
 * @settings: (nullable): where to remember things
 *
 * Returns: (transfer full): the files of a window
 */
BootlaceFiles *
bootlace_files_new (GtkWindow *window, GSettings *settings)
{
  BootlaceFiles *self = g_object_new (BOOTLACE_TYPE_FILES, NULL);

  self->window = window;
  g_set_object (&self->settings, settings);
  self->recent = bootlace_recent_new (settings);
  self->saving = bootlace_saving_new (window, self->firmware);
  g_signal_connect_object (self->saving, "named", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
