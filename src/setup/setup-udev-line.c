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

/* What is in braces may look like an operator. */
static const char *
find_operator (const char *key)
{
  const char *end = key + strcspn (key, "{=!+-:");

  if (*end == '{')
    end += strcspn (end, "}");

  return end + strcspn (end, "=!+-:");
}

/* Returns the quote that ends a value, or NULL; a backslash before a quote takes it as it is. */
static const char *
find_quote (const char *text)
{
  const char *end = strchr (text, '"');

  while (end != NULL && end > text && end[-1] == '\\')
    end = strchr (end + 1, '"');

  return end;
}

/* Reads KEY{attribute}OPERATOR"value" and moves on. Returns FALSE when there is no more. Letters
 * before the value say how it is to be compared or escaped. */
static gboolean
read_token (const char **cursor, Token *token)
{
  const char *key = *cursor + strspn (*cursor, " \t,");
  const char *operator= find_operator (key);
  const char *value = operator+ strspn (operator, "=!+-:");
  const char *text = value + strspn (value, " \tei");
  const char *end = *text == '"' ? find_quote (text + 1) : NULL;

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
ask_for_vendor (SetupUdevLine *self, const Token *token, guint16 vendor)
{
  const gboolean applied = self->applies;

  self->names_vendor |= g_str_equal (token->operator, "==");
  ask_for_id (self, token, vendor);
  self->spares_vendor |= applied && !self->applies && g_str_equal (token->operator, "!=");
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

/* What is run or imported is a condition however it is written: the line goes on if that works. */
static gboolean
is_condition (const Token *token)
{
  return g_str_equal (token->operator, "==") || g_str_equal (token->operator, "!=") ||
         g_str_equal (token->key, "PROGRAM") || g_str_has_prefix (token->key, "IMPORT{");
}

/* What is the same for all devices with a node. The event is the one when it is plugged in. The
 * kernel calls them by their ports, as in "1-10.2", so a pattern with letters is of something else:
 * a serial port, mostly. */
static void
take_other_condition (SetupUdevLine *self, const Token *token)
{
  if (g_str_equal (token->key, "ACTION"))
    ask_for (self, token, "add");
  else if (g_str_equal (token->key, "ENV{DEVTYPE}"))
    ask_for (self, token, "usb_device");
  else if (g_str_equal (token->key, "KERNEL") && g_ascii_isalpha (*token->value))
    ask_for (self, token, "1-1");
  else
    self->uncertain = TRUE;
}

static void
take_condition (SetupUdevLine *self, const Token *token, guint16 vendor, guint16 product)
{
  static const char *const vendors[] = { "ATTR{idVendor}", "ATTRS{idVendor}", "ENV{ID_VENDOR_ID}",
                                         NULL };
  static const char *const products[] = { "ATTR{idProduct}", "ATTRS{idProduct}", "ENV{ID_MODEL_ID}",
                                          NULL };

  if (g_strv_contains (vendors, token->key))
    ask_for_vendor (self, token, vendor);
  else if (g_strv_contains (products, token->key))
    ask_for_id (self, token, product);
  else if (g_str_equal (token->key, "SUBSYSTEM") || g_str_equal (token->key, "SUBSYSTEMS")) {
    self->names_usb = TRUE;
    ask_for (self, token, "usb");
  } else
    take_other_condition (self, token);
}

static void
set_word (char **word, const Token *token)
{
  g_free (*word);
  *word = g_strdup (token->value);
}

static void
take_assignment (SetupUdevLine *self, const Token *token)
{
  if (g_str_equal (token->key, "TAG"))
    set_tag (self, token);
  else if (g_str_equal (token->key, "MODE"))
    self->mode = (guint) g_ascii_strtoull (token->value, NULL, 8);
  else if (g_str_equal (token->key, "GROUP"))
    set_word (&self->group, token);
  else if (g_str_equal (token->key, "LABEL"))
    set_word (&self->label, token);
  else if (g_str_equal (token->key, "GOTO"))
    set_word (&self->jump, token);
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
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->jump, g_free);
}

/**
 * setup_udev_line_read:
 * @self: (out caller-allocates): what it does
 * @line: a line without the backslashes that continue it
 * @vendor: idVendor of the device
 * @product: idProduct of the device
 *
 * Reads a line. Of what is no rule, such as a comment, nothing applies. What it does is read
 * whether it applies or not; a label counts in any case.
 */
void
setup_udev_line_read (SetupUdevLine *self, const char *line, guint16 vendor, guint16 product)
{
  const char *cursor = line + strspn (line, " \t");

  *self = (SetupUdevLine){ .applies = *cursor != '#' && *cursor != '\0' };
  if (!self->applies)
    return;

  while (TRUE) {
    g_auto (Token) token = { 0 };

    if (!read_token (&cursor, &token))
      return;

    if (is_condition (&token))
      take_condition (self, &token, vendor, product);
    else
      take_assignment (self, &token);
  }
}
