/* bootlace-preferences.h: what is done beyond writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-series.h"
#include "dfu-upgrade.h"

G_BEGIN_DECLS

/**
 * BootlacePreferences:
 *
 * A window with a switch for each wish, which #GSettings keeps, but for that of #BootlaceSeries.
 */
#define BOOTLACE_TYPE_PREFERENCES (bootlace_preferences_get_type ())
G_DECLARE_FINAL_TYPE (BootlacePreferences, bootlace_preferences, BOOTLACE, PREFERENCES, GtkWindow)

GtkWidget *bootlace_preferences_new (GtkWindow *parent, BootlaceSeries *series);

G_END_DECLS
