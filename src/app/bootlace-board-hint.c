/* bootlace-board-hint.c: what the state of a board means and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-hint.h"

#include <glib/gi18n.h>

#include "usb-error.h"

static char *
describe_access (void)
{
  g_autoptr (GError) error = g_error_new_literal (USB_ERROR, USB_ERROR_ACCESS, "");
  g_autoptr (WordingMessage) message = wording_message_new (error);

  return wording_message_dup_text (message);
}

static char *
describe_refusal (BootlaceBoard *self, const GError *refusal)
{
  const char *chip = firmware_image_get_chip (bootlace_board_get_image (self));
  g_autoptr (WordingMessage) message = wording_message_new_for_refusal (refusal, chip);

  return wording_message_dup_text (message);
}

static char *
describe_success (BootlaceBoard *self, BootlaceBoardState state)
{
  if (bootlace_board_is_absent (self))
    return g_strdup (_ ("The board has left; it was restarted or unplugged."));
  if (state == BOOTLACE_BOARD_VERIFIED)
    return g_strdup (_ ("Press RESET on the board to start it."));

  return g_strdup (_ ("The board reported no error, but it cannot check what was written. Press "
                      "RESET on the board to start it."));
}

/**
 * bootlace_board_describe:
 * @self: a board
 * @state: the state to explain
 * @refusal: (nullable): why the board may not be given the chosen firmware
 *
 * Returns: (transfer full) (nullable): a sentence or two for people
 */
char *
bootlace_board_describe (BootlaceBoard *self, BootlaceBoardState state, const GError *refusal)
{
  BootlaceJob *job = bootlace_board_get_job (self);

  switch (state) {
  case BOOTLACE_BOARD_UNSUITABLE:
    return describe_refusal (self, refusal);
  case BOOTLACE_BOARD_NO_ACCESS:
    return describe_access ();
  case BOOTLACE_BOARD_VERIFIED:
  case BOOTLACE_BOARD_WRITTEN:
    return describe_success (self, state);
  case BOOTLACE_BOARD_FAILED:
    return wording_message_dup_text (bootlace_job_get_message (job));
  case BOOTLACE_BOARD_CANCELLED:
    return g_strdup (bootlace_job_get_message (job)->consequence);
  case BOOTLACE_BOARD_READY:
  case BOOTLACE_BOARD_DISCONNECTED:
  case BOOTLACE_BOARD_PREPARING:
  case BOOTLACE_BOARD_RETURNING:
  case BOOTLACE_BOARD_WRITING:
  case BOOTLACE_BOARD_CHECKING:
    break;
  }

  return NULL;
}
