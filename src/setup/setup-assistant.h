/* setup-assistant.h: why a board cannot be used, kept true
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-check.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * SetupAssistant:
 *
 * A #GListModel of #SetupCheck, always the same ones in the same order: one for
 * each that setup_question_get() gives. It asks by itself when it is made, whenever a device comes,
 * leaves or changes its permissions, and when a rule of udev's is changed; where nothing tells of
 * what counts, every second while something is in the way, and every five otherwise; so whoever
 * shows nothing of it should not keep one. The facts are gathered in another thread; the answers
 * change on the main thread, all at once. Main thread only.
 *
 * Properties: "ready" (no check is being answered, waits or is bad), "busy" (answers that somebody
 * asked for are awaited, or an action is being carried out; not for what it asks by itself),
 * "worst" (the #SetupCheck to look at first, or %NULL when there is none).
 */
#define SETUP_TYPE_ASSISTANT (setup_assistant_get_type ())
G_DECLARE_FINAL_TYPE (SetupAssistant, setup_assistant, SETUP, ASSISTANT, GObject)

SetupAssistant *setup_assistant_new (UsbBus *bus);
SetupAssistant *setup_assistant_new_for_root (UsbBus *bus, const char *root);

void setup_assistant_set_subject (SetupAssistant *self, const char *port_path, const GError *error);
const char *setup_assistant_get_subject (SetupAssistant *self);

gboolean setup_assistant_is_ready (SetupAssistant *self);
gboolean setup_assistant_is_busy (SetupAssistant *self);
SetupCheck *setup_assistant_get_worst (SetupAssistant *self);
SetupCheck *setup_assistant_find_check (SetupAssistant *self, const char *id);

void setup_assistant_check_again (SetupAssistant *self);
void setup_assistant_act_async (SetupAssistant *self,
                                SetupAction action,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean setup_assistant_act_finish (SetupAssistant *self, GAsyncResult *result, GError **error);

G_END_DECLS
