/* bootlace-banner.h: one thing to tell above everything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceBanner:
 *
 * A line below the header bar, there as long as it has a text.
 *
 * Properties: "text" (%NULL: nothing to tell), "button-label" (%NULL: no button), "action-name"
 * (of the button), "close-action-name" (of the button that takes it away).
 */
#define BOOTLACE_TYPE_BANNER (bootlace_banner_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBanner, bootlace_banner, BOOTLACE, BANNER, GtkWidget)

G_END_DECLS
