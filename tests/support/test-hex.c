/* test-hex.c: Intel HEX, record by record, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-hex.h"

const TestHexStyle test_hex_plain = { .line_end = "\n" };

static void
append_byte (GString *text, const TestHexStyle *style, guint8 byte)
{
  if (style->lower_case)
    g_string_append_printf (text, "%02x", byte);
  else
    g_string_append_printf (text, "%02X", byte);
}

void
test_hex_append (GString *text,
                 const TestHexStyle *style,
                 guint8 type,
                 guint16 offset,
                 const guint8 *data,
                 gsize size)
{
  const guint8 head[] = { (guint8) size, offset >> 8, offset & 0xff, type };
  guint8 sum = 0;

  g_assert_cmpuint (size, <=, G_MAXUINT8);

  g_string_append_c (text, ':');
  for (gsize i = 0; i < sizeof head + size; i++) {
    const guint8 byte = i < sizeof head ? head[i] : data[i - sizeof head];

    append_byte (text, style, byte);
    sum += byte;
  }
  append_byte (text, style, (guint8) -sum);
  g_string_append (text, style->line_end);
}

void
test_hex_append_at (GString *text, guint32 address, const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i += 32) {
    const guint32 at = address + (guint32) i;
    const guint8 page[] = { at >> 24, at >> 16 & 0xff };

    test_hex_append (text, &test_hex_plain, 4, 0, page, sizeof page);
    test_hex_append (text, &test_hex_plain, 0, at & 0xffff, data + i, MIN (32, size - i));
  }
}

void
test_hex_append_end (GString *text)
{
  test_hex_append (text, &test_hex_plain, 1, 0, NULL, 0);
}
