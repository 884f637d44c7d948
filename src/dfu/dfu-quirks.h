/* dfu-quirks.h: how devices differ from the specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DfuQuirkFlags:
 * @DFU_QUIRK_NONE: as the specification says
 * @DFU_QUIRK_ESP_ARCHIVE: takes ESP archives only; anything else would be written blindly over
 *   the start of the flash and be called a success
 * @DFU_QUIRK_VERIFIES: compares its flash with the image's digests before it says dfuIDLE
 * @DFU_QUIRK_WEDGES: may hang for good when the host gives up on a transfer
 * @DFU_QUIRK_STREAMS: takes block after block without being asked for its status in between, is
 *   never busy, and keeps an error until it is asked
 *
 * What to know about a device before talking to it.
 */
typedef enum {
  DFU_QUIRK_NONE = 0,
  DFU_QUIRK_ESP_ARCHIVE = 1 << 0,
  DFU_QUIRK_VERIFIES = 1 << 1,
  DFU_QUIRK_WEDGES = 1 << 2,
  DFU_QUIRK_STREAMS = 1 << 3,
} DfuQuirkFlags;

DfuQuirkFlags dfu_quirks_find (guint16 vendor, guint16 product, guint16 release);
guint16 dfu_quirks_limit_transfer_size (DfuQuirkFlags quirks, guint16 transfer_size);

G_END_DECLS
