/* dfu-erase.c: erases what a device holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-erase.h"

#include "dfu-dfuse-erase.h"
#include "dfu-error.h"

struct _DfuErase {
  DfuWork parent_instance;

  gboolean read_unprotect;
};

G_DEFINE_FINAL_TYPE (DfuErase, dfu_erase, DFU_TYPE_WORK)

/* Whatever memory is meant: that all was erased is to be seen of the first, which is the flash. */
static gboolean
open_first (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  const DfuChoice *meant = visit->choice;
  DfuChoice choice = *meant; /* with its words borrowed */
  gboolean is_open;

  choice.alternate = DFU_CHOICE_ANY;
  choice.alternate_name = NULL;
  choice.takes_any = TRUE;
  visit->choice = &choice;
  is_open = dfu_visit_open (visit, cancellable, error);
  visit->choice = meant;

  return is_open;
}

/* It restarts once everything is erased. One that stays away may as well have been unplugged. */
static gboolean
take_protection (DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  if (!dfu_dfuse_erase_protection (visit, cancellable, error) ||
      !open_first (visit, cancellable, error) || !dfu_dfuse_erase_check (visit, cancellable, error))
    return FALSE;

  dfu_operation_set_restart (visit->operation, DFU_RESTART_BOOTLOADER);
  return TRUE;
}

/* What a device in run-time mode will speak, nobody knows yet. */
static gboolean
check_dialect (DfuVisit *visit, GError **error)
{
  DfuInterface interface;

  if (!dfu_interface_find (&interface, visit->device) ||
      dfu_interface_takes_addresses (&interface) ||
      (interface.mode == DFU_MODE_RUNTIME && (visit->quirks & DFU_QUIRK_IS_LOADER) == 0))
    return TRUE;

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_ERASABLE,
                       "The device does not speak DfuSe, and plain DFU has no request to erase");
  return FALSE;
}

static gboolean
erase (DfuErase *self, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  if (self->read_unprotect)
    return take_protection (visit, cancellable, error);

  if (!dfu_dfuse_erase_memory (visit, cancellable, error) ||
      !dfu_dfuse_erase_check (visit, cancellable, error))
    return FALSE;

  dfu_operation_set_restart (visit->operation, DFU_RESTART_STAYED);
  return TRUE;
}

static DfuOutcome
dfu_erase_visit (DfuWork *work, DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  DfuErase *self = DFU_ERASE (work);
  GError *local_error = NULL;

  dfu_operation_set_only_erases (visit->operation, self->read_unprotect);
  if (!check_dialect (visit, error) || !dfu_visit_reconfigure (visit, cancellable, error) ||
      !check_dialect (visit, error) || !dfu_visit_open (visit, cancellable, error))
    return DFU_OUTCOME_NONE;

  if (erase (self, visit, cancellable, &local_error))
    return DFU_OUTCOME_ERASED;

  if (visit->session != NULL)
    dfu_visit_fail (visit, local_error);
  g_propagate_error (error, local_error);
  return DFU_OUTCOME_NONE;
}

/**
 * dfu_erase_set_read_unprotect:
 * @self: an erasing that has not run
 * @read_unprotect: whether to take the device's protection against reading away, which erases
 *   everything
 */
void
dfu_erase_set_read_unprotect (DfuErase *self, gboolean read_unprotect)
{
  g_return_if_fail (DFU_IS_ERASE (self));

  self->read_unprotect = read_unprotect;
}

static void
dfu_erase_class_init (DfuEraseClass *klass)
{
  DFU_WORK_CLASS (klass)->visit = dfu_erase_visit;
}

static void
dfu_erase_init (DfuErase *self)
{
}

/**
 * dfu_erase_new:
 * @bus: the bus that @device is on; used to see it come back
 * @device: the device as it is now, in either mode
 *
 * Returns: (transfer full): an erasing that has not started
 */
DfuErase *
dfu_erase_new (UsbBus *bus, UsbDevice *device)
{
  DfuErase *self;

  self = dfu_work_new (DFU_TYPE_ERASE, bus, device);

  return self;
}
