/* test-firmware-esp-erase.c: what the ROM erases for a part
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-erase.h"

#define SECTOR 0x1000
#define BLOCK 0x10000
#define N_RANDOM 2000

static FirmwareEspErase
erase (guint32 address, gsize size)
{
  FirmwareEspErase due = { 0, 0 };

  firmware_esp_erase_add (&due, address, size);
  return due;
}

/* What the ROM was seen to do. */
static void
test_known (void)
{
  static const struct {
    guint32 address;
    gsize size;
    guint n_sectors, n_blocks;
  } cases[] = {
    { 0x1000, 1, 1, 0 },
    { 0x1000, 4096, 1, 0 },
    { 0x1000, 4097, 2, 0 },
    { 0x1000, 0x3a98, 4, 0 },
    { 0x1ffc, 8, 2, 0 },
    { 0x10000, 64 * 1024, 16, 0 },
    { 0x10000, 128 * 1024, 32, 0 },
    { 0x10000, 132 * 1024, 17, 1 },
    { 0x10000, 512 * 1024, 32, 6 },
    { 0x10000, 1024 * 1024, 32, 14 },
    { 0xe000, 64 * 1024, 16, 0 },
    { 0xe000, 256 * 1024, 16, 3 },
    { 0xffff0000, 64 * 1024, 16, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const FirmwareEspErase due = erase (cases[i].address, cases[i].size);

    g_assert_cmpuint (due.n_sectors, ==, cases[i].n_sectors);
    g_assert_cmpuint (due.n_blocks, ==, cases[i].n_blocks);
  }
}

/* The ROM's own loop. */
static FirmwareEspErase
erase_step_by_step (guint64 start, gsize size)
{
  guint64 address = start / SECTOR * SECTOR;
  gsize n_left = (gsize) ((start + size - address + SECTOR - 1) / SECTOR);
  FirmwareEspErase due = { 0, 0 };

  for (; n_left > 0 && address / BLOCK == start / BLOCK; address += SECTOR, n_left--)
    due.n_sectors++;
  for (; n_left > 16; n_left -= 16)
    due.n_blocks++;
  due.n_sectors += (guint) n_left;

  return due;
}

static void
test_random (void)
{
  for (guint i = 0; i < N_RANDOM; i++) {
    const guint32 address = (guint32) g_test_rand_int_range (0, 4 * 1024 * 1024);
    const gsize size = (gsize) g_test_rand_int_range (1, 1 << g_test_rand_int_range (1, 23));
    const FirmwareEspErase due = erase (address, size);
    const FirmwareEspErase expected = erase_step_by_step (address, size);

    g_assert_cmpuint (due.n_sectors, ==, expected.n_sectors);
    g_assert_cmpuint (due.n_blocks, ==, expected.n_blocks);
  }
}

static void
test_sum (void)
{
  FirmwareEspErase due = erase (0x10000, 512 * 1024);

  g_assert_cmpuint (firmware_esp_erase_count (&due), ==, 38);
  g_assert_cmpuint (firmware_esp_erase_get_time (&due), ==, 2340);

  firmware_esp_erase_add (&due, 0x90000, 512 * 1024);
  g_assert_cmpuint (firmware_esp_erase_count (&due), ==, 76);
  g_assert_cmpuint (firmware_esp_erase_get_time (&due), ==, 4680);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/esp-erase/known", test_known);
  g_test_add_func ("/firmware/esp-erase/random", test_random);
  g_test_add_func ("/firmware/esp-erase/sum", test_sum);

  return g_test_run ();
}
