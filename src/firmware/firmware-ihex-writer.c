/* firmware-ihex-writer.c: Intel HEX, from bytes with addresses to lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-ihex.h"

#include "firmware-error.h"

#define DATA_MAX 16 /* what other tools write, and what every reader takes */
#define PAGE_SIZE 0x10000

static void
append_byte (GString *text, guint8 byte, guint8 *sum)
{
  static const char digits[] = "0123456789ABCDEF";

  g_string_append_c (text, digits[byte >> 4]);
  g_string_append_c (text, digits[byte & 0xf]);
  *sum += byte;
}

static void
append_record (GString *text, guint8 type, guint16 offset, const guint8 *data, gsize size)
{
  guint8 sum = 0;

  g_string_append_c (text, ':');
  append_byte (text, (guint8) size, &sum);
  append_byte (text, offset >> 8, &sum);
  append_byte (text, offset & 0xff, &sum);
  append_byte (text, type, &sum);
  for (gsize i = 0; i < size; i++)
    append_byte (text, data[i], &sum);
  append_byte (text, (guint8) -sum, &sum);
  g_string_append_c (text, '\n');
}

/* Readers begin in page 0; only another one needs to be said. */
static void
append_page (GString *text, guint32 page)
{
  const guint8 data[] = { page >> 8 & 0xff, page & 0xff };

  append_record (text, FIRMWARE_IHEX_LINEAR, 0, data, sizeof data);
}

/* No line goes from one page into the next: readers disagree on what that means. */
static void
append_run (GString *text, const FirmwareRun *run, guint32 *page)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (run->data, &size);
  gsize n_bytes = 0;

  for (gsize i = 0; i < size; i += n_bytes) {
    const guint64 address = run->address + i;
    const guint32 offset = address % PAGE_SIZE;

    if (address / PAGE_SIZE != *page) {
      *page = (guint32) (address / PAGE_SIZE);
      append_page (text, *page);
    }

    n_bytes = MIN (size - i, MIN (DATA_MAX, PAGE_SIZE - offset));
    append_record (text, FIRMWARE_IHEX_DATA, (guint16) offset, data + i, n_bytes);
  }
}

static gboolean
check_run (const FirmwareRun *run, GError **error)
{
  const gsize size = g_bytes_get_size (run->data);

  if (size <= FIRMWARE_IHEX_LIMIT && run->address <= FIRMWARE_IHEX_LIMIT - size)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH,
               "%" G_GSIZE_FORMAT " bytes at address 0x%08" G_GINT64_MODIFIER
               "x reach beyond what Intel HEX can address",
               size, run->address);
  return FALSE;
}

/**
 * firmware_ihex_write:
 * @runs: (array length=n_runs): bytes and where they go
 * @n_runs: how many runs
 * @error: return location for %FIRMWARE_ERROR_BEYOND_FLASH, when an address has more than 32 bits
 *
 * Writes a file: 16 bytes a line, extended linear addresses where they are needed, an end record,
 * lines that end in LF. firmware_ihex_read() gives the same bytes back, and the same runs
 * if they are in the order of addresses and do not touch each other.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
firmware_ihex_write (const FirmwareRun *runs, gsize n_runs, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint32 page = 0;

  g_return_val_if_fail (runs != NULL || n_runs == 0, NULL);

  for (gsize i = 0; i < n_runs; i++) {
    if (!check_run (&runs[i], error))
      return NULL;

    append_run (text, &runs[i], &page);
  }

  append_record (text, FIRMWARE_IHEX_END, 0, NULL, 0);

  return g_string_free_to_bytes (g_steal_pointer (&text));
}
