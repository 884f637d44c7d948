/* test-uf2.h: UF2, block by block, right or wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TEST_UF2_ESP32S2 0xbfdd4eee
#define TEST_UF2_ESP32C3 0xd42ba06c
#define TEST_UF2_RP2040 0xe48bff56

/**
 * TestUf2Block:
 *
 * What a block says in front of its data, in the words of the specification.
 */
typedef struct {
  guint32 flags;
  guint32 address;
  guint32 number;
  guint32 count;
  guint32 family;
} TestUf2Block;

/* @size is what the block says; as much of it as fits is copied. */
void test_uf2_append (GByteArray *file, const TestUf2Block *block, const guint8 *data, gsize size);

/* A whole file of @family, or of none when that is 0. */
GBytes *test_uf2_new (guint32 family, guint32 address, GBytes *data, gsize payload_size);

/* As Espressif's tools add one of their input files: numbered for itself, each block with an MD5.
 */
void test_uf2_append_esp (GByteArray *file, guint32 family, guint32 address, GBytes *data);

/* Lets two blocks of the file change places. */
void test_uf2_swap (GByteArray *file, gsize block, gsize other);

G_END_DECLS
