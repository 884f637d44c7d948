/* preload-monitor.c: the udev monitor's socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libudev takes for a netlink socket is a datagram socket in the bus's directory. The host
 * sends to all that it finds there; here the sender is made to look like udevd.
 */

#include "preload.h"

#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define TYPE_MASK 0xf
#define GROUP_UDEV 2

static void
fill_netlink_address (struct sockaddr *address, socklen_t *length, unsigned port, unsigned groups)
{
  struct sockaddr_nl netlink = {
    .nl_family = AF_NETLINK,
    .nl_pid = port,
    .nl_groups = groups,
  };

  memcpy (address, &netlink, *length < sizeof netlink ? *length : sizeof netlink);
  *length = sizeof netlink;
}

static void
become_root (struct msghdr *message)
{
  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL;
       header = CMSG_NXTHDR (message, header)) {
    struct ucred sender;

    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_CREDENTIALS)
      continue;

    memcpy (&sender, CMSG_DATA (header), sizeof sender);
    sender.uid = 0;
    memcpy (CMSG_DATA (header), &sender, sizeof sender);
  }
}

PRELOAD_EXPORT int
socket (int domain, int type, int protocol)
{
  PreloadFile *file;
  int fd;

  if (domain != AF_NETLINK || protocol != NETLINK_KOBJECT_UEVENT || preload_get_root () == NULL)
    return REAL (socket) (domain, type, protocol);

  fd = REAL (socket) (AF_UNIX, (type & ~TYPE_MASK) | SOCK_DGRAM, 0);
  if (fd < 0)
    return fd;

  file = calloc (1, sizeof *file);
  if (file == NULL)
    abort ();
  file->kind = PRELOAD_MONITOR;
  file->n_references = 1;
  preload_track (fd, file);

  return fd;
}

PRELOAD_EXPORT int
bind (int fd, const struct sockaddr *address, socklen_t length)
{
  static unsigned n_bound;
  struct sockaddr_un place = { .sun_family = AF_UNIX };
  PreloadFile *file = preload_get (fd, PRELOAD_MONITOR);

  if (file == NULL)
    return REAL (bind) (fd, address, length);

  preload_put (file);
  snprintf (place.sun_path, sizeof place.sun_path, "%s/" USBFS_WIRE_MONITORS "/%d.%u",
            preload_get_root (), (int) getpid (),
            __atomic_add_fetch (&n_bound, 1, __ATOMIC_RELAXED));

  return REAL (bind) (fd, (struct sockaddr *) &place, sizeof place);
}

PRELOAD_EXPORT int
getsockname (int fd, struct sockaddr *address, socklen_t *length)
{
  PreloadFile *file = preload_get (fd, PRELOAD_MONITOR);

  if (file == NULL)
    return REAL (getsockname) (fd, address, length);

  preload_put (file);
  fill_netlink_address (address, length, getpid (), GROUP_UDEV);

  return 0;
}

PRELOAD_EXPORT ssize_t
recvmsg (int fd, struct msghdr *message, int flags)
{
  PreloadFile *file = preload_get (fd, PRELOAD_MONITOR);
  socklen_t capacity = message->msg_namelen;
  ssize_t length = REAL (recvmsg) (fd, message, flags);

  if (file == NULL)
    return length;

  if (length >= 0) {
    if (message->msg_name != NULL) {
      message->msg_namelen = capacity;
      fill_netlink_address (message->msg_name, &message->msg_namelen, 0, GROUP_UDEV);
    }
    become_root (message);
  }
  preload_put (file);

  return length;
}
