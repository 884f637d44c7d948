/* bootlace-flash-layout.h: where the parts of a firmware are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BootlaceFlashSpan:
 * @address: where the part begins in the flash
 * @size: how many bytes it has
 * @x: where it is drawn
 * @width: how wide it is drawn
 *
 * One part: the first half is given, the second is found.
 */
typedef struct {
  guint64 address;
  guint64 size;
  int x;
  int width;
} BootlaceFlashSpan;

void bootlace_flash_layout (BootlaceFlashSpan *spans,
                            gsize n_spans,
                            guint64 flash_size,
                            int width,
                            int minimum);

G_END_DECLS
