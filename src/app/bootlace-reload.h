/* bootlace-reload.h: follows the loaded firmware when its files are built anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-firmware.h"
#include "bootlace-news.h"

G_BEGIN_DECLS

/**
 * BootlaceReload:
 *
 * Who presses Flash after a build means what was built. So new firmware for the same board is
 * loaded as soon as all of it is there, and the window shows it and says so. What is for another
 * board is only offered. While boards are being flashed, nothing changes: they have the firmware
 * that they were given, and so has the window.
 *
 * Properties: "news" (what to tell), "offering" (whether there is something to load), "unsettled"
 * (whether something is being written or read that may be loaded in a moment), "busy" (whether
 * boards are being worked on; write-only, set from outside).
 */
#define BOOTLACE_TYPE_RELOAD (bootlace_reload_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceReload, bootlace_reload, BOOTLACE, RELOAD, GObject)

BootlaceReload *bootlace_reload_new (BootlaceFirmware *firmware);

gboolean bootlace_reload_is_late (BootlaceReload *self);
BootlaceNews *bootlace_reload_get_news (BootlaceReload *self);
gboolean bootlace_reload_is_offering (BootlaceReload *self);
gboolean bootlace_reload_is_unsettled (BootlaceReload *self);

void bootlace_reload_look (BootlaceReload *self);
void bootlace_reload_accept (BootlaceReload *self);
void bootlace_reload_dismiss (BootlaceReload *self);

G_END_DECLS
