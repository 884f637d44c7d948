/* test-cli-command.c: the options of a command and what is left of its arguments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-command.h"

typedef struct {
  const char *name;
  const char *call;
  const char *left; /* NULL when the call is wrong */
} Row;

static const Row rows[] = {
  { "none", "inspect", "inspect" },
  { "name", "inspect a", "inspect a" },
  { "option", "inspect --json a", "inspect a" },
  { "separator", "inspect -- -dash.bin", "inspect -dash.bin" },
  { "option-and-separator", "inspect --json -- -dash.bin", "inspect -dash.bin" },
  { "separator-alone", "inspect --", "inspect" },
  { "unknown", "inspect -dash.bin", NULL },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &(gboolean){ FALSE }, "Print JSON", NULL },
    { 0 },
  };
  g_auto (GStrv) words = g_strsplit (row->call, " ", -1);
  g_autofree char **argv = g_memdup2 (words, (g_strv_length (words) + 1) * sizeof (char *));
  g_autofree char *left = NULL;
  int argc = (int) g_strv_length (words);

  g_assert_cmpint (cli_parse_options (&cli_command_inspect, entries, &argc, &argv), ==,
                   row->left != NULL);
  if (row->left == NULL)
    return;

  left = g_strjoinv (" ", argv);
  g_assert_cmpstr (left, ==, row->left);
  g_assert_cmpint (argc, ==, (int) g_strv_length (argv));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/cli/command/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  return g_test_run ();
}
