/* preload-usbfs.c: device nodes: open, ioctl, read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "preload.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SETUP_LENGTH 8
#define DIRECTION_IN 0x80
#define MAX_ARGUMENT 4096

static int
connect_to_host (void)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = REAL (socket) (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return -1;

  snprintf (address.sun_path, sizeof address.sun_path, "%s/" USBFS_WIRE_SOCKET,
            preload_get_root ());
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;

  REAL (close) (fd);
  errno = ENODEV;

  return -1;
}

/* Says hello; returns the descriptor that the host hands over. */
static int
introduce (int connection, unsigned bus_number, unsigned device_address)
{
  UsbfsWireHello hello = { bus_number, device_address };
  UsbfsWireReply reply = { .result = -1, .error = ENODEV };
  struct iovec part = { &reply, sizeof reply };
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control;
  struct msghdr message = {
    .msg_iov = &part,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = sizeof control,
  };
  struct cmsghdr *header;
  int fd = -1;

  if (send (connection, &hello, sizeof hello, MSG_NOSIGNAL) != sizeof hello ||
      REAL (recvmsg) (connection, &message, MSG_CMSG_CLOEXEC) != sizeof reply || reply.result < 0) {
    errno = reply.error;
    return -1;
  }

  header = CMSG_FIRSTHDR (&message);
  if (header != NULL && header->cmsg_type == SCM_RIGHTS)
    memcpy (&fd, CMSG_DATA (header), sizeof fd);

  return fd;
}

static int
make_node_file (int connection, int node, int fd)
{
  PreloadFile *file = calloc (1, sizeof *file);

  if (file == NULL)
    return -1;

  file->kind = PRELOAD_NODE;
  file->n_references = 1;
  file->connection = connection;
  file->node = node;
  pthread_mutex_init (&file->lock, NULL);
  preload_track (fd, file);

  return fd;
}

static void
close_keeping_errno (int fd)
{
  int saved = errno;

  REAL (close) (fd);
  errno = saved;
}

int
preload_open_node (const char *path, const char *real_path, int flags)
{
  int access_mode = flags & O_ACCMODE;
  unsigned bus_number, address;
  struct stat status;
  int node, connection, fd;

  if (!preload_parse_node (path, &bus_number, &address))
    return REAL (open64) (real_path, flags);

  if (REAL (stat) (real_path, &status) < 0)
    return -1;
  if (!preload_may_access (status.st_mode, access_mode != O_WRONLY, access_mode != O_RDONLY)) {
    errno = EACCES;
    return -1;
  }

  node = REAL (open64) (real_path, O_RDONLY | O_CLOEXEC);
  if (node < 0)
    return -1;

  connection = connect_to_host ();
  if (connection < 0) {
    close_keeping_errno (node);
    return -1;
  }

  fd = introduce (connection, bus_number, address);
  if (fd < 0) {
    close_keeping_errno (connection);
    close_keeping_errno (node);
    return -1;
  }

  if ((flags & O_CLOEXEC) == 0)
    fcntl (fd, F_SETFD, 0);

  return make_node_file (connection, node, fd);
}

/* One request and its reply. Called with the file's lock held; what comes in is in FILE->data. */
static int
ask (PreloadFile *file,
     const UsbfsWireRequest *request,
     const void *data,
     size_t length,
     UsbfsWireReply *reply)
{
  struct iovec out[] = {
    { (void *) request, sizeof *request },
    { (void *) data, length },
  };
  struct iovec in[] = {
    { reply, sizeof *reply },
    { file->data, sizeof file->data },
  };
  struct msghdr question = { .msg_iov = out, .msg_iovlen = length > 0 ? 2 : 1 };
  struct msghdr answer = { .msg_iov = in, .msg_iovlen = 2 };
  ssize_t moved;

  do
    moved = REAL (sendmsg) (file->connection, &question, MSG_NOSIGNAL);
  while (moved < 0 && errno == EINTR);

  if (moved >= 0) {
    do
      moved = REAL (recvmsg) (file->connection, &answer, 0);
    while (moved < 0 && errno == EINTR);
  }

  /* The whole bus has gone. */
  if (moved < (ssize_t) sizeof *reply) {
    errno = ENODEV;
    return -1;
  }

  if (reply->result < 0)
    errno = reply->error;

  return reply->result;
}

static size_t
count_outgoing (const struct usbdevfs_urb *urb)
{
  const unsigned char *buffer = urb->buffer;

  if (urb->type != USBDEVFS_URB_TYPE_CONTROL)
    return (urb->endpoint & DIRECTION_IN) != 0 ? 0 : urb->buffer_length;

  if (urb->buffer_length >= SETUP_LENGTH && (buffer[0] & DIRECTION_IN) != 0)
    return SETUP_LENGTH;

  return urb->buffer_length;
}

static int
submit (PreloadFile *file, struct usbdevfs_urb *urb)
{
  UsbfsWireReply reply;
  UsbfsWireRequest request = {
    .ioctl = USBDEVFS_SUBMITURB,
    .argument = (uintptr_t) urb,
    .type = urb->type,
    .endpoint = urb->endpoint,
    .flags = urb->flags,
    .length = urb->buffer_length,
  };

  if (urb->buffer_length < 0 || urb->buffer_length > USBFS_WIRE_MAX_DATA) {
    errno = EINVAL;
    return -1;
  }

  return ask (file, &request, urb->buffer, count_outgoing (urb), &reply);
}

