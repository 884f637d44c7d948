/* unix-listener.c: a listening socket in the file system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "unix-listener.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
unix_listener_open (const char *path, int type, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "%s is too long", path);
    return -1;
  }

  fd = socket (AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) == 0 &&
      listen (fd, SOMAXCONN) == 0)
    return fd;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot listen at %s: %s", path,
               g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return -1;
}
