/* firmware-elf-load.c: from an ELF file to an image, for boards that take it as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-elf.h"

#include "firmware-error.h"
#include "firmware-esp-build.h"
#include "firmware-esp-facts.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-file.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-image-runs.h"

#include <string.h>

static void
set_unconverted (GError **error, const char *detail)
{
  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNCONVERTED,
               "The file is the program of an ESP chip before ESP-IDF makes an image of it%s%s",
               detail != NULL ? "; " : "", detail != NULL ? detail : "");
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

static gboolean
has_sha256 (const FirmwareEspFacts *facts, const char *sha256)
{
  return facts != NULL && g_strcmp0 (facts->application.elf_sha256, sha256) == 0;
}

/* Applications have the SHA-256 of the ELF file that they were made of. */
static gboolean
is_made_of (FirmwareImage *image, GBytes *contents)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, contents);
  GListModel *segments = firmware_image_get_segments (image);

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    if (has_sha256 (firmware_segment_get_facts (segment), sha256))
      return TRUE;
  }

  return FALSE;
}

static GFile *
find_image (GFile *elf)
{
  g_autoptr (GFile) folder = g_file_get_parent (elf);
  g_autofree char *name = g_file_get_basename (elf);
  const char *dot = strrchr (name, '.');
  g_autofree char *other =
    g_strdup_printf ("%.*s.bin", (int) (dot != NULL ? dot - name : (gssize) strlen (name)), name);

  return folder != NULL ? g_file_get_child (folder, other) : NULL;
}

/* Other tools than ESP-IDF leave the application beside its program, and nothing says where the
 * rest is. */
static void
set_unbuilt (GError **error, GFile *elf, GBytes *contents, GCancellable *cancellable)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, contents);
  g_autoptr (GFile) file = find_image (elf);
  g_autoptr (GBytes) image =
    file != NULL ? firmware_file_read (file, FIRMWARE_IMAGE_MAX_SIZE, cancellable, NULL) : NULL;
  g_autoptr (FirmwareEspFacts) facts = image != NULL ? firmware_esp_facts_new (image) : NULL;
  g_autofree char *path = NULL;
  g_autofree char *detail = NULL;

  if (has_sha256 (facts, sha256)) {
    path = g_file_get_parse_name (file);
    detail = g_strdup_printf ("the image that was made of it is %s", path);
  }

  set_unconverted (error, detail);
}

/* In its build folder, the image that was made of it lies beside it. */
static FirmwareEspBuild *
find_build (GFile *elf, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (elf);
  g_autoptr (GFile) json =
    folder != NULL ? g_file_get_child (folder, FIRMWARE_ESP_FLASHER_ARGS_NAME) : NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = g_file_get_basename (elf);
  g_autofree char *display = NULL;
  FirmwareEspBuild *build =
    json != NULL ? firmware_esp_build_open (json, cancellable, &local_error) : NULL;

  if (build == NULL) {
    if (local_error == NULL || is_missing (local_error))
      set_unbuilt (error, elf, contents, cancellable);
    else
      g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  display = g_filename_display_name (name);
  firmware_esp_build_add_finding (build, FIRMWARE_FINDING_BUILD_TAKEN, display, NULL, NULL);
  return build;
}

static FirmwareImage *
read_build (FirmwareEspBuild *build, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (FirmwareImage) image =
    firmware_esp_build_read (build, &firmware_format_esp_build, cancellable, error);

  if (image == NULL)
    return NULL;

  if (!is_made_of (image, contents)) {
    set_unconverted (error, "the build in its folder was made of another program");
    return NULL;
  }

  return g_steal_pointer (&image);
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  gboolean is_esp = FALSE;
  g_autoptr (GArray) runs = firmware_elf_read (contents, &is_esp, error);

  if (runs == NULL)
    return NULL;

  if (is_esp) {
    set_unconverted (error, NULL);
    return NULL;
  }

  return firmware_image_new_from_runs (&firmware_format_elf, runs, NULL);
}

static FirmwareImage *
load_image (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FirmwareImage) image = read_image (contents, &local_error);
  g_autoptr (FirmwareEspBuild) build = NULL;

  if (image != NULL)
    return g_steal_pointer (&image);

  if (!g_error_matches (local_error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNCONVERTED)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  build = find_build (file, contents, cancellable, error);
  return build != NULL ? read_build (build, contents, cancellable, error) : NULL;
}

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_esp = FALSE;
  g_autoptr (GArray) runs = firmware_elf_read (contents, &is_esp, error);
  g_autoptr (FirmwareEspBuild) build = NULL;
  g_autoptr (FirmwareImage) image = NULL;

  if (runs == NULL)
    return NULL;

  if (!is_esp) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_BUILD,
                         "The program is not for an ESP chip");
    return NULL;
  }

  build = find_build (file, contents, cancellable, error);
  image = build != NULL ? read_build (build, contents, cancellable, error) : NULL;
  return image != NULL ? g_steal_pointer (&build) : NULL;
}

const FirmwareFormat firmware_format_elf = {
  .nick = "elf",
  .name = "ELF program",
  .probe = firmware_elf_is_present,
  .read = read_image,
  .load = load_image,
  .open_build = open_build,
};
