/* wording-message.c: a failure as a sentence for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-message.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "dfu-error.h"
#include "firmware-error.h"
#include "setup-holder.h"
#include "setup-program.h"
#include "setup-sign.h"
#include "usb-error.h"
#include "usb-holder.h"

G_DEFINE_BOXED_TYPE (WordingMessage, wording_message, wording_message_copy, wording_message_free)

static void
replace (char **text, char *other)
{
  g_free (*text);
  *text = other;
}

/* The table knows no names. */
static void
name_holder (WordingMessage *self, const UsbHolder *holder)
{
  replace (&self->summary, setup_holder_dup_summary (holder));
  if (usb_holder_is_kernel (holder)) {
    replace (&self->cause, g_strdup (_ (setup_sign_get_symptom (SETUP_SIGN_KERNEL_STAYS)->cause)));
    replace (&self->advice, g_strdup (_ ("Unplug the board, plug it in again and try once more.")));
    return;
  }

  replace (&self->advice, g_strdup (setup_program_get_advice (holder->program)));
}

static gboolean
is_one_of (const GError *error, const FirmwareError *codes, gsize n_codes)
{
  for (gsize i = 0; i < n_codes; i++)
    if (g_error_matches (error, FIRMWARE_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/* What is missing, or is none of ours, is wrong in no place of its own, but in a file it may be. */
static gboolean
has_place (const GError *error)
{
  static const FirmwareError somewhere[] = {
    FIRMWARE_ERROR_MALFORMED,    FIRMWARE_ERROR_CHECKSUM,    FIRMWARE_ERROR_DIGEST,
    FIRMWARE_ERROR_BEYOND_FLASH, FIRMWARE_ERROR_BAD_ADDRESS, FIRMWARE_ERROR_OVERLAP
  };
  static const FirmwareError everywhere[] = {
    FIRMWARE_ERROR_EMPTY,          FIRMWARE_ERROR_NOTHING_TO_WRITE, FIRMWARE_ERROR_TOO_LARGE,
    FIRMWARE_ERROR_UNKNOWN_FORMAT, FIRMWARE_ERROR_FOR_COMPUTER,     FIRMWARE_ERROR_FOR_DRIVE,
    FIRMWARE_ERROR_OTHER_JSON,     FIRMWARE_ERROR_TRUNCATED
  };
  const FirmwarePlace *place = firmware_error_get_place (error);

  if (place == NULL)
    return FALSE;

  return is_one_of (error, somewhere, G_N_ELEMENTS (somewhere)) ||
         (place->file != NULL && is_one_of (error, everywhere, G_N_ELEMENTS (everywhere)));
}

/* Nothing is wrong in the file, but with its being there or not, or with its name. */
static gboolean
names_file (const GError *error)
{
  static const FirmwareError codes[] = { FIRMWARE_ERROR_MISSING_PART, FIRMWARE_ERROR_SAME_ROLE,
                                         FIRMWARE_ERROR_NO_PLACE, FIRMWARE_ERROR_WHOLE,
                                         FIRMWARE_ERROR_BAD_NAME };
  const FirmwarePlace *place = firmware_error_get_place (error);

  return place != NULL && place->file != NULL && is_one_of (error, codes, G_N_ELEMENTS (codes));
}

/* Translators, for all of these phrases: a place in a file, within a sentence */
static char *
describe_position (const FirmwarePlace *place)
{
  if (place->kind == FIRMWARE_PLACE_OFFSET)
    return g_strdup_printf (_ ("byte 0x%x"), (guint) place->number);

  if (place->column == 0)
    return g_strdup_printf (_ ("line %u"), (guint) place->number);

  return g_strdup_printf (_ ("line %u, column %u"), (guint) place->number, (guint) place->column);
}

static char *
describe_place (const GError *error)
{
  const FirmwarePlace *place = firmware_error_get_place (error);
  g_autofree char *position = NULL;

  if (names_file (error))
    /* Translators: %s is the name of the file that is missing, belongs to something else, or has a
     * name that cannot be used */
    return g_strdup_printf (_ ("It is about “%s”."), place->file);

  if (!has_place (error))
    return NULL;

  if (place->kind == 0)
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("The fault is in “%s”."), place->file);

  if (place->kind == FIRMWARE_PLACE_ADDRESS)
    /* Translators: an address of a board’s flash */
    return g_strdup_printf (_ ("The fault is at address 0x%08x."), (guint) place->number);

  position = describe_position (place);
  if (place->file == NULL)
    /* Translators: %s is a place in a file, such as “line 12, column 3” */
    return g_strdup_printf (_ ("The fault is in %s."), position);

  /* Translators: the name of a file, and a place in it, such as “line 12, column 3” */
  return g_strdup_printf (_ ("The fault is in “%s”, %s."), place->file, position);
}

static WordingMessage *
create_message (const GError *error, SetupMoment moment)
{
  const SetupSymptom *symptom = setup_symptom_find (error, moment);
  WordingMessage *self = g_new0 (WordingMessage, 1);

  self->summary = g_strdup (_ (symptom->summary));
  self->place = describe_place (error);
  self->cause = g_strdup (_ (symptom->cause));
  self->advice = g_strdup (_ (setup_symptom_get_advice (symptom)));
  self->details = g_strdup (error->message);
  self->help = symptom->help;

  if (usb_error_get_holder (error) != NULL)
    name_holder (self, usb_error_get_holder (error));

  return self;
}

/**
 * wording_message_new:
 * @error: why a file could not be read or written
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (error, SETUP_MOMENT_ANY);
}

/**
 * wording_message_new_for_saving:
 * @error: why a file could not be written; %G_IO_ERROR
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_saving (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (error, SETUP_MOMENT_SAVING);
}

/**
 * wording_message_new_for_rule:
 * @error: why udev's rule could not be installed or removed
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_rule (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (error, SETUP_MOMENT_ALLOWING);
}

/**
 * wording_message_new_for_bus:
 * @error: why the USB bus could not be made
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_bus (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return create_message (error, SETUP_MOMENT_BUS);
}

/**
 * wording_message_new_for_refusal:
 * @error: why a board may not be given some firmware
 * @chip: (nullable): what the firmware is made for
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_refusal (const GError *error, const char *chip)
{
  WordingMessage *self;

  g_return_val_if_fail (error != NULL, NULL);

  self = wording_message_new (error);

  if (chip != NULL && g_error_matches (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE)) {
    g_free (self->summary);
    /* Translators: %s is the name of a chip */
    self->summary = g_strdup_printf (_ ("This firmware is made for %s."), chip);
  }

  return self;
}

