/* bootlace-application.h: the program: its boards, its jobs and its windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-job-list.h"

G_BEGIN_DECLS

/**
 * BootlaceApplication:
 *
 * Owns the USB bus, the boards and the jobs. It lives as long as a window is open or a job runs.
 *
 * Actions: "app.about", "app.rescan", "app.quit".
 */
#define BOOTLACE_TYPE_APPLICATION (bootlace_application_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceApplication,
                      bootlace_application,
                      BOOTLACE,
                      APPLICATION,
                      GtkApplication)

BootlaceApplication *bootlace_application_new (void);

G_END_DECLS
