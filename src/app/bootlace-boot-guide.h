/* bootlace-boot-guide.h: how a board gets into its bootloader, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-boot-watch.h"

G_BEGIN_DECLS

/**
 * BootlaceBootGuide:
 *
 * Three drawings, of which each goes green when it is noticed to be done, and a line that says so.
 *
 * Property: "watch" (nullable).
 */
#define BOOTLACE_TYPE_BOOT_GUIDE (bootlace_boot_guide_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceBootGuide, bootlace_boot_guide, BOOTLACE, BOOT_GUIDE, GtkWidget)

void bootlace_boot_guide_set_watch (BootlaceBootGuide *self, BootlaceBootWatch *watch);

G_END_DECLS
