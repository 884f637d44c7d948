/* dfu-esp-erase.h: how to live with an ESP chip's ROM that erases and checks inside a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-log.h"
#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *dfu_esp_erase_choose_image (FirmwareImage *image, gboolean as_is, DfuLog *log);
double dfu_esp_erase_get_time (FirmwareImage *image, gsize start, gsize end);
double dfu_esp_erase_get_check_time (FirmwareImage *image);
guint
dfu_esp_erase_choose_timeout (FirmwareImage *image, gsize offset, gsize in_flight, guint timeout);

G_END_DECLS
