/* test-usb-descriptors.c: configurations, true and false ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usb-descriptors.h"

#include <string.h>

#include "usb-error.h"

/* What the ESP32-S2's ROM sends in DFU mode. */
static const guint8 esp32s2_dfu[] = {
  0x09, 0x02, 0x5d, 0x00, 0x03, 0x01, 0x00, 0xc0, 0xfa, /* configuration */
  0x08, 0x0b, 0x00, 0x02, 0x02, 0x02, 0x00, 0x00,       /* interfaces 0 and 1 belong together */
  0x09, 0x04, 0x00, 0x00, 0x01, 0x02, 0x02, 0x00, 0x00, /* interface 0: CDC control */
  0x05, 0x24, 0x00, 0x10, 0x01,                         /* CDC header */
  0x04, 0x24, 0x02, 0x02,                               /* CDC ACM */
  0x05, 0x24, 0x06, 0x00, 0x01,                         /* CDC union */
  0x05, 0x24, 0x01, 0x03, 0x01,                         /* CDC call management */
  0x07, 0x05, 0x85, 0x03, 0x40, 0x00, 0x01,             /* endpoint */
  0x09, 0x04, 0x01, 0x00, 0x02, 0x0a, 0x02, 0x00, 0x00, /* interface 1: CDC data */
  0x07, 0x05, 0x03, 0x02, 0x40, 0x00, 0x01,             /* endpoint */
  0x07, 0x05, 0x84, 0x02, 0x40, 0x00, 0x01,             /* endpoint */
  0x09, 0x04, 0x02, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x00, /* interface 2: DFU */
  0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01, /* DFU functional descriptor */
};

#define N_DESCRIPTORS 13
#define PROTOCOL_OFFSET 82 /* of bInterfaceProtocol of interface 2: 1 in run-time mode */

static const guint8 association[] = { 0x08, 0x0b, 0x00, 0x02, 0x02, 0x02, 0x00, 0x00 };
static const guint8 functional[] = { 0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01 };
static const guint8 cdc_header[] = { 0x05, 0x24, 0x00, 0x10, 0x01 };

static void
assert_bytes (GBytes *bytes, const guint8 *data, gsize length)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
}

