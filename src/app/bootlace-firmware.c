/* bootlace-firmware.c: the firmware that is chosen, and how its loading went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware.h"

#include <glib/gi18n.h>

#include "bootlace-loaded.h"
#include "bootlace-refusal.h"

struct _BootlaceFirmware {
  GObject parent_instance;

  BootlaceLoaded *loaded;   /* nullable */
  guint lineage;            /* how many there were that were no new build of the one before */
  BootlaceRefusal *refusal; /* nullable: of the last file */
  GCancellable *loading;    /* of the load that is under way */
};

enum {
  PROP_0,
  PROP_IMAGE,
  PROP_LINEAGE,
  PROP_TITLE,
  PROP_NAME,
  PROP_SUBTITLE,
  PROP_LOADING,
  PROP_PROBLEM,
  PROP_PROBLEM_NAME,
  PROP_QUESTION,
  PROP_KEPT,
  PROP_MAY_BE_RAW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFirmware, bootlace_firmware, G_TYPE_OBJECT)

typedef struct {
  BootlaceFirmware *firmware;
  BootlaceSource *source;
} Load;

static Load *
load_new (BootlaceFirmware *firmware, BootlaceSource *source)
{
  Load *self = g_new0 (Load, 1);

  self->firmware = g_object_ref (firmware);
  self->source = bootlace_source_ref (source);

  return self;
}

static void
load_free (Load *self)
{
  g_clear_object (&self->firmware);
  g_clear_pointer (&self->source, bootlace_source_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
may_be_raw (BootlaceFirmware *self)
{
  return self->refusal != NULL && self->refusal->raw_offer.size > 0;
}

/* Takes the refusal, if there is one. */
static void
set_refusal (BootlaceFirmware *self, BootlaceRefusal *refusal)
{
  g_clear_pointer (&self->refusal, bootlace_refusal_free);
  self->refusal = refusal;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAY_BE_RAW]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUESTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM_NAME]);
}

static char *
describe_kept (BootlaceFirmware *self)
{
  if (self->refusal == NULL || self->loaded == NULL)
    return NULL;

  if (g_str_equal (self->loaded->name, self->loaded->title))
    /* Translators: the name of a file; another one was refused */
    return g_strdup_printf (_ ("%s stays loaded."), self->loaded->name);

  /* Translators: the name of a firmware, and that of its file; another one was refused */
  return g_strdup_printf (_ ("%s from %s stays loaded."), self->loaded->title, self->loaded->name);
}

/* Takes what is loaded now. */
static void
set_loaded (BootlaceFirmware *self, BootlaceLoaded *loaded)
{
  self->lineage += !bootlace_loaded_is_new_build (loaded, self->loaded);
  g_clear_pointer (&self->loaded, bootlace_loaded_free);
  self->loaded = loaded;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINEAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
}

static void
stop_loading (BootlaceFirmware *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
load_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  BootlaceRawOffer raw_offer = { 0 };
  BootlaceReading *reading = bootlace_reading_new_finish (result, &raw_offer, &error);
  BootlaceFirmware *self = load->firmware;

  /* A later load took its place. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->loading);

  if (reading != NULL)
    set_loaded (self, bootlace_loaded_new (load->source, reading));
  set_refusal (self, error != NULL ? bootlace_refusal_new (load->source, error, &raw_offer) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * bootlace_firmware_get_image:
 * @self: a firmware
 *
 * Returns: (nullable): the last file that was good
 */
FirmwareImage *
bootlace_firmware_get_image (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->loaded != NULL ? self->loaded->reading->image : NULL;
}

/**
 * bootlace_firmware_get_reading:
 * @self: a firmware
 *
 * Returns: (nullable): the image, and how its files were when it was read
 */
const BootlaceReading *
bootlace_firmware_get_reading (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->loaded != NULL ? self->loaded->reading : NULL;
}

/**
 * bootlace_firmware_get_source:
 * @self: a firmware
 *
 * Returns: (nullable) (transfer none): what the image was read from
 */
BootlaceSource *
bootlace_firmware_get_source (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->loaded != NULL ? self->loaded->source : NULL;
}

/**
 * bootlace_firmware_get_title:
 * @self: a firmware
 *
 * Returns: (nullable): what the image calls itself, or else the file's name
 */
const char *
bootlace_firmware_get_title (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->loaded != NULL ? self->loaded->title : NULL;
}

/**
 * bootlace_firmware_is_loading:
 * @self: a firmware
 *
 * Returns: whether a file is being read
 */
gboolean
bootlace_firmware_is_loading (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), FALSE);

  return self->loading != NULL;
}

