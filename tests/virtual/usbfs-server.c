/* usbfs-server.c: speaks for the bus's device nodes to the programs that have them open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usbfs-server.h"

#include "unix-listener.h"
#include "usbfs-file.h"
#include "usbfs-wire.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIPE_SIZE 4096
#define SPEED_FULL 2
#define SPEED_HIGH 3

#define CAPABILITIES                                                                               \
  (USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |   \
   USBDEVFS_CAP_BULK_SCATTER_GATHER | USBDEVFS_CAP_REAP_AFTER_DISCONNECT)

struct _UsbfsServer {
  VirtualBus *bus;
  GMainContext *context;
  int fd;
  GSource *source;
  GPtrArray *connections;
};

/* One open node of one program. */
typedef struct {
  UsbfsServer *server;
  int fd;
  GSource *source;
  UsbfsFile *file; /* NULL before the hello */
  int pipe_out;    /* reading end; closed when the device has gone: POLLERR for the program */
  int pipe_in;     /* writing end, kept so that the pipe can be filled */
  gboolean is_full;
} Connection;

/* A full pipe is not writable: there is nothing to reap. */
static void
set_ready (Connection *self, gboolean is_ready)
{
  static guint8 page[PIPE_SIZE];

  if (self->pipe_out < 0 || is_ready != self->is_full)
    return;

  if (is_ready)
    self->is_full = read (self->pipe_out, page, sizeof page) < 0;
  else
    self->is_full = write (self->pipe_in, page, sizeof page) > 0;
}

static void
file_changed_cb (UsbfsFile *file, gpointer user_data)
{
  Connection *self = user_data;

  set_ready (self, !g_queue_is_empty (&file->completed));
  if (!usbfs_file_is_connected (file) && self->pipe_out >= 0) {
    close (self->pipe_out);
    self->pipe_out = -1;
  }
}

static void
free_connection (gpointer data)
{
  Connection *self = data;

  g_clear_pointer (&self->file, usbfs_file_close);
  if (self->pipe_out >= 0)
    close (self->pipe_out);
  if (self->pipe_in >= 0)
    close (self->pipe_in);
  close (self->fd);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

static void
send_reply (Connection *self, const UsbfsWireReply *reply, const void *data, int passed_fd)
{
  struct iovec parts[] = {
    { (void *) reply, sizeof *reply },
    { (void *) data, reply->length },
  };
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = reply->length > 0 ? 2 : 1 };

  if (passed_fd >= 0) {
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN (sizeof (int));
    memcpy (CMSG_DATA (&control.header), &passed_fd, sizeof passed_fd);
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
  }

  /* A program that has gone meanwhile shows as an end of file later. */
  if (sendmsg (self->fd, &message, MSG_NOSIGNAL) < 0)
    g_debug ("Cannot answer: %s", g_strerror (errno));
}

static gboolean
open_pipe (Connection *self)
{
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC | O_NONBLOCK) < 0)
    return FALSE;

  self->pipe_out = fds[0];
  self->pipe_in = fds[1];
  fcntl (self->pipe_in, F_SETPIPE_SZ, PIPE_SIZE);
  set_ready (self, FALSE);

  return self->is_full;
}

static void
answer_hello (Connection *self, const UsbfsWireHello *hello)
{
  UsbfsWireReply reply = { .result = -1, .error = ENODEV };
  VirtualDevice *device =
    virtual_bus_get_device (self->server->bus, hello->bus_number, hello->address);

  if (device == NULL || !open_pipe (self)) {
    send_reply (self, &reply, NULL, -1);
    return;
  }

  self->file = usbfs_file_open (device);
  self->file->changed = file_changed_cb;
  self->file->changed_data = self;
  reply = (UsbfsWireReply){ 0 };
  send_reply (self, &reply, NULL, self->pipe_in);
  virtual_bus_notify_changed (self->server->bus);
}

static int
submit (Connection *self, const UsbfsWireRequest *request, const guint8 *data, gsize length)
{
  UsbfsUrb *urb;

  if (request->length > USBFS_WIRE_MAX_DATA)
    return -EINVAL;

  urb = g_new0 (UsbfsUrb, 1);
  urb->address = request->argument;
  urb->type = request->type;
  urb->endpoint = request->endpoint;
  urb->length = request->length;
  urb->buffer = g_malloc0 (request->length + 1);
  memcpy (urb->buffer, data, MIN (length, request->length));

  return usbfs_file_submit (self->file, urb);
}

