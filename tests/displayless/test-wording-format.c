/* test-wording-format.c: numbers as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wording-format.h"

static void
take_and_assert (char *text, const char *expected)
{
  g_autofree char *taken = text;

  g_assert_cmpstr (taken, ==, expected);
}

static void
test_address (void)
{
  take_and_assert (wording_format_address (0), "0x00000000");
  take_and_assert (wording_format_address (0x10000), "0x00010000");
  take_and_assert (wording_format_address (G_GUINT64_CONSTANT (0x100000000)), "0x100000000");
}

static void
test_flash_size (void)
{
  take_and_assert (wording_format_flash_size (4 * 1024 * 1024), "4 MB");
  take_and_assert (wording_format_flash_size (512 * 1024), "512 kB");
}

static void
test_size (void)
{
  take_and_assert (wording_format_size (1000), "1.0 kB");
  take_and_assert (wording_format_size (8192), "8.2 kB");
  take_and_assert (wording_format_size (9949), "9.9 kB");
  take_and_assert (wording_format_size (10000), "10 kB");
  take_and_assert (wording_format_size (940508), "940 kB");
  take_and_assert (wording_format_size (999999), "999 kB");
  take_and_assert (wording_format_size (1300000), "1.3 MB");
}

/* Digits are grouped as the person's language does, and here not at all. */
static void
test_exact_size (void)
{
  take_and_assert (wording_format_exact_size (96), "96 bytes");
  take_and_assert (wording_format_exact_size (999), "999 bytes");
  take_and_assert (wording_format_exact_size (1000), "1.0 kB (1000 bytes)");
  take_and_assert (wording_format_exact_size (912384), "912 kB (912384 bytes)");
  take_and_assert (wording_format_exact_size (4193280), "4.2 MB (4193280 bytes)");
}

/* 100 % is said only when everything is done. */
static void
test_percent (void)
{
  take_and_assert (wording_format_percent (0.0), "0 %");
  take_and_assert (wording_format_percent (0.439), "43 %");
  take_and_assert (wording_format_percent (0.9999), "99 %");
  take_and_assert (wording_format_percent (1.0), "100 %");
  take_and_assert (wording_format_percent (-1.0), "0 %");
  take_and_assert (wording_format_percent (2.0), "100 %");
}

static void
test_rate (void)
{
  take_and_assert (wording_format_rate (0.0), NULL);
  take_and_assert (wording_format_rate (131072.0), "131 kB/s");
}

static void
test_time_left (void)
{
  take_and_assert (wording_format_time_left (-1.0), NULL);
  take_and_assert (wording_format_time_left (0.0), "1 s left");
  take_and_assert (wording_format_time_left (11.2), "12 s left");
  take_and_assert (wording_format_time_left (59.5), "1 min 00 s left");
  take_and_assert (wording_format_time_left (80.0), "1 min 20 s left");
}

static void
test_build_date (void)
{
  take_and_assert (wording_format_build_date (NULL), NULL);
  take_and_assert (wording_format_build_date (""), NULL);
  take_and_assert (wording_format_build_date ("May  3 2026"), "3 May 2026");
  take_and_assert (wording_format_build_date ("Dec 24 2025"), "24 December 2025");
  take_and_assert (wording_format_build_date ("yesterday"), "yesterday");
  take_and_assert (wording_format_build_date ("Foo 12 2026"), "Foo 12 2026");
  take_and_assert (wording_format_build_date ("Feb 31 2026"), "Feb 31 2026");
}

/* Without a translation it is what the format calls itself. */
static void
test_name (void)
{
  const FirmwareFormat *const formats[] = {
    &firmware_format_esp_archive, &firmware_format_dfuse,     &firmware_format_dfu,
    &firmware_format_esp_build,   &firmware_format_ihex,      &firmware_format_uf2,
    &firmware_format_elf,         &firmware_format_esp_flash, &firmware_format_esp_binary,
    &firmware_format_raw,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    g_assert_cmpstr (wording_format_name (formats[i]), ==, formats[i]->name);
}

static void
test_join (void)
{
  take_and_assert (wording_format_join ((const char *[]){ "a", NULL, "", "b" }, 4), "a · b");
  take_and_assert (wording_format_join ((const char *[]){ NULL }, 1), "");
}

/* Short ones are not told; what takes longer than foretold is told without the forecast. */
static void
test_erase (void)
{
  take_and_assert (wording_format_erase (-1, 11.0), NULL);
  take_and_assert (wording_format_erase (0, 0.0), NULL);
  take_and_assert (wording_format_erase (1, 1.9), NULL);
  take_and_assert (wording_format_erase (0, 10.2), "Erasing: about 11 s");
  take_and_assert (wording_format_erase (5, 10.2), "Erasing: 5 s of about 11 s");
  take_and_assert (wording_format_erase (11, 10.2), "Erasing: 11 s of about 11 s");
  take_and_assert (wording_format_erase (12, 10.2), "Erasing for 12 s");
  take_and_assert (wording_format_erase (2, 0.0), "Erasing for 2 s");
}

static void
test_check (void)
{
  take_and_assert (wording_format_check (-1, 11.0), NULL);
  take_and_assert (wording_format_check (1, 1.9), NULL);
  take_and_assert (wording_format_check (0, 10.2), "about 11 s");
  take_and_assert (wording_format_check (5, 10.2), "5 s of about 11 s");
  take_and_assert (wording_format_check (11, 10.2), "11 s of about 11 s");
  take_and_assert (wording_format_check (12, 10.2), "for 12 s");
  take_and_assert (wording_format_check (2, 0.0), "for 2 s");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wording/format/address", test_address);
  g_test_add_func ("/wording/format/flash-size", test_flash_size);
  g_test_add_func ("/wording/format/size", test_size);
  g_test_add_func ("/wording/format/exact-size", test_exact_size);
  g_test_add_func ("/wording/format/percent", test_percent);
  g_test_add_func ("/wording/format/rate", test_rate);
  g_test_add_func ("/wording/format/time-left", test_time_left);
  g_test_add_func ("/wording/format/erase", test_erase);
  g_test_add_func ("/wording/format/check", test_check);
  g_test_add_func ("/wording/format/build-date", test_build_date);
  g_test_add_func ("/wording/format/name", test_name);
  g_test_add_func ("/wording/format/join", test_join);

  return g_test_run ();
}
