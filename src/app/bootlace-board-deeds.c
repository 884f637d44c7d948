/* bootlace-board-deeds.c: what can be done with a board besides flashing it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board.h"

/**
 * bootlace_board_is_free:
 * @self: a board
 *
 * Returns: whether it is there, may be opened and has no job that is not over
 */
gboolean
bootlace_board_is_free (BootlaceBoard *self)
{
  DfuDevice *device;

  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  device = bootlace_board_get_device (self);

  return !bootlace_board_is_active (self) && dfu_device_is_present (device) &&
         dfu_device_is_accessible (device);
}

/**
 * bootlace_board_offers:
 * @self: a board
 * @deed: %BOOTLACE_DEED_READ, %BOOTLACE_DEED_ERASE or %BOOTLACE_DEED_UNPROTECT
 *
 * Plain DFU has no request to erase, and not everything can be read. Whether a chip has a
 * protection only the chip itself knows.
 *
 * Returns: whether such a board can have that done to it, as far as it says
 */
gboolean
bootlace_board_offers (BootlaceBoard *self, BootlaceDeed deed)
{
  const DfuInterface *interface;

  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  interface = dfu_device_get_interface (bootlace_board_get_device (self));

  return deed == BOOTLACE_DEED_READ ? interface->descriptor.can_upload
                                    : dfu_interface_takes_addresses (interface);
}

/**
 * bootlace_board_offers_memories:
 * @self: a board
 *
 * Returns: whether one of its memories can be read or erased, as far as it says
 */
gboolean
bootlace_board_offers_memories (BootlaceBoard *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD (self), FALSE);

  return bootlace_board_offers (self, BOOTLACE_DEED_READ) ||
         bootlace_board_offers (self, BOOTLACE_DEED_ERASE);
}
