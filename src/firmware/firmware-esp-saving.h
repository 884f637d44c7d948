/* firmware-esp-saving.h: what an ESP chip's ROM erases less when cut parts are joined
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-erase.h"

G_BEGIN_DECLS

/**
 * FirmwareEspSaving:
 * @n_cut: how many parts were joined
 * @n_joined: into how many
 * @before: what the ROM would erase for all parts of the file as it is
 * @after: what it erases for those of the joined one
 *
 * What joining saves.
 */
typedef struct {
  guint n_cut;
  guint n_joined;
  FirmwareEspErase before;
  FirmwareEspErase after;
} FirmwareEspSaving;

gboolean firmware_esp_saving_find (FirmwareImage *image, FirmwareEspSaving *saving);
guint firmware_esp_saving_count (const FirmwareEspSaving *self);
guint64 firmware_esp_saving_get_time (const FirmwareEspSaving *self);

G_END_DECLS
