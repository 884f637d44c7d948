/* test-cli-flash.c: what happens around "bootlace-cli flash" must not hurt the board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "bus-fixture.h"
#include "cli-command.h"
#include "test-image.h"

static CliExit
flash (void)
{
  g_autoptr (GBytes) contents = test_image_new (20000);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  char program[] = "bootlace-cli";
  char command[] = "flash";
  char *argv[] = { program, command, NULL, NULL };
  CliExit status;

  g_close (g_file_open_tmp ("bootlace-XXXXXX.bin", &path, &error), NULL);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (contents, NULL), g_bytes_get_size (contents),
                       &error);
  g_assert_no_error (error);

  argv[2] = path;
  status = cli_run (3, argv);
  g_assert_cmpint (g_unlink (path), ==, 0);

  return status;
}

static gpointer
hang_up_in_thread (gpointer data)
{
  virtual_bus_tell ("wait-for 1-10 blocks:20");
  kill (getpid (), SIGHUP);

  return NULL;
}

static void
run_in_subprocess (void)
{
  bus_fixture_plug ("esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 1000");

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();

  /* A transfer that nobody waited for may hang the ROM. */
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "discarded"), ==, 0);
  bus_fixture_clear ();
}

/* A terminal is closed, a connection to another computer breaks. */
static void
test_hang_up (void)
{
  GThread *thread;

  if (!g_test_subprocess ()) {
    run_in_subprocess ();
    return;
  }

  thread = g_thread_new ("hang-up", hang_up_in_thread, NULL);
  g_assert_cmpint (flash (), ==, CLI_EXIT_CANCELLED);
  g_thread_join (thread);
}

/* "nohup bootlace-cli flash dfu.bin" goes on. */
static void
test_hang_up_ignored (void)
{
  GThread *thread;

  if (!g_test_subprocess ()) {
    run_in_subprocess ();
    return;
  }

  signal (SIGHUP, SIG_IGN);
  thread = g_thread_new ("hang-up", hang_up_in_thread, NULL);
  g_assert_cmpint (flash (), ==, CLI_EXIT_SUCCESS);
  g_thread_join (thread);
}

/* "bootlace-cli flash dfu.bin | head -1" */
static void
test_output_closed (void)
{
  int ends[2];

  if (!g_test_subprocess ()) {
    run_in_subprocess ();
    return;
  }

  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  dup2 (ends[1], STDOUT_FILENO);
  g_assert_cmpint (flash (), ==, CLI_EXIT_SUCCESS);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/flash/hang-up", test_hang_up);
  g_test_add_func ("/cli/flash/hang-up-ignored", test_hang_up_ignored);
  g_test_add_func ("/cli/flash/output-closed", test_output_closed);

  return g_test_run ();
}
