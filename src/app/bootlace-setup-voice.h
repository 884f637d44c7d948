/* bootlace-setup-voice.h: the setup window for those who read with the ears
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-setup-status.h"

G_BEGIN_DECLS

/**
 * BootlaceSetupVoice:
 *
 * Says what the answers come to whenever that changes, and brings the keyboard's focus to the
 * question to look at first. Main thread only.
 */
#define BOOTLACE_TYPE_SETUP_VOICE (bootlace_setup_voice_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSetupVoice, bootlace_setup_voice, BOOTLACE, SETUP_VOICE, GObject)

BootlaceSetupVoice *
bootlace_setup_voice_new (GtkListBox *list, SetupAssistant *assistant, BootlaceSetupStatus *status);

void bootlace_setup_voice_lead (BootlaceSetupVoice *self);

G_END_DECLS
