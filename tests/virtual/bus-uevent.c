/* bus-uevent.c: what has come or gone, in udevd's own form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-uevent.h"

#include <string.h>

#define MAGIC 0xfeedcafe
#define HASH_FACTOR 0x5bd1e995u

/* What precedes the properties. Numbers marked so are in network order. */
typedef struct {
  char prefix[8]; /* "libudev" */
  guint32 magic;  /* network order */
  guint32 header_size;
  guint32 properties_offset;
  guint32 properties_length;
  guint32 subsystem_hash; /* network order */
  guint32 devtype_hash;   /* network order */
  guint32 tag_bloom_high;
  guint32 tag_bloom_low;
} Header;

G_STATIC_ASSERT (sizeof (Header) == 40);

static guint32
scramble (guint32 word)
{
  word *= HASH_FACTOR;
  word ^= word >> 24;

  return word * HASH_FACTOR;
}

/* MurmurHash2 with seed 0: monitors filter by it in the kernel. */
static guint32
hash_string (const char *text)
{
  gsize length = strlen (text);
  const guint8 *bytes = (const guint8 *) text;
  guint32 hash = length;

  for (; length >= 4; length -= 4, bytes += 4) {
    guint32 word;

    memcpy (&word, bytes, sizeof word);
    hash = hash * HASH_FACTOR ^ scramble (word);
  }

  if (length > 0) {
    for (gsize i = 0; i < length; i++)
      hash ^= (guint32) bytes[i] << 8 * i;
    hash *= HASH_FACTOR;
  }

  hash ^= hash >> 13;
  hash *= HASH_FACTOR;

  return hash ^ hash >> 15;
}

GByteArray *
bus_uevent_new (const char *action, const char *devpath, const char *properties)
{
  static guint64 sequence = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  GByteArray *message = g_byte_array_new ();
  Header header = { .prefix = "libudev" };

  g_string_printf (text,
                   "ACTION=%s\nDEVPATH=%s\nSUBSYSTEM=usb\nDEVTYPE=usb_device\n"
                   "SEQNUM=%" G_GUINT64_FORMAT "\n%s",
                   action, devpath, ++sequence, properties);
  g_strdelimit (text->str, "\n", '\0');

  header.magic = GUINT32_TO_BE (MAGIC);
  header.header_size = sizeof header;
  header.properties_offset = sizeof header;
  header.properties_length = text->len;
  header.subsystem_hash = GUINT32_TO_BE (hash_string ("usb"));
  header.devtype_hash = GUINT32_TO_BE (hash_string ("usb_device"));

  g_byte_array_append (message, (const guint8 *) &header, sizeof header);
  g_byte_array_append (message, (const guint8 *) text->str, text->len);

  return message;
}
