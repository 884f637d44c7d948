/* bootlace-report.h: what happened to a board, as a text to keep or to send
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-job.h"

G_BEGIN_DECLS

char *bootlace_report_new (BootlaceJob *job);

G_END_DECLS
