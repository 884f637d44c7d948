/* test-cli-ids-choice.c: which boards "--device" means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-ids-choice.h"

#define ANY CLI_IDS_ANY
#define NONE CLI_IDS_NONE

typedef struct {
  const char *text;
  CliIds runtime;
  CliIds dfu;
} Row;

static const Row rows[] = {
  { "1209:0001", { 0x1209, 0x0001 }, { 0x1209, 0x0001 } },
  { "0x1209:0X1", { 0x1209, 0x0001 }, { 0x1209, 0x0001 } },
  { "1209", { 0x1209, ANY }, { 0x1209, ANY } },
  { "1209:", { 0x1209, ANY }, { 0x1209, ANY } },
  { "1209:*", { 0x1209, ANY }, { 0x1209, ANY } },
  { "1209:ffff", { 0x1209, ANY }, { 0x1209, ANY } },
  { ":1", { ANY, 0x0001 }, { ANY, 0x0001 } },
  { "*", { ANY, ANY }, { ANY, ANY } },
  { "-", { NONE, ANY }, { NONE, ANY } },
  { ":", { ANY, ANY }, { ANY, ANY } },
  { "1457:51ab,951:26", { 0x1457, 0x51ab }, { 0x0951, 0x0026 } },
  { "1457:51ab,:2bc", { 0x1457, 0x51ab }, { 0x1457, 0x02bc } },
  { "1457:51ab,2bc", { 0x1457, 0x51ab }, { 0x02bc, 0x51ab } },
  { "1457:51ab,", { 0x1457, 0x51ab }, { 0x1457, 0x51ab } },
  { "1457:51ab,*:*", { 0x1457, 0x51ab }, { ANY, ANY } },
  { ",951:26", { NONE, NONE }, { 0x0951, 0x0026 } },
  { "-,951:26", { NONE, ANY }, { 0x0951, 0x0026 } },
  { "*,-", { ANY, ANY }, { NONE, ANY } },
  { ",", { NONE, NONE }, { ANY, ANY } },
};

static const char *const mistakes[] = {
  "",   "board",   "1209:0001:0100", "12345:1", "1209:-1", "+1:2", "1:2,3:4,5:6",
  "**", "1209 :1", "0x:1",
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  CliIds runtime;
  CliIds dfu;

  g_assert_true (cli_ids_choice_parse (row->text, &runtime, &dfu));
  g_assert_cmpint (runtime.vendor, ==, row->runtime.vendor);
  g_assert_cmpint (runtime.product, ==, row->runtime.product);
  g_assert_cmpint (dfu.vendor, ==, row->dfu.vendor);
  g_assert_cmpint (dfu.product, ==, row->dfu.product);
}

static void
test_mistake (gconstpointer text)
{
  CliIds runtime;
  CliIds dfu;

  g_assert_false (cli_ids_choice_parse (text, &runtime, &dfu));
}

static void
test_fit (void)
{
  g_assert_true (cli_ids_fit (&(CliIds){ 0x1209, 1 }, 0x1209, 1));
  g_assert_true (cli_ids_fit (&(CliIds){ ANY, 1 }, 0x1209, 1));
  g_assert_true (cli_ids_fit (&(CliIds){ ANY, ANY }, 0, 0xffff));
  g_assert_false (cli_ids_fit (&(CliIds){ 0x1209, 1 }, 0x1209, 2));
  g_assert_false (cli_ids_fit (&(CliIds){ 0x1209, 1 }, 0x1208, 1));
  g_assert_false (cli_ids_fit (&(CliIds){ NONE, ANY }, 0x1209, 1));

  g_assert_true (cli_ids_are_of_one (&(CliIds){ 0, 0 }));
  g_assert_false (cli_ids_are_of_one (&(CliIds){ ANY, 0 }));
  g_assert_false (cli_ids_are_of_one (&(CliIds){ 0, NONE }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/cli/ids-choice/%s", rows[i].text);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    g_autofree char *path = g_strdup_printf ("/cli/ids-choice/mistakes/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, mistakes[i], test_mistake);
  }

  g_test_add_func ("/cli/ids-choice/fit", test_fit);

  return g_test_run ();
}
