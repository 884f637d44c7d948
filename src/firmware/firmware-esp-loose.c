/* firmware-esp-loose.c: files of an ESP chip's firmware that do not say where they belong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-loose.h"

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-esp-description.h"
#include "firmware-esp-flash.h"
#include "firmware-esp-image.h"
#include "firmware-esp-partitions.h"
#include "firmware-esp-places.h"
#include "firmware-esp-role.h"

typedef struct {
  GBytes *data;  /* borrowed */
  char *name;    /* base name, or what it is */
  char *display; /* the same for people */
  FirmwareRole role;
  FirmwareEspImage header; /* of a bootloader and an application */
  guint32 address;
  gboolean is_proposed; /* nothing but habit says that it goes there */
} Loose;

typedef struct {
  GArray *parts; /* of Loose */
  const FirmwareEspChip *chip;
  const Loose *bootloader;
  const Loose *table;
  const Loose *application;
  FirmwareEspPartitions partitions;
} Collection;

static void
clear_loose (gpointer data)
{
  Loose *loose = data;

  g_clear_pointer (&loose->name, g_free);
  g_clear_pointer (&loose->display, g_free);
}

static void
collection_clear (Collection *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  firmware_esp_partitions_clear (&self->partitions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

/* Old bootloaders do not describe themselves, but applications have always done so on these chips;
 * what reaches to the partition table is something else that the ROM starts. */
static FirmwareRole
find_image_role (const FirmwareEspImage *header, const guint8 *data, gsize size)
{
  const FirmwareEspChip *chip = firmware_esp_chip_find_by_id (header->chip_id);
  gsize start = chip != NULL ? chip->bootloader_address : 0;

  if (firmware_esp_description_is_application (data, size))
    return FIRMWARE_ROLE_APPLICATION;

  if (firmware_esp_description_is_bootloader (data, size) ||
      (start < FIRMWARE_ESP_TABLE_ADDRESS && size <= FIRMWARE_ESP_TABLE_ADDRESS - start))
    return FIRMWARE_ROLE_BOOTLOADER;

  return FIRMWARE_ROLE_DATA;
}

/* By content alone: a name that promises something else is not believed. */
static FirmwareRole
find_role (FirmwareEspImage *header, GBytes *contents)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);

  if (firmware_esp_image_parse (header, data, size))
    return find_image_role (header, data, size);

  if (firmware_esp_partitions_is_present (data, size))
    return size <= FIRMWARE_ESP_SECTOR_SIZE ? FIRMWARE_ROLE_PARTITION_TABLE : FIRMWARE_ROLE_DATA;

  if (firmware_esp_role_is_ota_data (data, size) ||
      (size == FIRMWARE_ESP_OTA_DATA_LENGTH && firmware_bytes_are_erased (data, size)))
    return FIRMWARE_ROLE_OTA_DATA;

  return FIRMWARE_ROLE_DATA;
}

static const char *
name_role (FirmwareRole role)
{
  switch (role) {
  case FIRMWARE_ROLE_BOOTLOADER:
    return "bootloader";
  case FIRMWARE_ROLE_PARTITION_TABLE:
    return "partition-table";
  case FIRMWARE_ROLE_OTA_DATA:
    return "ota_data";
  case FIRMWARE_ROLE_APPLICATION:
    return "app";
  case FIRMWARE_ROLE_DATA:
    break;
  }

  return "data";
}

static void
append_loose (Collection *self, const char *name, GBytes *data)
{
  Loose loose = { .data = data };

  loose.role = find_role (&loose.header, data);
  loose.name = name != NULL ? g_strdup (name) : g_strdup_printf ("%s.bin", name_role (loose.role));
  loose.display = g_filename_display_name (loose.name);

  g_array_append_val (self->parts, loose);
}

static gboolean
take_role (const Loose **place, const Loose *loose, GError **error)
{
  if (*place == NULL) {
    *place = loose;
    return TRUE;
  }

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_SAME_ROLE,
               "%s and %s are both of the kind \"%s\", so nothing tells which goes where",
               (*place)->display, loose->display, name_role (loose->role));
  firmware_error_set_file (error, loose->display);
  return FALSE;
}

static gboolean
take_roles (Collection *self, GError **error)
{
  const Loose *ota_data = NULL;

  for (guint i = 0; i < self->parts->len; i++) {
    const Loose *loose = &g_array_index (self->parts, Loose, i);
    const Loose **place = NULL;

    switch (loose->role) {
    case FIRMWARE_ROLE_BOOTLOADER:
      place = &self->bootloader;
      break;
    case FIRMWARE_ROLE_PARTITION_TABLE:
      place = &self->table;
      break;
    case FIRMWARE_ROLE_OTA_DATA:
      place = &ota_data;
      break;
    case FIRMWARE_ROLE_APPLICATION:
      place = &self->application;
      break;
    case FIRMWARE_ROLE_DATA:
      break;
    }

    if (place != NULL && !take_role (place, loose, error))
      return FALSE;
  }

  return TRUE;
}

/* One of two may have come from another project; the firmware is for a chip that takes it over DFU.
 * What is for another one, the look at the archive tells. */
static gboolean
find_chip (Collection *self, GError **error)
{
  const Loose *const speakers[] = { self->bootloader, self->application };
  g_autoptr (GError) first_error = NULL;

  if (self->chip != NULL)
    return firmware_esp_chip_check_loader (self->chip, error);

  for (gsize i = 0; i < G_N_ELEMENTS (speakers); i++) {
    if (speakers[i] == NULL)
      continue;

    self->chip = firmware_esp_chip_find_loader (speakers[i]->header.chip_id, speakers[i]->display,
                                                first_error == NULL ? &first_error : NULL);
    if (self->chip != NULL)
      return TRUE;
  }

  if (first_error != NULL)
    g_propagate_error (error, g_steal_pointer (&first_error));
  else
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_UNKNOWN_CHIP,
                 "There is neither a bootloader nor an application beside %s that says which chip "
                 "it is for",
                 g_array_index (self->parts, Loose, 0).display);
  return FALSE;
}