/* The program's own block is filled in here, where its memory is. */
static int
reap_now (PreloadFile *file, void **reaped)
{
  UsbfsWireRequest request = { .ioctl = USBDEVFS_REAPURBNDELAY };
  UsbfsWireReply reply;
  struct usbdevfs_urb *urb;
  size_t skipped;

  if (ask (file, &request, NULL, 0, &reply) < 0)
    return -1;

  urb = (struct usbdevfs_urb *) (uintptr_t) reply.argument;
  urb->status = reply.status;
  urb->actual_length = reply.n_moved;
  urb->error_count = 0;
  skipped = urb->type == USBDEVFS_URB_TYPE_CONTROL ? SETUP_LENGTH : 0;
  if (reply.length > 0)
    memcpy ((char *) urb->buffer + skipped, file->data, reply.length);
  *reaped = urb;

  return 0;
}

/* Waits in the host for the end of the transfer; until then the file has no time for others. */
static int
control (PreloadFile *file, struct usbdevfs_ctrltransfer *transfer)
{
  unsigned char block[SETUP_LENGTH + UINT16_MAX];
  int is_in = (transfer->bRequestType & DIRECTION_IN) != 0;
  UsbfsWireRequest request = {
    .ioctl = USBDEVFS_CONTROL,
    .argument = transfer->timeout,
    .length = SETUP_LENGTH + transfer->wLength,
  };
  UsbfsWireReply reply;
  int result;

  memcpy (block, transfer, SETUP_LENGTH);
  if (!is_in && transfer->wLength > 0)
    memcpy (block + SETUP_LENGTH, transfer->data, transfer->wLength);

  result = ask (file, &request, block, is_in ? SETUP_LENGTH : request.length, &reply);
  if (result > 0 && is_in)
    memcpy (transfer->data, file->data, reply.length);

  return result;
}

static int
ask_with_argument (PreloadFile *file, unsigned long number, void *argument)
{
  size_t length = _IOC_SIZE (number);
  UsbfsWireRequest request = {
    .ioctl = number,
    .argument = (uintptr_t) argument,
    .length = length,
  };
  UsbfsWireReply reply;
  int result;

  /* Neither of these is followed by the bytes that their number promises. */
  if (number == USBDEVFS_DISCARDURB || number == USBDEVFS_IOCTL)
    request.length = length = 0;

  if (length > MAX_ARGUMENT) {
    errno = EINVAL;
    return -1;
  }

  result = ask (file, &request, argument, length, &reply);
  if (result >= 0 && reply.length > 0 && reply.length <= length)
    memcpy (argument, file->data, reply.length);

  return result;
}

static int
do_ioctl (PreloadFile *file, unsigned long number, void *argument)
{
  int result;

  pthread_mutex_lock (&file->lock);

  if (number == USBDEVFS_SUBMITURB)
    result = submit (file, argument);
  else if (number == USBDEVFS_CONTROL)
    result = control (file, argument);
  else if (number == USBDEVFS_REAPURBNDELAY || number == USBDEVFS_REAPURB)
    result = reap_now (file, argument);
  else
    result = ask_with_argument (file, number, argument);

  pthread_mutex_unlock (&file->lock);

  return result;
}

PRELOAD_EXPORT int
ioctl (int fd, unsigned long number, ...)
{
  PreloadFile *file = preload_get (fd, PRELOAD_NODE);
  struct pollfd ready = { fd, POLLOUT, 0 };
  va_list arguments;
  void *argument;
  int result;

  va_start (arguments, number);
  argument = va_arg (arguments, void *);
  va_end (arguments);

  if (file == NULL)
    return REAL (ioctl) (fd, number, argument);

  do
    result = do_ioctl (file, number, argument);
  while (result < 0 && errno == EAGAIN && number == USBDEVFS_REAPURB && poll (&ready, 1, -1) >= 0);

  preload_put (file);

  return result;
}

PRELOAD_EXPORT int
close (int fd)
{
  preload_untrack (fd);

  return REAL (close) (fd);
}

/* The descriptors can be read from an open node. */

PRELOAD_EXPORT ssize_t
read (int fd, void *data, size_t length)
{
  PreloadFile *file = preload_get (fd, PRELOAD_NODE);
  ssize_t result;

  if (file == NULL)
    return REAL (read) (fd, data, length);

  result = REAL (read) (file->node, data, length);
  preload_put (file);

  return result;
}

PRELOAD_EXPORT ssize_t
pread (int fd, void *data, size_t length, off_t offset)
{
  PreloadFile *file = preload_get (fd, PRELOAD_NODE);
  ssize_t result;

  if (file == NULL)
    return REAL (pread) (fd, data, length, offset);

  result = REAL (pread) (file->node, data, length, offset);
  preload_put (file);

  return result;
}

PRELOAD_EXPORT off_t
lseek (int fd, off_t offset, int whence)
{
  PreloadFile *file = preload_get (fd, PRELOAD_NODE);
  off_t result;

  if (file == NULL)
    return REAL (lseek) (fd, offset, whence);

  result = REAL (lseek) (file->node, offset, whence);
  preload_put (file);

  return result;
}

PRELOAD_EXPORT ssize_t
pread64 (int fd, void *data, size_t length, off64_t offset)
{
  return pread (fd, data, length, offset);
}

PRELOAD_EXPORT off64_t
lseek64 (int fd, off64_t offset, int whence)
{
  return lseek (fd, offset, whence);
}
