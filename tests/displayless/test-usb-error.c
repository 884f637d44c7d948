/* test-usb-error.c: every code that a caller can decide on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <libusb.h>

#include "usb-error-private.h"
#include "usb-holder.h"

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

/* A copy knows as much, for errors go from thread to thread as copies. */
static void
test_holder (void)
{
  const UsbHolder nobody = { .known = TRUE, .driver = (char *) USB_HOLDER_PROGRAM_DRIVER };
  const UsbHolder program = { .known = TRUE,
                              .driver = (char *) USB_HOLDER_PROGRAM_DRIVER,
                              .program = (char *) "fwupd",
                              .process = 812 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  g_assert_null (usb_error_get_holder (NULL));
  usb_error_set_from_libusb (&error, LIBUSB_ERROR_BUSY, "Claiming interface 2");
  g_assert_null (usb_error_get_holder (error));
  usb_error_set_holder (&error, &nobody);
  g_assert_null (usb_error_get_holder (error));

  usb_error_set_holder (&error, &program);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_true (usb_error_is_busy (copy));
  g_assert_true (g_str_has_prefix (copy->message, "Claiming interface 2: "));
  g_assert_true (g_str_has_suffix (copy->message, " (fwupd, process 812)"));
  g_assert_cmpstr (usb_error_get_holder (copy)->program, ==, "fwupd");
  g_assert_cmpuint (usb_error_get_holder (copy)->process, ==, 812);
}

/* Whoever has a device open besides is not to blame. */
static void
test_kernel (void)
{
  const UsbHolder kernel = {
    .known = TRUE, .driver = (char *) "cdc_acm", .program = (char *) "fwupd", .process = 812
  };
  g_autoptr (GError) error = NULL;

  usb_error_set_from_libusb (&error, LIBUSB_ERROR_BUSY, "Claiming interface 2");
  usb_error_set_holder (&error, &kernel);
  g_assert_true (usb_holder_is_kernel (usb_error_get_holder (error)));
  g_assert_true (g_str_has_suffix (error->message, " (the kernel's driver cdc_acm)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/error/codes", test_codes);
  g_test_add_func ("/usb/error/foreign", test_foreign);
  g_test_add_func ("/usb/error/unknown", test_unknown);
  g_test_add_func ("/usb/error/holder", test_holder);
  g_test_add_func ("/usb/error/kernel", test_kernel);

  return g_test_run ();
}
