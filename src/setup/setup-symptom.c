/* setup-symptom.c: for every error and every sign what happened, why, and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-symptom.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* A program is a window or a command line all its life. */
static gboolean speaks_to_terminal;

static gboolean
fits (const SetupSymptom *row, GQuark domain, int code, SetupMoment moment)
{
  return (row->get_domain == NULL || row->get_domain () == domain) &&
         (row->code == SETUP_SYMPTOM_ANY_CODE || row->code == code) &&
         (row->moment == SETUP_MOMENT_ANY || row->moment == moment);
}

/**
 * setup_symptom_find_code: (skip)
 * @domain: a domain of errors
 * @code: one of its codes
 * @moment: when it would be
 *
 * Finds what there is to say where the cause of an error is seen, and nothing has failed yet.
 *
 * Returns: (transfer none): the first row that fits; the last one fits always
 */
const SetupSymptom *
setup_symptom_find_code (GQuark domain, int code, SetupMoment moment)
{
  const SetupSymptom *row = NULL;
  gsize i = 0;

  do
    row = setup_symptom_get (i++);
  while (!fits (row, domain, code, moment));

  return row;
}

/**
 * setup_symptom_find: (skip)
 * @error: what went wrong
 * @moment: when it did
 *
 * Returns: (transfer none): the first row that fits; the last one fits always
 */
const SetupSymptom *
setup_symptom_find (const GError *error, SetupMoment moment)
{
  return setup_symptom_find_code (error->domain, error->code, moment);
}

/**
 * setup_symptom_speak_to_terminal:
 * @is_terminal: whether people have a command line before them, and no window
 *
 * Decides whose ways all advice names from now on; a window's, unless told otherwise. Before any
 * other thread.
 */
void
setup_symptom_speak_to_terminal (gboolean is_terminal)
{
  speaks_to_terminal = is_terminal;
}

/**
 * setup_symptom_get_advice:
 * @self: a row
 *
 * Returns: what to do, with what people have before them; not translated yet
 */
const char *
setup_symptom_get_advice (const SetupSymptom *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return speaks_to_terminal && self->terminal_advice != NULL ? self->terminal_advice : self->advice;
}

/**
 * setup_symptom_dup_hint:
 * @self: a row
 *
 * Returns: (transfer full): why it happened and what to do, translated
 */
char *
setup_symptom_dup_hint (const SetupSymptom *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s %s", _ (self->cause), _ (setup_symptom_get_advice (self)));
}

/* Returns how long the name is that @text begins with, and what it stands for; 0 if there is none.
 */
static gsize
match_name (const char *text, va_list names, const char **value)
{
  const char *name = NULL;

  while ((name = va_arg (names, const char *)) != NULL) {
    *value = va_arg (names, const char *);
    if (g_str_has_prefix (text, name))
      return strlen (name);
  }

  return 0;
}

/**
 * setup_symptom_fill_in_valist: (skip)
 * @text: a text
 * @names: names in braces, such as "{part}", and what they stand for, then %NULL
 *
 * Goes through the text once, so that braces in what is filled in mean nothing.
 *
 * Returns: (transfer full): the text with what the names stand for
 */
char *
setup_symptom_fill_in_valist (const char *text, va_list names)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0') {
    const char *value = NULL;
    va_list copy;
    gsize length = 0;

    va_copy (copy, names);
    if (*text == '{')
      length = match_name (text, copy, &value);
    va_end (copy);

    if (length > 0)
      g_string_append (filled, value != NULL ? value : "?");
    else
      g_string_append_c (filled, *text);
    text += MAX (length, 1);
  }

  return g_string_free (filled, FALSE);
}

/**
 * setup_symptom_fill_in: (skip)
 * @text: a text
 * @...: names and values as for setup_symptom_fill_in_valist()
 *
 * Returns: (transfer full): the text with what the names stand for
 */
char *
setup_symptom_fill_in (const char *text, ...)
{
  char *filled = NULL;
  va_list names;

  va_start (names, text);
  filled = setup_symptom_fill_in_valist (text, names);
  va_end (names);

  return filled;
}

/**
 * setup_moment_from_phase:
 * @phase: of an operation
 *
 * Returns: when that is
 */
SetupMoment
setup_moment_from_phase (DfuPhase phase)
{
  switch (phase) {
  case DFU_PHASE_DETACHING:
  case DFU_PHASE_RETURNING:
    return SETUP_MOMENT_SWITCHING;
  case DFU_PHASE_READING:
    return SETUP_MOMENT_READING;
  case DFU_PHASE_ERASING:
    return SETUP_MOMENT_ERASING;
  case DFU_PHASE_WRITING:
    return SETUP_MOMENT_WRITING;
  case DFU_PHASE_MANIFESTING:
  case DFU_PHASE_VERIFYING:
    return SETUP_MOMENT_CHECKING;
  case DFU_PHASE_RESTARTING:
    return SETUP_MOMENT_RESTARTING;
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DONE:
    break;
  }

  return SETUP_MOMENT_ANY;
}

/**
 * setup_moment_find:
 * @error: what ended an operation
 * @phase: how far that had come
 *
 * The only file of an operation on a board is the one that it writes.
 *
 * Returns: when it went wrong
 */
SetupMoment
setup_moment_find (const GError *error, DfuPhase phase)
{
  g_return_val_if_fail (error != NULL, SETUP_MOMENT_ANY);

  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    return SETUP_MOMENT_SAVING;

  return setup_moment_from_phase (phase);
}