/**
 * bootlace_firmware_get_problem:
 * @self: a firmware
 *
 * Returns: (nullable): why the last file was refused
 */
const WordingMessage *
bootlace_firmware_get_problem (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->refusal != NULL ? self->refusal->message : NULL;
}

/**
 * bootlace_firmware_get_problem_name:
 * @self: a firmware
 *
 * Returns: (nullable): what the files are called that were refused
 */
const char *
bootlace_firmware_get_problem_name (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->refusal != NULL ? self->refusal->name : NULL;
}

/**
 * bootlace_firmware_dup_kept:
 * @self: a firmware
 *
 * Returns: (transfer full) (nullable): while there is a problem, which firmware is loaded in spite
 *   of it, as a sentence
 */
char *
bootlace_firmware_dup_kept (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return describe_kept (self);
}

/**
 * bootlace_firmware_dismiss_problem:
 * @self: a firmware
 *
 * Forgets the file that was refused last.
 */
void
bootlace_firmware_dismiss_problem (BootlaceFirmware *self)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));

  if (self->refusal != NULL)
    set_refusal (self, NULL);
}

/**
 * bootlace_firmware_get_raw_file:
 * @self: a firmware
 * @offer: (out): its size and what it looks like
 *
 * Returns: (nullable): the file that was refused, if a person may take it for raw bytes
 */
GFile *
bootlace_firmware_get_raw_file (BootlaceFirmware *self, BootlaceRawOffer *offer)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);
  g_return_val_if_fail (offer != NULL, NULL);

  *offer = self->refusal != NULL ? self->refusal->raw_offer : (BootlaceRawOffer){ 0 };

  return may_be_raw (self) ? self->refusal->source->files->pdata[0] : NULL;
}

/**
 * bootlace_firmware_load:
 * @self: a firmware
 * @source: what to read
 *
 * Reads @source in the background; a load that is under way gives way to it.
 */
void
bootlace_firmware_load (BootlaceFirmware *self, BootlaceSource *source)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));
  g_return_if_fail (source != NULL);

  stop_loading (self);
  set_refusal (self, NULL);

  self->loading = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);

  bootlace_reading_new_async (source, self->loading, load_cb, load_new (self, source));
}

/**
 * bootlace_firmware_adopt:
 * @self: a firmware that is loaded
 * @reading: (transfer full): what its files hold now
 *
 * Takes @reading in the place of what was read from the same files before.
 */
void
bootlace_firmware_adopt (BootlaceFirmware *self, BootlaceReading *reading)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));
  g_return_if_fail (self->loaded != NULL);
  g_return_if_fail (reading != NULL);

  set_loaded (self, bootlace_loaded_new (self->loaded->source, reading));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT]);
  bootlace_firmware_forgive (self);
}

/**
 * bootlace_firmware_refuse:
 * @self: a firmware that is loaded
 * @error: what is wrong with its files now
 * @raw_offer: whether they may be taken for raw bytes
 *
 * Tells of a problem with the files of what is loaded, which stays.
 */
void
bootlace_firmware_refuse (BootlaceFirmware *self,
                          const GError *error,
                          const BootlaceRawOffer *raw_offer)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));
  g_return_if_fail (self->loaded != NULL);
  g_return_if_fail (error != NULL && raw_offer != NULL);

  set_refusal (self, bootlace_refusal_new (self->loaded->source, error, raw_offer));
}

