/* bootlace-wishes.h: what people want done beyond writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dfu-device.h"
#include "dfu-upgrade.h"

G_BEGIN_DECLS

/* Keys of the settings. */
#define BOOTLACE_WISH_READ_BACK "read-back"
#define BOOTLACE_WISH_RESTART "restart"
#define BOOTLACE_WISH_BACKUP "keep-backup"

char *bootlace_wishes_dup_backup_folder (void);
void bootlace_wishes_apply (GSettings *settings, DfuDevice *device, DfuUpgrade *upgrade);

G_END_DECLS
