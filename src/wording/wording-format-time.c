/* wording-format-time.c: times as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-format.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* An erase or a check of so many seconds is worth telling. */
#define LONG_WORK 2

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
