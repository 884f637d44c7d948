/* bootlace-stopping.h: how the boards of a window are stopped, and when that is asked first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-job-list.h"
#include "bootlace-status.h"

G_BEGIN_DECLS

/**
 * BootlaceStopping:
 *
 * Has the window's actions "win.cancel" and "win.stop" enabled while there is something to stop,
 * and the question whether to. One question at a time, and none about what is over.
 */
#define BOOTLACE_TYPE_STOPPING (bootlace_stopping_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceStopping, bootlace_stopping, BOOTLACE, STOPPING, GObject)

BootlaceStopping *
bootlace_stopping_new (GtkWindow *window, BootlaceJobList *jobs, BootlaceStatus *status);

void bootlace_stopping_cancel (BootlaceStopping *self);
void bootlace_stopping_ask (BootlaceStopping *self, gboolean and_close);

G_END_DECLS
