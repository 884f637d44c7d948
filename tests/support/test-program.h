/* test-program.h: programs of ESP chips as ESP-IDF links them, before they become images
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *test_program_new (guint16 chip_id);
GBytes *test_program_new_bootloader (guint16 chip_id);
GBytes *test_program_new_from_image (GBytes *image);
GBytes *test_program_new_description (void);

G_END_DECLS
