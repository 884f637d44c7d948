/* setup-udev-walk.h: the way that udev takes through a file of rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-udev-line.h"

G_BEGIN_DECLS

/**
 * SetupUdevVisit:
 * @line: a line that applies to the device
 * @user_data: what setup_udev_walk() was given
 *
 * Called for each line that udev acts upon, in that order. For @line, what stands before it counts
 * too: it names the vendor where only that vendor's devices come to it, and it is uncertain where
 * it is not known whether udev comes to it.
 */
typedef void (*SetupUdevVisit) (const SetupUdevLine *line, gpointer user_data);

void setup_udev_walk (const char *text,
                      guint16 vendor,
                      guint16 product,
                      SetupUdevVisit visit,
                      gpointer user_data);

G_END_DECLS
