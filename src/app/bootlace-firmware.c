/* bootlace-firmware.c: the firmware that is chosen, and how its loading went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-firmware.h"

#include <glib/gi18n.h>

#include "wording-format.h"

#define NO_BREAK_SPACE "\302\240"

struct _BootlaceFirmware {
  GObject parent_instance;

  BootlaceReading *reading; /* nullable: what is loaded */
  GPtrArray *files;         /* nullable: of GFile; what was chosen to load it */
  guint lineage;            /* how many there were that were no new build of the one before */
  char *title;
  char *subtitle;

  WordingMessage *problem;
  char *problem_name;

  GCancellable *loading; /* of the load that is under way */
};

enum {
  PROP_0,
  PROP_IMAGE,
  PROP_LINEAGE,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_LOADING,
  PROP_PROBLEM,
  PROP_PROBLEM_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFirmware, bootlace_firmware, G_TYPE_OBJECT)

typedef struct {
  BootlaceFirmware *firmware;
  GPtrArray *files;
} Load;

static Load *
load_new (BootlaceFirmware *firmware, GPtrArray *files)
{
  Load *self = g_new0 (Load, 1);

  self->firmware = g_object_ref (firmware);
  self->files = g_ptr_array_ref (files);

  return self;
}

static void
load_free (Load *self)
{
  g_clear_object (&self->firmware);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static char *
name_file (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name != NULL ? name : "");
}

static char *
name_files (GPtrArray *files)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++) {
    g_autofree char *name = name_file (files->pdata[i]);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }

  return g_string_free (names, FALSE);
}

/* A number and its unit, never in two lines. */
static char *
format_size_in_one_line (guint64 size)
{
  g_autofree char *text = wording_format_size (size);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv (NO_BREAK_SPACE, words);
}

static char *
describe_size (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  guint n_parts = g_list_model_get_n_items (segments);
  g_autofree char *size = format_size_in_one_line (firmware_image_get_total_size (image));
  g_autoptr (FirmwareSegment) only = NULL;
  g_autofree char *address = NULL;

  if (n_parts > 1)
    /* Translators: the size of a firmware, like "942 kB in 4 parts" */
    return g_strdup_printf (ngettext ("%s in %u part", "%s in %u parts", n_parts), size, n_parts);
  if (n_parts == 0 || firmware_image_get_payload (image) != NULL)
    return g_steal_pointer (&size);

  only = g_list_model_get_item (segments, 0);
  address = wording_format_address (firmware_segment_get_address (only));

  /* Translators: the size of a firmware and where it goes, like "300 kB at 0x08000000" */
  return g_strdup_printf (_ ("%s at %s"), size, address);
}

/* What an ESP chip's file is called says less than the chip. */
static char *
describe_image (FirmwareImage *image)
{
  const char *version = firmware_image_get_idf_version (image);
  const char *chip = firmware_image_get_chip (image);
  const char *kind = chip != NULL ? chip : wording_format_name (firmware_image_get_origin (image));
  g_autofree char *size = describe_size (image);
  g_autofree char *date = wording_format_build_date (firmware_image_get_build_date (image));
  g_autofree char *framework = NULL;

  if (version != NULL)
    framework = g_strdup_printf ("ESP-IDF %s", version);

  return wording_format_join ((const char *[]){ kind, framework, date, size }, 4);
}

static void
set_problem (BootlaceFirmware *self, GPtrArray *files, const GError *error)
{
  g_clear_pointer (&self->problem, wording_message_free);
  g_clear_pointer (&self->problem_name, g_free);

  if (error != NULL) {
    self->problem = wording_message_new (error);
    self->problem_name = name_files (files);
  }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM_NAME]);
}

static gboolean
has_same_files (BootlaceFirmware *self, GPtrArray *files)
{
  if (self->files == NULL || self->files->len != files->len)
    return FALSE;

  for (guint i = 0; i < files->len; i++)
    if (!g_file_equal (self->files->pdata[i], files->pdata[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_new_build (BootlaceFirmware *self, GPtrArray *files, const BootlaceReading *reading)
{
  return self->reading != NULL && has_same_files (self, files) &&
         bootlace_reading_is_for_same_board (self->reading, reading);
}

/* Takes the reading. */
static void
set_reading (BootlaceFirmware *self, GPtrArray *files, BootlaceReading *reading)
{
  const char *title = firmware_image_get_title (reading->image);

  self->lineage += !is_new_build (self, files, reading);
  g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_clear_pointer (&self->reading, bootlace_reading_free);
  self->reading = reading;
  g_free (self->title);
  self->title = title != NULL ? g_strdup (title) : name_files (files);
  g_free (self->subtitle);
  self->subtitle = describe_image (reading->image);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
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
  BootlaceReading *reading = bootlace_reading_new_finish (result, &error);
  BootlaceFirmware *self = load->firmware;

  /* A later load took its place. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->loading);

  if (reading != NULL)
    set_reading (self, load->files, reading);
  set_problem (self, load->files, error);
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

  return self->reading != NULL ? self->reading->image : NULL;
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

  return self->reading;
}

/**
 * bootlace_firmware_get_files:
 * @self: a firmware
 *
 * Returns: (nullable) (element-type GFile): what was chosen to load the image
 */
GPtrArray *
bootlace_firmware_get_files (BootlaceFirmware *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FIRMWARE (self), NULL);

  return self->files;
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

  return self->title;
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

  return self->problem;
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

  return self->problem_name;
}

/**
 * bootlace_firmware_load:
 * @self: a firmware
 * @files: (element-type GFile): the files to read, at least one; not to be changed any more
 *
 * Reads @files in the background; a load that is under way gives way to it.
 */
void
bootlace_firmware_load (BootlaceFirmware *self, GPtrArray *files)
{
  g_return_if_fail (BOOTLACE_IS_FIRMWARE (self));
  g_return_if_fail (files != NULL && files->len > 0);

  stop_loading (self);
  set_problem (self, NULL, NULL);

  self->loading = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);

  bootlace_reading_new_async (files, self->loading, load_cb, load_new (self, files));
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
  g_return_if_fail (self->files != NULL);
  g_return_if_fail (reading != NULL);

  set_reading (self, self->files, reading);
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
    g_value_set_string (value, self->title);
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, self->subtitle);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading != NULL);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, self->problem);
    break;
  case PROP_PROBLEM_NAME:
    g_value_set_string (value, self->problem_name);
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

  g_clear_pointer (&self->reading, bootlace_reading_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->title);
  g_free (self->subtitle);
  g_clear_pointer (&self->problem, wording_message_free);
  g_free (self->problem_name);

  G_OBJECT_CLASS (bootlace_firmware_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_IMAGE] = g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE, flags);
  properties[PROP_LINEAGE] = g_param_spec_uint ("lineage", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] =
    g_param_spec_boxed ("problem", NULL, NULL, WORDING_TYPE_MESSAGE, flags);
  properties[PROP_PROBLEM_NAME] = g_param_spec_string ("problem-name", NULL, NULL, NULL, flags);

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
