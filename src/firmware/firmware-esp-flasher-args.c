/* firmware-esp-flasher-args.c: flasher_args.json, in which ESP-IDF tells what it has built
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-flasher-args.h"

#include "firmware-error.h"
#include "firmware-esp-parameters.h"
#include "firmware-esp-table.h"
#include "firmware-json.h"
#include "firmware-text.h"

/* Of the records of an archive, flash_params.dat takes one. */
#define FILES_MAX (FIRMWARE_ESP_RECORDS_MAX - 1)

#define FLASH_SIZE "flash_size"
#define FLASH_ARGUMENTS "write_flash_args"

/* As esptool spells it, first as long as it had underscores. */
static const char *const flash_size_options[] = { "--flash_size", "--flash-size", "-fs", NULL };

/* A builder without a fixed size: then Espressif's tools ask the chip, or keep what is in it. */
static const char *const no_flash_sizes[] = { "detect", "keep", NULL };

/* Members, and the text that they stand in. */
typedef struct {
  GBytes *contents;
  JsonObject *root;
} Source;

static void
clear_file (gpointer data)
{
  FirmwareEspFlasherFile *file = data;

  g_clear_pointer (&file->path, g_free);
}

static gboolean
parse_file (FirmwareEspFlasherFile *self, const char *address, JsonNode *path, GError **error)
{
  g_autofree char *quoted = firmware_text_dup_quoted (address);

  if (!firmware_text_parse_literal (address, &self->address)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "\"flash_files\" lists %s, which is no flash address such as \"0x1000\"", quoted);
    return FALSE;
  }

  if (!firmware_json_is_string (path) || *json_node_get_string (path) == '\0' ||
      !firmware_text_is_printable (json_node_get_string (path))) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "\"flash_files\" names no file for address %s", quoted);
    return FALSE;
  }

  self->path = json_node_dup_string (path);
  return TRUE;
}

static gboolean
get_object (const Source *source, const char *name, JsonObject **value, GError **error)
{
  if (firmware_json_get_object (source->root, name, value, error))
    return TRUE;

  firmware_json_locate (error, source->contents, name);
  return FALSE;
}

static gboolean
get_string (const Source *source,
            JsonObject *object,
            const char *name,
            const char **value,
            GError **error)
{
  if (firmware_json_get_string (object, name, value, error))
    return TRUE;

  firmware_json_locate (error, source->contents, name);
  return FALSE;
}

static gboolean
read_files (FirmwareEspFlasherArgs *self, const Source *source, GError **error)
{
  JsonObject *files = NULL;
  JsonObjectIter iter;
  const char *address = NULL;
  JsonNode *path = NULL;

  if (!get_object (source, "flash_files", &files, error))
    return FALSE;

  if (files == NULL) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OTHER_JSON,
                         "The file is JSON but has no \"flash_files\", which ESP-IDF writes into "
                         "the " FIRMWARE_ESP_FLASHER_ARGS_NAME " of a build");
    return FALSE;
  }

  if (json_object_get_size (files) == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "\"flash_files\" lists no file");
    firmware_json_locate (error, source->contents, "flash_files");
    return FALSE;
  }

  if (json_object_get_size (files) > FILES_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_MANY_PARTS,
                 "\"flash_files\" lists %u files; the chip's ROM takes at most %d",
                 json_object_get_size (files), FILES_MAX);
    firmware_json_locate (error, source->contents, "flash_files");
    return FALSE;
  }

  json_object_iter_init_ordered (&iter, files);
  while (json_object_iter_next_ordered (&iter, &address, &path)) {
    FirmwareEspFlasherFile file = { 0 };

    if (!parse_file (&file, address, path, error)) {
      firmware_json_locate (error, source->contents, address);
      return FALSE;
    }

    g_array_append_val (self->files, file);
  }

  return TRUE;
}

static gboolean
parse_flash_size (FirmwareEspFlasherArgs *self, const char *text, GError **error)
{
  g_autofree char *quoted = NULL;

  if (g_strv_contains (no_flash_sizes, text))
    return TRUE;

  self->flash_size = firmware_esp_parameters_size_from_text (text);
  if (self->flash_size != 0)
    return TRUE;

  quoted = firmware_text_dup_quoted (text);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "The flash size is given as %s instead of 1MB, 2MB, 4MB and so on up to 128MB",
               quoted);
  return FALSE;
}

/* Before there were "flash_settings", the size stood only among the arguments for esptool. */
static gboolean
read_flash_size_argument (FirmwareEspFlasherArgs *self, JsonObject *root, GError **error)
{
  g_auto (GStrv) arguments = NULL;

  if (!firmware_json_dup_strings (root, FLASH_ARGUMENTS, &arguments, error))
    return FALSE;

  for (char **at = arguments; at != NULL && *at != NULL; at++) {
    if (g_strv_contains (flash_size_options, *at) && at[1] != NULL)
      return parse_flash_size (self, at[1], error);
  }

  return TRUE;
}

