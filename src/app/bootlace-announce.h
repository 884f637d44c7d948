/* bootlace-announce.h: says something to people who cannot see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_announce (GtkWidget *widget, const char *text);

G_END_DECLS
