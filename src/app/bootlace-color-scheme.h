/* bootlace-color-scheme.h: whether the desktop is light or dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BootlaceColorScheme:
 * @BOOTLACE_COLOR_SCHEME_DEFAULT: no preference
 * @BOOTLACE_COLOR_SCHEME_DARK: the person prefers dark windows
 * @BOOTLACE_COLOR_SCHEME_LIGHT: the person prefers light windows
 *
 * The values are those of the desktop's settings portal.
 */
typedef enum {
  BOOTLACE_COLOR_SCHEME_DEFAULT = 0,
  BOOTLACE_COLOR_SCHEME_DARK = 1,
  BOOTLACE_COLOR_SCHEME_LIGHT = 2,
} BootlaceColorScheme;

/**
 * BootlaceColorSchemeFunc:
 * @color_scheme: what the desktop prefers now
 * @user_data: data for the function
 *
 * Called on the main context.
 */
typedef void (*BootlaceColorSchemeFunc) (BootlaceColorScheme color_scheme, gpointer user_data);

/**
 * BootlaceColorSchemeWatch:
 *
 * As long as there is one, the function is told of the desktop's preference and of its changes.
 */
typedef struct _BootlaceColorSchemeWatch BootlaceColorSchemeWatch;

BootlaceColorSchemeWatch *bootlace_color_scheme_watch_new (GDBusConnection *connection,
                                                           BootlaceColorSchemeFunc func,
                                                           gpointer user_data);
void bootlace_color_scheme_watch_free (BootlaceColorSchemeWatch *self);

G_END_DECLS
