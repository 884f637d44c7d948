/* test-flash-layout.c: where the parts of a firmware are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-flash-layout.h"

#define FLASH_SIZE (4 * 1024 * 1024)

typedef struct {
  const char *name;
  int width;
  int minimum;
  BootlaceFlashSpan spans[4]; /* given, and found; size 0 ends them */
} Case;

static const Case cases[] = {
  { "to-scale",
    400,
    10,
    { { 0, FLASH_SIZE / 4, 0, 100 }, { FLASH_SIZE / 2, FLASH_SIZE / 4, 200, 100 } } },
  { "whole", 400, 10, { { 0, FLASH_SIZE, 0, 400 } } },
  { "thin",
    400,
    10,
    { { 0x1000, 0x1000, 0, 10 }, { 0x8000, 0xc00, 10, 10 }, { 0x10000, 0x100000, 20, 86 } } },
  { "at-the-end", 400, 10, { { FLASH_SIZE - 0x1000, 0x1000, 390, 10 } } },
  { "two-at-the-end",
    400,
    10,
    { { FLASH_SIZE - 0x2000, 0x1000, 380, 10 }, { FLASH_SIZE - 0x1000, 0x1000, 390, 10 } } },
  { "pushed-against-the-end",
    400,
    10,
    { { 0, FLASH_SIZE - 0x1000, 0, 390 }, { FLASH_SIZE - 0x1000, 0x1000, 390, 10 } } },
  { "no-room",
    12,
    10,
    { { 0, 0x1000, 0, 4 }, { 0x1000, 0x1000, 4, 4 }, { 0x2000, 0x1000, 8, 4 } } },
  { "beyond", 400, 10, { { 0, 2u * FLASH_SIZE, 0, 400 } } },
};

static gsize
count_spans (const Case *test)
{
  gsize n = 0;

  while (n < G_N_ELEMENTS (test->spans) && test->spans[n].size > 0)
    n++;

  return n;
}

static void
test_layout (gconstpointer data)
{
  const Case *test = data;
  gsize n = count_spans (test);
  BootlaceFlashSpan spans[G_N_ELEMENTS (test->spans)];

  for (gsize i = 0; i < n; i++)
    spans[i] = (BootlaceFlashSpan){ test->spans[i].address, test->spans[i].size, -1, -1 };

  bootlace_flash_layout (spans, n, FLASH_SIZE, test->width, test->minimum);

  for (gsize i = 0; i < n; i++) {
    g_assert_cmpint (spans[i].x, ==, test->spans[i].x);
    g_assert_cmpint (spans[i].width, ==, test->spans[i].width);
  }
}

/* Whatever the parts are, they stay inside, in order, and can be seen. */
static void
test_always_visible (void)
{
  for (guint round = 0; round < 2000; round++) {
    BootlaceFlashSpan spans[20];
    gsize n = (gsize) g_test_rand_int_range (1, G_N_ELEMENTS (spans) + 1);
    int width = g_test_rand_int_range (1, 900);
    int minimum = MIN (10, width / (int) n);
    guint64 address = 0;
    int end = 0;

    for (gsize i = 0; i < n; i++) {
      address += (guint64) g_test_rand_int_range (0, FLASH_SIZE / 20);
      spans[i] = (BootlaceFlashSpan){ address, (guint64) g_test_rand_int_range (1, 300000), 0, 0 };
      address += spans[i].size;
    }

    bootlace_flash_layout (spans, n, MAX (address, FLASH_SIZE), width, 10);

    for (gsize i = 0; i < n; i++) {
      g_assert_cmpint (spans[i].x, >=, end);
      g_assert_cmpint (spans[i].width, >=, minimum);
      end = spans[i].x + spans[i].width;
    }
    g_assert_cmpint (end, <=, width);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/flash-layout/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_layout);
  }
  g_test_add_func ("/flash-layout/always-visible", test_always_visible);

  return g_test_run ();
}
