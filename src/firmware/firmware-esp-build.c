/* firmware-esp-build.c: files with their places in the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-build-private.h"

#include "firmware-error.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-flasher-args.h"
#include "firmware-esp-parameters.h"

static void
clear_part (gpointer data)
{
  FirmwareEspBuildPart *part = data;

  g_clear_object (&part->file);
  g_clear_pointer (&part->name, g_free);
  g_clear_pointer (&part->display, g_free);
  g_clear_pointer (&part->data, g_bytes_unref);
  g_clear_pointer (&part->facts, firmware_esp_facts_unref);
}

/* Takes over @name. */
static void
append_part (FirmwareEspBuild *self, guint32 address, GFile *file, char *name, GBytes *data)
{
  const FirmwareEspBuildPart part = {
    .address = address,
    .file = file != NULL ? g_object_ref (file) : NULL,
    .name = name,
    .display = g_filename_display_name (name),
    .data = data != NULL ? g_bytes_ref (data) : NULL,
  };

  g_array_append_val (self->parts, part);
}

/**
 * firmware_esp_build_new:
 *
 * Creates a build without files.
 *
 * Returns: (transfer full): the build
 */
FirmwareEspBuild *
firmware_esp_build_new (void)
{
  FirmwareEspBuild *self = g_new0 (FirmwareEspBuild, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (FirmwareEspBuildPart));
  g_array_set_clear_func (self->parts, clear_part);
  self->inputs = g_ptr_array_new_with_free_func (g_object_unref);
  self->findings = g_list_store_new (FIRMWARE_TYPE_FINDING);
  self->flash_size = FIRMWARE_ESP_FLASH_SIZE_DEFAULT;
  self->part_size = FIRMWARE_ESP_PART_SIZE_DEFAULT;

  return self;
}

/* What is written is not encrypted yet: the chip itself does it when it starts for the first time,
 * and from then on its ROM offers no DFU. */
static void
add_encrypted (FirmwareEspBuild *self, GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *display = name != NULL ? g_filename_display_name (name) : NULL;

  firmware_esp_build_add_finding (self, FIRMWARE_FINDING_ENCRYPTED, display, NULL, NULL);
}

/**
 * firmware_esp_build_new_from_json:
 * @json: a flasher_args.json; paths inside it are seen from its folder
 * @contents: its bytes
 * @error: return location for an error
 *
 * Creates the build that a flasher_args.json describes. The files are not looked at yet.
 *
 * Returns: (transfer full) (nullable): the build
 */
FirmwareEspBuild *
firmware_esp_build_new_from_json (GFile *json, GBytes *contents, GError **error)
{
  g_autoptr (FirmwareEspBuild) self = NULL;
  g_auto (FirmwareEspFlasherArgs) args = { 0 };
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (G_IS_FILE (json), NULL);
  g_return_val_if_fail (contents != NULL, NULL);

  /* What was chosen may be a folder around it. */
  if (!firmware_esp_flasher_args_parse (&args, contents, error)) {
    g_autofree char *path = g_file_get_parse_name (json);
    g_autofree char *name = g_path_get_basename (path);

    g_prefix_error (error, "%s: ", name);
    firmware_error_set_file (error, name);
    return NULL;
  }

  self = firmware_esp_build_new ();
  folder = g_file_get_parent (json);
  for (guint i = 0; i < args.files->len; i++) {
    const FirmwareEspFlasherFile *entry = &g_array_index (args.files, FirmwareEspFlasherFile, i);
    g_autoptr (GFile) file = g_file_resolve_relative_path (folder, entry->path);

    firmware_esp_build_add_file (self, entry->address, file);
    if (entry->is_encrypted)
      add_encrypted (self, file);
  }

  if (args.is_encrypted)
    add_encrypted (self, NULL);

  g_ptr_array_add (self->inputs, g_object_ref (json));
  self->chip = args.chip;
  if (args.flash_size != 0)
    self->flash_size = args.flash_size;

  return g_steal_pointer (&self);
}

/**
 * firmware_esp_build_free:
 * @self: a build
 */
void
firmware_esp_build_free (FirmwareEspBuild *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_object (&self->findings);
  g_free (self);
}

