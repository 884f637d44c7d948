/* dfu-plain-upgrade.h: the whole of writing a device that is told no addresses, DFU 1.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-visit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuPlainOptions:
 * @as_is: whether to send an ESP archive untouched, even where joining its pieces would save time
 * @status_every_block: whether to ask for the status after every block of any device
 *
 * How to do it.
 */
typedef struct {
  gboolean as_is;
  gboolean status_every_block;
} DfuPlainOptions;

gboolean dfu_plain_upgrade_write (DfuVisit *visit,
                                  FirmwareImage *image,
                                  const DfuPlainOptions *options,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean dfu_plain_upgrade_is_compared (const DfuVisit *visit, FirmwareImage *image);

G_END_DECLS
