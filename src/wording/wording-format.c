/* wording-format.c: numbers as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-format.h"

#include <glib/gi18n.h>

#include <math.h>

#define KILOBYTE 1000
#define MEGABYTE (1000 * KILOBYTE)
#define KIBIBYTE 1024
#define MEBIBYTE (1024 * KIBIBYTE)

/* A number with its thousands apart, where printf() can do that. */
#ifdef G_OS_WIN32
#define GROUPED "%" G_GUINT64_FORMAT
#else
#define GROUPED "%'" G_GUINT64_FORMAT
#endif

/**
 * wording_format_address:
 * @address: an address in the flash
 *
 * Returns: (transfer full): the address as tools print it, `0x00010000`
 */
char *
wording_format_address (guint64 address)
{
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address);
}

/**
 * wording_format_flash_size:
 * @size: a capacity, in bytes
 *
 * Memory chips come in powers of two, and everybody who builds firmware says "4 MB" for
 * 4194304 bytes; so does this.
 *
 * Returns: (transfer full): the capacity
 */
char *
wording_format_flash_size (guint64 size)
{
  if (size >= MEBIBYTE && size % MEBIBYTE == 0)
    /* Translators: the size of a flash chip in megabytes */
    return g_strdup_printf (_ ("%d MB"), (int) (size / MEBIBYTE));

  if (size >= KIBIBYTE && size % KIBIBYTE == 0)
    /* Translators: the size of a flash chip in kilobytes */
    return g_strdup_printf (_ ("%d kB"), (int) (size / KIBIBYTE));

  return g_format_size (size);
}

/**
 * wording_format_size:
 * @size: how many bytes
 *
 * Like g_format_size(), but no more exact than people want it: "8.2 kB", "912 kB", "1.3 MB".
 *
 * Returns: (transfer full): the size
 */
char *
wording_format_size (guint64 size)
{
  if (size < KILOBYTE)
    return g_format_size (size);

  if (size < 10 * KILOBYTE)
    /* Translators: a size in kilobytes */
    return g_strdup_printf (_ ("%.1f kB"), size / (double) KILOBYTE);

  if (size < MEGABYTE)
    /* Translators: a size in kilobytes */
    return g_strdup_printf (_ ("%.0f kB"), floor (size / (double) KILOBYTE));

  /* Translators: a size in megabytes */
  return g_strdup_printf (_ ("%.1f MB"), size / (double) MEGABYTE);
}

/**
 * wording_format_exact_size:
 * @size: how many bytes
 *
 * Returns: (transfer full): the size as above, and to the byte: `912 kB (912,384 bytes)`
 */
char *
wording_format_exact_size (guint64 size)
{
  g_autofree char *text = wording_format_size (size);
  g_autofree char *bytes = g_strdup_printf (GROUPED, size);

  if (size < KILOBYTE)
    return g_steal_pointer (&text);

  /* Translators: a size such as "912 kB", and how many bytes these are, to the last one */
  return g_strdup_printf (_ ("%s (%s bytes)"), text, bytes);
}

/**
 * wording_format_percent:
 * @fraction: from 0 to 1
 *
 * Rounds down: 100 % is said only when everything is done.
 *
 * Returns: (transfer full): the percentage
 */
char *
wording_format_percent (double fraction)
{
  /* Translators: a percentage; there is a no-break space between number and sign */
  return g_strdup_printf (_ ("%d %%"), (int) floor (CLAMP (fraction, 0.0, 1.0) * 100.0));
}

/**
 * wording_format_rate:
 * @rate: bytes a second; 0 when unknown
 *
 * Returns: (transfer full) (nullable): the rate, `131 kB/s`
 */
char *
wording_format_rate (double rate)
{
  g_autofree char *size = NULL;

  if (rate < 1.0)
    return NULL;

  size = wording_format_size ((guint64) rate);

  /* Translators: a rate; %s is a size like "131 kB" */
  return g_strdup_printf (_ ("%s/s"), size);
}

/**
 * wording_format_join:
 * @texts: (array length=n_texts) (element-type utf8): texts, some of them %NULL or empty
 * @n_texts: how many
 *
 * Returns: (transfer full): the texts that say something, with dots between them
 */
char *
wording_format_join (const char *const *texts, gsize n_texts)
{
  GString *joined = g_string_new (NULL);

  for (gsize i = 0; i < n_texts; i++) {
    if (texts[i] == NULL || *texts[i] == '\0')
      continue;
    if (joined->len > 0)
      g_string_append (joined, " · ");
    g_string_append (joined, texts[i]);
  }

  return g_string_free (joined, FALSE);
}
