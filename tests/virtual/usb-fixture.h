/* usb-fixture.h: the real libusb on the virtual bus, in short words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <libusb.h>

G_BEGIN_DECLS

#define USB_FIXTURE_TIMEOUT 20000

typedef struct {
  libusb_context *context;
  GThread *thread; /* handles events */
  int is_stopping;
} UsbFixture;

UsbFixture *usb_fixture_new (void);
void usb_fixture_free (UsbFixture *self);

/* "1-2.4", as libusb's numbers say it */
char *usb_fixture_dup_path (libusb_device *device);

/* The device at a port, to be unreferenced, or NULL. */
libusb_device *usb_fixture_find (UsbFixture *self, const char *path);

/* Opened, and its DFU interface claimed. */
libusb_device_handle *usb_fixture_open (UsbFixture *self, const char *path);

/* Synchronous class requests to the DFU interface. */
int usb_fixture_download (libusb_device_handle *handle, guint block, guint8 *data, guint length);
int usb_fixture_get_status (libusb_device_handle *handle, guint8 answer[6], guint timeout);

/* An asynchronous one, and how it ended. */
typedef struct {
  struct libusb_transfer *transfer;
  guint8 buffer[LIBUSB_CONTROL_SETUP_SIZE + 64];
  GMutex lock;
  GCond cond;
  gboolean is_done;
  gint order; /* how many were done before it */
} UsbRequest;

UsbRequest *usb_request_new (libusb_device_handle *handle,
                             guint8 type,
                             guint8 request,
                             guint16 value,
                             const guint8 *data,
                             guint16 length);
void usb_request_free (UsbRequest *self);
void usb_request_submit (UsbRequest *self);
enum libusb_transfer_status usb_request_wait (UsbRequest *self);
gboolean usb_request_is_done (UsbRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbFixture, usb_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbRequest, usb_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (libusb_device_handle, libusb_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (libusb_device, libusb_unref_device)

G_END_DECLS