static gboolean
is_in (const UsbfsUrb *urb)
{
  return ((urb->type == USBDEVFS_URB_TYPE_CONTROL ? urb->buffer[0] : urb->endpoint) & 0x80) != 0;
}

/* Answers by itself when there is a transfer to hand back. */
static int
reap (Connection *self)
{
  UsbfsWireReply reply = { 0 };
  UsbfsUrb *urb;
  gsize skipped;
  int result = usbfs_file_reap (self->file, &urb);

  if (result < 0)
    return result;

  skipped = urb->type == USBDEVFS_URB_TYPE_CONTROL ? USBFS_SETUP_LENGTH : 0;
  reply.argument = urb->address;
  reply.status = urb->status;
  reply.n_moved = urb->n_moved;
  reply.length = is_in (urb) ? urb->n_moved : 0;
  send_reply (self, &reply, urb->buffer + skipped, -1);
  usbfs_urb_free (urb);

  return 0;
}

static gboolean
timeout_cb (gpointer user_data)
{
  usbfs_file_give_up (user_data);

  return G_SOURCE_REMOVE;
}

static void
finished_cb (UsbfsUrb *urb, gpointer user_data)
{
  UsbfsWireReply reply = { .result = urb->status < 0 ? -1 : (int) urb->n_moved };

  reply.error = urb->status < 0 ? -urb->status : 0;
  reply.length = urb->status == 0 && is_in (urb) ? urb->n_moved : 0;
  send_reply (user_data, &reply, urb->buffer + USBFS_SETUP_LENGTH, -1);
}

/* A synchronous control transfer: the answer is sent when it has ended. Its data are laid out as
 * those of a block; the argument is the time-out in milliseconds, 0 for none. */
static int
do_control (Connection *self, const UsbfsWireRequest *request, const guint8 *data, gsize length)
{
  UsbfsUrb *urb;

  if (request->length > USBFS_WIRE_MAX_DATA)
    return -EINVAL;

  urb = g_new0 (UsbfsUrb, 1);
  urb->type = USBDEVFS_URB_TYPE_CONTROL;
  urb->length = request->length;
  urb->buffer = g_malloc0 (request->length + 1);
  memcpy (urb->buffer, data, MIN (length, request->length));
  urb->finished = finished_cb;
  urb->finished_data = self;

  if (request->argument > 0) {
    urb->timeout = g_timeout_source_new (request->argument);
    g_source_set_callback (urb->timeout, timeout_cb, urb, NULL);
    g_source_attach (urb->timeout, self->server->context);
  }

  return usbfs_file_submit (self->file, urb);
}

static int
claim_from_driver (UsbfsFile *file, const struct usbdevfs_disconnect_claim *claim)
{
  return usbfs_file_claim (file, claim->interface);
}

static int
get_speed (UsbfsFile *file)
{
  return file->device->sysfs.speed == 480 ? SPEED_HIGH : SPEED_FULL;
}

static void
fill_connect_info (UsbfsFile *file, struct usbdevfs_connectinfo *info)
{
  info->devnum = file->device->sysfs.address;
  info->slow = 0;
}

/* The ioctls whose argument is a structure of the size that their number says. */
static int
do_ioctl (Connection *self, guint64 number, void *argument)
{
  UsbfsFile *file = self->file;

  switch (number) {
  case USBDEVFS_GET_CAPABILITIES:
    *(guint32 *) argument = CAPABILITIES;
    return 0;
  case USBDEVFS_CLAIMINTERFACE:
    return usbfs_file_claim (file, *(guint32 *) argument);
  case USBDEVFS_RELEASEINTERFACE:
    return usbfs_file_release (file, *(guint32 *) argument);
  case USBDEVFS_DISCONNECT_CLAIM:
    return claim_from_driver (file, argument);
  case USBDEVFS_SETINTERFACE:
    return usbfs_file_set_interface (file, ((struct usbdevfs_setinterface *) argument)->interface,
                                     ((struct usbdevfs_setinterface *) argument)->altsetting);
  case USBDEVFS_SETCONFIGURATION:
    return usbfs_file_set_configuration (file, *(gint32 *) argument);
  case USBDEVFS_CONNECTINFO:
    fill_connect_info (file, argument);
    return 0;
  case USBDEVFS_RESET:
    return usbfs_file_reset (file);
  case USBDEVFS_GET_SPEED:
    return get_speed (file);
  case USBDEVFS_CLEAR_HALT:
    return file->device->is_silent ? -EPROTO : 0;
  case USBDEVFS_RESETEP:
    return 0;
  case USBDEVFS_GETDRIVER:
  case USBDEVFS_IOCTL:
    /* No kernel driver is ever bound to an interface here. */
    return -ENODATA;
  default:
    return -ENOTTY;
  }
}

