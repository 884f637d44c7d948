/* firmware-uf2-family.h: whom a UF2 file is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *firmware_uf2_family_name (guint32 id);
gboolean firmware_uf2_family_is_name (const char *name);
gboolean firmware_uf2_family_is_esp (guint32 id);

G_END_DECLS
