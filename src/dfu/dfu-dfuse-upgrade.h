/* dfu-dfuse-upgrade.h: the whole of writing a DfuSe device, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-visit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuDfuseOptions:
 * @read_unprotect: whether to take the protection against reading away first, which erases all that
 *   is on the device; somebody must have agreed to that
 * @mass_erase: whether to erase all of the memories that are written, and not only the sectors
 * @reads_back: whether to read back and compare what was written
 * @stays: whether to leave the device in its bootloader, so that more can be written
 * @watches: whether to see what becomes of the device when it was told to start the program
 *
 * What is to be done beyond erasing, writing and starting the program.
 */
typedef struct {
  gboolean read_unprotect;
  gboolean mass_erase;
  gboolean reads_back;
  gboolean stays;
  gboolean watches;
} DfuDfuseOptions;

gboolean dfu_dfuse_upgrade_write (DfuVisit *visit,
                                  FirmwareImage *image,
                                  const DfuDfuseOptions *options,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