/**
 * bootlace_firmware_forgive:
 * @self: a firmware
 *
 * Forgets a problem with the files of what is loaded: they are good again.
 */
void
bootlace_firmware_forgive (BootlaceFirmware *self)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));

  if (self->refusal != NULL && self->loaded != NULL &&
      bootlace_source_equal (self->refusal->source, self->loaded->source))
    bootlace_firmware_dismiss_problem (self);
}

/**
 * bootlace_firmware_dup_folder:
 * @self: a firmware
 *
 * Returns: (transfer full) (nullable): the folder of what was opened last, good or bad
 */
GFile *
bootlace_firmware_dup_folder (BootlaceFirmware *self)
{
  const BootlaceSource *last;

  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  last = self->refusal != NULL ? self->refusal->source : bootlace_firmware_get_source (self);

  return last != NULL ? g_file_get_parent (last->files->pdata[0]) : NULL;
}

static void
bootlace_firmware_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFirmware *self = BOOTLACE_FIRMWARE (object);

  switch (id) {
  case PROP_IMAGE:
    g_value_set_object (value, bootlace_firmware_get_image (self));
    break;
  case PROP_LINEAGE:
    g_value_set_uint (value, self->lineage);
    break;
  case PROP_TITLE:
    g_value_set_string (value, bootlace_firmware_get_title (self));
    break;
  case PROP_NAME:
    g_value_set_string (value, self->loaded != NULL ? self->loaded->name : NULL);
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, self->loaded != NULL ? self->loaded->subtitle : NULL);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading != NULL);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, bootlace_firmware_get_problem (self));
    break;
  case PROP_PROBLEM_NAME:
    g_value_set_string (value, bootlace_firmware_get_problem_name (self));
    break;
  case PROP_QUESTION:
    g_value_set_boolean (value, self->refusal != NULL && self->refusal->is_question);
    break;
  case PROP_KEPT:
    g_value_take_string (value, describe_kept (self));
    break;
  case PROP_MAY_BE_RAW:
    g_value_set_boolean (value, may_be_raw (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_firmware_dispose (GObject *object)
{
  BootlaceFirmware *self = BOOTLACE_FIRMWARE (object);

  stop_loading (self);

  G_OBJECT_CLASS (bootlace_firmware_parent_class)->dispose (object);
}

static void
bootlace_firmware_finalize (GObject *object)
{
  BootlaceFirmware *self = BOOTLACE_FIRMWARE (object);

  g_clear_pointer (&self->loaded, bootlace_loaded_free);
  g_clear_pointer (&self->refusal, bootlace_refusal_free);

  G_OBJECT_CLASS (bootlace_firmware_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_IMAGE] = g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE, flags);
  properties[PROP_LINEAGE] = g_param_spec_uint ("lineage", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] =
    g_param_spec_boxed ("problem", NULL, NULL, WORDING_TYPE_MESSAGE, flags);
  properties[PROP_PROBLEM_NAME] = g_param_spec_string ("problem-name", NULL, NULL, NULL, flags);
  properties[PROP_QUESTION] = g_param_spec_boolean ("question", NULL, NULL, FALSE, flags);
  properties[PROP_KEPT] = g_param_spec_string ("kept", NULL, NULL, NULL, flags);
  properties[PROP_MAY_BE_RAW] = g_param_spec_boolean ("may-be-raw", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_firmware_class_init (BootlaceFirmwareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_firmware_get_property;
  object_class->dispose = bootlace_firmware_dispose;
  object_class->finalize = bootlace_firmware_finalize;

  install_properties (object_class);
}

static void
bootlace_firmware_init (BootlaceFirmware *self)
{
}

/**
 * bootlace_firmware_new:
 *
 * Returns: (transfer full): a place for firmware, empty
 */
BootlaceFirmware *
bootlace_firmware_new (void)
{
  return g_object_new (BOOTLACE_TYPE_FIRMWARE, NULL);
}
