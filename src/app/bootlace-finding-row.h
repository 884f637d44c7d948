/* bootlace-finding-row.h: one thing that was found in a firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "firmware-finding.h"

G_BEGIN_DECLS

GtkWidget *bootlace_finding_row_new (FirmwareFinding *finding);

char *bootlace_finding_dup_text (FirmwareFinding *finding);
const char *bootlace_finding_get_icon (FirmwareSeverity severity);

G_END_DECLS
