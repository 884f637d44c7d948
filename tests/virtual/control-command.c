/* control-command.c: one line on its way to the virtual bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-command.h"

gboolean
control_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, message);

  return FALSE;
}

gboolean
control_parse_number (const char *text, guint64 max, guint64 *number, GError **error)
{
  const char *digits = text;
  guint base = 10;

  if (text != NULL && g_str_has_prefix (text, "0x")) {
    digits += 2;
    base = 16;
  }

  if (text != NULL && g_ascii_string_to_unsigned (digits, base, 0, max, number, NULL))
    return TRUE;

  return control_fail (error, "“%s” is not a number that fits", text != NULL ? text : "");
}
