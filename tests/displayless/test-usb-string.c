/* test-usb-string.c: string descriptors, well-formed and other ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-string.h"

#define REPLACEMENT "\357\277\275"

typedef struct {
  const char *name;
  gsize length;
  guint8 bytes[12];
  const char *text; /* NULL when it is no string descriptor */
} Row;

static const Row rows[] = {
  { "plain", 4, { 4, 3, '0', 0 }, "0" },
  { "umlaut", 6, { 6, 3, 0xfc, 0, 0xdf, 0 }, "üß" },
  { "surrogates", 6, { 6, 3, 0x3d, 0xd8, 0x80, 0xde }, "🚀" },
  { "lone-high", 6, { 6, 3, 0x3d, 0xd8, 'A', 0 }, REPLACEMENT "A" },
  { "lone-low", 6, { 6, 3, 0x80, 0xde, 'A', 0 }, REPLACEMENT "A" },
  { "high-at-end", 4, { 4, 3, 0x3d, 0xd8 }, REPLACEMENT },
  { "nul", 8, { 8, 3, 'A', 0, 0, 0, 'B', 0 }, "A" },
  { "escape", 8, { 8, 3, 0x1b, 0, '[', 0, 'J', 0 }, REPLACEMENT "[J" },
  { "line-end", 6, { 6, 3, 'A', 0, '\n', 0 }, "A" REPLACEMENT },
  { "right-to-left-override", 4, { 4, 3, 0x2e, 0x20 }, REPLACEMENT },
  { "line-separator", 4, { 4, 3, 0x28, 0x20 }, REPLACEMENT },
  { "paragraph-separator", 4, { 4, 3, 0x29, 0x20 }, REPLACEMENT },
  { "empty", 2, { 2, 3 }, "" },
  { "odd", 5, { 5, 3, 'A', 0, 'B' }, "A" },
  { "longer-than-it-says", 6, { 4, 3, 'A', 0, 'B', 0 }, "A" },
  { "shorter-than-it-says", 4, { 10, 3, 'A', 0 }, "A" },
  { "nothing", 0, { 0 }, NULL },
  { "one-byte", 1, { 4 }, NULL },
  { "length-0", 4, { 0, 3, 'A', 0 }, NULL },
  { "length-1", 4, { 1, 3, 'A', 0 }, NULL },
  { "other-type", 4, { 4, 2, 'A', 0 }, NULL },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  /* Exactly as long as said, so that a sanitizer sees a byte too much. */
  g_autofree guint8 *data = g_memdup2 (row->bytes, row->length);
  g_autofree char *text = usb_string_parse (data, row->length);

  g_assert_cmpstr (text, ==, row->text);
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_make_printable (void)
{
  g_autofree char *plain = usb_string_make_printable ("ESP32-S2 \303\274");
  g_autofree char *nasty = usb_string_make_printable ("A\033[2J\nB\377C");

  g_assert_cmpstr (plain, ==, "ESP32-S2 \303\274");
  g_assert_cmpstr (nasty, ==, "A" REPLACEMENT "[2J" REPLACEMENT "B" REPLACEMENT "C");
}

static void
test_collapse (void)
{
  static const char *const names[][2] = {
    { "STM32  BOOTLOADER", "STM32 BOOTLOADER" },
    { "  ESP32-S2 ", "ESP32-S2" },
    { "a   b  c", "a b c" },
    { "plain name", "plain name" },
    { "   ", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *text = usb_string_collapse_blanks (g_strdup (names[i][0]));

    g_assert_cmpstr (text, ==, names[i][1]);
  }

  g_assert_null (usb_string_collapse_blanks (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/string/make-printable", test_make_printable);
  g_test_add_func ("/usb/string/collapse-blanks", test_collapse);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/usb/string/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  return g_test_run ();
}
