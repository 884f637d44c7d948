/* firmware-elf-load.c: from an ELF file to an image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf.h"

#include "firmware-error.h"
#include "firmware-esp-build.h"
#include "firmware-esp-elf-part.h"
#include "firmware-esp-facts.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-esp-loose.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image-runs.h"

static gboolean
is_made_of (FirmwareImage *image, GBytes *contents)
{
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);

    if (facts != NULL && firmware_esp_facts_are_of_program (facts, contents))
      return TRUE;
  }

  return FALSE;
}

/* In its build folder, the image that was made of it lies beside it, with all that belongs to it.
 * When there is no such build, neither a build nor an error comes back. */
static FirmwareEspBuild *
find_build (GFile *elf, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (elf);
  g_autoptr (GFile) json =
    folder != NULL ? g_file_get_child (folder, FIRMWARE_ESP_FLASHER_ARGS_NAME) : NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FirmwareEspBuild) build =
    json != NULL ? firmware_esp_build_open (json, cancellable, &local_error) : NULL;
  g_autoptr (FirmwareImage) image = NULL;

  if (build == NULL) {
    if (local_error != NULL && !firmware_file_is_missing (local_error))
      g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  image = firmware_esp_build_read (build, &firmware_format_esp_build, cancellable, error);
  return image != NULL && is_made_of (image, contents) ? g_steal_pointer (&build) : NULL;
}

static void
report_taken (FirmwareEspBuild *build, GFile *elf)
{
  g_autofree char *name = g_file_get_basename (elf);
  g_autofree char *display = g_filename_display_name (name);

  firmware_esp_build_add_finding (build, FIRMWARE_FINDING_BUILD_TAKEN, display, NULL, NULL);
}

/* Other tools than ESP-IDF leave but the image beside the program, and some not even that. */
static FirmwareEspBuild *
build_alone (GFile *elf,
             GBytes *contents,
             const FirmwareEspChip *chip,
             const FirmwareFormat **origin,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (FirmwareEspElfPart) part = { NULL };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  FirmwareEspBuild *build = NULL;

  if (!firmware_esp_elf_part_init (&part, elf, contents, chip, cancellable, error))
    return NULL;

  g_ptr_array_add (names, part.name);
  g_ptr_array_add (all, part.image);
  build = firmware_esp_loose_new_build (names, all, chip, error);
  if (build == NULL)
    return NULL;

  if (elf != NULL)
    firmware_esp_build_add_input (build, elf);
  if (part.file != NULL)
    firmware_esp_build_add_input (build, part.file);
  firmware_esp_build_take_finding (build, g_steal_pointer (&part.finding));
  *origin = part.file != NULL ? &firmware_format_esp_binary : &firmware_format_elf;

  return build;
}

/* What others have made of it has the right settings, and mostly all that belongs to it. */
static FirmwareEspBuild *
find_or_make (GFile *elf,
              GBytes *contents,
              const FirmwareEspChip *chip,
              const FirmwareFormat **origin,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  FirmwareEspBuild *build =
    elf != NULL ? find_build (elf, contents, cancellable, &local_error) : NULL;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  if (build == NULL)
    return build_alone (elf, contents, chip, origin, cancellable, error);

  report_taken (build, elf);
  *origin = &firmware_format_esp_build;
  return build;
}

static FirmwareImage *
load_image (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (GArray) runs = NULL;
  const FirmwareFormat *origin = NULL;

  if (firmware_elf_is_esp (contents)) {
    build = find_or_make (file, contents, NULL, &origin, cancellable, error);
    return build != NULL ? firmware_esp_build_read (build, origin, cancellable, error) : NULL;
  }

  runs = firmware_elf_read (contents, error);
  return runs != NULL ? firmware_image_new_from_runs (&firmware_format_elf, runs, NULL) : NULL;
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  return load_image (NULL, contents, NULL, error);
}

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  const FirmwareFormat *origin = NULL;

  if (firmware_elf_is_esp (contents))
    return find_or_make (file, contents, chip, &origin, cancellable, error);

  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_BUILD,
                       "The program is not for an ESP chip");
  return NULL;
}

const FirmwareFormat firmware_format_elf = {
  .nick = "elf",
  .name = "ELF program",
  .probe = firmware_elf_is_present,
  .read = read_image,
  .load = load_image,
  .open_build = open_build,
};
