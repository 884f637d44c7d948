/* test-flash-map.c: what the flash map shows, and how one moves in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-flash-block.h"
#include "bootlace-flash-map.h"
#include "bootlace-part-text.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "test-image.h"

#include <string.h>

#define FLASH_SIZE (4 * 1024 * 1024)

typedef struct {
  const char *name;
  guint32 address;
  guint32 size;
} Region;

static const Region no_partitions[] = { { NULL, 0, 0 } };

static const Region ota[] = {
  { "nvs", 0x9000, 0x4000 },
  { "otadata", 0xd000, 0x2000 },
  { "phy_init", 0xf000, 0x1000 },
  { "factory", 0x10000, 0x100000 },
  { "ota_0", 0x110000, 0x100000 },
  { "ota_1", 0x210000, 0x100000 },
  { NULL, 0, 0 },
};

static const Region contradictory[] = {
  { "one", 0x10000, 0x200000 },
  { "other", 0x100000, 0x200000 },
  { "beyond", 0x300000, 0x40000000 },
  { NULL, 0, 0 },
};

static FirmwareImage *
create_image (const Region *partitions)
{
  static const struct {
    Region region;
    FirmwareRole role;
  } parts[] = {
    { { "bootloader.bin", 0x1000, 0x6000 }, FIRMWARE_ROLE_BOOTLOADER },
    { { "partition-table.bin", 0x8000, 0xc00 }, FIRMWARE_ROLE_PARTITION_TABLE },
    { { "blink.bin", 0x10000, 0xe0000 }, FIRMWARE_ROLE_APPLICATION },
  };
  g_autoptr (GBytes) payload = test_image_new_pattern (64, 1);
  FirmwareDfuSuffix suffix = { 0 };
  FirmwareImage *image = firmware_image_new (&firmware_format_esp_archive, payload, &suffix);

  firmware_image_set_target (image, "ESP32-S2", FLASH_SIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    const Region *region = &parts[i].region;
    g_autoptr (GBytes) data = test_image_new_pattern (region->size, 2);
    g_autoptr (FirmwareSegment) segment =
      firmware_segment_new (region->name, region->address, data, parts[i].role);

    firmware_image_add_segment (image, segment);
  }
  for (; partitions->name != NULL; partitions++) {
    g_autoptr (FirmwarePartition) partition =
      firmware_partition_new (partitions->name, FIRMWARE_PARTITION_TYPE_DATA, 2,
                              partitions->address, partitions->size, 0);

    firmware_image_add_partition (image, partition);
  }

  return image;
}

static FirmwareImage *
create_image_with (const FirmwareRole *roles, gsize n_roles)
{
  g_autoptr (GBytes) data = test_image_new_pattern (0x1000, 1);
  FirmwareDfuSuffix suffix = { 0 };
  FirmwareImage *image = firmware_image_new (&firmware_format_esp_archive, data, &suffix);

  for (gsize i = 0; i < n_roles; i++) {
    g_autoptr (FirmwareSegment) segment = firmware_segment_new ("data", 0x1000 * i, data, roles[i]);

    firmware_image_add_segment (image, segment);
  }

  return image;
}

typedef struct {
  GtkWidget *window;
  GtkWidget *before;
  GtkWidget *map;
  GtkWidget *after;
} Fixture;

static gboolean
is_laid_out (gpointer map)
{
  return gtk_widget_get_width (gtk_widget_get_last_child (map)) > 0;
}

static void
set_up (Fixture *self, const Region *partitions, int width)
{
  g_autoptr (FirmwareImage) image = create_image (partitions);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->window = gtk_window_new ();
  self->before = gtk_button_new_with_label ("before");
  self->map = g_object_new (BOOTLACE_TYPE_FLASH_MAP, "image", image, NULL);
  self->after = gtk_button_new_with_label ("after");
  gtk_box_append (GTK_BOX (box), self->before);
  gtk_box_append (GTK_BOX (box), self->map);
  gtk_box_append (GTK_BOX (box), self->after);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 200);
  gtk_widget_add_css_class (self->window, "bootlace");
  gtk_window_present (GTK_WINDOW (self->window));
  window_fixture_wait (is_laid_out, self->map, "the map to be laid out");
}

static void
tear_down (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static graphene_rect_t
get_bounds (GtkWidget *block)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (block, gtk_widget_get_parent (block), &bounds));

  return bounds;
}

static GtkWidget *
find_block (Fixture *self, const char *description)
{
  for (GtkWidget *block = gtk_widget_get_first_child (self->map); block != NULL;
       block = gtk_widget_get_next_sibling (block))
    if (g_str_has_prefix (bootlace_flash_block_get_description (BOOTLACE_FLASH_BLOCK (block)),
                          description))
      return block;

  g_error ("There is no block “%s”", description);
}

/* The names that can be read must not lie upon each other, whatever the table says. */
static void
check_labels (Fixture *self)
{
  float end = -1.0f;

  for (GtkWidget *block = gtk_widget_get_first_child (self->map); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    graphene_rect_t bounds;

    if (bootlace_flash_block_is_part (BOOTLACE_FLASH_BLOCK (block)) ||
        !bootlace_flash_block_shows_label (BOOTLACE_FLASH_BLOCK (block)))
      continue;

    bounds = get_bounds (gtk_widget_get_first_child (block));
    g_assert_true (
      gtk_widget_compute_bounds (gtk_widget_get_first_child (block), self->map, &bounds));
    g_assert_cmpfloat (bounds.origin.x, >=, end);
    end = bounds.origin.x + bounds.size.width;
    g_assert_cmpfloat (end, <=, (float) gtk_widget_get_width (self->map));
  }
}

