/* bootlace-board-rules.c: what a device, its job and the firmware come to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-rules.h"

#include <glib/gi18n.h>

#include "dfu-error.h"
#include "setup-sign.h"
#include "wording-format.h"

/* What a board shows that is read: a backup before it is written, the whole work, or a look at what
 * was erased. */
static BootlaceBoardState
find_reading_state (BootlaceDeed deed)
{
  if (deed == BOOTLACE_DEED_FLASH)
    return BOOTLACE_BOARD_SAVING;

  return deed == BOOTLACE_DEED_READ ? BOOTLACE_BOARD_READING : BOOTLACE_BOARD_CHECKING;
}

static BootlaceBoardState
find_phase_state (BootlaceJob *job)
{
  const BootlaceDeed deed = bootlace_job_get_deed (job);

  switch (bootlace_job_get_progress (job).phase) {
  case DFU_PHASE_RETURNING:
    return BOOTLACE_BOARD_RETURNING;
  case DFU_PHASE_ERASING:
  case DFU_PHASE_WRITING:
    return deed == BOOTLACE_DEED_FLASH ? BOOTLACE_BOARD_WRITING : BOOTLACE_BOARD_ERASING;
  case DFU_PHASE_READING:
    return find_reading_state (deed);
  case DFU_PHASE_VERIFYING:
    return BOOTLACE_BOARD_READING_BACK;
  case DFU_PHASE_RESTARTING:
    return BOOTLACE_BOARD_RESTARTING;
  case DFU_PHASE_MANIFESTING:
  case DFU_PHASE_DONE:
    return BOOTLACE_BOARD_CHECKING;
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DETACHING:
    break;
  }

  return BOOTLACE_BOARD_PREPARING;
}

static BootlaceBoardState
find_erased_state (BootlaceJob *job)
{
  if (bootlace_job_get_deed (job) == BOOTLACE_DEED_UNPROTECT)
    return BOOTLACE_BOARD_UNPROTECTED;

  return bootlace_job_get_state (job) == BOOTLACE_JOB_BLANK ? BOOTLACE_BOARD_BLANK
                                                            : BOOTLACE_BOARD_ERASED;
}

static BootlaceBoardState
find_job_state (BootlaceJob *job)
{
  switch (bootlace_job_get_state (job)) {
  case BOOTLACE_JOB_VERIFIED:
    return BOOTLACE_BOARD_VERIFIED;
  case BOOTLACE_JOB_WRITTEN:
    return BOOTLACE_BOARD_WRITTEN;
  case BOOTLACE_JOB_READ:
    return BOOTLACE_BOARD_READ;
  case BOOTLACE_JOB_BLANK:
  case BOOTLACE_JOB_ERASED:
    return find_erased_state (job);
  case BOOTLACE_JOB_FAILED:
    return BOOTLACE_BOARD_FAILED;
  case BOOTLACE_JOB_CANCELLED:
    return BOOTLACE_BOARD_CANCELLED;
  case BOOTLACE_JOB_WAITING:
  case BOOTLACE_JOB_RUNNING:
    break;
  }

  return find_phase_state (job);
}

/* Whether a job failed only for want of what the person has said since. */
static gboolean
is_answered (DfuDevice *device, BootlaceJob *job, gboolean undecided)
{
  const GError *error = bootlace_job_get_error (job);

  return !undecided && dfu_device_get_mode (device) == DFU_MODE_DFU &&
         (g_error_matches (error, DFU_ERROR, DFU_ERROR_SEVERAL_MEMORIES) ||
          g_error_matches (error, DFU_ERROR, DFU_ERROR_SEVERAL_INTERFACES));
}

static char *
describe_refusal (FirmwareImage *image, const GError *refusal)
{
  const char *chip = firmware_image_get_chip (image);
  g_autoptr (WordingMessage) message = wording_message_new_for_refusal (refusal, chip);

  return wording_message_dup_text (message);
}

