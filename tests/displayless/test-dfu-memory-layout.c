/* test-dfu-memory-layout.c: what memory a DfuSe device says it has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"
#include "dfu-memory-layout.h"

#define READ_WRITE (DFU_MEMORY_READABLE | DFU_MEMORY_WRITEABLE)
#define ALL (READ_WRITE | DFU_MEMORY_ERASABLE)

static DfuMemoryLayout *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DfuMemoryLayout *layout = dfu_memory_layout_parse (text, &error);

  g_assert_no_error (error);
  return layout;
}

static void
assert_region (const DfuMemoryLayout *layout, guint i, const DfuMemoryRegion *expected)
{
  const DfuMemoryRegion *region = dfu_memory_layout_get_region (layout, i);

  g_assert_cmphex (region->address, ==, expected->address);
  g_assert_cmpuint (region->sector_size, ==, expected->sector_size);
  g_assert_cmpuint (region->n_sectors, ==, expected->n_sectors);
  g_assert_cmpuint (region->flags, ==, expected->flags);
}

/* As ST's and other bootloaders give them. */
static void
test_devices (void)
{
  static const struct {
    const char *text;
    const char *name;
    guint n_regions;
    DfuMemoryRegion regions[3];
  } cases[] = {
    { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
      "Internal Flash",
      3,
      { { 0x08000000, 16 * 1024, 4, ALL },
        { 0x08010000, 64 * 1024, 1, ALL },
        { 0x08020000, 128 * 1024, 7, ALL } } },
    { "@Option Bytes  /0x1FFFC000/01*016 e/0x1FFEC000/01*016 e",
      "Option Bytes",
      2,
      { { 0x1ffec000, 16, 1, READ_WRITE }, { 0x1fffc000, 16, 1, READ_WRITE } } },
    { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
      "OTP Memory",
      2,
      { { 0x1fff7800, 512, 1, READ_WRITE }, { 0x1fff7a00, 16, 1, READ_WRITE } } },
    { "@Device Feature/0xFFFF0000/01*004 e",
      "Device Feature",
      1,
      { { 0xffff0000, 4, 1, READ_WRITE } } },
    { "@Internal Flash   /0x08000000/8*001Ka,56*001Kg",
      "Internal Flash",
      2,
      { { 0x08000000, 1024, 8, DFU_MEMORY_READABLE }, { 0x08002000, 1024, 56, ALL } } },
    { "@Ram /0x20000000/2*1M", "Ram", 1, { { 0x20000000, 1024 * 1024, 2, ALL } } },
    { "@ /0x0/1*16Bf", "", 1, { { 0, 16, 1, DFU_MEMORY_ERASABLE | DFU_MEMORY_WRITEABLE } } },
    { "@Flash/0xFFFFF000/1*4Kg", "Flash", 1, { { 0xfffff000, 4096, 1, ALL } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DfuMemoryLayout) layout = parse (cases[i].text);

    g_assert_cmpstr (dfu_memory_layout_get_name (layout), ==, cases[i].name);
    g_assert_cmpuint (dfu_memory_layout_get_n_regions (layout), ==, cases[i].n_regions);
    for (guint j = 0; j < cases[i].n_regions; j++)
      assert_region (layout, j, &cases[i].regions[j]);
  }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "Internal Flash/0x08000000/04*016Kg",
    "@Internal Flash",
    "@Internal Flash/",
    "@Internal Flash/0x",
    "@Internal Flash/0x08000000",
    "@Internal Flash/0x08000000/",
    "@Internal Flash/0x08000000/04",
    "@Internal Flash/0x08000000/04*",
    "@Internal Flash/0x08000000/04*016Kg,",
    "@Internal Flash/0x08000000/04*016Kg;",
    "@Internal Flash/0x08000000/04*016Kz",
    "@Internal Flash/0x08000000/00*016Kg",
    "@Internal Flash/0x08000000/04*000Kg",
    "@Internal Flash/0x108000000/04*016Kg",
    "@Internal Flash/0xFFFFF000/2*4Kg",
    "@Internal Flash/0x08000000/4294967295*4096Mg",
    "@Internal Flash/0x08000000/99999999999*1Kg",
    "@Internal Flash/0x08000000/2*4Kg/0x08001000/1*4Kg",
    "@Internal Flash/0xFFFFF000/1*4Kg,1*4Kg",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DfuMemoryLayout) layout = NULL;
    g_autoptr (GError) error = NULL;

    layout = dfu_memory_layout_parse (texts[i], &error);
    g_assert_null (layout);
    g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
  }
}

static void
test_place (void)
{
  g_autoptr (DfuMemoryLayout) layout = parse ("@F/0x08000000/04*016Kg,01*064Kg");
  const DfuMemoryRegion *region = dfu_memory_layout_find (layout, 0x08004567);

  g_assert_cmphex (dfu_memory_region_get_sector (region, 0x08004567), ==, 0x08004000);
  g_assert_cmphex (dfu_memory_region_get_end (region), ==, 0x08010000);
  g_assert_null (dfu_memory_layout_find (layout, 0x07ffffff));
  g_assert_null (dfu_memory_layout_find (layout, 0x08020000));
}

static void
test_check (void)
{
  g_autoptr (DfuMemoryLayout) layout =
    parse ("@F/0x08000000/01*016Ka,01*016Kg,01*016Kg/0x08010000/01*016Kg");
  static const struct {
    guint64 address;
    guint64 size;
    DfuMemoryFlags flags;
    gboolean good;
  } cases[] = {
    { 0x08004000, 0x8000, ALL, TRUE },
    { 0x08000000, 0xc000, DFU_MEMORY_READABLE, TRUE },
    { 0x08003fff, 1, DFU_MEMORY_WRITEABLE, FALSE },
    { 0x08000000, 0x4000, READ_WRITE, FALSE },
    { 0x08004000, 0x8001, ALL, FALSE },
    { 0x07ffffff, 2, DFU_MEMORY_READABLE, FALSE },
    { 0x08013fff, 1, ALL, TRUE },
    { 0x08013fff, 2, ALL, FALSE },
    { 0x08004000, 0, ALL, TRUE },
    { 0x08004000, G_GUINT64_CONSTANT (0x100000000), ALL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (dfu_memory_layout_check (layout, cases[i].address, cases[i].size,
                                              cases[i].flags, &error),
                     ==, cases[i].good);
    if (!cases[i].good)
      g_assert_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_PLACE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dfu/memory-layout/devices", test_devices);
  g_test_add_func ("/dfu/memory-layout/refused", test_refused);
  g_test_add_func ("/dfu/memory-layout/place", test_place);
  g_test_add_func ("/dfu/memory-layout/check", test_check);

  return g_test_run ();
}
