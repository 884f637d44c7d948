/* firmware-error.c: what can be wrong with a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"

G_DEFINE_QUARK (firmware_error_quark, firmware_error)

/**
 * firmware_error_is_damage:
 * @error: (nullable): an error
 *
 * Tells whether a fresh copy of the same file would probably help: it was cut short or changed
 * on its way.
 *
 * Returns: whether the file is damaged, as opposed to the wrong one
 */
gboolean
firmware_error_is_damage (const GError *error)
{
  return g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_DIGEST);
}
