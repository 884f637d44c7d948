/* test-dfu-interface.c: what a device's DFU interface is, whatever it says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-alternates.h"

#include <string.h>

#define PROTOCOL_OFFSET 16
#define VERSION_OFFSET 25

static const guint8 configuration[] = {
  0x09, 0x02, 0x1b, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32, /* configuration */
  0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x00, /* interface */
  0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x08, 0x10, 0x01, /* functional descriptor */
};

#define NOT_FOUND 0

typedef struct {
  const char *name;
  guint16 vendor;
  guint16 product;
  guint16 release;
  guint8 protocol;
  guint8 version; /* low byte of bcdDFUVersion */
  int mode;       /* a DfuMode, or NOT_FOUND */
  guint16 found_version;
  gboolean gives_nothing;
} Row;

static const Row rows[] = {
  { "run-time", 0x1209, 1, 0, 1, 0x10, DFU_MODE_RUNTIME, 0x0110 },
  { "dfu", 0x1209, 1, 0, 2, 0x10, DFU_MODE_DFU, 0x0110 },
  { "no-protocol", 0x1209, 1, 0, 0, 0x10, NOT_FOUND, 0 },
  { "dfuse", 0x0483, 0xdf11, 0x2200, 2, 0x1a, DFU_MODE_DFU, 0x011a },
  { "dfuse-without-protocol", 0x0483, 0xdf11, 0x2200, 0, 0x1a, DFU_MODE_DFU, 0x011a },
  { "dfuse-run-time", 0x0483, 0xdf11, 0x2200, 1, 0x1a, DFU_MODE_RUNTIME, 0x011a },
  { "lpc", 0x1fc9, 0x000c, 0x0100, 1, 0x00, DFU_MODE_DFU, 0x0100 },
  { "gd32", 0x28e9, 0x0189, 0x0100, 1, 0x1a, DFU_MODE_DFU, 0x011a },
  { "maple", 0x1eaf, 0x0003, 0x0200, 2, 0x1a, DFU_MODE_DFU, 0x0110 },
  { "maple-later", 0x1eaf, 0x0003, 0x0201, 2, 0x1a, DFU_MODE_DFU, 0x011a },
  { "jabra-410", 0x0b0e, 0x0411, 0x0100, 2, 0x10, DFU_MODE_DFU, 0x0110, TRUE },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_auto (UsbIdentity) identity = { 0 };
  g_autofree guint8 *bytes = g_memdup2 (configuration, sizeof configuration);
  g_autoptr (UsbDevice) device = NULL;
  DfuInterface interface;

  bytes[PROTOCOL_OFFSET] = row->protocol;
  bytes[VERSION_OFFSET] = row->version;
  identity.port_path = g_strdup ("1-10");
  identity.vendor_id = row->vendor;
  identity.product_id = row->product;
  identity.release = row->release;
  identity.descriptors = g_bytes_new (bytes, sizeof configuration);
  device = usb_device_new (&identity);

  g_assert_cmpint (dfu_interface_find (&interface, device), ==, row->mode != NOT_FOUND);
  if (row->mode == NOT_FOUND)
    return;

  g_assert_cmpint (interface.mode, ==, row->mode);
  g_assert_cmpuint (interface.n_interfaces, ==, 1);
  g_assert_cmphex (interface.descriptor.version, ==, row->found_version);
  g_assert_cmpint (dfu_interface_takes_addresses (&interface), ==, row->found_version == 0x011a);
  g_assert_cmpint (interface.descriptor.can_upload, ==, !row->gives_nothing);
}

/* All alternate settings of an interface are its own, whatever each says of its protocol. */
static void
test_mixed (void)
{
  static const guint8 mixed[] = {
    0x09, 0x02, 0x24, 0x00, 0x01, 0x01, 0x00, 0x80, 0x32, /* configuration */
    0x09, 0x04, 0x00, 0x00, 0x00, 0xfe, 0x01, 0x02, 0x00, /* interface */
    0x09, 0x04, 0x00, 0x01, 0x00, 0xfe, 0x01, 0x00, 0x00, /* the same, alternate setting 1 */
    0x09, 0x21, 0x0b, 0xff, 0x00, 0x00, 0x08, 0x10, 0x01, /* functional descriptor */
  };
  g_auto (UsbIdentity) identity = { 0 };
  g_autoptr (UsbDevice) device = NULL;
  g_autoptr (GPtrArray) alternates = NULL;
  DfuInterface interface;

  identity.port_path = g_strdup ("1-10");
  identity.descriptors = g_bytes_new_static (mixed, sizeof mixed);
  device = usb_device_new (&identity);

  g_assert_true (dfu_interface_find (&interface, device));
  g_assert_cmpuint (interface.n_alternates, ==, 2);
  g_assert_cmpuint (interface.n_interfaces, ==, 1);
  alternates = dfu_alternates_list_all (&interface, device);
  g_assert_cmpuint (alternates->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/dfu/interface/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }

  g_test_add_func ("/dfu/interface/mixed", test_mixed);

  return g_test_run ();
}
