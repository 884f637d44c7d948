/* test-cli-command.c: the options of a command, what is left of its arguments, and what the shell
 * is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "cli-command.h"
#include "cli-exit.h"
#include "dfu-error.h"
#include "error-enums.h"
#include "firmware-error.h"
#include "usb-error.h"

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

/* As the manual page has it. Codes that have no row here are told as the others of their domain. */
static const struct {
  const char *domain;
  const char *nick;
  int status;
} statuses[] = {
  { "usb", "access", 5 },
  { "usb", "no-driver", 5 },
  { "usb", "busy", 10 },
  { "usb", "gone", 8 },
  { "dfu", "wrong-device", 6 },
  { "dfu", "addressed-image", 6 },
  { "dfu", "unsafe-image", 6 },
  { "dfu", "unfit-image", 6 },
  { "dfu", "not-supported", 6 },
  { "dfu", "not-readable", 6 },
  { "dfu", "not-erasable", 6 },
  { "dfu", "no-such-place", 6 },
  { "dfu", "no-address", 6 },
  { "dfu", "not-alone", 6 },
  { "dfu", "several-memories", 2 },
  { "dfu", "several-interfaces", 2 },
  { "dfu", "no-such-memory", 4 },
  { "dfu", "not-meant", 4 },
  { "dfu", "not-returned", 8 },
  { "dfu", "left", 8 },
  { "firmware", "gap", 2 },
  { "firmware", "no-address", 2 },
  { "firmware", "no-device", 2 },
  { "firmware", "several-memories", 2 },
  { "firmware", "not-convertible", 2 },
};

static void
assert_status (GQuark domain, int code, int status)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "It went wrong");

  g_assert_cmpint (cli_exit_from_error (error), ==, status);
}

static int
find_status (const char *domain, const char *nick, int status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].domain, domain) && g_str_equal (statuses[i].nick, nick))
      return statuses[i].status;

  return status;
}

static guint
assert_statuses (const char *name, GQuark domain, GType type, int status)
{
  g_autoptr (GTypeClass) class = g_type_class_ref (type);
  const GEnumClass *codes = G_ENUM_CLASS (class);
  guint n_rows = 0;

  for (guint i = 0; i < codes->n_values; i++) {
    const int told = find_status (name, codes->values[i].value_nick, status);

    g_test_message ("%s %s", name, codes->values[i].value_nick);
    assert_status (domain, codes->values[i].value, told);
    n_rows += told != status;
  }

  return n_rows;
}

static void
test_statuses (void)
{
  guint n_rows = assert_statuses ("usb", USB_ERROR, usb_error_get_type (), 7);

  n_rows += assert_statuses ("dfu", DFU_ERROR, dfu_error_get_type (), 7);
  n_rows += assert_statuses ("firmware", FIRMWARE_ERROR, firmware_error_get_type (), 3);
  g_assert_cmpuint (n_rows, ==, G_N_ELEMENTS (statuses));

  assert_status (G_IO_ERROR, G_IO_ERROR_CANCELLED, 9);
  assert_status (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, 3);
  assert_status (G_FILE_ERROR, G_FILE_ERROR_ACCES, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/command/statuses", test_statuses);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/cli/command/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  return g_test_run ();
}
