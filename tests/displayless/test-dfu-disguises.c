/* test-dfu-disguises.c: devices that say something else of themselves than they do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "firmware-dfu-suffix.h"
#include "test-image.h"
#include "upgrade-fixture.h"

#define PORT "1-10"
#define SIZE 20000
#define N_BLOCKS 5

typedef struct {
  const char *kind;
  guint16 vendor;
  guint16 product;
} Disguise;

static const Disguise disguises[] = {
  { "maple", 0x1eaf, 0x0003 },
  { "lpc43xx", 0x1fc9, 0x000c },
  { "freerunner", 0x1d50, 0x5119 },
};

/* In plain blocks, without a DETACH before them or hours between them. */
static void
test_disguise (UpgradeFixture *self, gconstpointer user_data)
{
  const Disguise *row = user_data;
  g_autofree char *board = g_strdup_printf ("%s@%s,busy-ms=3", row->kind, PORT);
  g_autoptr (GBytes) payload = test_image_new_pattern (SIZE, 1);
  g_autoptr (GBytes) file = firmware_dfu_suffix_append (payload, row->vendor, row->product);
  g_autoptr (FirmwareImage) image = upgrade_fixture_load (file);
  g_autoptr (GError) error = NULL;

  bus_fixture_plug (board);
  g_assert_cmpint (upgrade_fixture_run (self, PORT, image, &error), ==, DFU_OUTCOME_WRITTEN);
  g_assert_no_error (error);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "detaches"), ==, 0);
  g_assert_cmpuint (virtual_bus_get_stat (PORT, "blocks"), ==, N_BLOCKS);
  upgrade_fixture_assert_flash_bytes (self, PORT, 0, payload);
}

int
main (int argc, char **argv)
{
  static const char *const options[] = { "--instant", NULL };

  virtual_bus_run_on (argv, options);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (disguises); i++)
    upgrade_fixture_add ("/dfu/disguises/", disguises[i].kind, &disguises[i], test_disguise);

  return g_test_run ();
}
