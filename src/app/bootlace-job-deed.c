/* bootlace-job-deed.c: the work of a job, and the file that it leaves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-job.h"

#include <glib/gi18n.h>

#include "dfu-erase.h"
#include "dfu-readout.h"
#include "dfu-upgrade.h"

/**
 * bootlace_job_get_saved:
 * @self: a job
 *
 * Returns: (nullable): the file with what was read from the board, or was on it before it was
 *   written, once that is written
 */
GFile *
bootlace_job_get_saved (BootlaceJob *self)
{
  DfuWork *operation = bootlace_job_get_operation (self);

  if (DFU_IS_READOUT (operation))
    return dfu_readout_get_file (DFU_READOUT (operation));

  return DFU_IS_UPGRADE (operation) ? dfu_upgrade_get_backup (DFU_UPGRADE (operation)) : NULL;
}

/**
 * bootlace_job_describe_saved:
 * @self: a job
 *
 * Returns: (transfer full) (nullable): the name of that file, for people
 */
char *
bootlace_job_describe_saved (BootlaceJob *self)
{
  GFile *saved = bootlace_job_get_saved (self);
  g_autofree char *name = saved != NULL ? g_file_get_basename (saved) : NULL;
  g_autofree char *display = name != NULL ? g_filename_display_name (name) : NULL;

  if (display == NULL)
    return NULL;

  if (bootlace_job_get_deed (self) == BOOTLACE_DEED_READ)
    /* Translators: the name of the file with what was read from a board */
    return g_strdup_printf (_ ("File: %s"), display);

  /* Translators: the name of the file with what was on a board before */
  return g_strdup_printf (_ ("Backup: %s"), display);
}

static BootlaceJob *
create_job (DfuDevice *device, BootlaceDeed deed, DfuWork *operation, FirmwareImage *image)
{
  return g_object_new (BOOTLACE_TYPE_JOB, "device", device, "deed", deed, "operation", operation,
                       "image", image, NULL);
}

/**
 * bootlace_job_new:
 * @bus: the bus that the board is on
 * @device: the board
 * @image: what to write
 *
 * Returns: (transfer full): a job that waits to be started
 */
BootlaceJob *
bootlace_job_new (UsbBus *bus, DfuDevice *device, FirmwareImage *image)
{
  g_autoptr (DfuUpgrade) upgrade = dfu_upgrade_new (bus, dfu_device_get_usb_device (device), image);

  dfu_upgrade_set_program (upgrade, dfu_device_get_program (device));

  return create_job (device, BOOTLACE_DEED_FLASH, DFU_WORK (upgrade), image);
}

/**
 * bootlace_job_new_to_read:
 * @bus: the bus that the board is on
 * @device: the board
 * @file: where to save what is on it
 *
 * Returns: (transfer full): a job that waits to be started
 */
BootlaceJob *
bootlace_job_new_to_read (UsbBus *bus, DfuDevice *device, GFile *file)
{
  g_autoptr (DfuReadout) readout = dfu_readout_new (bus, dfu_device_get_usb_device (device), 0);

  dfu_readout_set_file (readout, file);

  return create_job (device, BOOTLACE_DEED_READ, DFU_WORK (readout), NULL);
}

/**
 * bootlace_job_new_to_erase:
 * @bus: the bus that the board is on
 * @device: the board; somebody has agreed to lose what is on it
 * @deed: %BOOTLACE_DEED_ERASE or %BOOTLACE_DEED_UNPROTECT
 *
 * Returns: (transfer full): a job that waits to be started
 */
BootlaceJob *
bootlace_job_new_to_erase (UsbBus *bus, DfuDevice *device, BootlaceDeed deed)
{
  g_autoptr (DfuErase) erase = dfu_erase_new (bus, dfu_device_get_usb_device (device));

  dfu_erase_set_read_unprotect (erase, deed == BOOTLACE_DEED_UNPROTECT);

  return create_job (device, deed, DFU_WORK (erase), NULL);
}
