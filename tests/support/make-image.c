/* make-image.c: writes a dfu.bin for the demo and for tests of whole programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-chip.h"

#include "test-image.h"

#include <glib.h>
#include <locale.h>

#define APP_SIZE_DEFAULT (192 * 1024)

static const struct {
  const char *name;
  guint16 product;
} chips[] = {
  { "esp32s2", 0x0002 },
  { "esp32s3", 0x0009 },
  { "esp32p4", 0x0012 },
  { "esp32s31", 0x0020 },
};

static int app_size = APP_SIZE_DEFAULT;
static char *chip_name = NULL;
static char *fault = NULL;
static char *finding = NULL;
static gboolean multi_part = FALSE;

static const GOptionEntry entries[] = {
  { "app-size", 'a', 0, G_OPTION_ARG_INT, &app_size, "Size of the application", "BYTES" },
  { "chip", 'c', 0, G_OPTION_ARG_STRING, &chip_name, "esp32s2, esp32s3, esp32p4, esp32s31",
    "CHIP" },
  { "multi-part", 'm', 0, G_OPTION_ARG_NONE, &multi_part, "With OTA data and storage", NULL },
  { "finding", 'f', 0, G_OPTION_ARG_STRING, &finding, "With something to tell of it", "NICK" },
  { "broken", 'b', 0, G_OPTION_ARG_STRING, &fault, "With this fault in it", "FAULT" },
  { NULL },
};

static guint16
find_product (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++) {
    if (name == NULL || g_str_equal (chips[i].name, name))
      return chips[i].product;
  }

  return 0;
}

static GBytes *
make_image (guint16 product)
{
  if (fault != NULL)
    return test_image_new_broken (fault, product, (gsize) app_size);

  if (finding != NULL)
    return test_image_new_with_finding (finding, product, (gsize) app_size);

  if (multi_part)
    return test_image_new_multi_part (product, (gsize) app_size);

  return test_image_new_for_product (product, (gsize) app_size);
}

static int
fail (const char *message)
{
  g_printerr ("make-image: %s\n", message);

  return 2;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT");
  g_autofree char *faults = g_strjoinv (", ", (char **) test_image_list_faults ());
  g_autofree char *findings = g_strjoinv (", ", (char **) test_image_list_findings ());
  g_autofree char *description = g_strdup_printf ("Faults: %s\n\nNicks: %s", faults, findings);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = NULL;
  guint16 product = 0;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail (error->message);

  product = find_product (chip_name);
  if (product == 0)
    return fail ("no such chip");

  if (argc != 2)
    return fail ("give the name of one file to write");

  if (app_size < 1 ||
      app_size > (multi_part ? TEST_IMAGE_MULTI_PART_APP_SIZE_MAX : TEST_IMAGE_APP_SIZE_MAX))
    return fail ("an application of this size does not fit into 4 MiB of flash");

  image = make_image (product);
  if (image == NULL)
    return fail ("no such fault or nick");

  if (!g_file_set_contents (argv[1], g_bytes_get_data (image, NULL),
                            (gssize) g_bytes_get_size (image), &error))
    return fail (error->message);

  return 0;
}