/* Whether a board could not say any more how it went. */
static gboolean
is_lost (const GError *error)
{
  return usb_error_is_gone (error) || usb_error_is_timed_out (error) ||
         g_error_matches (error, USB_ERROR, USB_ERROR_IO) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_LEFT);
}

/* A protected board refuses the very first command. One that comes back protected may have begun to
 * erase. */
static gboolean
is_unchanged (const GError *error, const DfuProgress *progress)
{
  if (!progress->flash_touched)
    return TRUE;

  return g_error_matches (error, DFU_ERROR, DFU_ERROR_PROTECTED) &&
         (!progress->unprotects || progress->reached == DFU_PHASE_ERASING);
}

static const char *
describe_erasure (const DfuProgress *progress)
{
  if (progress->unprotects)
    return _ ("Some or all of the board’s flash may be erased now, and its protection gone; "
              "nothing was written.");

  return _ ("Some or all of the board’s flash may be erased now; nothing was written.");
}

static const char *
describe_consequence (const GError *error, const DfuProgress *progress)
{
  if (is_unchanged (error, progress))
    return _ ("This attempt changed nothing on the board.");

  if (progress->only_erases)
    return describe_erasure (progress);

  if (progress->program_kept)
    return _ ("The program that ran on the board is still there.");

  /* Every block was taken, and the advice is to flash again anyway. */
  if (g_error_matches (error, DFU_ERROR, DFU_ERROR_CORRUPT) ||
      g_error_matches (error, DFU_ERROR, DFU_ERROR_DIFFERS))
    return _ ("The board’s old program is gone.");

  if (progress->reached == DFU_PHASE_MANIFESTING && is_lost (error))
    return _ ("The board took all of the firmware, but did not say whether it is in order.");

  if (progress->is_compared)
    return _ ("The board took all of the firmware and found it in order, but it was not read back "
              "to the end.");

  if (progress->is_written)
    return _ ("The board took all of the firmware, but not all of it was compared.");

  return _ ("The board may hold only a part of a program now; flash it again.");
}

