/* setup-inquiry.h: asks the setup assistant's questions whenever an answer may have changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"
#include "usb-bus.h"

G_BEGIN_DECLS

/**
 * SetupInquiry:
 *
 * Emits "answered" with a #GPtrArray of #SetupVerdict, one for each question, some milliseconds
 * after setup_inquiry_ask(), and whenever it has asked by itself: when what the answers depend on
 * has changed, and from time to time where nothing tells of that. The questions are answered in
 * another thread, never twice at a time, and no answers are told that are outdated when they come.
 * Main thread only.
 */
#define SETUP_TYPE_INQUIRY (setup_inquiry_get_type ())
G_DECLARE_FINAL_TYPE (SetupInquiry, setup_inquiry, SETUP, INQUIRY, GObject)

SetupInquiry *setup_inquiry_new (UsbBus *bus, const char *root);

void setup_inquiry_set_subject (SetupInquiry *self, const char *port_path, const GError *error);
const char *setup_inquiry_get_subject (SetupInquiry *self);
SetupSituation *setup_inquiry_new_situation (SetupInquiry *self);

void setup_inquiry_rescan (SetupInquiry *self);
void setup_inquiry_ask (SetupInquiry *self);

G_END_DECLS