static gboolean
read_flash_size (FirmwareEspFlasherArgs *self, const Source *source, GError **error)
{
  JsonObject *settings = NULL;
  const char *text = NULL;

  if (!get_object (source, "flash_settings", &settings, error) ||
      !get_string (source, settings, FLASH_SIZE, &text, error))
    return FALSE;

  if (text != NULL ? parse_flash_size (self, text, error)
                   : read_flash_size_argument (self, source->root, error))
    return TRUE;

  firmware_json_locate (error, source->contents, text != NULL ? FLASH_SIZE : FLASH_ARGUMENTS);
  return FALSE;
}

static gboolean
read_chip (FirmwareEspFlasherArgs *self, const Source *source, GError **error)
{
  JsonObject *arguments = NULL;
  const char *name = NULL;
  g_autofree char *quoted = NULL;

  if (!get_object (source, "extra_esptool_args", &arguments, error) ||
      !get_string (source, arguments, "chip", &name, error))
    return FALSE;

  if (name == NULL || g_str_equal (name, "auto"))
    return TRUE;

  self->chip = firmware_esp_chip_find_by_name (name);
  if (self->chip != NULL)
    return TRUE;

  quoted = firmware_text_dup_quoted (name);
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
               "The build is for the chip %s, which is not known to have a DFU loader in its ROM",
               quoted);
  return FALSE;
}

/* ESP-IDF writes "true" or "false". Whoever changed that by hand meant something by it, and a
 * warning too many does less harm than none. */
static gboolean
is_true (JsonNode *node)
{
  static const char *const negatives[] = { "false", "no", "off", "0", "", NULL };
  g_autofree char *word = NULL;

  if (firmware_json_is_string (node)) {
    word = g_ascii_strdown (json_node_get_string (node), -1);
    return !g_strv_contains (negatives, word);
  }

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node)
                                                           : json_node_get_double (node) != 0;
}

/* Absolute or relative, what is written the same way is the same file. */
static gboolean
mark_file (FirmwareEspFlasherArgs *self, const char *path)
{
  gboolean is_marked = FALSE;

  for (guint i = 0; path != NULL && i < self->files->len; i++) {
    FirmwareEspFlasherFile *file = &g_array_index (self->files, FirmwareEspFlasherFile, i);

    if (!g_str_equal (file->path, path))
      continue;

    file->is_encrypted = TRUE;
    is_marked = TRUE;
  }

  return is_marked;
}

/* Beside the files in a row, each has a member of its own: "bootloader", "app", "storage" … */
static gboolean
read_encryption (FirmwareEspFlasherArgs *self, const Source *source, GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, source->root);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    JsonObject *member = NULL;
    const char *path = NULL;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;

    member = json_node_get_object (node);
    if (!is_true (json_object_get_member (member, "encrypted")))
      continue;

    if (!firmware_json_get_string (member, "file", &path, error)) {
      firmware_json_locate (error, source->contents, name);
      return FALSE;
    }

    if (!mark_file (self, path))
      self->is_encrypted = TRUE;
  }

  return TRUE;
}

/**
 * firmware_esp_flasher_args_is_present:
 * @contents: a whole file
 *
 * Tells whether a file begins as a JSON object does, which no other format of ours does. Whether
 * it is one about a build, firmware_esp_flasher_args_parse() finds out.
 *
 * Returns: whether it does
 */
gboolean
firmware_esp_flasher_args_is_present (GBytes *contents)
{
  g_return_val_if_fail (contents != NULL, FALSE);

  return firmware_json_is_object (contents);
}

/**
 * firmware_esp_flasher_args_parse:
 * @self: (out caller-allocates): what the file says
 * @contents: a flasher_args.json
 * @error: return location for an error
 *
 * Reads a flasher_args.json of any age, also one that was changed by hand: only "flash_files" must
 * be there. A build for an unknown chip is refused.
 *
 * Returns: whether it makes sense; on failure nothing needs to be cleared
 */
gboolean
firmware_esp_flasher_args_parse (FirmwareEspFlasherArgs *self, GBytes *contents, GError **error)
{
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (JsonObject) root = NULL;
  Source source = { NULL };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *self = args;
  root = firmware_json_parse (contents, error);
  if (root == NULL)
    return FALSE;

  args.files = g_array_new (FALSE, FALSE, sizeof (FirmwareEspFlasherFile));
  g_array_set_clear_func (args.files, clear_file);

  source.contents = contents;
  source.root = root;
  if (!read_files (&args, &source, error) || !read_encryption (&args, &source, error) ||
      !read_chip (&args, &source, error) || !read_flash_size (&args, &source, error))
    return FALSE;

  *self = args;
  args = (FirmwareEspFlasherArgs){ 0 };

  return TRUE;
}

/**
 * firmware_esp_flasher_args_clear:
 * @self: what a file says
 *
 * Frees what @self holds.
 */
void
firmware_esp_flasher_args_clear (FirmwareEspFlasherArgs *self)
{
  g_clear_pointer (&self->files, g_array_unref);
}
