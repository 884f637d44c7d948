/* firmware-esp-layout.c: where parts may lie in the flash so that the ROM writes all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-layout.h"

#include "firmware-error.h"
#include "firmware-esp-sector.h"

#define WRITE_ALIGNMENT 4

/**
 * firmware_esp_layout_check_place:
 * @name: a part
 * @address: where it goes
 * @size: how long it is
 * @flash_size: how large the ROM takes the flash to be
 * @error: return location for an error
 *
 * Checks that the ROM can write a part. It writes in units of four bytes, and what goes beyond the
 * end of the flash it leaves out without a word.
 *
 * Returns: whether the part can go there
 */
gboolean
firmware_esp_layout_check_place (const char *name,
                                 guint32 address,
                                 gsize size,
                                 guint32 flash_size,
                                 GError **error)
{
  if (address % WRITE_ALIGNMENT != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BAD_ADDRESS,
                 "%s goes to address 0x%08x, which is no multiple of %d", name, address,
                 WRITE_ALIGNMENT);
    firmware_error_set_address (error, address);
    return FALSE;
  }

  if (size > flash_size || address > flash_size - size) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH,
                 "%s reaches from 0x%08x to 0x%08" G_GINT64_MODIFIER
                 "x, beyond the flash's 0x%x bytes",
                 name, address, (guint64) address + size, flash_size);
    firmware_error_set_address (error, address);
    return FALSE;
  }

  return TRUE;
}

/**
 * firmware_esp_layout_check_neighbours:
 * @first_name: a part
 * @first_end: where it ends, exclusive
 * @second_name: the next part in the order of addresses
 * @second_address: where that begins
 * @error: return location for an error
 *
 * Checks that two parts have no flash sector in common. The ROM erases a part's sectors when its
 * data begin, and with them the end of the other part.
 *
 * Returns: whether the parts leave each other alone
 */
gboolean
firmware_esp_layout_check_neighbours (const char *first_name,
                                      guint64 first_end,
                                      const char *second_name,
                                      guint64 second_address,
                                      GError **error)
{
  if (first_end <= firmware_esp_sector_start (second_address))
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
               "%s at 0x%08" G_GINT64_MODIFIER
               "x lies in a flash sector with %s, which ends at 0x%08" G_GINT64_MODIFIER "x",
               second_name, second_address, first_name, first_end);
  firmware_error_set_address (error, second_address);
  return FALSE;
}
