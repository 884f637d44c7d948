/* firmware-json.c: JSON that may be anything, for the formats only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-json.h"

#include "firmware-error.h"
#include "firmware-json-place.h"
#include "firmware-text.h"

#include <string.h>

/* Far more than any build needs. */
#define SIZE_MAX_BYTES (1024 * 1024)

/* The parser calls itself for every bracket that opens inside another one, without a limit. */
#define BRACKETS_MAX 1024

/* Some editors put it in front of what is UTF-8 anyway. */
static const char byte_order_mark[] = "\xef\xbb\xbf";

/* What only the parser's signals tell. */
typedef struct {
  guint depth;   /* of objects and arrays, where the parser is */
  guint n_roots; /* how many of them were the outermost so far */
  guint line;
  guint column;
  guint rest_line;     /* of a second outermost one */
  GHashTable *members; /* every address that was seen, with the object that it is in */
  char *duplicate;
  guint duplicate_line;
} Watch;

static void
watch_clear (Watch *self)
{
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->duplicate, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

static void
open_cb (JsonParser *parser, gpointer user_data)
{
  Watch *watch = user_data;

  if (watch->depth == 0 && watch->n_roots++ == 1)
    watch->rest_line = json_parser_get_current_line (parser);
  watch->depth++;
}

static void
close_cb (Watch *watch)
{
  watch->depth--;
}

static void
error_cb (JsonParser *parser, gpointer error, gpointer user_data)
{
  Watch *watch = user_data;

  watch->line = json_parser_get_current_line (parser);
  watch->column = json_parser_get_current_pos (parser);
}

static gboolean
begins_number (const char *text)
{
  while (g_ascii_isspace (*text) || *text == '+' || *text == '-')
    text++;

  return g_ascii_isdigit (*text);
}

/* The parser keeps the last of several members with one name and says nothing. For the number of an
 * address that would be one file in the place of another. */
static void
member_cb (JsonParser *parser, JsonObject *object, const char *name, gpointer user_data)
{
  Watch *watch = user_data;

  if (!begins_number (name))
    return;

  if (!g_hash_table_add (watch->members, g_strdup_printf ("%p %s", (void *) object, name)) &&
      watch->duplicate == NULL) {
    watch->duplicate = firmware_text_dup_quoted (name);
    watch->duplicate_line = json_parser_get_current_line (parser);
  }
}

static const char *
skip_byte_order_mark (GBytes *contents, gsize *size)
{
  const char *data = g_bytes_get_data (contents, size);
  const gsize length = strlen (byte_order_mark);

  if (*size < length || memcmp (data, byte_order_mark, length) != 0)
    return data;

  *size -= length;
  return data + length;
}

static void
set_no_object (GError **error)
{
  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED, "The JSON is no object");
  firmware_error_set_line (error, 1, 0);
}

static gboolean
check_bounds (const char *data, gsize size, GError **error)
{
  gsize n_brackets = 0;
  guint line = 1;

  if (size > SIZE_MAX_BYTES) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_LARGE,
                 "The JSON has %" G_GSIZE_FORMAT " bytes; at most %d are read", size,
                 SIZE_MAX_BYTES);
    return FALSE;
  }

  if (size == 0) {
    set_no_object (error);
    return FALSE;
  }

  for (gsize i = 0; i < size && n_brackets <= BRACKETS_MAX; i++) {
    n_brackets += data[i] == '{' || data[i] == '[';
    line += data[i] == '\n';
  }

  if (n_brackets > BRACKETS_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The JSON opens more than %d brackets", BRACKETS_MAX);
    firmware_error_set_line (error, line, 0);
    return FALSE;
  }

  return TRUE;
}

static gboolean
load (JsonParser *parser, Watch *watch, const char *data, gsize size, GError **error)
{
  g_autoptr (GError) json_error = NULL;

  g_signal_connect (parser, "object-start", G_CALLBACK (open_cb), watch);
  g_signal_connect (parser, "array-start", G_CALLBACK (open_cb), watch);
  g_signal_connect_swapped (parser, "object-end", G_CALLBACK (close_cb), watch);
  g_signal_connect_swapped (parser, "array-end", G_CALLBACK (close_cb), watch);
  g_signal_connect (parser, "error", G_CALLBACK (error_cb), watch);
  g_signal_connect (parser, "object-member", G_CALLBACK (member_cb), watch);

  if (!json_parser_load_from_data (parser, data, (gssize) size, &json_error)) {
    g_debug ("%s", json_error->message);
    firmware_json_place_move_on (data, size, &watch->line, &watch->column);
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The JSON makes no sense at line %u, column %u", watch->line, watch->column);
    firmware_error_set_line (error, watch->line, watch->column);
    return FALSE;
  }

  if (watch->n_roots > 1) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The JSON goes on behind its end");
    firmware_error_set_line (error, watch->rest_line, 0);
    return FALSE;
  }

  if (watch->duplicate != NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP, "The JSON has %s twice",
                 watch->duplicate);
    firmware_error_set_line (error, watch->duplicate_line, 0);
    return FALSE;
  }

  return TRUE;
}

