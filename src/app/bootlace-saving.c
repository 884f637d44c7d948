/* bootlace-saving.c: saves the loaded firmware as a DFU file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-saving.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-file-picker.h"
#include "firmware-save.h"

struct _BootlaceSaving {
  GObject parent_instance;

  GtkWindow *window; /* borrowed: it outlives its question; NULL when it is going */
  BootlaceFirmware *firmware;

  GCancellable *picking; /* nullable: of the question that is open */
  GBytes *contents;      /* nullable: what that is about */
  char *message;         /* nullable */
};

enum {
  PROP_0,
  PROP_CAN_SAVE,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceSaving, bootlace_saving, G_TYPE_OBJECT)

/* Takes the message. */
static void
set_message (BootlaceSaving *self, char *message)
{
  g_free (self->message);
  self->message = message;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  if (message != NULL && self->window != NULL)
    bootlace_announce (GTK_WIDGET (self->window), message);
}

static void
save_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BootlaceSaving *self = g_task_get_source_object (task);
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
write_file (BootlaceSaving *self, GFile *file, GBytes *contents)
{
  const BootlaceReading *reading = bootlace_firmware_get_reading (self->firmware);
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  firmware_save_async (file, contents, reading->inputs, NULL, save_cb, task);
}

static void
pick_target_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceSaving) self = user_data;
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);
  g_autoptr (GBytes) contents = g_steal_pointer (&self->contents);

  g_clear_object (&self->picking);
  if (files == NULL)
    return;

  g_signal_emit (self, signals[NAMED], 0, files->pdata[0]);
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
image_cb (BootlaceSaving *self)
{
  set_message (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
}

/**
 * bootlace_saving_can_save:
 * @self: a saving
 *
 * Returns: whether firmware is loaded that can be a DFU file
 */
gboolean
bootlace_saving_can_save (BootlaceSaving *self)
{
  FirmwareImage *image;

  g_return_val_if_fail (BOOTLACE_IS_SAVING (self), FALSE);

  image = bootlace_firmware_get_image (self->firmware);

  return image != NULL && firmware_image_can_write_dfu (image);
}

/**
 * bootlace_saving_is_asking:
 * @self: a saving
 *
 * Returns: whether its question is open
 */
gboolean
bootlace_saving_is_asking (BootlaceSaving *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SAVING (self), FALSE);

  return self->picking != NULL;
}

/**
 * bootlace_saving_get_message:
 * @self: a saving
 *
 * Returns: (nullable): how saving went
 */
const char *
bootlace_saving_get_message (BootlaceSaving *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SAVING (self), NULL);

  return self->message;
}

/**
 * bootlace_saving_ask:
 * @self: a saving that is not asking
 * @folder: (nullable): where the question begins
 *
 * Asks for a name, and saves the firmware that is loaded now, whatever happens while the question
 * is open.
 */
void
bootlace_saving_ask (BootlaceSaving *self, GFile *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (bootlace_saving_can_save (self));
  g_return_if_fail (self->picking == NULL);

  self->picking = g_cancellable_new ();
  self->contents = firmware_image_write_dfu (bootlace_firmware_get_image (self->firmware));
  name = propose_name (self->firmware);
  bootlace_file_picker_save_async (self->window, _ ("Save as DFU Image"), folder, name,
                                   self->picking, pick_target_cb, g_object_ref (self));
}

/**
 * bootlace_saving_save:
 * @self: a saving
 * @file: where to write it
 *
 * Saves the firmware that is loaded, and says how it went.
 */
void
bootlace_saving_save (BootlaceSaving *self, GFile *file)
{
  g_autoptr (GBytes) contents = NULL;

  g_return_if_fail (BOOTLACE_IS_SAVING (self));
  g_return_if_fail (bootlace_saving_can_save (self));

  contents = firmware_image_write_dfu (bootlace_firmware_get_image (self->firmware));
  write_file (self, file, contents);
}

/**
 * bootlace_saving_dismiss_message:
 * @self: a saving
 *
 * Takes the message away.
 */
void
bootlace_saving_dismiss_message (BootlaceSaving *self)
{
  g_return_if_fail (BOOTLACE_IS_SAVING (self));

  set_message (self, NULL);
}

/**
 * bootlace_saving_close:
 * @self: a saving
 *
 * Closes the question: it must not outlive the window that it would answer to.
 */
void
bootlace_saving_close (BootlaceSaving *self)
{
  g_return_if_fail (BOOTLACE_IS_SAVING (self));

  self->window = NULL;
  g_cancellable_cancel (self->picking);
}

static void
bootlace_saving_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceSaving *self = BOOTLACE_SAVING (object);

  switch (id) {
  case PROP_CAN_SAVE:
    g_value_set_boolean (value, bootlace_saving_can_save (self));
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_saving_finalize (GObject *object)
{
  BootlaceSaving *self = BOOTLACE_SAVING (object);

  g_clear_object (&self->firmware);
  g_clear_object (&self->picking);
  g_clear_pointer (&self->contents, g_bytes_unref);
  g_free (self->message);

  G_OBJECT_CLASS (bootlace_saving_parent_class)->finalize (object);
}

static void
bootlace_saving_class_init (BootlaceSavingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_saving_get_property;
  object_class->finalize = bootlace_saving_finalize;

  properties[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NAMED] = g_signal_new ("named", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
bootlace_saving_init (BootlaceSaving *self)
{
}

/**
 * bootlace_saving_new:
 * @window: the window to ask in; bootlace_saving_close() is called before it goes
 * @firmware: what is loaded
 *
 * Returns: (transfer full): a saving
 */
BootlaceSaving *
bootlace_saving_new (GtkWindow *window, BootlaceFirmware *firmware)
{
  BootlaceSaving *self = g_object_new (BOOTLACE_TYPE_SAVING, NULL);

  self->window = window;
  self->firmware = g_object_ref (firmware);
  g_signal_connect_object (firmware, "notify::image", G_CALLBACK (image_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
