/* test-outcomes.c: how several jobs ended, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-outcomes.h"

static const struct {
  BootlaceOutcomes outcomes;
  const char *text;
  const char *next_step;
} cases[] = {
  { { .n_verified = 1 }, "Written and verified", NULL },
  { { .n_verified = 1, .n_waiting = 1 },
    "Written and verified",
    "Press RESET on the board to start it" },
  { { .n_written = 1, .n_waiting = 1 }, "Written", "Press RESET on the board to start it" },
  { { .n_failed = 1 }, "Flashing failed", "The board’s row says what to do" },
  { { .n_cancelled = 1 }, "Cancelled", NULL },
  { { .n_verified = 2, .n_waiting = 1 },
    "2 boards written and verified",
    "Press RESET on the board to start it" },
  { { .n_verified = 2, .n_waiting = 2 },
    "2 boards written and verified",
    "Press RESET on each board to start it" },
  { { .n_verified = 1, .n_written = 1, .n_waiting = 2 },
    "1 board written and verified · 1 board written",
    "Press RESET on each board to start it" },
  { { .n_verified = 3, .n_failed = 1, .n_cancelled = 2 },
    "3 boards written and verified · 1 board failed · 2 boards cancelled",
    "The board’s row says what to do" },
  { { .n_cancelled = 2 }, "2 boards cancelled", NULL },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = bootlace_outcomes_describe (&cases[i].outcomes);
    g_autofree char *next_step = bootlace_outcomes_describe_next_step (&cases[i].outcomes);

    g_assert_cmpstr (text, ==, cases[i].text);
    g_assert_cmpstr (next_step, ==, cases[i].next_step);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outcomes/words", test_words);

  return g_test_run ();
}
