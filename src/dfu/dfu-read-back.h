/* dfu-read-back.h: reads back what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-outcome.h"
#include "dfu-visit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

gboolean dfu_read_back (DfuVisit *visit,
                        FirmwareImage *image,
                        gboolean may_stop,
                        DfuReadBack *read_back,
                        GCancellable *cancellable,
                        GError **error);

G_END_DECLS
