/* bootlace-setup-window.h: from "nothing happens" to Ready
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "setup-assistant.h"

G_BEGIN_DECLS

/**
 * BootlaceSetupWindow:
 *
 * The questions of a #SetupAssistant with their answers, and below them what is good to know. It
 * asks as long as it is there.
 *
 * Properties: "assistant" (construct-only), "status", "work", "watch" (what its parts bind to).
 */
#define BOOTLACE_TYPE_SETUP_WINDOW (bootlace_setup_window_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSetupWindow, bootlace_setup_window, BOOTLACE, SETUP_WINDOW, GtkWindow)

GtkWidget *
bootlace_setup_window_new (GtkWindow *parent, SetupAssistant *assistant, GListModel *devices);

SetupAssistant *bootlace_setup_window_get_assistant (BootlaceSetupWindow *self);
void bootlace_setup_window_lead (BootlaceSetupWindow *self);

G_END_DECLS
