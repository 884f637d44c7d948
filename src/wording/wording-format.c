/* wording-format.c: numbers as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-format.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* An erase or a check of so many seconds is worth telling. */
#define LONG_WORK 2

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
 * wording_format_time_left:
 * @seconds: how long something will take; negative when unknown
 *
 * Returns: (transfer full) (nullable): the time, `12 s left`
 */
char *
wording_format_time_left (double seconds)
{
  int rounded;

  if (seconds < 0.0 || seconds > G_MAXINT)
    return NULL;

  rounded = MAX (1, (int) ceil (seconds));

  if (rounded < 60)
    /* Translators: the time left, in seconds */
    return g_strdup_printf (_ ("%d s left"), rounded);

  /* Translators: the time left, in minutes and seconds */
  return g_strdup_printf (_ ("%d min %02d s left"), rounded / 60, rounded % 60);
}

static gboolean
is_worth_telling (int elapsed, double expected)
{
  return elapsed >= 0 && (elapsed >= LONG_WORK || expected >= LONG_WORK);
}

static int
round_expected (double expected)
{
  return (int) ceil (CLAMP (expected, 0.0, G_MAXINT));
}

/**
 * wording_format_erase:
 * @elapsed: for how many seconds something has been erased; -1 when it is not
 * @expected: how many it typically takes; 0 when nobody knows
 *
 * Says that a device is at work of which nothing is heard meanwhile. Short erases are not worth a
 * word that is gone before it is read.
 *
 * Returns: (transfer full) (nullable): the time, `Erasing: 5 s of about 11 s`
 */
char *
wording_format_erase (int elapsed, double expected)
{
  const int rounded = round_expected (expected);

  if (!is_worth_telling (elapsed, expected))
    return NULL;

  if (elapsed > rounded)
    /* Translators: for how many seconds a board has been erasing */
    return g_strdup_printf (_ ("Erasing for %d s"), elapsed);

  if (elapsed == 0)
    /* Translators: how many seconds a board will erase */
    return g_strdup_printf (_ ("Erasing: about %d s"), rounded);

  /* Translators: how many seconds a board has been erasing, and how many it takes in all */
  return g_strdup_printf (_ ("Erasing: %d s of about %d s"), elapsed, rounded);
}

/**
 * wording_format_check:
 * @elapsed: for how many seconds something has been checked; -1 when it is not
 * @expected: how many it typically takes; 0 when nobody knows
 *
 * As wording_format_erase(), behind a word for what the device does.
 *
 * Returns: (transfer full) (nullable): the time, `5 s of about 11 s`
 */
char *
wording_format_check (int elapsed, double expected)
{
  const int rounded = round_expected (expected);

  if (!is_worth_telling (elapsed, expected))
    return NULL;

  if (elapsed > rounded)
    /* Translators: for how many seconds a board has been checking, behind “Checking” */
    return g_strdup_printf (_ ("for %d s"), elapsed);

  if (elapsed == 0)
    /* Translators: how many seconds a board will check, behind “Checking” */
    return g_strdup_printf (_ ("about %d s"), rounded);

  /* Translators: how many seconds a board has been checking, and how many it takes in all, behind
   * “Checking” */
  return g_strdup_printf (_ ("%d s of about %d s"), elapsed, rounded);
}

/**
 * wording_format_silence:
 * @seconds: for how long nothing has gone on; 0 while something does
 *
 * Stands where a rate and a time left would say that all is well.
 *
 * Returns: (transfer full) (nullable): the time, `no progress for 5 s`
 */
char *
wording_format_silence (int seconds)
{
  if (seconds <= 0)
    return NULL;

  /* Translators: for how many seconds a board has not taken or given anything */
  return g_strdup_printf (_ ("no progress for %d s"), seconds);
}

/**
 * wording_format_ago:
 * @seconds: how long something is past
 *
 * Seconds are told in steps of five, for nobody wants to see them run.
 *
 * Returns: (transfer full): a phrase for the middle of a sentence, `5 s ago`
 */
char *
wording_format_ago (gint64 seconds)
{
  if (seconds < 5)
    /* Translators: a moment ago, as in "it was rebuilt just now" */
    return g_strdup (_ ("just now"));

  if (seconds < 60)
    /* Translators: a time in seconds, as in "it was rebuilt 5 s ago" */
    return g_strdup_printf (_ ("%d s ago"), (int) (seconds / 5 * 5));

  /* Translators: a time in minutes, as in "it was rebuilt 5 min ago" */
  return g_strdup_printf (_ ("%d min ago"), (int) MIN (seconds / 60, G_MAXINT));
}

