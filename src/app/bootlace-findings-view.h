/* bootlace-findings-view.h: what is wrong with the chosen firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-clearance.h"

G_BEGIN_DECLS

/**
 * BootlaceFindingsView:
 *
 * The errors and warnings about the firmware of its "clearance", and the box in which a person
 * agrees to the warnings. Hidden when there are none. Notes are shown elsewhere.
 */
#define BOOTLACE_TYPE_FINDINGS_VIEW (bootlace_findings_view_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFindingsView,
                      bootlace_findings_view,
                      BOOTLACE,
                      FINDINGS_VIEW,
                      GtkWidget)

G_END_DECLS
