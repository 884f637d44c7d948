/* fuzz-repair.h: mends the checksums of what libFuzzer has changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void fuzz_repair (guint8 *data, gsize size);

G_END_DECLS
