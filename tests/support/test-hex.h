/* test-hex.h: Intel HEX, record by record, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestHexStyle:
 * @lower_case: whether digits are "a" to "f" instead of "A" to "F"
 * @line_end: what ends a line
 *
 * What tools differ in.
 */
typedef struct {
  gboolean lower_case;
  const char *line_end;
} TestHexStyle;

extern const TestHexStyle test_hex_plain;

/* A record whose checksum is right; whether the rest makes sense is for the test to decide. */
void test_hex_append (GString *text,
                      const TestHexStyle *style,
                      guint8 type,
                      guint16 offset,
                      const guint8 *data,
                      gsize size);

/* Data at an address of 32 bits, each line with an extended linear address before it. */
void test_hex_append_at (GString *text, guint32 address, const guint8 *data, gsize size);
void test_hex_append_end (GString *text);

G_END_DECLS
