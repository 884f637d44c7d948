/* test-dfu-gd32.c: what GigaDevice's ROM says of itself, set right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-gd32.h"

static const struct {
  const char *serial;
  const char *decoded;
  const char *flash;
} rows[] = {
  { "\u4333\u4a42", "3CBJ", "@Internal Flash  /0x08000000/128*001Kg" },
  { "\u5633\u4a38", "3V8J", "@Internal Flash  /0x08000000/064*001Kg" },
  { "\u4333\u4a36", "3C6J", "@Internal Flash  /0x08000000/032*001Kg" },
  { "\u4333\u4a34", "3C4J", "@Internal Flash  /0x08000000/016*001Kg" },
  { "\u4333\u4a39", "3C9J", NULL },
  { "\u4334\u4a42", "4CBJ", NULL },
  { "\u4333\u4b42", "3CBK", NULL },
  { "\u4333\u4a42\u4333", "3CBJ3C", NULL },
  { "\u4333", "3C", NULL },
  { "3CBJ", NULL, NULL }, /* were it as USB wants it, one would see it by now */
  { "\u0d33\u4a42", NULL, NULL },
  { "", NULL, NULL },
  { "\xff\xfe", NULL, NULL },
  { NULL, NULL, NULL },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *decoded = dfu_gd32_decode_serial (rows[i].serial);
    g_autofree char *flash = dfu_gd32_describe_flash (rows[i].serial);

    g_assert_cmpstr (decoded, ==, rows[i].decoded);
    g_assert_cmpstr (flash, ==, rows[i].flash);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/gd32/serial", test_rows);

  return g_test_run ();
}