static void
assert_refused (const guint8 *data, gsize length)
{
  /* Exactly as long as said, so that a sanitizer sees a byte too much. */
  g_autofree guint8 *copy = g_memdup2 (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (usb_configuration_parse (copy, length, &error));
  g_assert_error (error, USB_ERROR, USB_ERROR_FAILED);
}

static void
assert_esp32s2 (const guint8 *data, guint8 protocol)
{
  g_autoptr (UsbConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) descriptor = NULL;
  const UsbInterface *interface;

  configuration = usb_configuration_parse (data, sizeof esp32s2_dfu, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (configuration->value, ==, 1);
  g_assert_cmpuint (configuration->interfaces->len, ==, 3);
  assert_bytes (configuration->extra, association, sizeof association);

  interface = configuration->interfaces->pdata[0];
  g_assert_cmphex (interface->interface_class, ==, 0x02);
  g_assert_cmpuint (g_bytes_get_size (interface->extra), ==, 19);

  interface = configuration->interfaces->pdata[1];
  g_assert_cmpuint (interface->number, ==, 1);
  g_assert_cmphex (interface->interface_class, ==, 0x0a);
  g_assert_null (interface->extra);

  interface = configuration->interfaces->pdata[2];
  g_assert_cmpuint (interface->number, ==, 2);
  g_assert_cmpuint (interface->alternate, ==, 0);
  g_assert_cmphex (interface->interface_class, ==, 0xfe);
  g_assert_cmphex (interface->interface_subclass, ==, 0x01);
  g_assert_cmphex (interface->interface_protocol, ==, protocol);
  g_assert_cmpuint (interface->string_index, ==, 0);

  descriptor = usb_interface_find_descriptor (interface, 0x21);
  assert_bytes (descriptor, functional, sizeof functional);
}

static void
test_esp32s2 (void)
{
  guint8 runtime[sizeof esp32s2_dfu];

  memcpy (runtime, esp32s2_dfu, sizeof runtime);
  runtime[PROTOCOL_OFFSET] = 0x01;

  g_assert_cmpuint (sizeof esp32s2_dfu, ==, 93);
  assert_esp32s2 (esp32s2_dfu, 0x02);
  assert_esp32s2 (runtime, 0x01);
}

static void
test_find (void)
{
  g_autoptr (UsbConfiguration) configuration = NULL;
  g_autoptr (GBytes) first = NULL;

  configuration = usb_configuration_parse (esp32s2_dfu, sizeof esp32s2_dfu, NULL);

  /* The first of four of the same type; none of another; none where there is nothing. */
  first = usb_interface_find_descriptor (configuration->interfaces->pdata[0], 0x24);
  assert_bytes (first, cdc_header, sizeof cdc_header);
  g_assert_null (usb_interface_find_descriptor (configuration->interfaces->pdata[0], 0x21));
  g_assert_null (usb_interface_find_descriptor (configuration->interfaces->pdata[1], 0x24));
}

static void
test_find_in_nonsense (void)
{
  static const guint8 nonsense[][3] = { { 0, 0x21, 0 }, { 1, 0x21, 0 }, { 4, 0x21, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    g_autoptr (GBytes) extra = g_bytes_new (nonsense[i], sizeof nonsense[i]);
    UsbInterface interface = { .extra = extra };

    g_assert_null (usb_interface_find_descriptor (&interface, 0x21));
  }
}

static void
test_alternates (void)
{
  static const guint8 data[] = {
    0x09, 0x02, 0x3f, 0x00, 0x01, 0x01, 0x00, 0xc0, 0x32,       /* configuration */
    0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x04,       /* alternate setting 0 */
    0x09, 0x04, 0x00, 0x01, 0x00, 0xfe, 0x01, 0x02, 0x05,       /* 1 */
    0x0a, 0x04, 0x00, 0x02, 0x00, 0xfe, 0x01, 0x02, 0x06, 0xee, /* 2, a byte longer than today */
    0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x08, 0x1a, 0x01,       /* DFU, behind the last one */
    0x07, 0x05, 0x81, 0x02, 0x40, 0x00, 0x00,                   /* an endpoint */
    0x0a, 0x21, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, /* which describes the endpoint */
  };
  g_autoptr (UsbConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  configuration = usb_configuration_parse (data, sizeof data, &error);
  g_assert_no_error (error);
  g_assert_null (configuration->extra);
  g_assert_cmpuint (configuration->interfaces->len, ==, 3);

  for (guint i = 0; i < 3; i++) {
    const UsbInterface *interface = configuration->interfaces->pdata[i];
    g_autoptr (GBytes) descriptor = usb_interface_find_descriptor (interface, 0x21);

    g_assert_cmpuint (interface->number, ==, 0);
    g_assert_cmpuint (interface->alternate, ==, i);
    g_assert_cmpuint (interface->string_index, ==, 4 + i);
    g_assert_cmpuint (interface->extra != NULL ? g_bytes_get_size (interface->extra) : 0, ==,
                      i == 2 ? 9 : 0);
    g_assert_true ((descriptor != NULL) == (i == 2));
  }
}

static void
test_truncated (void)
{
  for (gsize length = 0; length < sizeof esp32s2_dfu; length++)
    assert_refused (esp32s2_dfu, length);
}

/* The same, but the device sticks to it: wTotalLength is what came. */
static void
test_truncated_consistently (void)
{
  guint n_accepted = 0;

  for (gsize length = 9; length < sizeof esp32s2_dfu; length++) {
    g_autofree guint8 *data = g_memdup2 (esp32s2_dfu, length);
    g_autoptr (UsbConfiguration) configuration = NULL;

    data[2] = length;
    configuration = usb_configuration_parse (data, length, NULL);
    n_accepted += configuration != NULL;
  }

  /* Only the cuts between two descriptors make sense. */
  g_assert_cmpuint (n_accepted, ==, N_DESCRIPTORS - 1);
}

static void
test_total_length (void)
{
  guint8 data[sizeof esp32s2_dfu + 4] = { 0 };
  g_autoptr (UsbConfiguration) configuration = NULL;

  memcpy (data, esp32s2_dfu, sizeof esp32s2_dfu);

  /* What is behind the configuration does not matter. */
  configuration = usb_configuration_parse (data, sizeof data, NULL);
  g_assert_nonnull (configuration);
  g_assert_cmpuint (configuration->interfaces->len, ==, 3);

  data[3] = 0x01;
  assert_refused (data, sizeof data);
  data[2] = 0x08;
  data[3] = 0x00;
  assert_refused (data, sizeof data);
  data[2] = 0x5e;
  assert_refused (data, sizeof data);
}

/* Every length byte in turn says something else. None may lead outside or into a loop. */
static void
test_lengths (void)
{
  for (gsize offset = 9; offset < sizeof esp32s2_dfu; offset += esp32s2_dfu[offset]) {
    const guint8 lies[] = { 0, 1, sizeof esp32s2_dfu - offset + 1, 0xff };

    for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
      guint8 data[sizeof esp32s2_dfu];

      memcpy (data, esp32s2_dfu, sizeof data);
      data[offset] = lies[i];
      assert_refused (data, sizeof data);
    }
  }
}

static void
test_short_interface (void)
{
  static const guint8 data[] = { 9, 2, 17, 0, 1, 1, 0, 0xc0, 50, 8, 4, 0, 0, 0, 0xfe, 1, 2 };

  assert_refused (data, sizeof data);
}

static void
test_header (void)
{
  guint8 data[sizeof esp32s2_dfu];

  memcpy (data, esp32s2_dfu, sizeof data);

  /* An interface descriptor before any configuration. */
  assert_refused (data + 17, sizeof data - 17);

  data[0] = 0;
  assert_refused (data, sizeof data);
  data[0] = 8;
  assert_refused (data, sizeof data);
  data[0] = sizeof data + 1;
  assert_refused (data, sizeof data);
  data[0] = 9;
  data[1] = 0x07;
  assert_refused (data, sizeof data);
}

static void
test_empty (void)
{
  static const guint8 data[] = { 9, 2, 9, 0, 0, 1, 0, 0xc0, 50 };
  g_autoptr (UsbConfiguration) configuration = NULL;

  configuration = usb_configuration_parse (data, sizeof data, NULL);
  g_assert_nonnull (configuration);
  g_assert_cmpuint (configuration->interfaces->len, ==, 0);
  g_assert_null (configuration->extra);

  g_assert_null (usb_configuration_parse (NULL, 0, NULL));
}

/* Whatever comes, what is accepted can be walked through. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++) {
    guint8 data[sizeof esp32s2_dfu];
    g_autoptr (UsbConfiguration) configuration = NULL;

    memcpy (data, esp32s2_dfu, sizeof data);
    for (guint i = g_test_rand_int_range (1, 4); i > 0; i--)
      data[g_test_rand_int_range (0, sizeof data)] = g_test_rand_int_range (0, 256);

    configuration = usb_configuration_parse (data, sizeof data, NULL);
    if (configuration == NULL)
      continue;

    for (guint i = 0; i < configuration->interfaces->len; i++) {
      g_autoptr (GBytes) descriptor = NULL;

      descriptor = usb_interface_find_descriptor (configuration->interfaces->pdata[i], 0x21);
      if (descriptor != NULL)
        g_assert_cmpuint (g_bytes_get_size (descriptor), >=, 2);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb/descriptors/esp32s2", test_esp32s2);
  g_test_add_func ("/usb/descriptors/find", test_find);
  g_test_add_func ("/usb/descriptors/find-in-nonsense", test_find_in_nonsense);
  g_test_add_func ("/usb/descriptors/alternates", test_alternates);
  g_test_add_func ("/usb/descriptors/truncated", test_truncated);
  g_test_add_func ("/usb/descriptors/truncated-consistently", test_truncated_consistently);
  g_test_add_func ("/usb/descriptors/total-length", test_total_length);
  g_test_add_func ("/usb/descriptors/lengths", test_lengths);
  g_test_add_func ("/usb/descriptors/short-interface", test_short_interface);
  g_test_add_func ("/usb/descriptors/header", test_header);
  g_test_add_func ("/usb/descriptors/empty", test_empty);
  g_test_add_func ("/usb/descriptors/random", test_random);

  return g_test_run ();
}
