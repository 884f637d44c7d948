/* test-firmware-segment.c: bytes that belong at one address of the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-segment.h"
#include "firmware-segment-list.h"

static void
test_properties (void)
{
  g_autoptr (GBytes) data = g_bytes_new_static ("abc", 3);
  FirmwareSegment *segment =
    firmware_segment_new ("app.bin", 0x10000, data, FIRMWARE_ROLE_APPLICATION);
  g_autofree char *name = NULL;
  guint64 address = 0;
  guint64 size = 0;
  FirmwareRole role = FIRMWARE_ROLE_DATA;

  g_object_get (segment, "name", &name, "address", &address, "size", &size, "role", &role, NULL);

  g_assert_cmpstr (name, ==, "app.bin");
  g_assert_cmpuint (address, ==, 0x10000);
  g_assert_cmpuint (size, ==, 3);
  g_assert_cmpint (role, ==, FIRMWARE_ROLE_APPLICATION);

  g_assert_cmpstr (firmware_segment_get_name (segment), ==, "app.bin");
  g_assert_cmpuint (firmware_segment_get_address (segment), ==, 0x10000);
  g_assert_cmpuint (firmware_segment_get_size (segment), ==, 3);
  g_assert_cmpint (firmware_segment_get_role (segment), ==, FIRMWARE_ROLE_APPLICATION);
  g_assert_true (g_bytes_equal (firmware_segment_get_data (segment), data));

  g_assert_finalize_object (segment);
}

static void
test_alternate (void)
{
  g_autoptr (GBytes) data = g_bytes_new_static ("abc", 3);
  g_autoptr (FirmwareSegment) plain = firmware_segment_new ("a", 0, data, FIRMWARE_ROLE_DATA);
  FirmwareSegment *segment = firmware_segment_new_for_alternate ("Option Bytes", 3, 8, data);
  guint alternate = 0;

  g_object_get (segment, "alternate", &alternate, NULL);

  g_assert_cmpuint (alternate, ==, 3);
  g_assert_cmpuint (firmware_segment_get_alternate (segment), ==, 3);
  g_assert_cmpuint (firmware_segment_get_alternate (plain), ==, 0);
  g_assert_finalize_object (segment);
}

static void
test_role_nicks (void)
{
  g_autoptr (GEnumClass) roles = g_type_class_ref (FIRMWARE_TYPE_ROLE);
  const char *const nicks[] = { "data", "bootloader", "partition-table", "ota-data",
                                "application" };

  g_assert_cmpuint (roles->n_values, ==, G_N_ELEMENTS (nicks));
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (g_enum_get_value (roles, (int) i)->value_nick, ==, nicks[i]);
}

static void
test_list (void)
{
  g_autoptr (GBytes) data = g_bytes_new_static ("abc", 3);
  g_autoptr (FirmwareSegment) first = firmware_segment_new ("a", 0, data, FIRMWARE_ROLE_DATA);
  g_autoptr (FirmwareSegment) second = firmware_segment_new ("b", 8, data, FIRMWARE_ROLE_DATA);
  FirmwareSegmentList *list = firmware_segment_list_new ();
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (FirmwareSegment) item = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (g_list_model_get_item (model, 0));

  firmware_segment_list_add (list, first);
  firmware_segment_list_add (list, second);

  g_assert_true (g_list_model_get_item_type (model) == FIRMWARE_TYPE_SEGMENT);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpuint (firmware_segment_list_get_total_size (list), ==, 6);
  item = g_list_model_get_item (model, 1);
  g_assert_true (item == second);
  g_assert_null (g_list_model_get_item (model, 2));

  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firmware/segment/properties", test_properties);
  g_test_add_func ("/firmware/segment/alternate", test_alternate);
  g_test_add_func ("/firmware/segment/role-nicks", test_role_nicks);
  g_test_add_func ("/firmware/segment/list", test_list);

  return g_test_run ();
}
