/* bootlace-report-view.h: the report of a job, to read, copy and save
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-job.h"

G_BEGIN_DECLS

/**
 * BootlaceReportView:
 *
 * Shows the report of its "job" and follows it while it runs.
 */
#define BOOTLACE_TYPE_REPORT_VIEW (bootlace_report_view_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceReportView, bootlace_report_view, BOOTLACE, REPORT_VIEW, GtkWidget)

void bootlace_report_view_show_folder (BootlaceReportView *self);

G_END_DECLS
