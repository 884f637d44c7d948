/* usb-error.c: what can go wrong between us and a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-error.h"

#include "usb-error-private.h"
#include "usb-holder.h"

#include <libusb.h>

/* Who has the device, with %USB_ERROR_BUSY. */
typedef struct {
  UsbHolder holder;
} UsbErrorPrivate;

static void
usb_error_private_init (UsbErrorPrivate *priv)
{
  priv->holder = (UsbHolder){ 0 };
}

static void
usb_error_private_copy (const UsbErrorPrivate *source, UsbErrorPrivate *priv)
{
  usb_holder_copy (&priv->holder, &source->holder);
}

static void
usb_error_private_clear (UsbErrorPrivate *priv)
{
  usb_holder_clear (&priv->holder);
}

G_DEFINE_EXTENDED_ERROR (UsbError, usb_error)

typedef struct {
  int libusb_code;
  UsbError code;
  const char *message;
} ErrorRow;

static const ErrorRow error_rows[] = {
#ifdef G_OS_WIN32
  /* Everybody may open a device, but only one at a time. */
  { LIBUSB_ERROR_ACCESS, USB_ERROR_BUSY, "in use by another program" },
  /* No interface of a composite device has a driver that libusb knows. */
  { LIBUSB_ERROR_NOT_FOUND, USB_ERROR_NO_DRIVER, "no driver that programs can use" },
#else
  { LIBUSB_ERROR_ACCESS, USB_ERROR_ACCESS, "permission denied" },
#endif
  { LIBUSB_ERROR_BUSY, USB_ERROR_BUSY, "in use by another program or driver" },
  { LIBUSB_ERROR_NO_DEVICE, USB_ERROR_GONE, "the device left the bus" },
  { LIBUSB_ERROR_PIPE, USB_ERROR_STALL, "refused by the device (STALL)" },
  { LIBUSB_ERROR_TIMEOUT, USB_ERROR_TIMED_OUT, "no answer in time" },
  { LIBUSB_ERROR_IO, USB_ERROR_IO, "input/output error" },
  { LIBUSB_ERROR_OVERFLOW, USB_ERROR_IO, "the device sent more than was asked for" },
  { LIBUSB_ERROR_NOT_SUPPORTED, USB_ERROR_NO_DRIVER, "no driver that programs can use" },
};

/**
 * usb_error_set_from_libusb:
 * @error: (nullable): return location for an error
 * @libusb_code: a negative code of libusb
 * @context: what was tried, such as "Claiming interface 2"
 *
 * Sets @error to the USB_ERROR that @libusb_code stands for. Any thread.
 */
void
usb_error_set_from_libusb (GError **error, int libusb_code, const char *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++) {
    if (error_rows[i].libusb_code != libusb_code)
      continue;

    g_set_error (error, USB_ERROR, error_rows[i].code, "%s: %s", context, error_rows[i].message);
    return;
  }

  g_set_error (error, USB_ERROR, USB_ERROR_FAILED, "%s: %s", context,
               libusb_error_name (libusb_code));
}

/**
 * usb_error_is_access:
 * @error: (nullable): an error
 *
 * Returns: whether a permission was missing
 */
gboolean
usb_error_is_access (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_ACCESS);
}

/**
 * usb_error_is_busy:
 * @error: (nullable): an error
 *
 * Returns: whether somebody else holds the interface
 */
gboolean
usb_error_is_busy (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_BUSY);
}

/**
 * usb_error_is_gone:
 * @error: (nullable): an error
 *
 * Returns: whether the device left the bus
 */
gboolean
usb_error_is_gone (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_GONE);
}

/**
 * usb_error_is_stall:
 * @error: (nullable): an error
 *
 * Returns: whether the device refused the request
 */
gboolean
usb_error_is_stall (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_STALL);
}

/**
 * usb_error_is_timed_out:
 * @error: (nullable): an error
 *
 * Returns: whether the device did not answer in time
 */
gboolean
usb_error_is_timed_out (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_TIMED_OUT);
}

/**
 * usb_error_is_silence:
 * @error: (nullable): an error
 *
 * Returns: whether the device has not answered at all, because it left, in time, or before whoever
 *   cancelled gave it up
 */
gboolean
usb_error_is_silence (const GError *error)
{
  return usb_error_is_gone (error) || usb_error_is_timed_out (error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * usb_error_is_no_driver:
 * @error: (nullable): an error
 *
 * Returns: whether the system has no driver for the device that lets programs use it
 */
gboolean
usb_error_is_no_driver (const GError *error)
{
  return g_error_matches (error, USB_ERROR, USB_ERROR_NO_DRIVER);
}

/**
 * usb_error_set_holder:
 * @error: (inout): an error of ours
 * @holder: who has the device
 *
 * Lets @error say, and remember, who has the device, where that can be told.
 */
void
usb_error_set_holder (GError **error, const UsbHolder *holder)
{
  g_autofree char *text = NULL;
  GError *old = NULL;

  g_return_if_fail (error != NULL && *error != NULL && (*error)->domain == USB_ERROR);
  g_return_if_fail (holder != NULL);

  text = usb_holder_dup_text (holder);
  if (text == NULL)
    return;

  old = *error;
  *error = g_error_new (old->domain, old->code, "%s (%s)", old->message, text);
  usb_holder_copy (&usb_error_get_private (*error)->holder, holder);
  g_error_free (old);
}

/**
 * usb_error_get_holder:
 * @error: (nullable): an error
 *
 * Returns: (transfer none) (nullable): who has the device, or %NULL when that was not told
 */
const UsbHolder *
usb_error_get_holder (const GError *error)
{
  const UsbHolder *holder = NULL;

  if (error == NULL || error->domain != USB_ERROR)
    return NULL;

  holder = &usb_error_get_private (error)->holder;

  return holder->driver != NULL || holder->program != NULL ? holder : NULL;
}
