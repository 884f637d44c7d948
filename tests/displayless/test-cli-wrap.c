/* test-cli-wrap.c: lines that are too long for a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-wrap.h"

typedef struct {
  const char *name;
  const char *text;
  const char *wrapped; /* in 20 columns */
} Row;

static const Row rows[] = {
  { "nothing", "", "" },
  { "fits", "just twenty columns,", "just twenty columns," },
  { "one-more", "one more than twenty,", "one more than\ntwenty," },
  { "umlauts", "zwölf äöüÄÖÜ, zwanzig", "zwölf äöüÄÖÜ,\nzwanzig" },
  { "umlauts-fit", "zwölf äöüÄÖÜ, zwölf,", "zwölf äöüÄÖÜ, zwölf," },
  { "thrice", "one two three four five six seven eight nine ten",
    "one two three four\nfive six seven eight\nnine ten" },
  { "indented", "  --raw | nothing at all", "  --raw | nothing at\n  all" },
  { "columns", "  -f, --to   take it all now", "  -f, --to   take it\n             all now" },
  { "narrow-column", "  --address=HERE  where it goes",
    "  --address=HERE  where\n                  it\n                  goes" },
  { "long-word", "abcdefghijklmnopqrstuvwxyz is one word",
    "abcdefghijklmnopqrstuvwxyz\nis one word" },
  { "lines", "a\n\nand a line that is too long\n", "a\n\nand a line that is\ntoo long\n" },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autofree char *wrapped = cli_wrap (row->text, 20);

  g_assert_cmpstr (wrapped, ==, row->wrapped);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/cli/wrap/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  return g_test_run ();
}
