/* cli-json.c: output for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-json.h"

/**
 * cli_json_add_string:
 * @builder: a builder inside an object
 * @key: a documented, stable name
 * @value: (nullable): its value; %NULL becomes null
 *
 * Adds a member.
 */
void
cli_json_add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * cli_json_add_int:
 * @builder: a builder inside an object
 * @key: a documented, stable name
 * @value: its value
 *
 * Adds a member.
 */
void
cli_json_add_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

/**
 * cli_json_add_boolean:
 * @builder: a builder inside an object
 * @key: a documented, stable name
 * @value: its value
 *
 * Adds a member.
 */
void
cli_json_add_boolean (JsonBuilder *builder, const char *key, gboolean value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
}

/**
 * cli_json_add_null:
 * @builder: a builder inside an object
 * @key: a documented, stable name of something that is not known
 *
 * Adds a member.
 */
void
cli_json_add_null (JsonBuilder *builder, const char *key)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_null_value (builder);
}

/**
 * cli_json_print:
 * @builder: a builder that holds a whole document
 *
 * Prints the document to standard output.
 */
void
cli_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  g_print ("%s\n", text);
}
