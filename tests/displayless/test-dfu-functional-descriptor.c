/* test-dfu-functional-descriptor.c: what devices say they can do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"
#include "dfu-functional-descriptor.h"

/* What the ESP32-S2's ROM says. */
static const guint8 rom[] = { 0x09, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01 };

static void
test_rom (void)
{
  g_autoptr (GError) error = NULL;
  DfuFunctionalDescriptor descriptor;

  g_assert_true (dfu_functional_descriptor_parse (&descriptor, rom, sizeof rom, &error));
  g_assert_no_error (error);

  g_assert_true (descriptor.can_download);
  g_assert_true (descriptor.can_upload);
  g_assert_true (descriptor.manifestation_tolerant);
  g_assert_true (descriptor.will_detach);
  g_assert_cmpuint (descriptor.detach_timeout, ==, 700);
  g_assert_cmpuint (descriptor.transfer_size, ==, 64);
  g_assert_cmphex (descriptor.version, ==, 0x0110);
}

static void
test_attributes (void)
{
  for (guint8 attributes = 0; attributes < 16; attributes++) {
    guint8 data[sizeof rom];
    DfuFunctionalDescriptor descriptor;

    memcpy (data, rom, sizeof rom);
    data[2] = attributes;

    g_assert_true (dfu_functional_descriptor_parse (&descriptor, data, sizeof data, NULL));
    g_assert_cmpuint (descriptor.can_download | descriptor.can_upload << 1 |
                        descriptor.manifestation_tolerant << 2 | descriptor.will_detach << 3,
                      ==, attributes);
  }
}

static void
test_version_1_0 (void)
{
  const guint8 data[] = { 0x07, 0x21, 0x01, 0xff, 0x00, 0x00, 0x04 };
  DfuFunctionalDescriptor descriptor;

  g_assert_true (dfu_functional_descriptor_parse (&descriptor, data, sizeof data, NULL));
  g_assert_cmphex (descriptor.version, ==, 0x0100);
  g_assert_cmpuint (descriptor.transfer_size, ==, 1024);
}

static void
test_refused (void)
{
  const guint8 no_size[] = { 0x09, 0x21, 0x0f, 0xbc, 0x02, 0x00, 0x00, 0x10, 0x01 };
  const guint8 other_type[] = { 0x09, 0x24, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01 };
  const guint8 short_claim[] = { 0x05, 0x21, 0x0f, 0xbc, 0x02, 0x40, 0x00, 0x10, 0x01 };
  const guint8 *const cases[] = { no_size, other_type, short_claim };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    DfuFunctionalDescriptor descriptor;

    g_assert_false (dfu_functional_descriptor_parse (&descriptor, cases[i], 9, &error));
    g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
  }
}

static void
test_truncated (void)
{
  for (gsize length = 0; length < 7; length++) {
    g_autofree guint8 *exact = g_memdup2 (rom, MAX (length, 1));
    g_autoptr (GError) error = NULL;
    DfuFunctionalDescriptor descriptor;

    g_assert_false (dfu_functional_descriptor_parse (&descriptor, exact, length, &error));
    g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/functional-descriptor/rom", test_rom);
  g_test_add_func ("/dfu/functional-descriptor/attributes", test_attributes);
  g_test_add_func ("/dfu/functional-descriptor/version-1.0", test_version_1_0);
  g_test_add_func ("/dfu/functional-descriptor/refused", test_refused);
  g_test_add_func ("/dfu/functional-descriptor/truncated", test_truncated);

  return g_test_run ();
}
