/* dfu-esp-attach.h: the flash of an ESP chip, made known to its ROM
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-log.h"
#include "dfu-session.h"

G_BEGIN_DECLS

gboolean dfu_esp_attach_flash (DfuSession *session,
                               guint timeout,
                               DfuLog *log,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
