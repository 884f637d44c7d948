/* dfu-wait.h: waiting for a device's own time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void dfu_wait (guint milliseconds, GCancellable *cancellable);

G_END_DECLS
