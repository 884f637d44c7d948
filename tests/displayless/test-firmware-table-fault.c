/* test-firmware-table-fault.c: faults of partition tables, as text and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-table-fault.h"

/* Addresses and the two bytes are any number, and so is an entry. */
static void
test_round_trip (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_TABLE_FAULT_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    const FirmwareTableFault fault = {
      .kind = (FirmwareTableFaultKind) kinds->values[i].value,
      .first = 95,
      .second = 0xfffff004,
    };
    g_autofree char *text = firmware_table_fault_to_text (&fault);
    g_autofree char *again = NULL;
    FirmwareTableFault read;

    g_assert_true (firmware_table_fault_from_text (&read, text));
    g_assert_cmpint (read.kind, ==, fault.kind);
    g_assert_true (read.first == fault.first || fault.kind == FIRMWARE_TABLE_FAULT_NO_END);
    again = firmware_table_fault_to_text (&read);
    g_assert_cmpstr (again, ==, text);
  }
}

static void
test_second_number (void)
{
  FirmwareTableFault fault;

  g_assert_true (firmware_table_fault_from_text (&fault, "misaligned 2 0x8000f004"));
  g_assert_cmpuint (fault.first, ==, 2);
  g_assert_cmphex (fault.second, ==, 0x8000f004);
}

static void
test_no_fault (void)
{
  const char *const texts[] = { NULL, "", "4096", "wrong 5", "overlaps 0 1" };
  FirmwareTableFault fault;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (firmware_table_fault_from_text (&fault, texts[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/table-fault/round-trip", test_round_trip);
  g_test_add_func ("/firmware/table-fault/second-number", test_second_number);
  g_test_add_func ("/firmware/table-fault/no-fault", test_no_fault);

  return g_test_run ();
}
