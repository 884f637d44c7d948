/* test-nor-flash.c: programming clears bits, only erasing sets them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "nor-flash.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define SIZE (2 * NOR_FLASH_BLOCK_SIZE)

static void
assert_byte (NorFlash *flash, guint32 address, guint8 expected)
{
  guint8 byte;

  nor_flash_read (flash, address, &byte, 1);
  g_assert_cmphex (byte, ==, expected);
}

static void
test_program_clears_bits (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);

  assert_byte (flash, 0x1234, 0xff);
  nor_flash_program (flash, 0x1234, (const guint8[]){ 0xf0 }, 1);
  assert_byte (flash, 0x1234, 0xf0);
  nor_flash_program (flash, 0x1234, (const guint8[]){ 0x3c }, 1);
  assert_byte (flash, 0x1234, 0x30);
}

static void
test_erase_sets_them (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);
  const guint8 zeros[NOR_FLASH_SECTOR_SIZE * 3] = { 0 };

  nor_flash_program (flash, 0x1000, zeros, sizeof zeros);
  nor_flash_erase_sector (flash, 0x2fff);
  assert_byte (flash, 0x1fff, 0x00);
  assert_byte (flash, 0x2000, 0xff);
  assert_byte (flash, 0x2fff, 0xff);
  assert_byte (flash, 0x3000, 0x00);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 2), ==, 1);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 1), ==, 0);

  nor_flash_erase_block (flash, 0x8000);
  assert_byte (flash, 0x1fff, 0xff);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 2), ==, 2);
  g_assert_cmpuint (nor_flash_get_sector_erases (flash, 16), ==, 0);
}

static void
test_beyond_the_end (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);
  const guint8 zeros[8] = { 0 };

  nor_flash_program (flash, SIZE - 4, zeros, sizeof zeros);
  assert_byte (flash, SIZE - 1, 0x00);
  assert_byte (flash, SIZE, 0xff);
  assert_byte (flash, 0, 0xff);
  nor_flash_erase_block (flash, SIZE);
  assert_byte (flash, SIZE - 1, 0x00);
}

static void
test_time (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);
  const guint8 zeros[NOR_FLASH_PAGE_SIZE] = { 0 };

  nor_flash_set_timing (flash, &(const NorFlashTiming){ 45000, 150000, 1100 });
  nor_flash_erase_sector (flash, 0);
  nor_flash_erase_block (flash, 0);
  nor_flash_program (flash, 0, zeros, sizeof zeros);
  g_assert_cmpuint (nor_flash_take_busy_us (flash), ==, 45000 + 150000 + 1100);
  g_assert_cmpuint (nor_flash_take_busy_us (flash), ==, 0);
}

static void
test_lost_bit (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);

  nor_flash_corrupt_next_program (flash);
  nor_flash_program (flash, 0, (const guint8[]){ 0x00, 0x00 }, 2);
  assert_byte (flash, 0, 0x00);
  nor_flash_program (flash, 2, (const guint8[]){ 0x00, 0x0c }, 2);
  assert_byte (flash, 3, 0x08);
  nor_flash_program (flash, 4, (const guint8[]){ 0x0c }, 1);
  assert_byte (flash, 4, 0x0c);
}

static void
test_file (void)
{
  g_autoptr (NorFlash) flash = nor_flash_new (SIZE);
  g_autoptr (NorFlash) other = nor_flash_new (SIZE);
  g_autoptr (NorFlash) small = nor_flash_new (NOR_FLASH_BLOCK_SIZE);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("flash-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);

  nor_flash_program (flash, 0x321, (const guint8[]){ 0x5a }, 1);
  g_assert_true (nor_flash_save (flash, path, &error));
  g_assert_true (nor_flash_load (other, path, &error));
  assert_byte (other, 0x321, 0x5a);
  g_assert_false (nor_flash_load (small, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);

  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nor-flash/program-clears-bits", test_program_clears_bits);
  g_test_add_func ("/nor-flash/erase-sets-them", test_erase_sets_them);
  g_test_add_func ("/nor-flash/beyond-the-end", test_beyond_the_end);
  g_test_add_func ("/nor-flash/time", test_time);
  g_test_add_func ("/nor-flash/lost-bit", test_lost_bit);
  g_test_add_func ("/nor-flash/file", test_file);

  return g_test_run ();
}