/**
 * firmware_esp_build_add_file:
 * @self: a build
 * @address: where it goes in the flash
 * @file: a file
 *
 * Adds a file, in any order.
 */
void
firmware_esp_build_add_file (FirmwareEspBuild *self, guint32 address, GFile *file)
{
  char *name = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  append_part (self, address, file, name != NULL ? name : g_strdup (""), NULL);
  firmware_esp_build_add_input (self, file);
}

/**
 * firmware_esp_build_add_data:
 * @self: a build
 * @address: where they go in the flash
 * @name: how the archive shall list them
 * @data: the part's bytes
 *
 * Adds a part that was already read, in any order.
 */
void
firmware_esp_build_add_data (FirmwareEspBuild *self,
                             guint32 address,
                             const char *name,
                             GBytes *data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (data != NULL);

  append_part (self, address, NULL, g_strdup (name), data);
}

/**
 * firmware_esp_build_add_input:
 * @self: a build
 * @file: a file
 *
 * Says that the archive is made from a file, too.
 */
void
firmware_esp_build_add_input (FirmwareEspBuild *self, GFile *file)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_FILE (file));

  g_ptr_array_add (self->inputs, g_object_ref (file));
}

/**
 * firmware_esp_build_add_finding:
 * @self: a build
 * @kind: what was found
 * @part: (nullable): the part that it is about
 * @found: (nullable): what there is
 * @expected: (nullable): what there should be
 *
 * Says what a person should know of how the files became a build; see #FirmwareFindingKind.
 */
void
firmware_esp_build_add_finding (FirmwareEspBuild *self,
                                FirmwareFindingKind kind,
                                const char *part,
                                const char *found,
                                const char *expected)
{
  g_autoptr (FirmwareFinding) finding = firmware_finding_new (kind, part, found, expected);

  g_return_if_fail (self != NULL);

  g_list_store_append (self->findings, finding);
}

/**
 * firmware_esp_build_take_finding:
 * @self: a build
 * @finding: (transfer full): what was found
 *
 * Does firmware_esp_build_add_finding() with one that is there already.
 */
void
firmware_esp_build_take_finding (FirmwareEspBuild *self, FirmwareFinding *finding)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (FIRMWARE_IS_FINDING (finding));

  g_list_store_append (self->findings, finding);
  g_object_unref (finding);
}

/**
 * firmware_esp_build_get_findings:
 * @self: a build
 *
 * Gets what firmware_esp_build_add_finding() added.
 *
 * Returns: (transfer none): a list of #FirmwareFinding
 */
GListModel *
firmware_esp_build_get_findings (FirmwareEspBuild *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_LIST_MODEL (self->findings);
}

/**
 * firmware_esp_build_set_chip:
 * @self: a build
 * @chip: the chip that it is for
 *
 * Says what the files do not tell. What they do tell must agree.
 */
void
firmware_esp_build_set_chip (FirmwareEspBuild *self, const FirmwareEspChip *chip)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (chip != NULL);

  self->chip = chip;
}

/**
 * firmware_esp_build_set_flash_size:
 * @self: a build
 * @flash_size: how large the chip's flash is, in bytes
 *
 * Sets the size in the place of what a flasher_args.json says, or of
 * %FIRMWARE_ESP_FLASH_SIZE_DEFAULT.
 */
void
firmware_esp_build_set_flash_size (FirmwareEspBuild *self, guint32 flash_size)
{
  g_return_if_fail (self != NULL);

  self->flash_size = flash_size;
}

/**
 * firmware_esp_build_set_part_size:
 * @self: a build
 * @part_size: where to cut files into members, in bytes; see firmware_esp_archive_write()
 *
 * Sets the size in the place of %FIRMWARE_ESP_PART_SIZE_DEFAULT.
 */
void
firmware_esp_build_set_part_size (FirmwareEspBuild *self, guint32 part_size)
{
  g_return_if_fail (self != NULL);

  self->part_size = part_size;
}

/**
 * firmware_esp_build_get_inputs:
 * @self: a build
 *
 * Gets every file that the archive is made from.
 *
 * Returns: (transfer none) (element-type GFile): the files, with the flasher_args.json
 */
GPtrArray *
firmware_esp_build_get_inputs (FirmwareEspBuild *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inputs;
}
