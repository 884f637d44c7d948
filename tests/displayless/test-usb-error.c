/* test-usb-error.c: every code that a caller can decide on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <libusb.h>

#include "usb-error-private.h"

typedef struct {
  int libusb_code;
  UsbError code;
  gboolean (*is) (const GError *error);
} Row;

static gboolean
is_other (const GError *error)
{
  return error != NULL && !usb_error_is_access (error) && !usb_error_is_busy (error) &&
         !usb_error_is_gone (error) && !usb_error_is_stall (error) &&
         !usb_error_is_timed_out (error) && !usb_error_is_no_driver (error);
}

static const Row rows[] = {
  { LIBUSB_ERROR_BUSY, USB_ERROR_BUSY, usb_error_is_busy },
  { LIBUSB_ERROR_NO_DEVICE, USB_ERROR_GONE, usb_error_is_gone },
  { LIBUSB_ERROR_PIPE, USB_ERROR_STALL, usb_error_is_stall },
  { LIBUSB_ERROR_TIMEOUT, USB_ERROR_TIMED_OUT, usb_error_is_timed_out },
  { LIBUSB_ERROR_NOT_SUPPORTED, USB_ERROR_NO_DRIVER, usb_error_is_no_driver },
  { LIBUSB_ERROR_IO, USB_ERROR_IO, is_other },
  { LIBUSB_ERROR_OVERFLOW, USB_ERROR_IO, is_other },
  { LIBUSB_ERROR_INTERRUPTED, USB_ERROR_FAILED, is_other },
  { LIBUSB_ERROR_INVALID_PARAM, USB_ERROR_FAILED, is_other },
#ifdef G_OS_WIN32
  { LIBUSB_ERROR_ACCESS, USB_ERROR_BUSY, usb_error_is_busy },
  { LIBUSB_ERROR_NOT_FOUND, USB_ERROR_NO_DRIVER, usb_error_is_no_driver },
#else
  { LIBUSB_ERROR_ACCESS, USB_ERROR_ACCESS, usb_error_is_access },
  { LIBUSB_ERROR_NOT_FOUND, USB_ERROR_FAILED, is_other },
#endif
  { LIBUSB_ERROR_NO_MEM, USB_ERROR_FAILED, is_other },
  { LIBUSB_ERROR_OTHER, USB_ERROR_FAILED, is_other },
};

static void
test_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    usb_error_set_from_libusb (&error, rows[i].libusb_code, "Claiming interface 2");
    g_assert_error (error, USB_ERROR, (int) rows[i].code);
    g_assert_true (g_str_has_prefix (error->message, "Claiming interface 2: "));
    g_assert_false (g_str_has_suffix (error->message, "."));

    /* The one predicate says yes, and all others no. */
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      g_assert_cmpint (rows[j].is (error), ==, rows[j].is == rows[i].is);
  }
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = NULL;

  /* The number of a code in another domain means something else. */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_false (rows[i].is (NULL));
    if (rows[i].is == is_other)
      continue;

    g_set_error_literal (&error, G_IO_ERROR, rows[i].code, "Something else");
    g_assert_false (rows[i].is (error));
    g_clear_error (&error);
  }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  usb_error_set_from_libusb (&error, -77, "Opening 1-2");
  g_assert_error (error, USB_ERROR, USB_ERROR_FAILED);
  usb_error_set_from_libusb (NULL, LIBUSB_ERROR_IO, "Opening 1-2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/error/codes", test_codes);
  g_test_add_func ("/usb/error/foreign", test_foreign);
  g_test_add_func ("/usb/error/unknown", test_unknown);

  return g_test_run ();
}
