/* setup-udev-line.c: what one line of udev's rules does to a USB device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The language is that of udev(7).
 */

#include "setup-udev-line.h"

#include <fnmatch.h>
#include <string.h>

typedef struct {
  char *key; /* with its attribute: "ATTR{idVendor}" */
  char *operator;
  char *value;
} Token;

static void
clear_token (Token *token)
{
  g_clear_pointer (&token->key, g_free);
  g_clear_pointer (&token->operator, g_free);
  g_clear_pointer (&token->value, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Token, clear_token)

/* Reads KEY{attribute}OPERATOR"value" and moves on. Returns FALSE when there is no more. */
static gboolean
read_token (const char **cursor, Token *token)
{
  const char *key = *cursor + strspn (*cursor, " \t,");
  const char *operator= key + strcspn (key, "=!+-:");
  const char *value = operator+ strspn (operator, "=!+-:");
  const char *text = NULL;
  const char *end = NULL;

  text = value + strspn (value, " \te");
  end = *text == '"' ? strchr (text + 1, '"') : NULL;
  if (operator== key || value == operator|| end == NULL)
    return FALSE;

  token->key = g_strchomp (g_strndup (key, operator- key));
  token->operator= g_strndup (operator, value - operator);
  token->value = g_strndup (text + 1, end - text - 1);
  *cursor = end + 1;

  return TRUE;
}

/* Alternatives are parted by "|"; each may have "*", "?" and "[]". */
static gboolean
matches (const char *patterns, const char *text)
{
  g_auto (GStrv) alternatives = g_strsplit (patterns, "|", -1);

  for (guint i = 0; alternatives[i] != NULL; i++)
    if (fnmatch (alternatives[i], text, 0) == 0)
      return TRUE;

  return FALSE;
}

static void
ask_for (SetupUdevLine *self, const Token *token, const char *text)
{
  const gboolean wanted = g_str_equal (token->operator, "==");

  if (matches (token->value, text) != wanted)
    self->applies = FALSE;
}

static void
ask_for_id (SetupUdevLine *self, const Token *token, guint16 id)
{
  g_autofree char *text = g_strdup_printf ("%04x", id);

  ask_for (self, token, text);
}

static void
set_tag (SetupUdevLine *self, const Token *token)
{
  const gboolean is_ours = g_str_equal (token->value, "uaccess");

  if (g_str_equal (token->operator, "-="))
    self->takes_access |= is_ours;
  else if (g_str_equal (token->operator, "+="))
    self->adds_access |= is_ours;
  else if (g_str_equal (token->operator, "=") || g_str_equal (token->operator, ":=")) {
    /* All tags before it are forgotten. */
    self->adds_access = is_ours;
    self->takes_access = !is_ours;
  }
}

static gboolean
is_condition (const Token *token)
{
  return g_str_equal (token->operator, "==") || g_str_equal (token->operator, "!=");
}

static void
take_condition (SetupUdevLine *self, const Token *token, guint16 vendor, guint16 product)
{
  static const char *const vendors[] = { "ATTR{idVendor}", "ATTRS{idVendor}", "ENV{ID_VENDOR_ID}",
                                         NULL };
  static const char *const products[] = { "ATTR{idProduct}", "ATTRS{idProduct}", "ENV{ID_MODEL_ID}",
                                          NULL };

  if (g_strv_contains (vendors, token->key)) {
    self->names_vendor |= g_str_equal (token->operator, "==");
    ask_for_id (self, token, vendor);
  } else if (g_strv_contains (products, token->key))
    ask_for_id (self, token, product);
  else if (g_str_equal (token->key, "SUBSYSTEM") || g_str_equal (token->key, "SUBSYSTEMS")) {
    self->names_usb = TRUE;
    ask_for (self, token, "usb");
  }
}

static void
take_assignment (SetupUdevLine *self, const Token *token)
{
  if (g_str_equal (token->key, "TAG"))
    set_tag (self, token);
  else if (g_str_equal (token->key, "MODE"))
    self->mode = (guint) g_ascii_strtoull (token->value, NULL, 8);
  else if (g_str_equal (token->key, "GROUP")) {
    g_free (self->group);
    self->group = g_strdup (token->value);
  }
}

/**
 * setup_udev_line_clear:
 * @self: a line
 *
 * Frees what @self holds.
 */
void
setup_udev_line_clear (SetupUdevLine *self)
{
  g_clear_pointer (&self->group, g_free);
}

/**
 * setup_udev_line_read:
 * @self: (out caller-allocates): what it does
 * @line: a line without the backslashes that continue it
 * @vendor: idVendor of the device
 * @product: idProduct of the device
 *
 * Reads a line. Of what is no rule, such as a comment, nothing applies.
 */
void
setup_udev_line_read (SetupUdevLine *self, const char *line, guint16 vendor, guint16 product)
{
  const char *cursor = line + strspn (line, " \t");

  *self = (SetupUdevLine){ .applies = *cursor != '#' && *cursor != '\0' };

  while (self->applies) {
    g_auto (Token) token = { 0 };

    if (!read_token (&cursor, &token))
      return;

    if (is_condition (&token))
      take_condition (self, &token, vendor, product);
    else
      take_assignment (self, &token);
  }
}