static gboolean
set_wrong_type (const char *name, const char *expected, GError **error)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED, "\"%s\" is no %s", name, expected);

  return FALSE;
}

/* A list of strings, as arguments are written. */
static gboolean
copy_strings (JsonArray *array, GStrvBuilder *builder)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (!firmware_json_is_string (node))
      return FALSE;

    g_strv_builder_add (builder, json_node_get_string (node));
  }

  return TRUE;
}

/**
 * firmware_json_is_object:
 * @contents: a whole file
 *
 * Tells whether a file begins as a JSON object does. Reads few bytes.
 *
 * Returns: whether it does
 */
gboolean
firmware_json_is_object (GBytes *contents)
{
  const gsize few = 256;
  const char *data = NULL;
  gsize size = 0;
  gsize i = 0;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = skip_byte_order_mark (contents, &size);
  size = MIN (size, few);

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  if (i == size || data[i] != '{')
    return FALSE;

  i++;
  while (i < size && g_ascii_isspace (data[i]))
    i++;

  /* The parser takes comments for blanks. */
  return i == size || data[i] == '"' || data[i] == '}' || data[i] == '/';
}

/**
 * firmware_json_parse:
 * @contents: a whole file
 * @error: return location for an error
 *
 * Reads JSON whose outermost value is an object. An object in which a number is the name of two
 * members is refused.
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
firmware_json_parse (GBytes *contents, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_auto (Watch) watch = { 0 };
  const char *data = NULL;
  JsonNode *root = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, NULL);

  data = skip_byte_order_mark (contents, &size);
  if (!check_bounds (data, size, error))
    return NULL;

  parser = json_parser_new_immutable ();
  watch.members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!load (parser, &watch, data, size, error))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    set_no_object (error);
    return NULL;
  }

  return json_object_ref (json_node_get_object (root));
}

/**
 * firmware_json_is_string:
 * @node: (nullable): a value
 *
 * Returns: whether it is there and a string
 */
gboolean
firmware_json_is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING;
}

/**
 * firmware_json_get_object:
 * @object: (nullable): an object; %NULL has no members
 * @name: a member's name
 * @value: (out) (nullable) (transfer none): its value; %NULL when there is none, or null
 * @error: return location for %FIRMWARE_ERROR_MALFORMED
 *
 * Gets a member that should be an object.
 *
 * Returns: whether it is one or is missing
 */
gboolean
firmware_json_get_object (JsonObject *object, const char *name, JsonObject **value, GError **error)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_wrong_type (name, "object", error);

  *value = json_node_get_object (node);
  return TRUE;
}

/**
 * firmware_json_get_string:
 * @object: (nullable): an object; %NULL has no members
 * @name: a member's name
 * @value: (out) (nullable) (transfer none): its value; %NULL when there is none, or null
 * @error: return location for %FIRMWARE_ERROR_MALFORMED
 *
 * Gets a member that should be a string.
 *
 * Returns: whether it is one or is missing
 */
gboolean
firmware_json_get_string (JsonObject *object, const char *name, const char **value, GError **error)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (!firmware_json_is_string (node))
    return set_wrong_type (name, "string", error);

  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * firmware_json_dup_strings:
 * @object: an object
 * @name: a member's name
 * @value: (out) (nullable) (transfer full): its value; %NULL when there is none, or null
 * @error: return location for %FIRMWARE_ERROR_MALFORMED
 *
 * Gets a member that should be a list of words, or all of them in one string.
 *
 * Returns: whether it is one of these or is missing
 */
gboolean
firmware_json_dup_strings (JsonObject *object, const char *name, char ***value, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonNode *node = json_object_get_member (object, name);

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (firmware_json_is_string (node)) {
    *value = g_strsplit_set (json_node_get_string (node), " \t", 0);
    return TRUE;
  }

  builder = g_strv_builder_new ();
  if (!JSON_NODE_HOLDS_ARRAY (node) || !copy_strings (json_node_get_array (node), builder))
    return set_wrong_type (name, "list of strings", error);

  *value = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * firmware_json_locate:
 * @error: (inout) (nullable): an error about a member of an object
 * @contents: the whole file
 * @name: the member's name
 *
 * Lets @error remember in which line the file has the first member of this name. The parser keeps
 * no lines, so this looks for the name as it is mostly written; where it is written otherwise,
 * nothing is remembered.
 */
void
firmware_json_locate (GError **error, GBytes *contents, const char *name)
{
  const char *data = NULL;
  gsize size = 0;
  guint line = 0;

  g_return_if_fail (contents != NULL);
  g_return_if_fail (name != NULL);

  data = g_bytes_get_data (contents, &size);
  line = firmware_json_place_find_member (data, size, name);
  if (line > 0)
    firmware_error_set_line (error, line, 0);
}
