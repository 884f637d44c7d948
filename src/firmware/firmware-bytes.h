/* firmware-bytes.h: little-endian numbers in byte strings, for the formats only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint16
firmware_bytes_read_u16 (const guint8 *data)
{
  return (guint16) (data[0] | data[1] << 8);
}

static inline guint32
firmware_bytes_read_u32 (const guint8 *data)
{
  return firmware_bytes_read_u16 (data) | (guint32) firmware_bytes_read_u16 (data + 2) << 16;
}

/* Erased flash has all bits set. */
static inline gboolean
firmware_bytes_are_erased (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if (data[i] != 0xff)
      return FALSE;
  }

  return TRUE;
}

static inline void
firmware_bytes_append_u16 (GByteArray *array, guint16 value)
{
  const guint8 bytes[] = { value & 0xff, value >> 8 };

  g_byte_array_append (array, bytes, sizeof bytes);
}

static inline void
firmware_bytes_append_u32 (GByteArray *array, guint32 value)
{
  firmware_bytes_append_u16 (array, value & 0xffff);
  firmware_bytes_append_u16 (array, value >> 16);
}

static inline void
firmware_bytes_append_zeros (GByteArray *array, gsize length)
{
  guint offset = array->len;

  g_byte_array_set_size (array, offset + (guint) length);
  for (gsize i = 0; i < length; i++)
    array->data[offset + i] = 0;
}

G_END_DECLS