static void
read_table (Collection *self)
{
  gsize size = 0;
  const guint8 *data = NULL;

  if (self->table == NULL)
    return;

  data = g_bytes_get_data (self->table->data, &size);
  firmware_esp_partitions_parse (&self->partitions, data, size);
}

static gboolean
find_places (Collection *self, GError **error)
{
  const FirmwareEspSurroundings surroundings = {
    .chip = self->chip,
    .partitions = self->partitions.partitions,
    .bootloader_size = self->bootloader != NULL ? g_bytes_get_size (self->bootloader->data) : 0,
  };

  for (guint i = 0; i < self->parts->len; i++) {
    Loose *loose = &g_array_index (self->parts, Loose, i);
    const FirmwareEspStray stray = {
      .name = loose->display,
      .role = loose->role,
    };

    if (!firmware_esp_places_find (&stray, &surroundings, &loose->address, &loose->is_proposed,
                                   error))
      return FALSE;
  }

  return TRUE;
}

/* A table that its usual place has no room for is noticed more than one that goes there. */
static void
report_proposal (const Loose *loose, FirmwareEspBuild *build)
{
  g_autofree char *address = g_strdup_printf ("0x%08x", loose->address);
  g_autofree char *usual = g_strdup_printf ("0x%08x", FIRMWARE_ESP_TABLE_ADDRESS);

  if (loose->role == FIRMWARE_ROLE_PARTITION_TABLE && loose->address != FIRMWARE_ESP_TABLE_ADDRESS)
    firmware_esp_build_add_finding (build, FIRMWARE_FINDING_TABLE_MOVED, loose->name, address,
                                    usual);
  else if (loose->is_proposed)
    firmware_esp_build_add_finding (build, FIRMWARE_FINDING_PLACE_PROPOSED, loose->name, address,
                                    NULL);
}

static void
add_part (const Loose *loose, FirmwareEspBuild *build)
{
  firmware_esp_build_add_data (build, loose->address, loose->name, loose->data);
  report_proposal (loose, build);
}

static FirmwareEspBuild *
make_build (const Collection *self)
{
  const Loose *speaker = self->bootloader != NULL ? self->bootloader : self->application;
  FirmwareEspBuild *build = firmware_esp_build_new ();

  firmware_esp_build_set_chip (build, self->chip);
  if (speaker != NULL && speaker->header.flash_size != 0)
    firmware_esp_build_set_flash_size (build, (guint32) speaker->header.flash_size);

  for (guint i = 0; i < self->parts->len; i++)
    add_part (&g_array_index (self->parts, Loose, i), build);

  /* What an application lacks, the look at the archive tells. */
  if (self->application == NULL)
    firmware_esp_build_add_finding (build, FIRMWARE_FINDING_ALONE, NULL, "application", NULL);

  return build;
}

/**
 * firmware_esp_loose_is_present:
 * @contents: a whole file
 *
 * Tells whether a file is a bootloader, an application or a partition table of an ESP chip.
 *
 * Returns: whether firmware_esp_loose_new_build() can make something of it
 */
gboolean
firmware_esp_loose_is_present (GBytes *contents)
{
  FirmwareEspImage header;

  g_return_val_if_fail (contents != NULL, FALSE);

  switch (find_role (&header, contents)) {
  case FIRMWARE_ROLE_BOOTLOADER:
  case FIRMWARE_ROLE_PARTITION_TABLE:
  case FIRMWARE_ROLE_APPLICATION:
    return TRUE;
  case FIRMWARE_ROLE_OTA_DATA:
  case FIRMWARE_ROLE_DATA:
    break;
  }

  return FALSE;
}

/**
 * firmware_esp_loose_new_build:
 * @names: (nullable) (element-type filename): the base names of the files, where there are any
 * @contents: (element-type GBytes): their bytes; at least one
 * @chip: (nullable): the chip, where it is known from elsewhere
 * @error: return location for an error, which names the file
 *
 * Recognises files by their content and proposes where they go: the bootloader where its chip looks
 * for it, the partition table at its usual place, the application and everything else in the
 * partitions of that table. Only files for partitions of data are told by their names.
 *
 * Two files of one kind and files that nothing has a place for are refused.
 *
 * Returns: (transfer full) (nullable): a build, which says what was proposed
 */
FirmwareEspBuild *
firmware_esp_loose_new_build (GPtrArray *names,
                              GPtrArray *contents,
                              const FirmwareEspChip *chip,
                              GError **error)
{
  g_auto (Collection) self = { .chip = chip };

  g_return_val_if_fail (contents != NULL && contents->len > 0, NULL);
  g_return_val_if_fail (names == NULL || names->len == contents->len, NULL);

  self.parts = g_array_new (FALSE, FALSE, sizeof (Loose));
  g_array_set_clear_func (self.parts, clear_loose);
  for (guint i = 0; i < contents->len; i++)
    append_loose (&self, names != NULL ? g_ptr_array_index (names, i) : NULL,
                  g_ptr_array_index (contents, i));

  if (!take_roles (&self, error) || !find_chip (&self, error))
    return NULL;

  read_table (&self);
  if (!find_places (&self, error))
    return NULL;

  return make_build (&self);
}
