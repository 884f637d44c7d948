/* bootlace-refusal.c: what is told of a file that was refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-refusal.h"

#include <glib/gi18n.h>

#include "firmware-error.h"

static void
replace (char **text, const char *other)
{
  g_free (*text);
  *text = g_strdup (other);
}

static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_FORMAT);
}

/* Here is a button where there is a command in a terminal. */
static const char *
describe_choice (const BootlaceRawOffer *offer)
{
  if (offer->size > 0 && offer->stranger == FIRMWARE_STRANGER_ESP)
    return _ ("It looks like a piece of firmware for an ESP chip: choose the project’s build "
              "folder, or the dfu.bin in it.");

  return _ ("Choose the project’s build folder, or a DFU, UF2, Intel HEX or ELF file.");
}

/**
 * bootlace_refusal_is_question:
 * @error: why a file was refused
 * @offer: whether a person may take it for raw bytes
 *
 * Most programs for microcontrollers are such files, and nothing is wrong with them.
 *
 * Returns: whether the file only does not say what it is, so that somebody else has to
 */
gboolean
bootlace_refusal_is_question (const GError *error, const BootlaceRawOffer *offer)
{
  g_return_val_if_fail (offer != NULL, FALSE);

  return is_unknown (error) && offer->size > 0 && offer->stranger == FIRMWARE_STRANGER_NOTHING;
}

/**
 * bootlace_refusal_new:
 * @error: why a file was refused
 * @offer: whether a person may take it for raw bytes
 *
 * Returns: (transfer full): what to tell in a window
 */
WordingMessage *
bootlace_refusal_new (const GError *error, const BootlaceRawOffer *offer)
{
  WordingMessage *self;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (offer != NULL, NULL);

  self = wording_message_new (error);
  if (bootlace_refusal_is_question (error, offer)) {
    replace (&self->summary, _ ("This file does not say what it is: if it was made for your board, "
                                "use it as raw bytes."));
    replace (&self->advice, "");
    replace (&self->details, "");
  } else if (is_unknown (error)) {
    replace (&self->advice, describe_choice (offer));
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    /* Nobody has seen that it was ever there. */
    replace (&self->summary, _ ("There is no such file."));
    replace (&self->advice, _ ("Correct its name, or choose another file."));
  } else if (g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY)) {
    /* There is no more to say. */
    replace (&self->details, "");
  }

  return self;
}
