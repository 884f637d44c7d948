/* dfu-error.c: what can go wrong between the request and the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"

G_DEFINE_QUARK (dfu_error_quark, dfu_error)

/**
 * dfu_error_is_wrong_image:
 * @error: (nullable): an error
 *
 * Tells whether another file would help: the device is well, the image is not for it.
 *
 * Returns: whether the image and the device do not belong together
 */
gboolean
dfu_error_is_wrong_image (const GError *error)
{
  return g_error_matches (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_ADDRESSED_IMAGE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_UNSAFE_IMAGE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_UNFIT_IMAGE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_NO_ADDRESS) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_NOT_ALONE) ||
         g_error_matches (error, DFU_ERROR, DFU_ERROR_REFUSED);
}
