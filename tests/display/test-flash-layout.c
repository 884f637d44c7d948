/* test-flash-layout.c: where the parts of a firmware are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-flash-layout.h"

#define FLASH_SIZE (4 * 1024 * 1024)
#define MINIMUM 10

typedef struct {
  const char *name;
  int width;
  BootlaceFlashSpan spans[4]; /* given, and found; size 0 ends them */
} Case;

#define SPAN(address, size, x, width)                                                              \
  {                                                                                                \
    (address), (size), MINIMUM, (x), (width)                                                       \
  }

static const Case cases[] = {
  { "to-scale",
    400,
    { SPAN (0, FLASH_SIZE / 4, 0, 100), SPAN (FLASH_SIZE / 2, FLASH_SIZE / 4, 200, 100) } },
  { "whole", 400, { SPAN (0, FLASH_SIZE, 0, 400) } },
  { "thin",
    400,
    { SPAN (0x1000, 0x1000, 0, 10), SPAN (0x8000, 0xc00, 13, 10),
      SPAN (0x10000, 0x100000, 25, 95) } },
  { "at-the-end", 400, { SPAN (FLASH_SIZE - 0x1000, 0x1000, 390, 10) } },
  { "two-at-the-end",
    400,
    { SPAN (FLASH_SIZE - 0x2000, 0x1000, 380, 10), SPAN (FLASH_SIZE - 0x1000, 0x1000, 390, 10) } },
  { "small-before-large",
    400,
    { SPAN (0, FLASH_SIZE - 0x1000, 0, 390), SPAN (FLASH_SIZE - 0x1000, 0x1000, 390, 10) } },
  { "no-room",
    12,
    { SPAN (0, 0x1000, 0, 4), SPAN (0x1000, 0x1000, 4, 4), SPAN (0x2000, 0x1000, 8, 4) } },
  { "beyond", 400, { SPAN (0, 2u * FLASH_SIZE, 0, 400) } },
  { "far-beyond", 400, { SPAN (G_MAXUINT64 - 1, G_MAXUINT64, 390, 10) } },
  { "part-in-partition",
    400,
    { SPAN (FLASH_SIZE / 2, FLASH_SIZE / 4, 195, 107), SPAN (FLASH_SIZE / 2, 0x1000, 195, 10) } },
  { "several-in-one",
    400,
    { SPAN (0, 0x3000, 0, 30), SPAN (0, 0x1000, 0, 10), SPAN (0x1000, 0x1000, 10, 10),
      SPAN (0x2000, 0x1000, 20, 10) } },
  { "any-order",
    400,
    { SPAN (FLASH_SIZE / 2, FLASH_SIZE / 2, 200, 200), SPAN (0, FLASH_SIZE / 2, 0, 200) } },
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
    spans[i] = (BootlaceFlashSpan){ test->spans[i].address, test->spans[i].size, MINIMUM, -1, -1 };

  bootlace_flash_layout (spans, n, FLASH_SIZE, test->width);

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
    int minimum = MIN (MINIMUM, width / (int) n);
    guint64 address = 0;
    int end = 0;

    for (gsize i = 0; i < n; i++) {
      address += (guint64) g_test_rand_int_range (0, FLASH_SIZE / 20);
      spans[i] =
        (BootlaceFlashSpan){ address, (guint64) g_test_rand_int_range (1, 300000), MINIMUM, 0, 0 };
      address += spans[i].size;
    }

    bootlace_flash_layout (spans, n, MAX (address, FLASH_SIZE), width);

    for (gsize i = 0; i < n; i++) {
      g_assert_cmpint (spans[i].x, >=, end);
      g_assert_cmpint (spans[i].width, >=, minimum);
      end = spans[i].x + spans[i].width;
    }
    g_assert_cmpint (end, <=, width);
  }
}

static gboolean
contains (const BootlaceFlashSpan *outer, const BootlaceFlashSpan *inner)
{
  return outer->address <= inner->address &&
         inner->address + inner->size <= outer->address + outer->size;
}

/* However parts and partitions lie upon each other in the flash, so they do in the drawing. */
static void
test_one_axis (void)
{
  for (guint round = 0; round < 2000; round++) {
    BootlaceFlashSpan spans[12];
    int width = g_test_rand_int_range (200, 900);

    for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
      spans[i] = (BootlaceFlashSpan){ (guint64) g_test_rand_int_range (0, FLASH_SIZE - 0x80000),
                                      (guint64) g_test_rand_int_range (1, 0x80000), MINIMUM, 0, 0 };

    bootlace_flash_layout (spans, G_N_ELEMENTS (spans), FLASH_SIZE, width);

    for (gsize i = 0; i < G_N_ELEMENTS (spans); i++) {
      const BootlaceFlashSpan *a = &spans[i];

      g_assert_cmpint (a->width, >=, MINIMUM);
      g_assert_cmpint (a->x + a->width, <=, width);
      for (gsize j = 0; j < G_N_ELEMENTS (spans); j++) {
        const BootlaceFlashSpan *b = &spans[j];

        if (a->address <= b->address)
          g_assert_cmpint (a->x, <=, b->x);
        if (a->address + a->size <= b->address)
          g_assert_cmpint (a->x + a->width, <=, b->x);
        if (contains (a, b))
          g_assert_cmpint (a->x + a->width, >=, b->x + b->width);
      }
    }
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
  g_test_add_func ("/flash-layout/one-axis", test_one_axis);

  return g_test_run ();
}
