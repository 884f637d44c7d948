/* bootlace-saving.h: saves the loaded firmware as a DFU file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-firmware.h"

G_BEGIN_DECLS

/**
 * BootlaceSaving:
 *
 * Asks for a name, writes the file and says how that went. What is loaded when the question is put
 * is saved, whatever is loaded when it is answered.
 *
 * Properties: "can-save", "message" (how it went, or %NULL). Signal: "named" (the #GFile that a
 * person chose).
 */
#define BOOTLACE_TYPE_SAVING (bootlace_saving_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSaving, bootlace_saving, BOOTLACE, SAVING, GObject)

BootlaceSaving *bootlace_saving_new (GtkWindow *window, BootlaceFirmware *firmware);

gboolean bootlace_saving_can_save (BootlaceSaving *self);
gboolean bootlace_saving_is_asking (BootlaceSaving *self);
const char *bootlace_saving_get_message (BootlaceSaving *self);

void bootlace_saving_ask (BootlaceSaving *self, GFile *folder);
void bootlace_saving_save (BootlaceSaving *self, GFile *file);
void bootlace_saving_dismiss_message (BootlaceSaving *self);
void bootlace_saving_close (BootlaceSaving *self);

G_END_DECLS