static void
test_labels_never_overlap (void)
{
  static const Region *const tables[] = { no_partitions, ota, contradictory };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    for (int width = 200; width <= 900; width += 140) {
      Fixture fixture;

      set_up (&fixture, tables[i], width);
      check_labels (&fixture);
      tear_down (&fixture);
    }
  }
}

static void
test_parts_lie_in_their_partitions (void)
{
  Fixture fixture;
  graphene_rect_t app;
  graphene_rect_t partition;
  GtkWidget *label;

  set_up (&fixture, ota, 700);
  app = get_bounds (find_block (&fixture, "app"));
  partition = get_bounds (find_block (&fixture, "Partition “factory”"));
  g_assert_true (graphene_rect_contains_rect (&partition, &app));

  label = gtk_widget_get_first_child (find_block (&fixture, "Partition “factory”"));
  g_assert_cmpint (gtk_widget_get_height (label), <=, (int) app.origin.y);
  g_assert_cmpfloat (app.size.width, >, partition.size.width * 0.8f);
  tear_down (&fixture);
}

static void
test_descriptions (void)
{
  Fixture fixture;
  GtkWidget *block;

  set_up (&fixture, ota, 700);
  gtk_test_accessible_assert_role (fixture.map, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (fixture.map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Flash of 4 MB; 6 partitions; "
                                       "bootloader: 24 kB at 0x00001000; "
                                       "partition table: 3.1 kB at 0x00008000; "
                                       "app: 917 kB at 0x00010000");

  for (block = gtk_widget_get_first_child (fixture.map); block != NULL;
       block = gtk_widget_get_next_sibling (block)) {
    gtk_test_accessible_assert_role (block, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
    gtk_test_accessible_assert_property (block, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         bootlace_flash_block_get_description (
                                           BOOTLACE_FLASH_BLOCK (block)));

    /* It would cover the line that says the same. */
    g_assert_null (gtk_widget_get_tooltip_text (block));
  }

  find_block (&fixture, "app: 917 kB at 0x00010000, in partition “factory”");
  find_block (&fixture, "Partition “factory”: 1.0 MB at 0x00010000, for app");
  find_block (&fixture, "Partition “ota_1”: 1.0 MB at 0x00210000, left as it is");
  find_block (&fixture, "Free: 983 kB at 0x00310000");
  tear_down (&fixture);
}

static void
move (Fixture *self, GtkDirectionType direction)
{
  gtk_widget_child_focus (self->map, direction);
}

static void
assert_hint (Fixture *self, const char *start)
{
  const char *hint = bootlace_flash_map_get_hint (BOOTLACE_FLASH_MAP (self->map));

  g_assert_nonnull (hint);
  if (!g_str_has_prefix (hint, start))
    g_error ("The focus is on “%s” instead of “%s”", hint, start);
}

static void
test_keys (void)
{
  Fixture fixture;
  GtkWidget *focus;

  set_up (&fixture, ota, 700);
  gtk_widget_grab_focus (fixture.before);
  gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD);
  assert_hint (&fixture, "bootloader");

  move (&fixture, GTK_DIR_RIGHT);
  assert_hint (&fixture, "partition table");
  move (&fixture, GTK_DIR_RIGHT);
  assert_hint (&fixture, "Partition “nvs”");
  move (&fixture, GTK_DIR_LEFT);
  assert_hint (&fixture, "partition table");
  for (guint i = 0; i < 4; i++)
    move (&fixture, GTK_DIR_RIGHT);
  assert_hint (&fixture, "Partition “factory”");
  move (&fixture, GTK_DIR_DOWN);
  assert_hint (&fixture, "app");
  move (&fixture, GTK_DIR_UP);
  assert_hint (&fixture, "Partition “factory”");

  /* Tab leaves the map, and comes back to where it was. */
  gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus == fixture.after);
  g_assert_null (bootlace_flash_map_get_hint (BOOTLACE_FLASH_MAP (fixture.map)));
  gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_BACKWARD);
  assert_hint (&fixture, "Partition “factory”");

  for (guint i = 0; i < 20; i++)
    move (&fixture, GTK_DIR_RIGHT);
  assert_hint (&fixture, "Free");
  tear_down (&fixture);
}