static int
find_month (const char *name)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (strcmp (months[i], name) == 0)
      return (int) i + 1;

  return 0;
}

/**
 * wording_format_build_date:
 * @date: (nullable): a date as C's `__DATE__` has it, `May  3 2026`
 *
 * Returns: (transfer full) (nullable): the date as it is written here; @date itself when it is
 *   none of a compiler's
 */
char *
wording_format_build_date (const char *date)
{
  g_autoptr (GDateTime) time = NULL;
  char name[4] = "";
  int month;
  int day;
  int year;

  if (date == NULL || *date == '\0')
    return NULL;

  if (sscanf (date, "%3s %2d %4d", name, &day, &year) != 3)
    return g_strdup (date);

  month = find_month (name);
  if (month == 0)
    return g_strdup (date);

  time = g_date_time_new_utc (year, month, day, 0, 0, 0.0);
  if (time == NULL)
    return g_strdup (date);

  /* Translators: a date as g_date_time_format() prints it: day, name of the month, year */
  return g_date_time_format (time, _ ("%-e %B %Y"));
}

/**
 * wording_format_moment:
 * @time: in microseconds since 1970
 *
 * Returns: (transfer full) (nullable): day and time as they are written here, where the person is
 */
char *
wording_format_moment (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  if (moment == NULL)
    return NULL;

  /* Translators: a moment as g_date_time_format() prints it: day, name of the month, year, time */
  return g_date_time_format (moment, _ ("%-e %B %Y, %H:%M:%S"));
}

/**
 * wording_format_role:
 * @role: what a part of a firmware is
 *
 * Returns: (transfer none): what people call it, in lower case
 */
const char *
wording_format_role (FirmwareRole role)
{
  switch (role) {
  case FIRMWARE_ROLE_BOOTLOADER:
    return _ ("bootloader");
  case FIRMWARE_ROLE_PARTITION_TABLE:
    return _ ("partition table");
  case FIRMWARE_ROLE_OTA_DATA:
    /* Translators: data that say which of two applications starts; OTA is "over the air" */
    return _ ("OTA data");
  case FIRMWARE_ROLE_APPLICATION:
    /* Translators: the application, a part of the firmware */
    return _ ("app");
  case FIRMWARE_ROLE_DATA:
    break;
  }

  /* Translators: a part of the firmware of which nothing more is known */
  return _ ("data");
}

/**
 * wording_format_table_md5:
 * @md5: what came of verifying the MD5 of a partition table
 *
 * Returns: (transfer none): that in words
 */
const char *
wording_format_table_md5 (FirmwareEspProof md5)
{
  switch (md5) {
  case FIRMWARE_ESP_PROOF_GOOD:
    return _ ("the table’s own MD5 verified");
  case FIRMWARE_ESP_PROOF_WRONG:
    return _ ("the table’s own MD5 wrong");
  case FIRMWARE_ESP_PROOF_NONE:
    break;
  }

  return _ ("no MD5 in the table");
}

/**
 * wording_format_name:
 * @format: what a file is
 *
 * Returns: (transfer none): its translated name
 */
const char *
wording_format_name (const FirmwareFormat *format)
{
  const struct {
    const FirmwareFormat *format;
    const char *name;
  } names[] = {
    { &firmware_format_esp_archive, N_ ("ESP-IDF DFU archive") },
    { &firmware_format_esp_build, N_ ("ESP-IDF build") },
    { &firmware_format_esp_flash, N_ ("ESP flash image") },
    { &firmware_format_esp_binary, N_ ("ESP binary") },
    { &firmware_format_dfuse, N_ ("DfuSe file") },
    { &firmware_format_dfu, N_ ("DFU file") },
    { &firmware_format_ihex, N_ ("Intel HEX file") },
    { &firmware_format_uf2, N_ ("UF2 file") },
    { &firmware_format_elf, N_ ("ELF program") },
    { &firmware_format_raw, N_ ("raw binary") },
  };

  g_return_val_if_fail (format != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (names[i].format == format)
      return _ (names[i].name);
  }

  /* A new one needs a row here. */
  g_return_val_if_reached (format->name);
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
