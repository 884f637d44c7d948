/* bootlace-refusal.c: a file that was refused, and what is told of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-refusal.h"

#include <glib/gi18n.h>

#include "bootlace-source-name.h"
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

/* Most programs for microcontrollers are such files, and nothing is wrong with them. */
static gboolean
is_question (const GError *error, const BootlaceRawOffer *offer)
{
  return is_unknown (error) && offer->size > 0 && offer->stranger == FIRMWARE_STRANGER_NOTHING;
}

static WordingMessage *
make_message (const GError *error, const BootlaceRawOffer *offer)
{
  WordingMessage *message = wording_message_new (error);

  if (is_question (error, offer)) {
    replace (&message->summary,
             _ ("This file does not say what it is: if it was made for your board, "
                "use it as raw bytes."));
    replace (&message->advice, "");
    replace (&message->details, "");
  } else if (is_unknown (error)) {
    replace (&message->advice, describe_choice (offer));
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    /* Nobody has seen that it was ever there. */
    replace (&message->summary, _ ("There is no such file."));
    replace (&message->advice, _ ("Correct its name, or choose another file."));
  } else if (g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY)) {
    /* There is no more to say. */
    replace (&message->details, "");
  }

  return message;
}

/**
 * bootlace_refusal_new:
 * @source: what was refused
 * @error: why
 * @offer: whether a person may take it for raw bytes
 *
 * Returns: (transfer full): the refusal
 */
BootlaceRefusal *
bootlace_refusal_new (BootlaceSource *source, const GError *error, const BootlaceRawOffer *offer)
{
  BootlaceRefusal *self;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (offer != NULL, NULL);

  self = g_new0 (BootlaceRefusal, 1);
  self->message = make_message (error, offer);
  self->is_question = is_question (error, offer);
  self->source = bootlace_source_ref (source);
  self->name = bootlace_source_dup_name (source);
  self->raw_offer = *offer;

  return self;
}

/**
 * bootlace_refusal_free:
 * @self: a refusal
 */
void
bootlace_refusal_free (BootlaceRefusal *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->message, wording_message_free);
  g_clear_pointer (&self->source, bootlace_source_unref);
  g_free (self->name);
  g_free (self);
}
