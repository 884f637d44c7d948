/* firmware-elf.h: ELF, what a linker makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "firmware-memory.h"

G_BEGIN_DECLS

gboolean firmware_elf_is_present (GBytes *contents);
gboolean firmware_elf_is_esp (GBytes *contents);
GArray *firmware_elf_read (GBytes *contents, GError **error);

G_END_DECLS
