/* virtual-bus-control.c: tells the virtual bus, from a shell, what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-bus-client.h"

int
main (int argc, char **argv)
{
  g_autoptr (GString) command = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 2) {
    g_printerr ("Usage: virtual-bus-control VERB ARGUMENTS…\n");
    return 2;
  }

  for (int i = 1; i < argc; i++) {
    g_autofree char *quoted = g_shell_quote (argv[i]);

    g_string_append_printf (command, "%s%s", i > 1 ? " " : "", quoted);
  }

  answer = virtual_bus_ask (&error, "%s", command->str);
  if (answer == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }

  if (*answer != '\0')
    g_print ("%s\n", answer);

  return 0;
}
