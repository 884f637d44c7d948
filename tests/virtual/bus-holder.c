/* bus-holder.c: another program that has a board's interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-holder.h"

#include "usbfs-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void
reap_cb (GPid pid, int status, gpointer user_data)
{
  g_spawn_close_pid (pid);
}

static gboolean
start_process (VirtualPort *port, GError **error)
{
  const char *const argv[] = { "/proc/self/exe", BUS_HOLDER_ARGUMENT, NULL };
  g_autofree char *node = bus_sysfs_dup_node (port->bus->root, &port->device->sysfs);
  int fd = open (node, O_RDONLY | O_CLOEXEC);
  gboolean is_started;

  if (fd < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot open %s: %s", node,
                 g_strerror (errno));
    return FALSE;
  }

  is_started = g_spawn_async_with_fds (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                       NULL, &port->holder, fd, -1, -1, error);
  close (fd);
  if (is_started)
    g_child_watch_add (port->holder, reap_cb, NULL);

  return is_started;
}

static gboolean
is_claimed (VirtualPort *port, guint interface)
{
  for (guint i = 0; i < port->device->files->len; i++) {
    const UsbfsFile *file = g_ptr_array_index (port->device->files, i);

    if ((file->claimed & 1u << interface) != 0)
      return TRUE;
  }

  return FALSE;
}

gboolean
bus_holder_take (VirtualPort *port, guint interface, GError **error)
{
  if (port->device == NULL || !virtual_device_has_interface (port->device, interface)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no interface %u at %s",
                 interface, port->path);
    return FALSE;
  }

  if (is_claimed (port, interface)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Interface %u at %s is claimed already",
                 interface, port->path);
    return FALSE;
  }

  if (port->holder == 0 && !start_process (port, error))
    return FALSE;

  port->held_interfaces |= 1u << interface;
  bus_sysfs_set_claimed (port->bus->root, &port->device->sysfs, interface, TRUE);

  return TRUE;
}

void
bus_holder_release (VirtualPort *port)
{
  if (port->holder != 0)
    kill (port->holder, SIGTERM);

  for (guint i = 0; i < VIRTUAL_BUS_MAX_INTERFACES && port->device != NULL; i++)
    if ((port->held_interfaces & 1u << i) != 0)
      bus_sysfs_set_claimed (port->bus->root, &port->device->sysfs, i, FALSE);

  port->holder = 0;
  port->held_interfaces = 0;
}

int
bus_holder_main (void)
{
  prctl (PR_SET_NAME, BUS_HOLDER_NAME);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  pause ();

  return 0;
}
