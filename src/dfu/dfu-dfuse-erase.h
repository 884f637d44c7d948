/* dfu-dfuse-erase.h: erasing without writing, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-visit.h"

G_BEGIN_DECLS

gboolean dfu_dfuse_erase_memory (DfuVisit *visit, GCancellable *cancellable, GError **error);
gboolean dfu_dfuse_erase_protection (DfuVisit *visit, GCancellable *cancellable, GError **error);
gboolean dfu_dfuse_erase_check (DfuVisit *visit, GCancellable *cancellable, GError **error);

G_END_DECLS
