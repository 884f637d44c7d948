/* dfu-dfuse.c: the commands of ST's dialect, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command is block 0. The device looks at a block when it is asked for the status: the first
 * answer says how long it will be busy, the second how it went. So each block is three transfers
 * and one wait.
 */

#include "dfu-dfuse.h"

#include "dfu-error.h"
#include "dfu-poll.h"
#include "dfu-wait.h"

/* The first byte of block 0, AN3156 section 3 */
#define COMMAND_SET_ADDRESS 0x21
#define COMMAND_ERASE 0x41
#define COMMAND_READ_UNPROTECT 0x92

#define COMMAND_MAX 5

/* Where the STM32H743's second bank begins, and how often, and for how long at least, it may say
 * that it is busy with a sector there before it is taken to be stuck. In microseconds. */
#define STUCK_BANK 0x08100000u
#define STUCK_AFTER_QUESTIONS 3
#define STUCK_AFTER (G_USEC_PER_SEC / 2)

/* With protection against reading, the ROM lets nobody read, write or erase, and says "an error of
 * the maker's own" (AN3156). */
static gboolean
check_protection (GError *error, const DfuStatus *status)
{
  if (error->domain == DFU_ERROR && status->code == DFU_STATUS_ERR_VENDOR)
    error->code = DFU_ERROR_PROTECTED;

  return FALSE;
}

/* Sends a block, and begins to wait for it. */
static gboolean
send_block (const DfuDfuse *self,
            DfuPoll *poll,
            guint16 block_number,
            const guint8 *data,
            guint16 length,
            guint timeout,
            DfuStatus *status,
            GCancellable *cancellable,
            GError **error)
{
  dfu_poll_init (poll, self->session, self->quirks, timeout, cancellable);
  poll->answer_timeout = timeout;

  return dfu_session_download (self->session, block_number, data, length, timeout, status, error);
}

static gboolean
run_block (const DfuDfuse *self,
           guint16 block_number,
           const guint8 *data,
           guint16 length,
           guint timeout,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  DfuStatus status = { 0 };
  DfuPoll poll;

  if (send_block (self, &poll, block_number, data, length, timeout, &status, cancellable,
                  &local_error) &&
      dfu_poll_until_taken (&poll, &status, &local_error))
    return TRUE;

  check_protection (local_error, &status);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
fill_command (guint8 *command, guint8 code, guint32 address)
{
  command[0] = code;
  for (guint i = 1; i < COMMAND_MAX; i++) {
    command[i] = address & 0xff;
    address >>= 8;
  }
}

/**
 * dfu_dfuse_set_address:
 * @self: what to talk to
 * @address: where the blocks that follow count from
 * @cancellable: (nullable): ends waiting for the busy device
 * @error: return location for an error
 *
 * Worker thread, as all of these.
 *
 * Returns: whether the device took it
 */
gboolean
dfu_dfuse_set_address (const DfuDfuse *self,
                       guint32 address,
                       GCancellable *cancellable,
                       GError **error)
{
  guint8 command[COMMAND_MAX];

  fill_command (command, COMMAND_SET_ADDRESS, address);
  if (run_block (self, 0, command, sizeof command, self->timeout, cancellable, error))
    return TRUE;

  g_prefix_error (error, "Set address 0x%08x: ", address);
  return FALSE;
}

/* It stays busy for ever though the sector was erased; ST's own programmer makes an error of that
 * and clears it. A device that refuses is not stuck, but slow. */
static gboolean
free_stuck (const DfuDfuse *self, gboolean *is_free, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  dfu_log_append (self->log, "The device stays busy with a sector of its second bank; trying "
                             "DFU_CLRSTATUS");
  *is_free = dfu_session_clear_status (self->session, &refusal);
  if (*is_free)
    return dfu_session_make_idle (self->session, NULL, error);
  if (usb_error_is_stall (refusal))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
is_stuck (const DfuDfuse *self, guint32 address, const DfuPoll *poll, gint64 since)
{
  return (self->quirks & DFU_QUIRK_STUCK_BUSY) != 0 && address >= STUCK_BANK &&
         poll->n_asked >= STUCK_AFTER_QUESTIONS && g_get_monotonic_time () - since > STUCK_AFTER;
}

static gboolean
wait_for_sector (const DfuDfuse *self,
                 guint32 address,
                 DfuPoll *poll,
                 DfuStatus *status,
                 GError **error)
{
  const gint64 since = g_get_monotonic_time ();
  gboolean has_tried = FALSE;
  gboolean is_free = FALSE;

  while (dfu_poll_is_taking (status)) {
    if (!has_tried && is_stuck (self, address, poll, since)) {
      has_tried = TRUE;
      if (!free_stuck (self, &is_free, error))
        return FALSE;
      if (is_free)
        return TRUE;
    }

    if (!dfu_poll_again (poll, status, error))
      return FALSE;
  }

  return dfu_status_expect (status, DFU_STATE_DNLOAD_IDLE, error);
}

/**
 * dfu_dfuse_erase_sector:
 * @self: what to talk to
 * @address: an address in the sector
 * @cancellable: (nullable): ends waiting for the busy device
 * @error: return location for an error
 *
 * Returns: whether the sector was erased
 */
gboolean
dfu_dfuse_erase_sector (const DfuDfuse *self,
                        guint32 address,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint8 command[COMMAND_MAX];
  DfuStatus status = { 0 };
  DfuPoll poll;

  fill_command (command, COMMAND_ERASE, address);
  if (send_block (self, &poll, 0, command, sizeof command, self->timeout, &status, cancellable,
                  &local_error) &&
      wait_for_sector (self, address, &poll, &status, &local_error))
    return TRUE;

  check_protection (local_error, &status);
  g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "Erase 0x%08x: ", address);
  return FALSE;
}

/**
 * dfu_dfuse_mass_erase:
 * @self: what to talk to
 * @cancellable: (nullable): ends waiting for the busy device
 * @error: return location for an error
 *
 * Erases all of the present alternate setting's memory. The STM32F4 asks for 100 ms and takes up to
 * 32 s, in which it answers nothing: the question waits with it.
 *
 * Returns: whether it was erased
 */
gboolean
dfu_dfuse_mass_erase (const DfuDfuse *self, GCancellable *cancellable, GError **error)
{
  const guint8 command = COMMAND_ERASE;

  if (run_block (self, 0, &command, 1, self->mass_erase_timeout, cancellable, error))
    return TRUE;

  g_prefix_error (error, "Mass erase: ");
  return FALSE;
}

/**
 * dfu_dfuse_read_unprotect:
 * @self: what to talk to
 * @error: return location for an error
 *
 * Takes the protection against reading away, which erases everything. The device restarts by
 * itself: wait until it has left, and perhaps come back.
 *
 * Returns: whether the device is at it
 */
gboolean
dfu_dfuse_read_unprotect (const DfuDfuse *self, GError **error)
{
  const guint8 command = COMMAND_READ_UNPROTECT;
  g_autoptr (GError) local_error = NULL;
  DfuStatus status = { 0 };

  if (!dfu_session_download (self->session, 0, &command, 1, self->timeout, &status, &local_error)) {
    if (!usb_error_is_gone (local_error) &&
        !g_error_matches (local_error, USB_ERROR, USB_ERROR_IO)) {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "Read unprotect: ");
      return FALSE;
    }

    /* It is the question that makes it begin, and that may have got lost. */
    if (!dfu_session_get_status (self->session, &status, NULL))
      return TRUE;
  }

  if (dfu_status_expect (&status, DFU_STATE_DNBUSY, error))
    return TRUE;

  g_prefix_error (error, "Read unprotect: ");
  return FALSE;
}

