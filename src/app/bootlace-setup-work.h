/* bootlace-setup-work.h: what the buttons of the setup window do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "setup-assistant.h"

G_BEGIN_DECLS

/**
 * BootlaceSetupWork:
 *
 * Does what a button of the setup window says, and tells how it went. Main thread only.
 *
 * Properties: "acting" (whether something is being done that takes its time), "message" (nullable,
 * a sentence or two).
 */
#define BOOTLACE_TYPE_SETUP_WORK (bootlace_setup_work_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSetupWork, bootlace_setup_work, BOOTLACE, SETUP_WORK, GObject)

BootlaceSetupWork *bootlace_setup_work_new (SetupAssistant *assistant, GtkWindow *window);

gboolean bootlace_setup_work_is_acting (BootlaceSetupWork *self);
void bootlace_setup_work_hide_message (BootlaceSetupWork *self);

void bootlace_setup_work_act (BootlaceSetupWork *self, SetupAction action);
void bootlace_setup_work_copy (BootlaceSetupWork *self, const char *command);
void bootlace_setup_work_save_rule (BootlaceSetupWork *self);
void bootlace_setup_work_save_rule_as (BootlaceSetupWork *self, GFile *file);
void bootlace_setup_work_close (BootlaceSetupWork *self);

G_END_DECLS
