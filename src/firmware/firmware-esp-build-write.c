/* firmware-esp-build-write.c: reads the files of a build and puts them together to an archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build-private.h"

#include "firmware-error.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-image.h"
#include "firmware-esp-part-name.h"
#include "firmware-esp-table.h"
#include "firmware-file.h"

/* As many missing files as an error names. */
#define MISSING_MAX 4

typedef FirmwareEspBuildPart Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *first = a;
  const Part *second = b;

  return (first->address > second->address) - (first->address < second->address);
}

/* Long names are shortened later, see name_parts(), but those that mean something are nobody's. */
static gboolean
check_name (const Part *part, GError **error)
{
  g_autofree char *name = firmware_esp_part_name_new (part->name, 1);

  if (firmware_esp_table_is_name (name))
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BAD_NAME,
               "%s for 0x%08x cannot be part of an archive, which uses that name itself",
               part->display, part->address);
  firmware_error_set_file (error, part->display);
  return FALSE;
}

/* The ROM tells parts by their names: of two with one name it would write the first twice. */
static gboolean
check_different (const Part *first, const Part *second, GError **error)
{
  if (first->address == second->address) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "%s and %s are both for address 0x%08x", first->display, second->display,
                 first->address);
    firmware_error_set_address (error, first->address);
    return FALSE;
  }

  if (g_str_equal (first->name, second->name)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BAD_NAME,
                 "The files for 0x%08x and 0x%08x are both named %s, and the chip could not tell "
                 "them apart",
                 first->address, second->address, first->display);
    firmware_error_set_file (error, first->display);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_parts (GArray *parts, GError **error)
{
  if (parts->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOTHING_TO_WRITE,
                         "The build has no files");
    return FALSE;
  }

  if (parts->len >= FIRMWARE_ESP_RECORDS_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_MANY_PARTS,
                 "The build has %u files; the chip's ROM takes at most %d", parts->len,
                 FIRMWARE_ESP_RECORDS_MAX - 1);
    return FALSE;
  }

  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);

    if (!check_name (part, error))
      return FALSE;

    for (guint j = 0; j < i; j++) {
      if (!check_different (&g_array_index (parts, Part, j), part, error))
        return FALSE;
    }
  }

  return TRUE;
}

static void
append_missing (GString *text, const Part *part)
{
  g_autofree char *path = g_file_get_parse_name (part->file);

  g_string_append_printf (text, "%s%s for 0x%08x is not there: no file is called %s",
                          text->len > 0 ? "; " : "", part->display, part->address, path);
}

static gboolean
is_there (const Part *part)
{
  GFileType type = G_FILE_TYPE_REGULAR;

  if (part->file != NULL)
    type = g_file_query_file_type (part->file, G_FILE_QUERY_INFO_NONE, NULL);

  return type != G_FILE_TYPE_UNKNOWN && type != G_FILE_TYPE_DIRECTORY;
}

/* Of a build that was cleaned, all is gone. */
static void
set_missing_error (GError **error, GArray *parts, guint first)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_missing = 0;

  for (guint i = first; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);

    if (i > first && is_there (part))
      continue;

    if (n_missing++ < MISSING_MAX)
      append_missing (text, part);
  }

  if (n_missing > MISSING_MAX)
    g_string_append_printf (text, "; and %u more", n_missing - MISSING_MAX);

  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MISSING_PART, text->str);
  firmware_error_set_file (error, g_array_index (parts, Part, first).display);
}

static gboolean
read_parts (GArray *parts, GCancellable *cancellable, GError **error)
{
  guint64 left = FIRMWARE_IMAGE_MAX_SIZE;

  for (guint i = 0; i < parts->len; i++) {
    Part *part = &g_array_index (parts, Part, i);
    g_autoptr (GError) local_error = NULL;

    if (part->file != NULL) {
      g_clear_pointer (&part->data, g_bytes_unref);
      part->data = firmware_file_read (part->file, left, cancellable, &local_error);
    }

    if (part->data == NULL) {
      /* That a part is missing is told of the build, not as if the build itself were missing. */
      if (firmware_file_is_missing (local_error)) {
        set_missing_error (error, parts, i);
        return FALSE;
      }

      firmware_error_set_file (&local_error, part->display);
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                                  "%s for 0x%08x: ", part->display, part->address);
      return FALSE;
    }

    left -= MIN (left, g_bytes_get_size (part->data));
  }

  return TRUE;
}

