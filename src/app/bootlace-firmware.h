/* bootlace-firmware.h: the firmware that is chosen, and how its loading went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "bootlace-reading.h"
#include "firmware-image.h"
#include "wording-message.h"

G_BEGIN_DECLS

/**
 * BootlaceFirmware:
 *
 * What the firmware panel shows. A file that turns out to be bad leaves the firmware that was
 * loaded before as it was.
 *
 * Properties: "image" (#FirmwareImage or %NULL), "lineage" (another number for what is no new
 * build of the same), "title", "name" (of the file or folder), "subtitle", "loading", "problem"
 * (#WordingMessage or %NULL), "problem-name" (the file that it is about), "question" (whether the
 * problem is only that somebody has to say what the file is), "kept" (a sentence about what is
 * loaded in spite of it, or %NULL), "may-be-raw" (whether a person may take that file for raw
 * bytes).
 */
#define BOOTLACE_TYPE_FIRMWARE (bootlace_firmware_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFirmware, bootlace_firmware, BOOTLACE, FIRMWARE, GObject)

BootlaceFirmware *bootlace_firmware_new (void);

FirmwareImage *bootlace_firmware_get_image (BootlaceFirmware *self);
const BootlaceReading *bootlace_firmware_get_reading (BootlaceFirmware *self);
BootlaceSource *bootlace_firmware_get_source (BootlaceFirmware *self);
const char *bootlace_firmware_get_title (BootlaceFirmware *self);
gboolean bootlace_firmware_is_loading (BootlaceFirmware *self);
const WordingMessage *bootlace_firmware_get_problem (BootlaceFirmware *self);
const char *bootlace_firmware_get_problem_name (BootlaceFirmware *self);
char *bootlace_firmware_dup_kept (BootlaceFirmware *self);
void bootlace_firmware_dismiss_problem (BootlaceFirmware *self);

GFile *bootlace_firmware_get_raw_file (BootlaceFirmware *self, BootlaceRawOffer *offer);

void bootlace_firmware_load (BootlaceFirmware *self, BootlaceSource *source);
void bootlace_firmware_adopt (BootlaceFirmware *self, BootlaceReading *reading);
void bootlace_firmware_refuse (BootlaceFirmware *self,
                               const GError *error,
                               const BootlaceRawOffer *raw_offer);
void bootlace_firmware_forgive (BootlaceFirmware *self);

GFile *bootlace_firmware_dup_folder (BootlaceFirmware *self);

G_END_DECLS
