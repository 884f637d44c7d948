/* bootlace-wishes.c: what people want done beyond writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-wishes.h"

#define PRIVATE 0700

/**
 * bootlace_wishes_dup_backup_folder:
 *
 * Returns: (transfer full): where backups are kept
 */
char *
bootlace_wishes_dup_backup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "bootlace", "backups", NULL);
}

/* A name that no other backup has: the port and the second. */
static GFile *
create_backup_file (DfuDevice *device)
{
  g_autofree char *folder = bootlace_wishes_dup_backup_folder ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *name =
    g_strdup_printf ("%s port %s.bin", time, dfu_device_get_port_path (device));
  g_autofree char *path = g_build_filename (folder, name, NULL);

  /* Whoever saves will tell if there is no folder. */
  g_mkdir_with_parents (folder, PRIVATE);

  return g_file_new_for_path (path);
}

static DfuUpgradeFlags
find_flags (GSettings *settings)
{
  static const DfuUpgradeFlags read_back[] = {
    [BOOTLACE_READ_BACK_IF_NEEDED] = DFU_UPGRADE_READ_BACK,
    [BOOTLACE_READ_BACK_ALWAYS] = DFU_UPGRADE_READ_BACK_ALWAYS,
    [BOOTLACE_READ_BACK_NEVER] = DFU_UPGRADE_DEFAULT,
  };

  if (settings == NULL)
    return DFU_UPGRADE_READ_BACK;

  return read_back[g_settings_get_enum (settings, BOOTLACE_WISH_READ_BACK)] |
         (g_settings_get_boolean (settings, BOOTLACE_WISH_RESTART) ? DFU_UPGRADE_RESTART
                                                                   : DFU_UPGRADE_DEFAULT);
}

/**
 * bootlace_wishes_apply:
 * @settings: (nullable): the settings, or %NULL for what they are before somebody changes them
 * @device: the board that is written
 * @upgrade: the work, not started
 *
 * Makes @upgrade do what is wished.
 */
void
bootlace_wishes_apply (GSettings *settings, DfuDevice *device, DfuUpgrade *upgrade)
{
  g_autoptr (GFile) backup = NULL;

  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));
  g_return_if_fail (DFU_IS_DEVICE (device));
  g_return_if_fail (DFU_IS_UPGRADE (upgrade));

  if (settings != NULL && g_settings_get_boolean (settings, BOOTLACE_WISH_BACKUP))
    backup = create_backup_file (device);

  dfu_upgrade_set_flags (upgrade, find_flags (settings));
  dfu_upgrade_set_backup (upgrade, backup);
}
