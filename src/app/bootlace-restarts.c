/* bootlace-restarts.c: which boards were told to start their program, and may be back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-restarts.h"

#include "dfu-quirks.h"
#include "firmware-esp-chip.h"

struct _BootlaceRestarts {
  GHashTable *serials; /* of those that were told to start, nullable, by port path */
};

/* The ROM of an ESP chip has the same one on every board. */
static char *
dup_telling_serial (DfuDevice *device)
{
  const guint16 vendor = usb_device_get_vendor_id (dfu_device_get_usb_device (device));

  return vendor == FIRMWARE_ESP_VENDOR ? NULL : dfu_device_dup_serial (device);
}

/* That ROM begins in run-time mode, too. */
static gboolean
runs_program (DfuDevice *device)
{
  const guint quirks = dfu_quirks_find_device (dfu_device_get_usb_device (device));

  return dfu_device_get_mode (device) == DFU_MODE_RUNTIME && (quirks & DFU_QUIRK_ESP_ARCHIVE) == 0;
}

/**
 * bootlace_restarts_note_end:
 * @self: restarts
 * @job: a job that has ended
 *
 * Remembers whether the board was told to start its program, until the next job at its port ends.
 */
void
bootlace_restarts_note_end (BootlaceRestarts *self, BootlaceJob *job)
{
  DfuDevice *device;
  const char *port;

  g_return_if_fail (self != NULL);
  g_return_if_fail (BOOTLACE_IS_JOB (job));

  device = bootlace_job_get_device (job);
  port = dfu_device_get_port_path (device);

  if (bootlace_job_starts_program (job))
    g_hash_table_insert (self->serials, g_strdup (port), dup_telling_serial (device));
  else
    g_hash_table_remove (self->serials, port);
}

/**
 * bootlace_restarts_account_for:
 * @self: restarts
 * @device: a board
 *
 * Returns: whether @device is taken for one that was told to start its program, and so came by
 *   itself
 */
gboolean
bootlace_restarts_account_for (BootlaceRestarts *self, DfuDevice *device)
{
  g_autofree char *serial = NULL;
  gpointer before;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (DFU_IS_DEVICE (device), FALSE);

  if (!g_hash_table_lookup_extended (self->serials, dfu_device_get_port_path (device), NULL,
                                     &before))
    return FALSE;

  serial = dup_telling_serial (device);

  return runs_program (device) || (serial != NULL && g_strcmp0 (before, serial) == 0);
}

/**
 * bootlace_restarts_free:
 * @self: restarts
 */
void
bootlace_restarts_free (BootlaceRestarts *self)
{
  g_hash_table_unref (self->serials);
  g_free (self);
}

/**
 * bootlace_restarts_new:
 *
 * Returns: (transfer full): restarts, of nobody yet
 */
BootlaceRestarts *
bootlace_restarts_new (void)
{
  BootlaceRestarts *self = g_new0 (BootlaceRestarts, 1);

  self->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}
