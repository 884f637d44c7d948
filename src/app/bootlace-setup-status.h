/* bootlace-setup-status.h: all answers of the setup assistant in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-setup-work.h"
#include "setup-assistant.h"

G_BEGIN_DECLS

/**
 * BootlaceSetupStatus:
 *
 * Brings the assistant's answers, and what is being done about them, down to what the head of the
 * setup window shows. Main thread only.
 *
 * Properties: "state" (that of the question to look at first, or #SETUP_STATE_CHECKING while
 * something is being done), "heading", "text".
 *
 * Signal "changed": something of that, or what that question says, is another now.
 */
#define BOOTLACE_TYPE_SETUP_STATUS (bootlace_setup_status_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSetupStatus, bootlace_setup_status, BOOTLACE, SETUP_STATUS, GObject)

BootlaceSetupStatus *bootlace_setup_status_new (SetupAssistant *assistant, BootlaceSetupWork *work);

char *bootlace_setup_status_dup_announcement (BootlaceSetupStatus *self);

G_END_DECLS
