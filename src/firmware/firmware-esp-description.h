/* firmware-esp-description.h: what an ESP image says about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FirmwareEspDescription:
 * @project: (nullable): the project's name, "blink"
 * @version: (nullable): the project's version, "1.0.3" or what git describes
 * @idf_version: (nullable): the version of ESP-IDF, "v5.2.1"
 * @date: (nullable): the day of the build in the compiler's words, "Sep 13 2022"
 * @time: (nullable): the time of the build, "19:46:07"
 * @elf_sha256: (nullable): the SHA-256 of the program before it became an image, in hexadecimal
 * @secure_version: what a chip with anti-rollback compares, mostly 0
 *
 * ESP-IDF's application description. What is empty or cannot be shown is %NULL.
 */
typedef struct {
  char *project;
  char *version;
  char *idf_version;
  char *date;
  char *time;
  char *elf_sha256;
  guint32 secure_version;
} FirmwareEspDescription;

/**
 * FirmwareEspBootloaderDescription:
 * @idf_version: (nullable): the version of ESP-IDF, "v5.2.1"
 * @date: (nullable): day and time of the build in the compiler's words, "Apr 30 2026 10:20:30"
 * @version: the number that the project gives its bootloader
 * @secure_version: what a chip with anti-rollback compares, mostly 0
 *
 * ESP-IDF's bootloader description. What is empty or cannot be shown is %NULL.
 */
typedef struct {
  char *idf_version;
  char *date;
  guint32 version;
  guint8 secure_version;
} FirmwareEspBootloaderDescription;

gboolean
firmware_esp_description_parse (FirmwareEspDescription *self, const guint8 *image, gsize size);
void firmware_esp_description_clear (FirmwareEspDescription *self);
char *firmware_esp_description_dup_title (const FirmwareEspDescription *self);

gboolean firmware_esp_bootloader_description_parse (FirmwareEspBootloaderDescription *self,
                                                    const guint8 *image,
                                                    gsize size);
void firmware_esp_bootloader_description_clear (FirmwareEspBootloaderDescription *self);

gboolean firmware_esp_description_is_application (const guint8 *image, gsize size);
gboolean firmware_esp_description_is_bootloader (const guint8 *image, gsize size);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspDescription, firmware_esp_description_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FirmwareEspBootloaderDescription,
                                  firmware_esp_bootloader_description_clear)

G_END_DECLS