static gboolean
has_name (GArray *parts, const char *name)
{
  for (guint i = 0; i < parts->len; i++) {
    if (g_str_equal (g_array_index (parts, Part, i).name, name))
      return TRUE;
  }

  return FALSE;
}

/* What the ROM cannot have for a name, nobody but the ROM needs to see. */
static void
name_parts (FirmwareEspBuild *self)
{
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = &g_array_index (self->parts, Part, i);
    g_autofree char *name = NULL;

    if (firmware_esp_part_name_fits (part->name, g_bytes_get_size (part->data), self->part_size))
      continue;

    for (guint number = 1; name == NULL || has_name (self->parts, name); number++) {
      g_free (name);
      name = firmware_esp_part_name_new (part->name, number);
    }

    firmware_esp_build_add_finding (self, FIRMWARE_FINDING_RENAMED, part->display, name, NULL);
    g_free (part->name);
    part->name = g_steal_pointer (&name);
  }
}

/* The first bootloader or application tells; the reader of the archive compares all of them. */
static const FirmwareEspChip *
find_chip (GArray *parts, GError **error)
{
  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    const FirmwareEspChip *chip = NULL;
    FirmwareEspImage header;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (part->data, &size);

    if (!firmware_esp_image_parse (&header, data, size))
      continue;

    chip = firmware_esp_chip_find_by_id (header.chip_id);
    if (chip == NULL)
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_LOADER,
                   "%s was built for an unknown chip (chip id 0x%04x)", part->display,
                   header.chip_id);
    return chip;
  }

  g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP,
                       "Neither the build nor any of its files says which chip it is for");
  return NULL;
}

/**
 * firmware_esp_build_list_inputs: (skip)
 * @self: a build that was written
 *
 * Returns: (transfer full) (element-type FirmwareEspArchiveInput): what its archive is made of;
 *   borrows from the build
 */
GArray *
firmware_esp_build_list_inputs (FirmwareEspBuild *self)
{
  GArray *inputs = g_array_new (FALSE, FALSE, sizeof (FirmwareEspArchiveInput));

  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = &g_array_index (self->parts, Part, i);
    const FirmwareEspArchiveInput input = { part->name, part->address, part->data, part->facts };

    g_array_append_val (inputs, input);
  }

  return inputs;
}

/* Runs in a thread of its own. */
static gpointer
find_facts (gpointer data)
{
  GArray *parts = data;

  for (guint i = 0; i < parts->len; i++) {
    Part *part = &g_array_index (parts, Part, i);

    g_clear_pointer (&part->facts, firmware_esp_facts_unref);
    part->facts = firmware_esp_facts_new (part->data);
  }

  return NULL;
}

/* The SHA-256 of an application takes longer than all the rest, and nothing here waits for it: only
 * the look at the archive wants to know, and computes it itself where there was no thread. */
static GBytes *
write_archive (FirmwareEspBuild *self, const FirmwareEspChip *chip, GError **error)
{
  g_autoptr (GArray) inputs = firmware_esp_build_list_inputs (self);
  GThread *thread = g_thread_try_new ("firmware-facts", find_facts, self->parts, NULL);
  GBytes *archive =
    firmware_esp_archive_write ((const FirmwareEspArchiveInput *) inputs->data, inputs->len,
                                chip->product, self->flash_size, self->part_size, error);

  if (thread != NULL)
    g_thread_join (thread);

  return archive;
}

/**
 * firmware_esp_build_write:
 * @self: a build
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, which names the file and its address
 *
 * Reads all files, of together at most %FIRMWARE_IMAGE_MAX_SIZE bytes, and makes a dfu.bin of them,
 * byte for byte what "idf.py dfu" makes. An empty file is refused: it is what is left of a build
 * that failed.
 *
 * Returns: (transfer full) (nullable): the whole file with its suffix
 */
GBytes *
firmware_esp_build_write (FirmwareEspBuild *self, GCancellable *cancellable, GError **error)
{
  const FirmwareEspChip *chip = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  g_array_sort (self->parts, compare_parts);
  if (!check_parts (self->parts, error))
    return NULL;

  /* Before anything is read: a build for another chip has addresses that make no sense here. */
  if (self->chip != NULL && !firmware_esp_chip_check_loader (self->chip, error))
    return NULL;

  if (!read_parts (self->parts, cancellable, error))
    return NULL;

  name_parts (self);

  chip = self->chip != NULL ? self->chip : find_chip (self->parts, error);
  if (chip == NULL || !firmware_esp_chip_check_loader (chip, error))
    return NULL;

  return write_archive (self, chip, error);
}
