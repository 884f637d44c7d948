/* firmware-esp-binary.c: one file of an ESP chip's firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-loose.h"
#include "firmware-format.h"

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autoptr (GPtrArray) names = name != NULL ? g_ptr_array_new () : NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  FirmwareEspBuild *build = NULL;

  if (name != NULL)
    g_ptr_array_add (names, name);
  g_ptr_array_add (all, contents);
  build = firmware_esp_loose_new_build (names, all, chip, error);
  if (build != NULL && file != NULL)
    firmware_esp_build_add_input (build, file);

  return build;
}

static FirmwareImage *
read_one (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = open_build (file, contents, NULL, cancellable, error);

  if (build == NULL)
    return NULL;

  return firmware_esp_build_read (build, &firmware_format_esp_binary, cancellable, error);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  return read_one (NULL, contents, NULL, error);
}

const FirmwareFormat firmware_format_esp_binary = {
  .nick = "esp-binary",
  .name = "ESP binary",
  .probe = firmware_esp_loose_is_present,
  .read = read_image,
  .load = read_one,
  .open_build = open_build,
};
