/* bootlace-driver-guide.h: how a board gets its driver on Windows, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceDriverGuide:
 *
 * The steps in Zadig's window, for the board that is connected, and a button that starts Zadig.
 *
 * Properties: "check" (nullable: the question about the driver; once that is answered well, the
 * guide says so), "message" (nullable: why Zadig was not started, or what helps when it does not
 * show the board).
 */
#define BOOTLACE_TYPE_DRIVER_GUIDE (bootlace_driver_guide_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceDriverGuide, bootlace_driver_guide, BOOTLACE, DRIVER_GUIDE, GtkWidget)

G_END_DECLS
