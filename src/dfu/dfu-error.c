/* dfu-error.c: what can go wrong between the request and the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"

G_DEFINE_QUARK (dfu_error_quark, dfu_error)
