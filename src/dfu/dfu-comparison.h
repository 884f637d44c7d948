/* dfu-comparison.h: what was read back against what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * DfuComparison:
 *
 * An image, laid out as a device holds it, and how much of it was found there.
 */
typedef struct _DfuComparison DfuComparison;

DfuComparison *dfu_comparison_new (FirmwareImage *image);
void dfu_comparison_free (DfuComparison *self);

guint64 dfu_comparison_get_size (const DfuComparison *self);
gboolean dfu_comparison_take (guint64 offset,
                              const guint8 *data,
                              gsize length,
                              gpointer comparison,
                              GError **error);
gboolean
dfu_comparison_end (const DfuComparison *self, guint64 expected, guint64 size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DfuComparison, dfu_comparison_free)

G_END_DECLS
