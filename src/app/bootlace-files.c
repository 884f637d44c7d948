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
#include "firmware-save.h"

struct _BootlaceFiles {
  GObject parent_instance;

  GtkWindow *window;   /* borrowed: it owns this */
  GSettings *settings; /* nullable */

  BootlaceFirmware *firmware;
  BootlaceRecent *recent;
  BootlaceReload *reload;

  GCancellable *picking; /* nullable: of the dialog that is open */
  GBytes *saving;        /* nullable: what the dialog that is open is about */
  char *message;         /* nullable */
};

enum {
  PROP_0,
  PROP_FIRMWARE,
  PROP_RECENT,
  PROP_RELOAD,
  PROP_CAN_SAVE,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFiles, bootlace_files, G_TYPE_OBJECT)

/* Takes the message. */
static void
set_message (BootlaceFiles *self, char *message)
{
  g_free (self->message);
  self->message = message;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  if (message != NULL && self->window != NULL)
    bootlace_announce (GTK_WIDGET (self->window), message);
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
save_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BootlaceFiles *self = g_task_get_source_object (task);
  GFile *file = g_task_get_task_data (task);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;
  g_autofree char *text = NULL;

  if (firmware_save_finish (result, &error)) {
    /* Translators: the name of a file */
    set_message (self, g_strdup_printf (_ ("Saved as %s."), name));
    return;
  }

  message = wording_message_new_for_saving (error);
  text = wording_message_dup_text (message);
  /* Translators: the name of a file, and why it could not be saved */
  set_message (self, g_strdup_printf (_ ("%s was not saved. %s"), name, text));
}

static void
write_file (BootlaceFiles *self, GFile *file, GBytes *contents)
{
  const BootlaceReading *reading = bootlace_firmware_get_reading (self->firmware);
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  firmware_save_async (file, contents, reading->inputs, NULL, save_cb, task);
}

static void
pick_target_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceFiles) self = user_data;
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);
  g_autoptr (GBytes) contents = g_steal_pointer (&self->saving);

  g_clear_object (&self->picking);
  if (files == NULL)
    return;

  bootlace_settings_remember_folder (self->settings, files->pdata[0]);
  write_file (self, files->pdata[0], contents);
}

/* From a title that comes out of a file, so it may be anything. */
static char *
propose_name (BootlaceFirmware *firmware)
{
  const char *title = firmware_image_get_title (bootlace_firmware_get_image (firmware));
  g_autofree char *name = NULL;

  if (title == NULL)
    return g_strdup ("firmware.dfu");

  name = g_str_to_ascii (title, NULL);
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-", '-');

  return g_strconcat (*name == '.' ? "firmware" : "", name, ".dfu", NULL);
}

static void
image_cb (BootlaceFiles *self)
{
  GPtrArray *files = bootlace_firmware_get_files (self->firmware);

  if (files != NULL)
    bootlace_recent_add (self->recent, files);
  set_message (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
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
 * bootlace_files_can_save:
 * @self: the files of a window
 *
 * Returns: whether firmware is loaded that can be a DFU file
 */
gboolean
bootlace_files_can_save (BootlaceFiles *self)
{
  FirmwareImage *image;

  g_return_val_if_fail (BOOTLACE_IS_FILES (self), FALSE);

  image = bootlace_firmware_get_image (self->firmware);

  return image != NULL && firmware_image_can_write_dfu (image);
}

/**
 * bootlace_files_get_message:
 * @self: the files of a window
 *
 * Returns: (nullable): how saving went
 */
const char *
bootlace_files_get_message (BootlaceFiles *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FILES (self), NULL);

  return self->message;
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
  g_return_if_fail (BOOTLACE_IS_FILES (self));

  bootlace_firmware_load (self->firmware, files);
}

/**
 * bootlace_files_open_uris:
 * @self: the files of a window
 * @uris: (array zero-terminated=1): what was opened before
 *
 * Does bootlace_files_open().
 */
void
bootlace_files_open_uris (BootlaceFiles *self, const char *const *uris)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));

  if (files->len > 0)
    bootlace_files_open (self, files);
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
  g_autoptr (GFile) folder = bootlace_settings_recall_folder (self->settings);

  if (self->picking != NULL)
    return;

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
  g_autoptr (GFile) folder = bootlace_settings_recall_folder (self->settings);

  if (self->picking != NULL)
    return;

  self->picking = g_cancellable_new ();
  bootlace_file_picker_open_folder_async (self->window, _ ("Choose Build Folder"), folder,
                                          self->picking, pick_cb, g_object_ref (self));
}

/**
 * bootlace_files_choose_and_save:
 * @self: the files of a window
 *
 * Asks for a name, and saves the firmware that is loaded now, whatever happens while the question
 * is open.
 */
void
bootlace_files_choose_and_save (BootlaceFiles *self)
{
  g_autoptr (GFile) folder = bootlace_settings_recall_folder (self->settings);
  g_autofree char *name = NULL;

  if (self->picking != NULL || !bootlace_files_can_save (self))
    return;

  self->picking = g_cancellable_new ();
  self->saving = firmware_image_write_dfu (bootlace_firmware_get_image (self->firmware));
  name = propose_name (self->firmware);
  bootlace_file_picker_save_async (self->window, _ ("Save as DFU Image"), folder, name,
                                   self->picking, pick_target_cb, g_object_ref (self));
}

/**
 * bootlace_files_save:
 * @self: the files of a window
 * @file: where to write it
 *
 * Saves the firmware that is loaded, and says how it went.
 */
void
bootlace_files_save (BootlaceFiles *self, GFile *file)
{
  g_autoptr (GBytes) contents = NULL;

  g_return_if_fail (BOOTLACE_IS_FILES (self));
  g_return_if_fail (bootlace_files_can_save (self));

  contents = firmware_image_write_dfu (bootlace_firmware_get_image (self->firmware));
  write_file (self, file, contents);
}

/**
 * bootlace_files_dismiss_message:
 * @self: the files of a window
 *
 * Takes the message away.
 */
void
bootlace_files_dismiss_message (BootlaceFiles *self)
{
  g_return_if_fail (BOOTLACE_IS_FILES (self));

  set_message (self, NULL);
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
  case PROP_CAN_SAVE:
    g_value_set_boolean (value, bootlace_files_can_save (self));
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_files_dispose (GObject *object)
{
  BootlaceFiles *self = BOOTLACE_FILES (object);

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
  g_clear_pointer (&self->saving, g_bytes_unref);
  g_free (self->message);

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
  properties[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_files_init (BootlaceFiles *self)
{
  self->firmware = bootlace_firmware_new ();
  self->reload = bootlace_reload_new (self->firmware);
  g_signal_connect_object (self->firmware, "notify::image", G_CALLBACK (image_cb), self,
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
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
