/* firmware-esp-facts.h: everything that an ESP bootloader or application tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-chip.h"
#include "firmware-esp-description.h"
#include "firmware-esp-image.h"
#include "firmware-esp-signature.h"
#include "firmware-esp-verify.h"

G_BEGIN_DECLS

/**
 * FirmwareEspFacts:
 * @header: its header
 * @chip: (nullable): the chip of the header, or %NULL when it is unknown
 * @extent: how long it is and whether it is whole
 * @is_described: whether there is an application description
 * @application: its application description, empty when it has none
 * @bootloader: its bootloader description, empty when it has none
 * @is_signed: whether there are signatures of Secure Boot v2 behind it
 * @signature: those signatures
 * @total_size: how much of the part it takes, in bytes, up to the end of its signatures
 *
 * What is known of one image. Immutable, so any thread may use it; boxed, and copies are
 * references.
 */
typedef struct {
  FirmwareEspImage header;
  const FirmwareEspChip *chip;
  FirmwareEspExtent extent;
  gboolean is_described;
  FirmwareEspDescription application;
  FirmwareEspBootloaderDescription bootloader;
  gboolean is_signed;
  FirmwareEspSignature signature;
  guint64 total_size;
} FirmwareEspFacts;

#define FIRMWARE_TYPE_ESP_FACTS (firmware_esp_facts_get_type ())
GType firmware_esp_facts_get_type (void);

FirmwareEspFacts *firmware_esp_facts_new (GBytes *part);
FirmwareEspFacts *firmware_esp_facts_ref (const FirmwareEspFacts *self);
void firmware_esp_facts_unref (FirmwareEspFacts *self);

gboolean firmware_esp_facts_are_of_program (const FirmwareEspFacts *self, GBytes *elf);
const char *firmware_esp_facts_get_idf_version (const FirmwareEspFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FirmwareEspFacts, firmware_esp_facts_unref)

G_END_DECLS
