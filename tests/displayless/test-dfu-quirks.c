/* test-dfu-quirks.c: what is special about which devices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-quirks.h"

#include "usb-pipe.h"

static void
test_find (void)
{
  g_assert_cmphex (dfu_quirks_find (0x303a, 0x0002, 0x0723), ==,
                   DFU_QUIRK_ESP_ARCHIVE | DFU_QUIRK_VERIFIES | DFU_QUIRK_WEDGES |
                     DFU_QUIRK_STREAMS | DFU_QUIRK_ATTACHES_LATE | DFU_QUIRK_IS_LOADER);
  g_assert_cmphex (dfu_quirks_find (0x303a, 0x1001, 0x0723), ==, DFU_QUIRK_NONE);
  g_assert_cmphex (dfu_quirks_find (0x0002, 0x303a, 0x0723), ==, DFU_QUIRK_NONE);
}

/* A sketch that borrows the ROM's ids is handled with the same care, but nobody knows whether it
 * compares anything, or keeps an error for later. */
static void
test_not_the_rom (void)
{
  g_assert_cmphex (dfu_quirks_find (0x303a, 0x0002, 0x0100), ==,
                   DFU_QUIRK_ESP_ARCHIVE | DFU_QUIRK_WEDGES);
}

static void
test_transfer_size (void)
{
  const DfuQuirkFlags esp = dfu_quirks_find (0x303a, 0x0002, 0x0723);

  g_assert_cmpuint (dfu_quirks_limit_transfer_size (DFU_QUIRK_NONE, 1), ==, 1);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (DFU_QUIRK_NONE, 4096), ==, 4096);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (DFU_QUIRK_NONE, 4097), ==, USB_PIPE_MAX_LENGTH);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (DFU_QUIRK_NONE, 65535), ==,
                    USB_PIPE_MAX_LENGTH);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (esp, 64), ==, 64);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (esp, 4096), ==, 64);
  g_assert_cmpuint (dfu_quirks_limit_transfer_size (esp, 8), ==, 8);
}

/* Of other devices only the end of an upload tells. */
static void
test_upload_size (void)
{
  g_assert_cmpuint (dfu_quirks_get_upload_size (dfu_quirks_find (0x303a, 0x0002, 0x0723)), ==,
                    4 * 1024 * 1024);
  g_assert_cmpuint (dfu_quirks_get_upload_size (dfu_quirks_find (0x303a, 0x0002, 0x0100)), ==, 0);
  g_assert_cmpuint (dfu_quirks_get_upload_size (DFU_QUIRK_NONE), ==, 0);
}

/* One row of each kind, and its neighbours. */
static void
test_rows (void)
{
  static const struct {
    guint16 vendor;
    guint16 product;
    guint16 release;
    DfuQuirkFlags flags;
  } rows[] = {
    { 0x0483, 0xdf11, 0x2200, DFU_QUIRK_STUCK_BUSY | DFU_QUIRK_STALLS_BUSY },
    { 0x0483, 0xdf12, 0x2200, DFU_QUIRK_NONE },
    { 0x28e9, 0x0189, 0x1000, DFU_QUIRK_GD32_LAYOUT | DFU_QUIRK_DFU_MODE },
    { 0x2341, 0x0070, 0x0100, DFU_QUIRK_ESP_APPLICATION | DFU_QUIRK_PROGRAM | DFU_QUIRK_NO_UPLOAD },
    { 0x2341, 0x0069, 0x0100, DFU_QUIRK_NONE },
    { 0x1fc9, 0x000c, 0x0100, DFU_QUIRK_DFU_MODE },
    { 0x1eaf, 0x0003, 0x0200, DFU_QUIRK_PLAIN },
    { 0x1eaf, 0x0003, 0x0201, DFU_QUIRK_NONE },
    { 0x1d50, 0x5116, 0x0000, DFU_QUIRK_NONE },
    { 0x1d50, 0x5119, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x1457, 0x5126, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x0908, 0x02c4, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x0908, 0x02c4, 0x0001, DFU_QUIRK_NONE },
    { 0x0908, 0x02c5, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x16c0, 0x0762, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x16c0, 0x076a, 0x0000, DFU_QUIRK_NONE },
    { 0x16c0, 0x076b, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x16c0, 0x076c, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x0763, 0x2806, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT },
    { 0x1bcf, 0x0b1d, 0x0000, DFU_QUIRK_BOGUS_POLL_TIMEOUT | DFU_QUIRK_NO_UPLOAD },
    { 0x1bcf, 0x0b1e, 0x0000, DFU_QUIRK_NO_UPLOAD },
    { 0x0c45, 0x636c, 0x0000, DFU_QUIRK_NO_UPLOAD },
    { 0x0c45, 0x6370, 0x0000, DFU_QUIRK_NONE },
    { 0x0c45, 0x6374, 0x0000, DFU_QUIRK_NO_UPLOAD },
    { 0x25b5, 0x0004, 0x0000, DFU_QUIRK_NO_UPLOAD },
    { 0x0b0e, 0x0411, 0x0000, DFU_QUIRK_NO_UPLOAD },
    { 0x0b0e, 0x0412, 0x0000, DFU_QUIRK_NONE },
    { 0x0b0e, 0x0982, 0x0000, DFU_QUIRK_NO_UPLOAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmphex (dfu_quirks_find (rows[i].vendor, rows[i].product, rows[i].release), ==,
                     rows[i].flags);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/quirks/find", test_find);
  g_test_add_func ("/dfu/quirks/not-the-rom", test_not_the_rom);
  g_test_add_func ("/dfu/quirks/rows", test_rows);
  g_test_add_func ("/dfu/quirks/transfer-size", test_transfer_size);
  g_test_add_func ("/dfu/quirks/upload-size", test_upload_size);

  return g_test_run ();
}