/* Where somebody must help who has cancelled. A board that did not answer may have been restarted
 * since. */
static const char *
describe_whereabouts (const GError *error, const DfuProgress *progress)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  if (progress->is_silent && progress->restart != DFU_RESTART_DONE)
    return _ ("It did not answer any more: press RESET on it, or plug it in again, before the next "
              "try.");
  if (!progress->is_written)
    return NULL;

  if (progress->restart == DFU_RESTART_CALLED)
    return _ ("It is on its way to its bootloader, or there already: press RESET on it.");
  if (progress->restart == DFU_RESTART_BOOTLOADER || progress->restart == DFU_RESTART_STAYED)
    return _ ("The board stays in its bootloader: press RESET on it.");

  return NULL;
}

static char *
join_consequences (const GError *error, const DfuProgress *progress)
{
  const char *consequence = describe_consequence (error, progress);
  const char *whereabouts = describe_whereabouts (error, progress);

  return whereabouts != NULL ? g_strdup_printf ("%s %s", consequence, whereabouts)
                             : g_strdup (consequence);
}

/**
 * wording_message_new_for_job:
 * @error: why a board was not written, or may not be
 * @progress: how far it had come
 *
 * Returns: (transfer full): what to tell
 */
WordingMessage *
wording_message_new_for_job (const GError *error, const DfuProgress *progress)
{
  WordingMessage *self;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (progress != NULL, NULL);

  self = create_message (error, setup_moment_find (error, progress->reached));
  self->consequence = join_consequences (error, progress);

  return self;
}

/**
 * wording_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy of it
 */
WordingMessage *
wording_message_copy (const WordingMessage *self)
{
  WordingMessage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WordingMessage, 1);
  copy->summary = g_strdup (self->summary);
  copy->place = g_strdup (self->place);
  copy->cause = g_strdup (self->cause);
  copy->consequence = g_strdup (self->consequence);
  copy->advice = g_strdup (self->advice);
  copy->details = g_strdup (self->details);
  copy->help = self->help;

  return copy;
}

/**
 * wording_message_free:
 * @self: a message
 */
void
wording_message_free (WordingMessage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->summary);
  g_free (self->place);
  g_free (self->cause);
  g_free (self->consequence);
  g_free (self->advice);
  g_free (self->details);
  g_free (self);
}

/**
 * wording_message_dup_text:
 * @self: a message
 *
 * Returns: (transfer full): all sentences in a row
 */
char *
wording_message_dup_text (const WordingMessage *self)
{
  g_autofree char *remedy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  remedy = wording_message_dup_remedy (self);

  return g_strdup_printf ("%s %s", self->summary, remedy);
}

/**
 * wording_message_dup_remedy:
 * @self: a message
 *
 * Returns: (transfer full): the sentences after the first: where it is, what it means and what to
 * do
 */
char *
wording_message_dup_remedy (const WordingMessage *self)
{
  const char *sentences[] = { NULL, NULL, NULL, NULL };
  guint n_sentences = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->place != NULL)
    sentences[n_sentences++] = self->place;
  if (self->consequence != NULL)
    sentences[n_sentences++] = self->consequence;
  sentences[n_sentences] = self->advice;

  return g_strjoinv (" ", (char **) sentences);
}
