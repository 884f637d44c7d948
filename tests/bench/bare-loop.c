/* bare-loop.c: the least that a program can do to send an image, for comparison
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: bare-loop PORT FILE [DEPTH]
 *
 * Sends FILE, without its DFU suffix, to the ESP32-S2 in DFU mode at PORT: libusb and nothing else,
 * with DEPTH transfers (16) in flight, a status after 256 blocks, one after the last block and one
 * after the empty one. No more is looked at than whether a transfer failed.
 */

#include <glib.h>
#include <libusb.h>

#define VENDOR 0x303a
#define PRODUCT 0x0002
#define INTERFACE 2
#define BLOCK 64
#define SUFFIX 16
#define INTERVAL 256  /* blocks from one status to the next */
#define TIMEOUT 60000 /* ms */
#define STATUS_LENGTH 6

enum {
  REQUEST_DNLOAD = 1,
  REQUEST_GETSTATUS = 3,
};

typedef struct {
  libusb_context *context;
  libusb_device_handle *handle;
  const guint8 *data;
  gsize size;
  guint depth;

  gsize n_sent;  /* blocks */
  gboolean asks; /* whether a status comes next */
  guint n_in_flight;
  gboolean failed;
} Loop;

static gboolean
is_at_port (libusb_device *device, const char *port)
{
  struct libusb_device_descriptor descriptor;
  g_autoptr (GString) path = g_string_new (NULL);
  guint8 ports[7];
  int n_ports = libusb_get_port_numbers (device, ports, G_N_ELEMENTS (ports));

  g_string_append_printf (path, "%u", libusb_get_bus_number (device));
  for (int i = 0; i < n_ports; i++)
    g_string_append_printf (path, "%c%u", i == 0 ? '-' : '.', ports[i]);

  return libusb_get_device_descriptor (device, &descriptor) == 0 && descriptor.idVendor == VENDOR &&
         descriptor.idProduct == PRODUCT && g_str_equal (path->str, port);
}

static gboolean
open_board (Loop *self, const char *port)
{
  libusb_device **list = NULL;
  gssize n_devices;

  if (libusb_init (&self->context) < 0)
    return FALSE;

  n_devices = libusb_get_device_list (self->context, &list);
  for (gssize i = 0; i < n_devices && self->handle == NULL; i++)
    if (is_at_port (list[i], port))
      libusb_open (list[i], &self->handle);
  if (list != NULL)
    libusb_free_device_list (list, TRUE);

  return self->handle != NULL && libusb_claim_interface (self->handle, INTERFACE) == 0;
}

static gsize
count_blocks (Loop *self)
{
  return (self->size + BLOCK - 1) / BLOCK;
}

/* Fills the next transfer; the empty block is the one behind the last. */
static void
fill_next (Loop *self, guint8 *buffer)
{
  const gsize offset = self->n_sent * BLOCK;

  if (self->asks) {
    libusb_fill_control_setup (buffer, 0xa1, REQUEST_GETSTATUS, 0, INTERFACE, STATUS_LENGTH);
    self->asks = FALSE;
    return;
  }

  libusb_fill_control_setup (buffer, 0x21, REQUEST_DNLOAD, self->n_sent & 0xffff, INTERFACE,
                             offset < self->size ? MIN (BLOCK, self->size - offset) : 0);
  if (offset < self->size)
    memcpy (buffer + LIBUSB_CONTROL_SETUP_SIZE, self->data + offset,
            MIN (BLOCK, self->size - offset));

  self->n_sent++;
  self->asks = self->n_sent % INTERVAL == 0 || self->n_sent >= count_blocks (self);
}

static gboolean
has_more (Loop *self)
{
  return !self->failed && (self->asks || self->n_sent <= count_blocks (self));
}

static void
submit (Loop *self, struct libusb_transfer *transfer)
{
  fill_next (self, transfer->buffer);
  libusb_fill_control_transfer (transfer, self->handle, transfer->buffer, transfer->callback, self,
                                TIMEOUT);
  if (libusb_submit_transfer (transfer) == 0)
    self->n_in_flight++;
  else
    self->failed = TRUE;
}

static void LIBUSB_CALL
completed_cb (struct libusb_transfer *transfer)
{
  Loop *self = transfer->user_data;

  self->n_in_flight--;
  self->failed |= transfer->status != LIBUSB_TRANSFER_COMPLETED;
  if (has_more (self))
    submit (self, transfer);
}

static void
send_all (Loop *self)
{
  g_autoptr (GPtrArray) transfers =
    g_ptr_array_new_with_free_func ((GDestroyNotify) libusb_free_transfer);

  for (guint i = 0; i < self->depth && has_more (self); i++) {
    struct libusb_transfer *transfer = libusb_alloc_transfer (0);

    transfer->buffer = g_malloc0 (LIBUSB_CONTROL_SETUP_SIZE + BLOCK);
    transfer->callback = completed_cb;
    g_ptr_array_add (transfers, transfer);
    submit (self, transfer);
  }

  while (self->n_in_flight > 0)
    libusb_handle_events (self->context);

  for (guint i = 0; i < transfers->len; i++)
    g_free (((struct libusb_transfer *) transfers->pdata[i])->buffer);
}

int
main (int argc, char **argv)
{
  Loop self = { .depth = 16 };
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 3 || !g_file_get_contents (argv[2], &contents, &self.size, &error) ||
      self.size <= SUFFIX) {
    g_printerr ("%s\n", error != NULL ? error->message : "Usage: bare-loop PORT FILE [DEPTH]");
    return 2;
  }

  if (argc > 3)
    self.depth = (guint) CLAMP (g_ascii_strtoull (argv[3], NULL, 10), 1, 256);

  self.data = (const guint8 *) contents;
  self.size -= SUFFIX;
  if (!open_board (&self, argv[1])) {
    g_printerr ("There is no board at %s\n", argv[1]);
    return 1;
  }

  send_all (&self);
  libusb_close (self.handle);
  libusb_exit (self.context);

  return self.failed ? 1 : 0;
}
