/* bootlace-flash-layout.h: where the parts and partitions of a flash are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BootlaceFlashSpan:
 * @address: where it begins in the flash
 * @size: how many bytes it has
 * @minimum: how wide it is to be drawn at least, in pixels
 * @x: where it is drawn
 * @width: how wide it is drawn
 *
 * A part or a partition: @address, @size and @minimum are given, the others are found.
 */
typedef struct {
  guint64 address;
  guint64 size;
  int minimum;
  int x;
  int width;
} BootlaceFlashSpan;

void bootlace_flash_layout (BootlaceFlashSpan *spans, gsize n_spans, guint64 extent, int width);

G_END_DECLS
