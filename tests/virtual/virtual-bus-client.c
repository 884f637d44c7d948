/* virtual-bus-client.c: for programs that run on a virtual bus and want to tell it what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "virtual-bus-client.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
set_errno_error (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", what,
               g_strerror (saved));
}

static int
connect_to_bus (GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const char *path = g_getenv ("VIRTUAL_BUS_CONTROL");
  int fd;

  if (path == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no virtual bus");
    return -1;
  }

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;

  set_errno_error (error, path);
  if (fd >= 0)
    close (fd);

  return -1;
}

static char *
read_line (int fd, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);

  while (line->len == 0 || line->str[line->len - 1] != '\n') {
    char buffer[4096];
    gssize length = recv (fd, buffer, sizeof buffer, 0);

    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0) {
      set_errno_error (error, "Cannot read the virtual bus's answer");
      return NULL;
    }
    if (length == 0) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The virtual bus has gone");
      return NULL;
    }
    g_string_append_len (line, buffer, length);
  }

  g_string_truncate (line, line->len - 1);

  return g_strdup (line->str);
}

static char *
ask (const char *command, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s\n", command);
  g_autofree char *answer = NULL;
  int fd = connect_to_bus (error);

  if (fd < 0)
    return NULL;

  if (send (fd, line, strlen (line), MSG_NOSIGNAL) < 0)
    set_errno_error (error, "Cannot tell the virtual bus");
  else
    answer = read_line (fd, error);
  close (fd);

  if (answer == NULL)
    return NULL;

  if (!g_str_has_prefix (answer, "ok")) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", command, answer);
    return NULL;
  }

  return g_strdup (g_strchug (answer + strlen ("ok")));
}

void
virtual_bus_run_on (char **argv, const char *const *options)
{
  g_autoptr (GPtrArray) arguments = NULL;
  g_autofree char *self = NULL;

  if (g_getenv ("VIRTUAL_BUS_DIR") != NULL)
    return;

  self = g_file_read_link ("/proc/self/exe", NULL);
  arguments = g_ptr_array_new ();
  g_ptr_array_add (arguments, (char *) VIRTUAL_BUS_PROGRAM);
  for (; options != NULL && *options != NULL; options++)
    g_ptr_array_add (arguments, (char *) *options);
  g_ptr_array_add (arguments, (char *) "--");
  g_ptr_array_add (arguments, self);
  for (argv++; *argv != NULL; argv++)
    g_ptr_array_add (arguments, *argv);
  g_ptr_array_add (arguments, NULL);

  execv (VIRTUAL_BUS_PROGRAM, (char **) arguments->pdata);
  g_error ("Cannot start %s: %s", VIRTUAL_BUS_PROGRAM, g_strerror (errno));
}

char *
virtual_bus_ask (GError **error, const char *format, ...)
{
  g_autofree char *command = NULL;
  va_list arguments;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return ask (command, error);
}

void
virtual_bus_tell (const char *format, ...)
{
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  answer = ask (command, &error);
  g_assert_no_error (error);
}

guint64
virtual_bus_get_stat (const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = virtual_bus_ask (&error, "stats %s", path);
  g_autofree char *prefix = g_strdup_printf ("%s=", name);
  g_auto (GStrv) words = NULL;

  g_assert_no_error (error);

  words = g_strsplit (answer, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_str_has_prefix (words[i], prefix))
      return g_ascii_strtoull (words[i] + strlen (prefix), NULL, 10);
  }

  g_error ("“%s” is not counted", name);
}
