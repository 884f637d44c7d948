/* wording-saving.h: what joining the parts of a firmware saves, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

char *wording_saving_dup_text (FirmwareImage *image);

G_END_DECLS
