/* test-setup-board-id.c: which board this is, by its USB ids
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-board-id.h"

static void
test_find (void)
{
  static const struct {
    guint16 vendor;
    guint16 product;
    SetupBoardKind kind;
    const char *name;
  } cases[] = {
    { 0x303a, 0x0002, SETUP_BOARD_KIND_ROM, "ESP32-S2" },
    { 0x303a, 0x1001, SETUP_BOARD_KIND_SERIAL_JTAG, "Espressif USB-Serial-JTAG" },
    { 0x303a, 0x4001, SETUP_BOARD_KIND_APPLICATION, "ESP32 with TinyUSB" },
    { 0x303a, 0x80c4, SETUP_BOARD_KIND_UF2, "LOLIN S2 Mini" },
    { 0x303a, 0x8008, SETUP_BOARD_KIND_UF2, "LILYGO T8 ESP32-S2" },
    { 0x303a, 0x8118, SETUP_BOARD_KIND_UF2, "LOLIN S3" },
    { 0x303a, 0x7008, SETUP_BOARD_KIND_UF2, "ESP32-S2-DevKitC-1" },
    { 0x303a, 0x7001, SETUP_BOARD_KIND_APPLICATION, "Board with an Espressif chip" },
    { 0x303a, 0x8412, SETUP_BOARD_KIND_APPLICATION, "Board with an Espressif chip" },
    { 0x303a, 0x80c5, SETUP_BOARD_KIND_APPLICATION, "Board with an Espressif chip" },
    { 0x303a, 0x4080, SETUP_BOARD_KIND_APPLICATION, "ESP32 with TinyUSB" },
    { 0x239a, 0x0111, SETUP_BOARD_KIND_UF2, "Adafruit QT Py ESP32-S2" },
    { 0x239a, 0x8112, SETUP_BOARD_KIND_APPLICATION, "Adafruit board" },
    { 0x15ba, 0x28dc, SETUP_BOARD_KIND_UF2, "Olimex ESP32-S2-DevKit-LiPo" },
    { 0x2886, 0x0056, SETUP_BOARD_KIND_APPLICATION, "XIAO ESP32-S3" },
    { 0x2886, 0x8056, SETUP_BOARD_KIND_UF2, "XIAO ESP32-S3" },
    { 0x10c4, 0xea60, SETUP_BOARD_KIND_SERIAL_BRIDGE, "CP210x" },
    { 0x1a86, 0x7523, SETUP_BOARD_KIND_SERIAL_BRIDGE, "CH340" },
    { 0x2341, 0x1002, SETUP_BOARD_KIND_SERIAL_BRIDGE, "Arduino UNO R4 WiFi" },
    { 0x0483, 0xdf11, SETUP_BOARD_KIND_DFU, "STM32" },
    { 0x2341, 0x0364, SETUP_BOARD_KIND_DFU, "Arduino Opta" },
    { 0x2341, 0x0266, SETUP_BOARD_KIND_APPLICATION, "Arduino GIGA R1" },
    { 0x0483, 0x374b, SETUP_BOARD_KIND_DEBUG_PROBE, "ST-LINK/V2-1" },
    { 0x2e8a, 0x0003, SETUP_BOARD_KIND_UF2_ONLY, "Raspberry Pi RP2040" },
    { 0x03eb, 0x2ff4, SETUP_BOARD_KIND_FOREIGN, "Atmel FLIP" },
    { 0x1209, 0x2302, SETUP_BOARD_KIND_FOREIGN, "Keyboardio Atreus" },
    { 0x2341, 0x0036, SETUP_BOARD_KIND_FOREIGN, "Arduino Leonardo" },
    { 0x2341, 0x006d, SETUP_BOARD_KIND_FOREIGN, "Arduino UNO R4 WiFi" },
    { 0x342d, 0xdfa0, SETUP_BOARD_KIND_FOREIGN, "WB32" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SetupBoardId *id = setup_board_id_find (cases[i].vendor, cases[i].product);

    g_assert_nonnull (id);
    g_assert_cmpint (id->kind, ==, cases[i].kind);
    g_assert_cmpstr (id->name, ==, cases[i].name);
  }

  g_assert_null (setup_board_id_find (0x046d, 0xc077));
  g_assert_null (setup_board_id_find (0x303a, 0x0003));
  g_assert_null (setup_board_id_find (0x03eb, 0x2ff2));
}

/* A row that an earlier one covers would never be found. */
static void
test_rows (void)
{
  const SetupBoardId *row = NULL;

  for (guint i = 0; (row = setup_board_table_get (i)) != NULL; i++) {
    g_assert_cmphex (row->first, <=, row->last);
    g_assert_true (setup_board_id_find (row->vendor, row->first) == row ||
                   setup_board_id_find (row->vendor, row->last) == row);
    g_assert_nonnull (row->name);
    g_assert_cmpstr (row->name, !=, "");
    g_assert_nonnull (row->source);
    g_assert_cmpstr (row->source, !=, "");
    g_assert_cmpint (row->kind, !=, SETUP_BOARD_KIND_UNKNOWN);
  }
}

/* Whoever connects what cannot be flashed is told what to do; the rest needs no hint. */
static void
test_hints (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SETUP_TYPE_BOARD_KIND);

  for (guint i = 0; i < kinds->n_values; i++) {
    SetupBoardKind kind = (SetupBoardKind) kinds->values[i].value;
    g_autofree char *hint = setup_board_kind_dup_hint (kind);
    gboolean can_be_flashed = kind == SETUP_BOARD_KIND_ROM || kind == SETUP_BOARD_KIND_DFU;

    g_assert_cmpint (hint == NULL, ==, can_be_flashed || kind == SETUP_BOARD_KIND_UNKNOWN);
    g_assert_cmpint (setup_board_kind_get_label (kind) == NULL, ==, hint == NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/board-id/find", test_find);
  g_test_add_func ("/setup/board-id/rows", test_rows);
  g_test_add_func ("/setup/board-id/hints", test_hints);

  return g_test_run ();
}
