/* test-firmware-memory.c: bytes at addresses, with gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "firmware-error.h"
#include "firmware-memory.h"

#define LIMIT 0x1000

static void
add (FirmwareMemory *memory, guint64 address, const char *text, guint place)
{
  g_autoptr (GError) error = NULL;

  firmware_memory_add (memory, address, (const guint8 *) text, strlen (text), place, &error);
  g_assert_no_error (error);
}

static void
assert_run (GArray *runs, guint i, guint64 address, const char *text)
{
  const FirmwareRun *run = &g_array_index (runs, FirmwareRun, i);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (run->data, &size);

  g_assert_cmphex (run->address, ==, address);
  g_assert_cmpmem (data, size, text, strlen (text));
}

static void
test_order (void)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (LIMIT);
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  guint fault = 0;

  add (memory, 0x104, "efg", 1);
  add (memory, 0x200, "xyz", 2);
  add (memory, 0x100, "abcd", 3);
  add (memory, 0x107, "", 4);

  runs = firmware_memory_join (memory, "line", &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 2);
  assert_run (runs, 0, 0x100, "abcdefg");
  assert_run (runs, 1, 0x200, "xyz");
}

static void
test_empty (void)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (LIMIT);
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  guint fault = 0;

  runs = firmware_memory_join (memory, "line", &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
}

static void
test_overlap (void)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (LIMIT);
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  guint fault = 0;

  add (memory, 0x103, "d", 8);
  add (memory, 0x100, "abcd", 9);

  runs = firmware_memory_join (memory, "line", &fault, &error);
  g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP);
  g_assert_null (runs);
  g_assert_cmpstr (error->message, ==, "line 9 and line 8 both have a byte for address 0x00000103");
  g_assert_cmpuint (fault, ==, 9);
}

static void
test_limit (void)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (LIMIT);
  const guint8 bytes[2] = { 0 };

  add (memory, LIMIT - 1, "a", 1);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (
      firmware_memory_add (memory, i == 0 ? LIMIT - 1 : G_MAXUINT64, bytes, 2, 2, &error));
    g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BEYOND_FLASH);
  }
}

/* As many runs as are taken, and one more. */
static void
test_scattered (void)
{
  for (guint n_runs = FIRMWARE_MEMORY_RUNS_MAX; n_runs <= FIRMWARE_MEMORY_RUNS_MAX + 1; n_runs++) {
    g_autoptr (FirmwareMemory) memory = firmware_memory_new (2 * (n_runs + 1));
    g_autoptr (GArray) runs = NULL;
    g_autoptr (GError) error = NULL;
    guint fault = 0;

    for (guint i = n_runs; i > 0; i--)
      add (memory, 2 * i, "a", i);

    runs = firmware_memory_join (memory, "line", &fault, &error);
    if (n_runs == FIRMWARE_MEMORY_RUNS_MAX)
      g_assert_cmpuint (runs->len, ==, n_runs);
    else
      g_assert_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED);
    g_assert_cmpuint (fault, ==, n_runs == FIRMWARE_MEMORY_RUNS_MAX ? 0 : n_runs);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/memory/order", test_order);
  g_test_add_func ("/firmware/memory/empty", test_empty);
  g_test_add_func ("/firmware/memory/overlap", test_overlap);
  g_test_add_func ("/firmware/memory/limit", test_limit);
  g_test_add_func ("/firmware/memory/scattered", test_scattered);

  return g_test_run ();
}
