/* control-server.c: the socket by which the virtual bus is told what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-server.h"

#include "unix-listener.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _ControlServer {
  ControlContext *verbs;
  GMainContext *context;
  int fd;
  GSource *source;
  GPtrArray *connections;
};

typedef struct {
  ControlServer *server;
  int fd;
  GSource *source;
  GString *input;
  ControlWait wait; /* while it has a state, further lines wait too */
} Connection;

static void
free_connection (gpointer data)
{
  Connection *self = data;

  control_wait_clear (&self->wait);
  g_string_free (self->input, TRUE);
  close (self->fd);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

static void
send_line (Connection *self, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s\n", text);

  if (send (self->fd, line, strlen (line), MSG_NOSIGNAL) < 0)
    g_debug ("Cannot answer: %s", g_strerror (errno));
}

static void
run_lines (Connection *self)
{
  char *end;

  while (self->wait.state == NULL && (end = strchr (self->input->str, '\n')) != NULL) {
    gsize length = end - self->input->str;
    g_autofree char *line = g_strndup (self->input->str, length);
    g_autofree char *answer = NULL;

    g_string_erase (self->input, 0, length + 1);
    answer = control_run (self->server->verbs, line, &self->wait);
    if (answer != NULL)
      send_line (self, answer);
  }
}

static gboolean
connection_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Connection *self = user_data;
  char buffer[4096];
  gssize length = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  if (length <= 0) {
    g_ptr_array_remove_fast (self->server->connections, self);
    return G_SOURCE_REMOVE;
  }

  g_string_append_len (self->input, buffer, length);
  run_lines (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
listen_cb (int fd, GIOCondition condition, gpointer user_data)
{
  ControlServer *server = user_data;
  int accepted;

  while ((accepted = accept4 (fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
    Connection *self = g_new0 (Connection, 1);

    self->server = server;
    self->fd = accepted;
    self->input = g_string_new (NULL);
    self->source = g_unix_fd_source_new (accepted, G_IO_IN | G_IO_HUP);
    g_source_set_callback (self->source, G_SOURCE_FUNC (connection_cb), self, NULL);
    g_source_attach (self->source, server->context);
    g_ptr_array_add (server->connections, self);
  }

  return G_SOURCE_CONTINUE;
}

/* Only answers those who wait: a line may have been the cause, so none is run from here. */
static void
bus_changed_cb (gpointer user_data)
{
  ControlServer *server = user_data;

  for (guint i = 0; i < server->connections->len; i++) {
    Connection *self = g_ptr_array_index (server->connections, i);

    if (self->wait.state == NULL || !control_wait_is_over (&self->wait))
      continue;

    control_wait_clear (&self->wait);
    send_line (self, "ok");
  }
}

ControlServer *
control_server_new (ControlContext *verbs, const char *path, GMainContext *context, GError **error)
{
  int fd = unix_listener_open (path, SOCK_STREAM, error);
  ControlServer *self;

  if (fd < 0)
    return NULL;

  self = g_new0 (ControlServer, 1);
  self->verbs = verbs;
  self->context = context;
  self->fd = fd;
  self->connections = g_ptr_array_new_with_free_func (free_connection);
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (listen_cb), self, NULL);
  g_source_attach (self->source, context);

  verbs->bus->changed = bus_changed_cb;
  verbs->bus->changed_data = self;

  return self;
}

void
control_server_free (ControlServer *self)
{
  self->verbs->bus->changed = NULL;
  g_ptr_array_unref (self->connections);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}
