/* firmware-esp-build.h: what ESP-IDF has built, put together to an archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "firmware-esp-chip.h"
#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * FirmwareEspBuild:
 *
 * Files with their places in the flash of a chip. What is not set, the files themselves tell, or
 * it is what Espressif's tool takes.
 */
typedef struct _FirmwareEspBuild FirmwareEspBuild;

FirmwareEspBuild *firmware_esp_build_new (void);
FirmwareEspBuild *firmware_esp_build_new_from_json (GFile *json, GBytes *contents, GError **error);
FirmwareEspBuild *firmware_esp_build_open (GFile *file, GCancellable *cancellable, GError **error);
FirmwareEspBuild *firmware_esp_build_open_files (GPtrArray *files,
                                                 const FirmwareEspChip *chip,
                                                 GCancellable *cancellable,
                                                 GError **error);
void firmware_esp_build_free (FirmwareEspBuild *self);

void firmware_esp_build_add_file (FirmwareEspBuild *self, guint32 address, GFile *file);
void firmware_esp_build_add_data (FirmwareEspBuild *self,
                                  guint32 address,
                                  const char *name,
                                  GBytes *data);
void firmware_esp_build_add_input (FirmwareEspBuild *self, GFile *file);
void firmware_esp_build_add_finding (FirmwareEspBuild *self,
                                     FirmwareFindingKind kind,
                                     const char *part,
                                     const char *found,
                                     const char *expected);
void firmware_esp_build_take_finding (FirmwareEspBuild *self, FirmwareFinding *finding);
void firmware_esp_build_set_chip (FirmwareEspBuild *self, const FirmwareEspChip *chip);
void firmware_esp_build_set_flash_size (FirmwareEspBuild *self, guint32 flash_size);
void firmware_esp_build_set_part_size (FirmwareEspBuild *self, guint32 part_size);
GPtrArray *firmware_esp_build_get_inputs (FirmwareEspBuild *self);
GListModel *firmware_esp_build_get_findings (FirmwareEspBuild *self);

GBytes *
firmware_esp_build_write (FirmwareEspBuild *self, GCancellable *cancellable, GError **error);
FirmwareImage *firmware_esp_build_examine (FirmwareEspBuild *self, GBytes *archive, GError **error);
FirmwareImage *firmware_esp_build_read (FirmwareEspBuild *self,
                                        const FirmwareFormat *origin,
                                        GCancellable *cancellable,
                                        GError **error);

GFile *firmware_esp_build_locate (GFile *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FirmwareEspBuild, firmware_esp_build_free)

G_END_DECLS