static char *
describe_success (DfuDevice *device, BootlaceJob *job, BootlaceBoardState state)
{
  const DfuRestart restart = bootlace_job_get_progress (job).restart;

  if (restart == DFU_RESTART_BOOTLOADER)
    return g_strdup (_ ("The board restarted and came back in its bootloader: let go of BOOT and "
                        "press RESET on it."));
  if (restart == DFU_RESTART_STAYED)
    return g_strdup (_ ("The board stays in its bootloader: press RESET on it."));
  if (restart == DFU_RESTART_DONE)
    return g_strdup (_ ("The board was restarted and has left its bootloader."));
  if (restart == DFU_RESTART_ASKED)
    return g_strdup (
      dfu_device_is_present (device)
        ? _ ("The board was told to start its program. If it does not, press RESET "
             "on it.")
        : _ ("The board has left: to start its program, as it was told, or because it "
             "was unplugged."));
  if (!dfu_device_is_present (device))
    return g_strdup (_ ("The board has left; it was restarted or unplugged."));
  if (state == BOOTLACE_BOARD_VERIFIED)
    return g_strdup (_ (setup_sign_get_symptom (SETUP_SIGN_NEEDS_RESET)->advice));

  return g_strdup (_ ("The board reported no error, but it cannot check what was written. If "
                      "it does not start by itself, press RESET on it."));
}

/* Other firmware was chosen meanwhile, and nobody must take the one for the other. */
static char *
describe_other_firmware (BootlaceJob *job, FirmwareImage *image, const GError *refusal)
{
  const char *title = firmware_image_get_title (bootlace_job_get_image (job));
  g_autofree char *refused = NULL;
  g_autofree char *text = NULL;

  if (image == NULL || image == bootlace_job_get_image (job))
    return NULL;

  if (title != NULL)
    /* Translators: %s is the name of a firmware */
    text = g_strdup_printf (_ ("The board got %s as it was when flashing began, not what is loaded "
                               "now."),
                            title);
  else
    text = g_strdup (_ ("The board got what was loaded when flashing began, not what is loaded "
                        "now."));
  if (refusal == NULL)
    return g_steal_pointer (&text);

  refused = describe_refusal (image, refusal);
  return g_strconcat (text, " ", refused, NULL);
}

static char *
describe_written (DfuDevice *device,
                  BootlaceJob *job,
                  FirmwareImage *image,
                  BootlaceBoardState state,
                  const GError *refusal)
{
  g_autofree char *success = describe_success (device, job, state);
  g_autofree char *other = describe_other_firmware (job, image, refusal);

  if (other == NULL)
    return g_steal_pointer (&success);

  return g_strconcat (success, " ", other, NULL);
}

/* Where a board waits that ran a program when it was called. */
static const char *
describe_stay (DfuDevice *device)
{
  if (!dfu_device_is_present (device) || dfu_device_get_program (device) == NULL ||
      dfu_device_get_mode (device) != DFU_MODE_DFU)
    return NULL;

  return _ ("The board stays in its bootloader: press RESET on it.");
}

static char *
describe_read (DfuDevice *device, BootlaceJob *job)
{
  g_autofree char *size = wording_format_exact_size (bootlace_job_get_progress (job).bytes_done);
  g_autofree char *path = g_file_get_parse_name (bootlace_job_get_saved (job));
  const char *stay = describe_stay (device);
  /* Translators: a size, such as "4.2 MB (4194304 bytes)", and a file with its folders */
  g_autofree char *text = g_strdup_printf (_ ("What was read, %s, is in %s."), size, path);

  return stay != NULL ? g_strdup_printf ("%s %s", text, stay) : g_steal_pointer (&text);
}

/* What was looked at is the beginning. */
static const char *
describe_erased (BootlaceJob *job)
{
  const gboolean is_blank = bootlace_job_get_state (job) == BOOTLACE_JOB_BLANK;

  if (bootlace_job_get_deed (job) == BOOTLACE_DEED_UNPROTECT)
    return is_blank ? _ ("The board came back from its restart, and the beginning of its flash is "
                         "blank. It is in its bootloader and takes firmware.")
                    : _ ("The board came back from its restart. Nothing that was erased can be "
                         "read, so nobody has looked. It is in its bootloader and takes firmware.");

  return is_blank ? _ ("The beginning of what was erased was read, and is blank. The board is in "
                       "its bootloader and takes firmware.")
                  : _ ("The board reported no error, but nothing that was erased can be read, so "
                       "nobody has looked. It is in its bootloader and takes firmware.");
}

/* Takes the text. What failed has more to say, and tells of the backup in its details. */
static char *
add_backup (char *text, BootlaceJob *job)
{
  g_autofree char *success = text;
  g_autofree char *backup = bootlace_job_describe_saved (job);

  return backup != NULL ? g_strdup_printf ("%s %s", success, backup) : g_steal_pointer (&success);
}

