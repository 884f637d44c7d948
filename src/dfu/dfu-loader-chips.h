/* dfu-loader-chips.h: the chips that the loaders of other makers run on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dfu_loader_chips_accept (guint16 vendor, guint16 product, const char *chip);

G_END_DECLS
