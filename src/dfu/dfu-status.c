/* dfu-status.c: the answer to DFU_GETSTATUS, DFU 1.1 section 6.1.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-status.h"

#include "dfu-error.h"

/* What a status means and which decision it leaves, in the order of DFU 1.1 table 6.1.2. */
static const struct {
  DfuStatusCode code;
  DfuError error;
  const char *words;
} meanings[] = {
  { DFU_STATUS_ERR_TARGET, DFU_ERROR_REFUSED, "the file is not for this device" },
  { DFU_STATUS_ERR_FILE, DFU_ERROR_REFUSED, "the file fails a check of the device's maker" },
  { DFU_STATUS_ERR_WRITE, DFU_ERROR_DEVICE, "the memory could not be written" },
  { DFU_STATUS_ERR_ERASE, DFU_ERROR_DEVICE, "the memory could not be erased" },
  { DFU_STATUS_ERR_CHECK_ERASED, DFU_ERROR_DEVICE, "the memory was not empty after erasing" },
  { DFU_STATUS_ERR_PROG, DFU_ERROR_DEVICE, "the memory could not be programmed" },
  { DFU_STATUS_ERR_VERIFY, DFU_ERROR_CORRUPT, "the memory differs from what was sent" },
  { DFU_STATUS_ERR_ADDRESS, DFU_ERROR_REFUSED, "an address is outside the memory" },
  { DFU_STATUS_ERR_NOTDONE, DFU_ERROR_DEVICE, "the device expected more data" },
  { DFU_STATUS_ERR_FIRMWARE, DFU_ERROR_CORRUPT, "the firmware in the memory is corrupt" },
  { DFU_STATUS_ERR_VENDOR, DFU_ERROR_DEVICE, "an error of the maker's own" },
  { DFU_STATUS_ERR_USBR, DFU_ERROR_DEVICE, "an unexpected USB reset" },
  { DFU_STATUS_ERR_POR, DFU_ERROR_DEVICE, "an unexpected loss of power" },
  { DFU_STATUS_ERR_UNKNOWN, DFU_ERROR_DEVICE, "an error that the device cannot name" },
  { DFU_STATUS_ERR_STALLEDPKT, DFU_ERROR_DEVICE, "an unexpected request" },
};

/**
 * dfu_status_parse:
 * @self: (out caller-allocates): the status
 * @data: the bytes that the device sent
 * @length: how many bytes that were
 * @error: return location for a %DFU_ERROR_PROTOCOL
 *
 * Reads the six bytes of an answer to DFU_GETSTATUS.
 *
 * Returns: whether the answer has the specified shape
 */
gboolean
dfu_status_parse (DfuStatus *self, const guint8 *data, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  if (length < DFU_STATUS_LENGTH) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                 "Status is %" G_GSIZE_FORMAT " bytes long instead of %d", length,
                 DFU_STATUS_LENGTH);
    return FALSE;
  }

  if (data[4] > DFU_STATE_ERROR) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "State %u does not exist", data[4]);
    return FALSE;
  }

  self->code = data[0];
  self->poll_timeout = data[1] | data[2] << 8 | data[3] << 16;
  self->state = data[4];
  return TRUE;
}

/**
 * dfu_status_check:
 * @self: a status
 * @error: return location for the error that the status means
 *
 * Turns an error status, or the state dfuERROR, into a #GError.
 *
 * Returns: whether the device reports no error
 */
gboolean
dfu_status_check (const DfuStatus *self, GError **error)
{
  DfuError code = DFU_ERROR_DEVICE;
  const char *words = "a status that the specification does not know";

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->code == DFU_STATUS_OK && self->state != DFU_STATE_ERROR)
    return TRUE;

  if (self->code == DFU_STATUS_OK)
    words = "an error without a reason";

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].code == self->code) {
      code = meanings[i].error;
      words = meanings[i].words;
    }

  g_set_error (error, DFU_ERROR, code, "The device reports %s (status 0x%02x, %s)", words,
               self->code, dfu_enum_nick (DFU_TYPE_STATUS_CODE, self->code));
  return FALSE;
}

/**
 * dfu_status_expect:
 * @self: a status
 * @state: the only state that makes sense now
 * @error: return location for an error
 *
 * Returns: whether the device reports no error, and that state
 */
gboolean
dfu_status_expect (const DfuStatus *self, DfuState state, GError **error)
{
  if (!dfu_status_check (self, error))
    return FALSE;

  if (self->state == state)
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
               "The device is in state %s, which does not follow here",
               dfu_enum_nick (DFU_TYPE_STATE, self->state));
  return FALSE;
}

/**
 * dfu_status_to_string:
 * @self: a status
 *
 * Returns: (transfer full): "state dfuIDLE, status OK", for a log
 */
char *
dfu_status_to_string (const DfuStatus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("state %s, status %s", dfu_enum_nick (DFU_TYPE_STATE, self->state),
                          dfu_enum_nick (DFU_TYPE_STATUS_CODE, self->code));
}
