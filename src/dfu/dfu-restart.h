/* dfu-restart.h: out of DFU mode, DFU 1.1 section 7
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-visit.h"

G_BEGIN_DECLS

UsbDevice *dfu_restart_find_back (DfuVisit *visit, GCancellable *cancellable);
gboolean dfu_restart_is_back (DfuVisit *visit, GCancellable *cancellable);
DfuRestart dfu_restart_watch (DfuVisit *visit, GCancellable *cancellable);
DfuRestart dfu_restart_run (DfuVisit *visit, GCancellable *cancellable);
gboolean dfu_restart_program (DfuVisit *visit);

G_END_DECLS
