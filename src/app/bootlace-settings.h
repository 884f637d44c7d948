/* bootlace-settings.h: what the program remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BOOTLACE_SETTING_WIDTH "window-width"
#define BOOTLACE_SETTING_HEIGHT "window-height"
#define BOOTLACE_SETTING_MAXIMIZED "window-maximized"
#define BOOTLACE_SETTING_FOLDER "last-folder" /* a URI; empty: none */

GSettings *bootlace_settings_new (void);

G_END_DECLS
