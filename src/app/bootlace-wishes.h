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

/**
 * BootlaceReadBack:
 * @BOOTLACE_READ_BACK_IF_NEEDED: where the board does not compare by itself
 * @BOOTLACE_READ_BACK_ALWAYS: even where it does
 * @BOOTLACE_READ_BACK_NEVER: not at all
 *
 * When what was written is read back and compared; as in the schema of the settings.
 */
typedef enum {
  BOOTLACE_READ_BACK_IF_NEEDED,
  BOOTLACE_READ_BACK_ALWAYS,
  BOOTLACE_READ_BACK_NEVER,
} BootlaceReadBack;

char *bootlace_wishes_dup_backup_folder (void);
void bootlace_wishes_apply (GSettings *settings, DfuDevice *device, DfuUpgrade *upgrade);

G_END_DECLS
