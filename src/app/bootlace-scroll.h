/* bootlace-scroll.h: brings what has just come into view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_scroll_to (GtkWidget *widget);

G_END_DECLS
