/* firmware-look.h: what a file is, even if no board can be given it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *firmware_look_at_files (GPtrArray *files, GCancellable *cancellable, GError **error);
FirmwareImage *firmware_look_at_bytes (GBytes *contents, GError **error);

G_END_DECLS
