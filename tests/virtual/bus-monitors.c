/* bus-monitors.c: the udev monitors of all programs on the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-monitors.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct _BusMonitors {
  char *directory;
  GMainContext *context;
  GHashTable *monitors; /* name -> Monitor */
};

typedef struct {
  BusMonitors *owner;
  char *name;
  int fd;          /* connected to it */
  GSource *source; /* while messages wait, for room in its socket */
  GQueue waiting;  /* of GByteArray */
} Monitor;

static void
free_monitor (gpointer data)
{
  Monitor *self = data;

  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_byte_array_unref);
  close (self->fd);
  g_free (self->name);
  g_free (self);
}

/* Its program has closed it, or has gone. */
static void
forget (Monitor *self)
{
  g_autofree char *path = g_build_filename (self->owner->directory, self->name, NULL);

  g_unlink (path);
  g_hash_table_remove (self->owner->monitors, self->name);
}

/* Returns whether the monitor still is there. */
static gboolean
flush (Monitor *self)
{
  const GByteArray *message;

  while ((message = g_queue_peek_head (&self->waiting)) != NULL) {
    if (send (self->fd, message->data, message->len, MSG_NOSIGNAL) < 0) {
      if (errno == EAGAIN || errno == EINTR)
        return TRUE;
      forget (self);
      return FALSE;
    }
    g_byte_array_unref (g_queue_pop_head (&self->waiting));
  }

  return TRUE;
}

static gboolean
writable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Monitor *self = user_data;

  if (!flush (self))
    return G_SOURCE_REMOVE;
  if (!g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->source, g_source_unref);

  return G_SOURCE_REMOVE;
}

static void
enqueue (Monitor *self, GByteArray *message)
{
  g_queue_push_tail (&self->waiting, g_byte_array_ref (message));
  if (self->source != NULL || !flush (self) || g_queue_is_empty (&self->waiting))
    return;

  self->source = g_unix_fd_source_new (self->fd, G_IO_OUT);
  g_source_set_callback (self->source, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->source, self->owner->context);
}

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;

  close (fd);

  return -1;
}

static void
add_monitor (BusMonitors *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  int fd = connect_to (path);
  Monitor *monitor;

  if (fd < 0) {
    g_unlink (path);
    return;
  }

  monitor = g_new0 (Monitor, 1);
  monitor->owner = self;
  monitor->name = g_strdup (name);
  monitor->fd = fd;
  g_queue_init (&monitor->waiting);
  g_hash_table_insert (self->monitors, monitor->name, monitor);
}

static void
find_new (BusMonitors *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    if (!g_hash_table_contains (self->monitors, name))
      add_monitor (self, name);
  }
}

BusMonitors *
bus_monitors_new (const char *directory, GMainContext *context)
{
  BusMonitors *self = g_new0 (BusMonitors, 1);

  self->directory = g_strdup (directory);
  self->context = context;
  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_monitor);
  g_mkdir (directory, 0755);

  return self;
}

void
bus_monitors_free (BusMonitors *self)
{
  g_hash_table_unref (self->monitors);
  g_free (self->directory);
  g_free (self);
}

void
bus_monitors_send (BusMonitors *self, GByteArray *message)
{
  g_autoptr (GList) monitors = NULL;

  find_new (self);
  monitors = g_hash_table_get_values (self->monitors);
  for (GList *item = monitors; item != NULL; item = item->next)
    enqueue (item->data, message);
}