/**
 * bootlace_board_rules_names_device:
 * @image: the chosen firmware
 *
 * Firmware for any device must not select whatever happens to be plugged in.
 *
 * Returns: whether @image says which device it is for
 */
gboolean
bootlace_board_rules_names_device (FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix;

  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), FALSE);

  suffix = firmware_image_get_suffix (image);

  return suffix != NULL && suffix->vendor != FIRMWARE_DFU_SUFFIX_ANY_ID &&
         suffix->product != FIRMWARE_DFU_SUFFIX_ANY_ID;
}

/**
 * bootlace_board_rules_find_state:
 * @device: a board's device
 * @job: (nullable): its last job
 * @refusal: (nullable): why the device may not be given the chosen firmware
 * @undecided: whether the person must say which of its memories the firmware is for
 *
 * A job says more than the device, until the board comes back anew or the person has answered what
 * it asked.
 *
 * Returns: the board's state
 */
BootlaceBoardState
bootlace_board_rules_find_state (DfuDevice *device,
                                 BootlaceJob *job,
                                 const GError *refusal,
                                 gboolean undecided)
{
  g_return_val_if_fail (DFU_IS_DEVICE (device), BOOTLACE_BOARD_DISCONNECTED);

  if (job != NULL && !bootlace_job_is_past (job) && !is_answered (device, job, undecided))
    return find_job_state (job);
  if (!dfu_device_is_present (device))
    return BOOTLACE_BOARD_DISCONNECTED;
  if (!dfu_device_is_accessible (device))
    return BOOTLACE_BOARD_NO_ACCESS;
  if (refusal != NULL)
    return BOOTLACE_BOARD_UNSUITABLE;
  if (undecided)
    return BOOTLACE_BOARD_CHOOSING;

  return BOOTLACE_BOARD_READY;
}

/**
 * bootlace_board_rules_describe:
 * @device: a board's device
 * @job: (nullable): its last job
 * @image: (nullable): the chosen firmware
 * @state: the board's state
 * @refusal: (nullable): why the device may not be given @image
 *
 * Returns: (transfer full) (nullable): what @state means and what to do, a sentence or two
 */
char *
bootlace_board_rules_describe (DfuDevice *device,
                               BootlaceJob *job,
                               FirmwareImage *image,
                               BootlaceBoardState state,
                               const GError *refusal)
{
  g_return_val_if_fail (DFU_IS_DEVICE (device), NULL);

  switch (state) {
  case BOOTLACE_BOARD_UNSUITABLE:
    return describe_refusal (image, refusal);
  case BOOTLACE_BOARD_CHOOSING:
    return g_strdup (_ ("This board has several memories. Choose the one that this firmware is "
                        "for."));
  case BOOTLACE_BOARD_NO_ACCESS:
    return g_strdup (_ ("Your account may not use this board yet. “Fix…” finds out what is "
                        "missing."));
  case BOOTLACE_BOARD_VERIFIED:
  case BOOTLACE_BOARD_WRITTEN:
    return add_backup (describe_written (device, job, image, state, refusal), job);
  case BOOTLACE_BOARD_READ:
    return describe_read (device, job);
  case BOOTLACE_BOARD_BLANK:
  case BOOTLACE_BOARD_ERASED:
  case BOOTLACE_BOARD_UNPROTECTED:
    return g_strdup (describe_erased (job));
  case BOOTLACE_BOARD_FAILED:
    return wording_message_dup_text (bootlace_job_get_message (job));
  case BOOTLACE_BOARD_CANCELLED:
    return g_strdup (bootlace_job_get_message (job)->consequence);
  case BOOTLACE_BOARD_READY:
  case BOOTLACE_BOARD_DISCONNECTED:
  case BOOTLACE_BOARD_PREPARING:
  case BOOTLACE_BOARD_RETURNING:
  case BOOTLACE_BOARD_SAVING:
  case BOOTLACE_BOARD_READING:
  case BOOTLACE_BOARD_ERASING:
  case BOOTLACE_BOARD_WRITING:
  case BOOTLACE_BOARD_CHECKING:
  case BOOTLACE_BOARD_READING_BACK:
  case BOOTLACE_BOARD_RESTARTING:
    break;
  }

  return NULL;
}
