/* bootlace-flash-contents.h: what there is to draw on a flash map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-image.h"

G_BEGIN_DECLS

guint64 bootlace_flash_contents_get_extent (FirmwareImage *image);
GPtrArray *bootlace_flash_contents_create_blocks (FirmwareImage *image);

G_END_DECLS
