/* bootlace-early-keys.h: keys that a window takes before its lists do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_early_keys_add (GtkWindow *window,
                              guint keyval,
                              GdkModifierType modifiers,
                              const char *action);

G_END_DECLS