/**
 * dfu_dfuse_write:
 * @self: what to talk to
 * @block_number: %DFU_DFUSE_FIRST_BLOCK for the address that was set, one more for each block
 *   behind it
 * @data: the bytes
 * @length: how many; the device's transfer size, but for the last block
 * @cancellable: (nullable): ends waiting for the busy device
 * @error: return location for an error
 *
 * Returns: whether they were written
 */
gboolean
dfu_dfuse_write (const DfuDfuse *self,
                 guint16 block_number,
                 const guint8 *data,
                 guint16 length,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (block_number >= DFU_DFUSE_FIRST_BLOCK, FALSE);

  return run_block (self, block_number, data, length, self->timeout, cancellable, error);
}

/* It is the question that makes it go; the request may have got lost, or the question. */
static gboolean
ask_again (const DfuDfuse *self, GError **error)
{
  DfuStatus status = { 0 };

  if (!dfu_session_get_status (self->session, &status, NULL))
    return TRUE;

  if (!dfu_status_check (&status, error))
    return FALSE;

  if (status.state != DFU_STATE_DNLOAD_IDLE && status.state != DFU_STATE_DFU_IDLE)
    return TRUE;

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The request to leave was lost");
  return FALSE;
}

/**
 * dfu_dfuse_leave:
 * @self: what to talk to
 * @address: where the program starts
 * @error: return location for an error, when the device said that it stays
 *
 * Asks the device to start what was written. Some answer before they go, some do not: who does not
 * answer has gone.
 *
 * Returns: whether the device is gone, as far as anybody can tell
 */
gboolean
dfu_dfuse_leave (const DfuDfuse *self, guint32 address, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  DfuStatus status = { 0 };

  if (!dfu_dfuse_set_address (self, address, NULL, error))
    return FALSE;

  if (dfu_session_download (self->session, DFU_DFUSE_FIRST_BLOCK, NULL, 0, self->timeout, &status,
                            &local_error))
    return dfu_status_check (&status, error);

  dfu_log_append (self->log, "No answer to the request to leave: %s", local_error->message);
  return usb_error_is_gone (local_error) || usb_error_is_timed_out (local_error) ||
         dfu_session_was_given_up (self->session) || ask_again (self, error);
}