static void
test_keys_from_right_to_left (void)
{
  Fixture fixture;
  graphene_rect_t bootloader;
  graphene_rect_t app;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (&fixture, ota, 700);
  bootloader = get_bounds (find_block (&fixture, "bootloader"));
  app = get_bounds (find_block (&fixture, "app"));
  g_assert_cmpfloat (app.origin.x + app.size.width, <=, bootloader.origin.x);

  move (&fixture, GTK_DIR_TAB_FORWARD);
  move (&fixture, GTK_DIR_LEFT);
  assert_hint (&fixture, "partition table");
  move (&fixture, GTK_DIR_RIGHT);
  assert_hint (&fixture, "bootloader");
  tear_down (&fixture);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The focus may be in the map when other firmware comes. */
static void
test_other_image (void)
{
  Fixture fixture;
  g_autoptr (FirmwareImage) image = create_image (no_partitions);

  set_up (&fixture, ota, 700);
  move (&fixture, GTK_DIR_TAB_FORWARD);
  move (&fixture, GTK_DIR_RIGHT);
  bootlace_flash_map_set_image (BOOTLACE_FLASH_MAP (fixture.map), image);
  g_assert_null (bootlace_flash_map_get_hint (BOOTLACE_FLASH_MAP (fixture.map)));
  move (&fixture, GTK_DIR_TAB_FORWARD);
  assert_hint (&fixture, "bootloader");
  bootlace_flash_map_set_image (BOOTLACE_FLASH_MAP (fixture.map), NULL);
  g_assert_false (gtk_widget_child_focus (fixture.map, GTK_DIR_TAB_FORWARD));
  tear_down (&fixture);
}

static void
test_beyond_the_flash (void)
{
  Fixture fixture;
  graphene_rect_t beyond;

  set_up (&fixture, contradictory, 700);
  beyond = get_bounds (find_block (&fixture, "The flash ends here, at 4 MB"));
  g_assert_cmpfloat (beyond.origin.x, >, 300.0f);
  g_assert_cmpfloat (beyond.origin.x, <, 400.0f);
  tear_down (&fixture);
}

/* Their names may not tell them apart. */
static void
test_neighbouring_data (void)
{
  static const FirmwareRole roles[] = { FIRMWARE_ROLE_DATA, FIRMWARE_ROLE_DATA,
                                        FIRMWARE_ROLE_APPLICATION, FIRMWARE_ROLE_DATA };
  static const char *const styles[] = { "data", "other-data", "application", "data" };
  g_autoptr (FirmwareImage) image = create_image_with (roles, G_N_ELEMENTS (roles));
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    g_assert_cmpstr (bootlace_part_get_style (segment, image), ==, styles[i]);
  }
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/flash-map/labels-never-overlap", test_labels_never_overlap);
  g_test_add_func ("/flash-map/parts-lie-in-their-partitions", test_parts_lie_in_their_partitions);
  g_test_add_func ("/flash-map/descriptions", test_descriptions);
  g_test_add_func ("/flash-map/keys", test_keys);
  g_test_add_func ("/flash-map/keys-from-right-to-left", test_keys_from_right_to_left);
  g_test_add_func ("/flash-map/other-image", test_other_image);
  g_test_add_func ("/flash-map/beyond-the-flash", test_beyond_the_flash);
  g_test_add_func ("/flash-map/neighbouring-data", test_neighbouring_data);

  return g_test_run ();
}
