/* usbfs-file.h: one open file on a device node, as the kernel's usbfs has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions answer 0 or a negative errno, which is what the program behind the ioctl gets.
 */

#pragma once

#include "board.h"
#include "virtual-bus.h"

G_BEGIN_DECLS

#define USBFS_SETUP_LENGTH 8

typedef struct _UsbfsFile UsbfsFile;
typedef struct _UsbfsUrb UsbfsUrb;

/* A USB request block: a transfer that a program has handed in and not yet got back. */
struct _UsbfsUrb {
  UsbfsFile *file;
  guint64 address; /* of the program's own structure, by which it knows the block */
  guint8 type;     /* USBDEVFS_URB_TYPE_… */
  guint8 endpoint;
  guint8 *buffer; /* of a control transfer: the setup packet, then the data */
  gsize length;
  int status; /* 0 or a negative errno */
  gsize n_moved;

  /* Of a synchronous transfer: takes the block when it is complete, so that it is never reaped. */
  void (*finished) (UsbfsUrb *self, gpointer user_data);
  gpointer finished_data;
  GSource *timeout;

  /* The wire's */
  gint64 submitted_us;
  gint64 done_us;
  BoardSetup setup;
  BoardReply reply;
};

struct _UsbfsFile {
  VirtualDevice *device;
  GQueue pending;   /* of UsbfsUrb */
  GQueue completed; /* of UsbfsUrb */
  guint32 claimed;  /* one bit for each interface */

  /* Called when there is something to reap, no longer, or the device has gone. */
  void (*changed) (UsbfsFile *self, gpointer user_data);
  gpointer changed_data;
};

UsbfsFile *usbfs_file_open (VirtualDevice *device);
void usbfs_file_close (UsbfsFile *self);
gboolean usbfs_file_is_connected (UsbfsFile *self);

/**
 * usbfs_file_submit:
 * @self: a file
 * @urb: (transfer full): a transfer; thrown away when it is refused
 *
 * Returns: 0, or why the transfer is refused
 */
int usbfs_file_submit (UsbfsFile *self, UsbfsUrb *urb);
int usbfs_file_discard (UsbfsFile *self, guint64 address);

/**
 * usbfs_file_give_up:
 * @urb: a synchronous transfer that is pending
 *
 * Ends it with -ETIMEDOUT, which the board notices as it does a discarded one.
 */
void usbfs_file_give_up (UsbfsUrb *urb);

/**
 * usbfs_file_reap:
 * @self: a file
 * @urb: (out) (transfer full): the transfer that was completed first
 *
 * Returns: 0, -EAGAIN when there is none, or -ENODEV when there never will be
 */
int usbfs_file_reap (UsbfsFile *self, UsbfsUrb **urb);
void usbfs_urb_free (UsbfsUrb *urb);

int usbfs_file_claim (UsbfsFile *self, guint interface);
int usbfs_file_release (UsbfsFile *self, guint interface);
int usbfs_file_set_interface (UsbfsFile *self, guint interface, guint alternate);
int usbfs_file_set_configuration (UsbfsFile *self, int value);
int usbfs_file_reset (UsbfsFile *self);

/* The wire's and the device's side */

void usbfs_file_complete (UsbfsUrb *urb, int status, gsize n_moved);
void usbfs_file_cancel_all (UsbfsFile *self, int status);

/**
 * usbfs_file_shut_down:
 * @self: a file
 *
 * Ends what is pending and gives up every interface, as the kernel does before it resets a port.
 */
void usbfs_file_shut_down (UsbfsFile *self);

/**
 * usbfs_file_break_all:
 * @self: a file
 *
 * Completes what is pending as a controller does that gets no answer; the wire has forgotten it.
 */
void usbfs_file_break_all (UsbfsFile *self);
void usbfs_file_disconnect (UsbfsFile *self);

G_END_DECLS
