/* firmware-esp-config.c: the settings of an ESP-IDF project, as far as they are about pins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-config.h"

#include "firmware-error.h"
#include "firmware-esp-pins.h"
#include "firmware-file.h"
#include "firmware-json.h"

#include <string.h>

/* Ten times as much as there is mostly. */
#define SIZE_MAX_BYTES (1024 * 1024)

/* As many as a sentence can hold. */
#define NAMED_MAX 6
#define NAME_LENGTH_MAX 60

#define TARGET "IDF_TARGET"
#define PREFIX "CONFIG_"

/* What follows is there under its new name already. */
#define DEPRECATED "# Deprecated options"

/* Where they are, seen from a flasher_args.json: what ESP-IDF writes when it builds, and for builds
 * that are so old that it did not, what it reads. */
static const char *const places[] = { "config/sdkconfig.json", "../sdkconfig" };

typedef struct {
  const FirmwareEspChip *chip;
  GPtrArray *boot_pins; /* of char */
  GPtrArray *usb_pins;  /* of char */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->boot_pins, g_ptr_array_unref);
  g_clear_pointer (&self->usb_pins, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
name_setting (GPtrArray *names, const char *key, gint64 number)
{
  if (names->len < NAMED_MAX)
    g_ptr_array_add (names, g_strdup_printf ("%s = %" G_GINT64_FORMAT, key, number));
  else if (names->len == NAMED_MAX)
    g_ptr_array_add (names, g_strdup ("…"));
}

/* What a key of Kconfig's cannot be, is none. */
static gboolean
is_key (const char *key)
{
  const gsize length = strlen (key);

  return length > 0 && length <= NAME_LENGTH_MAX &&
         strspn (key, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == length;
}

static void
take_setting (Reader *self, const char *key, gint64 number)
{
  if (!is_key (key) || !firmware_esp_pins_is_setting (key))
    return;

  switch (firmware_esp_pins_find (self->chip, key, number)) {
  case FIRMWARE_ESP_PIN_BOOT:
    name_setting (self->boot_pins, key, number);
    break;
  case FIRMWARE_ESP_PIN_USB:
    name_setting (self->usb_pins, key, number);
    break;
  case FIRMWARE_ESP_PIN_ORDINARY:
    break;
  }
}

static gboolean
take_chip (Reader *self, const char *name, GError **error)
{
  self->chip = name != NULL ? firmware_esp_chip_find_by_name (name) : NULL;
  if (self->chip != NULL)
    return TRUE;

  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP,
                       "The settings of the project name no chip that is known");
  return FALSE;
}

static gboolean
read_json (Reader *self, GBytes *contents, GError **error)
{
  g_autoptr (JsonObject) root = firmware_json_parse (contents, error);
  const char *target = NULL;
  const char *key = NULL;
  JsonNode *node = NULL;
  JsonObjectIter iter;

  if (root == NULL || !firmware_json_get_string (root, TARGET, &target, error) ||
      !take_chip (self, target, error))
    return FALSE;

  json_object_iter_init_ordered (&iter, root);
  while (json_object_iter_next_ordered (&iter, &key, &node)) {
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
      take_setting (self, key, json_node_get_int (node));
  }

  return TRUE;
}

/* CONFIG_IDF_TARGET="esp32s2" */
static char *
dup_target (char **lines)
{
  for (gsize i = 0; lines[i] != NULL; i++) {
    const char *start = PREFIX TARGET "=\"";
    const char *value = lines[i] + strlen (start);

    if (g_str_has_prefix (lines[i], start))
      return g_strndup (value, strcspn (value, "\""));
  }

  return NULL;
}

/* CONFIG_BLINK_GPIO=18 */
static void
read_line (Reader *self, const char *line)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;
  gint64 number = 0;

  if (equals == NULL || !g_str_has_prefix (line, PREFIX) ||
      !g_ascii_string_to_signed (equals + 1, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return;

  line += strlen (PREFIX);
  key = line < equals ? g_strndup (line, equals - line) : g_strdup ("");
  take_setting (self, key, number);
}

static gboolean
read_text (Reader *self, GBytes *contents, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (contents, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", 0);
  g_autofree char *target = dup_target (lines);

  if (!take_chip (self, target, error))
    return FALSE;

  for (gsize i = 0; lines[i] != NULL && !g_str_has_prefix (lines[i], DEPRECATED); i++)
    read_line (self, lines[i]);

  return TRUE;
}

static char *
join (GPtrArray *names)
{
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static GBytes *
find_contents (GFile *folder, GCancellable *cancellable)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GFile) file = g_file_resolve_relative_path (folder, places[i]);
    GBytes *contents = firmware_file_read (file, SIZE_MAX_BYTES, cancellable, NULL);

    if (contents != NULL)
      return contents;
  }

  return NULL;
}

/**
 * firmware_esp_config_parse:
 * @self: (out caller-allocates): what to fill; clear it afterwards
 * @contents: a sdkconfig.json, or a sdkconfig, which is text
 * @error: return location for an error
 *
 * Looks through the settings of a project for pins that have to do with starting and writing the
 * board.
 *
 * Returns: whether it has settings for a chip that is known; otherwise nothing needs to be cleared
 */
gboolean
firmware_esp_config_parse (FirmwareEspConfig *self, GBytes *contents, GError **error)
{
  g_auto (Reader) reader = { NULL };
  gboolean is_read = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *self = (FirmwareEspConfig){ NULL };
  reader.boot_pins = g_ptr_array_new_with_free_func (g_free);
  reader.usb_pins = g_ptr_array_new_with_free_func (g_free);
  is_read = firmware_json_is_object (contents) ? read_json (&reader, contents, error)
                                               : read_text (&reader, contents, error);
  if (!is_read)
    return FALSE;

  self->boot_pins = join (reader.boot_pins);
  self->usb_pins = join (reader.usb_pins);
  return TRUE;
}

/**
 * firmware_esp_config_clear:
 * @self: what a project's settings say
 *
 * Frees what firmware_esp_config_parse() filled in.
 */
void
firmware_esp_config_clear (FirmwareEspConfig *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->boot_pins, g_free);
  g_clear_pointer (&self->usb_pins, g_free);
}

/**
 * firmware_esp_config_report:
 * @build: a build
 * @json: its flasher_args.json
 * @cancellable: (nullable): a cancellable
 *
 * Adds what the settings of the project say to the findings of a build. Where there are none, or
 * none that can be read, nothing is said: the firmware is as good without them.
 *
 * This blocks.
 */
void
firmware_esp_config_report (FirmwareEspBuild *build, GFile *json, GCancellable *cancellable)
{
  g_auto (FirmwareEspConfig) config = { NULL };
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (build != NULL);
  g_return_if_fail (G_IS_FILE (json));

  folder = g_file_get_parent (json);
  contents = folder != NULL ? find_contents (folder, cancellable) : NULL;
  if (contents == NULL)
    return;

  if (!firmware_esp_config_parse (&config, contents, &error)) {
    g_debug ("No settings of the project: %s", error->message);
    return;
  }

  if (config.usb_pins != NULL)
    firmware_esp_build_add_finding (build, FIRMWARE_FINDING_USB_PINS, NULL, config.usb_pins, NULL);
  if (config.boot_pins != NULL)
    firmware_esp_build_add_finding (build, FIRMWARE_FINDING_BOOT_PINS, NULL, config.boot_pins,
                                    NULL);
}