static void
answer_ioctl (Connection *self, const UsbfsWireRequest *request, guint8 *data, gsize length)
{
  guint64 argument[512] = { 0 }; /* aligned for whatever structure it is */
  UsbfsWireReply reply = { 0 };
  int result;

  memcpy (argument, data, MIN (length, sizeof argument));
  result = do_ioctl (self, request->ioctl, argument);

  reply.result = result < 0 ? -1 : result;
  reply.error = result < 0 ? -result : 0;
  reply.length = result < 0 ? 0 : MIN (length, sizeof argument);
  send_reply (self, &reply, argument, -1);
}

static void
answer_result (Connection *self, int result)
{
  UsbfsWireReply reply = { .result = result < 0 ? -1 : 0, .error = result < 0 ? -result : 0 };

  send_reply (self, &reply, NULL, -1);
}

static void
answer_request (Connection *self, const UsbfsWireRequest *request, guint8 *data, gsize length)
{
  int result;

  /* Of a device that has gone, only what came back before can be had. */
  if (!usbfs_file_is_connected (self->file) && request->ioctl != USBDEVFS_REAPURBNDELAY) {
    answer_result (self, -ENODEV);
    return;
  }

  switch (request->ioctl) {
  case USBDEVFS_SUBMITURB:
    answer_result (self, submit (self, request, data, length));
    return;
  case USBDEVFS_REAPURBNDELAY:
    result = reap (self);
    if (result < 0)
      answer_result (self, result);
    return;
  case USBDEVFS_CONTROL:
    result = do_control (self, request, data, length);
    if (result < 0)
      answer_result (self, result);
    return;
  case USBDEVFS_DISCARDURB:
    answer_result (self, usbfs_file_discard (self->file, request->argument));
    return;
  default:
    answer_ioctl (self, request, data, length);
    return;
  }
}

static gboolean
connection_cb (int fd, GIOCondition condition, gpointer user_data)
{
  static guint64 buffer[(sizeof (UsbfsWireRequest) + USBFS_WIRE_MAX_DATA + 4096) / 8];
  Connection *self = user_data;
  guint8 *bytes = (guint8 *) buffer;
  gssize length = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  if (length <= 0) {
    VirtualBus *bus = self->server->bus;

    g_ptr_array_remove_fast (self->server->connections, self);
    virtual_bus_notify_changed (bus);
    return G_SOURCE_REMOVE;
  }

  if (self->file == NULL && length == sizeof (UsbfsWireHello))
    answer_hello (self, (const UsbfsWireHello *) buffer);
  else if (self->file != NULL && length >= (gssize) sizeof (UsbfsWireRequest))
    answer_request (self, (const UsbfsWireRequest *) buffer, bytes + sizeof (UsbfsWireRequest),
                    length - sizeof (UsbfsWireRequest));

  return G_SOURCE_CONTINUE;
}

static gboolean
listen_cb (int fd, GIOCondition condition, gpointer user_data)
{
  UsbfsServer *server = user_data;
  int accepted;

  while ((accepted = accept4 (fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
    Connection *self = g_new0 (Connection, 1);

    self->server = server;
    self->fd = accepted;
    self->pipe_in = self->pipe_out = -1;
    self->source = g_unix_fd_source_new (accepted, G_IO_IN | G_IO_HUP);
    g_source_set_callback (self->source, G_SOURCE_FUNC (connection_cb), self, NULL);
    g_source_attach (self->source, server->context);
    g_ptr_array_add (server->connections, self);
  }

  return G_SOURCE_CONTINUE;
}

UsbfsServer *
usbfs_server_new (VirtualBus *bus, GMainContext *context, GError **error)
{
  g_autofree char *path = g_build_filename (bus->root, USBFS_WIRE_SOCKET, NULL);
  int fd = unix_listener_open (path, SOCK_SEQPACKET, error);
  UsbfsServer *self;

  if (fd < 0)
    return NULL;

  self = g_new0 (UsbfsServer, 1);
  self->bus = bus;
  self->context = context;
  self->fd = fd;
  self->connections = g_ptr_array_new_with_free_func (free_connection);
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (listen_cb), self, NULL);
  g_source_attach (self->source, context);

  return self;
}

void
usbfs_server_free (UsbfsServer *self)
{
  g_ptr_array_unref (self->connections);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}
