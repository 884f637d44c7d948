/* cli-facts-json.c: what an ESP bootloader or application tells, for programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-facts.h"

#include "cli-json.h"
#include "dfu-enums.h"

static void
add_known_int (JsonBuilder *builder, const char *key, guint64 value, gboolean is_known)
{
  if (is_known)
    cli_json_add_int (builder, key, (gint64) value);
  else
    cli_json_add_null (builder, key);
}

static void
add_header (JsonBuilder *builder, const FirmwareEspFacts *facts)
{
  const FirmwareEspImage *header = &facts->header;
  const guint max = header->max_revision;

  cli_json_add_string (builder, "chip", facts->chip != NULL ? facts->chip->name : NULL);
  cli_json_add_int (builder, "chip_id", header->chip_id);
  cli_json_add_int (builder, "min_revision", header->min_revision);
  add_known_int (builder, "max_revision", max, max != 0);
  cli_json_add_string (builder, "flash_mode", header->flash_mode);
  add_known_int (builder, "flash_frequency", header->flash_frequency, header->flash_frequency != 0);
  add_known_int (builder, "flash_size", header->flash_size, header->flash_size != 0);
  cli_json_add_int (builder, "entry_point", header->entry_point);
}

static void
add_proofs (JsonBuilder *builder, const FirmwareEspExtent *extent)
{
  cli_json_add_int (builder, "size", (gint64) extent->size);
  cli_json_add_boolean (builder, "complete", extent->is_complete);
  cli_json_add_string (builder, "checksum",
                       dfu_enum_nick (FIRMWARE_TYPE_ESP_PROOF, (int) extent->checksum));
  cli_json_add_string (builder, "sha256",
                       dfu_enum_nick (FIRMWARE_TYPE_ESP_PROOF, (int) extent->hash));
}

static void
add_description (JsonBuilder *builder, const FirmwareEspFacts *facts)
{
  const FirmwareEspDescription *application = &facts->application;
  const FirmwareEspBootloaderDescription *bootloader = &facts->bootloader;

  cli_json_add_string (builder, "project", application->project);
  cli_json_add_string (builder, "version", application->version);
  cli_json_add_string (builder, "idf_version", firmware_esp_facts_get_idf_version (facts));
  cli_json_add_string (builder, "build_date",
                       facts->is_described ? application->date : bootloader->date);
  cli_json_add_string (builder, "build_time", application->time);
  cli_json_add_string (builder, "elf_sha256", application->elf_sha256);
  cli_json_add_int (builder, "secure_version",
                    facts->is_described ? application->secure_version : bootloader->secure_version);
}

static void
add_signature (JsonBuilder *builder, const FirmwareEspFacts *facts)
{
  const FirmwareEspSignature *signature = &facts->signature;

  if (!facts->is_signed) {
    cli_json_add_null (builder, "signature");
    return;
  }

  json_builder_set_member_name (builder, "signature");
  json_builder_begin_object (builder);
  cli_json_add_string (builder, "scheme",
                       signature->version == FIRMWARE_ESP_SIGNATURE_RSA ? "rsa" : "ecdsa");
  cli_json_add_int (builder, "count", signature->n_blocks);
  cli_json_add_int (builder, "offset", (gint64) signature->offset);
  cli_json_add_boolean (builder, "intact", signature->fault == FIRMWARE_ESP_SIGNATURE_FAULT_NONE);
  json_builder_end_object (builder);
}

/**
 * cli_facts_add:
 * @builder: a builder inside an object
 * @facts: (nullable): what is known of a bootloader or an application
 *
 * Adds the member "image", which is null for anything else.
 */
void
cli_facts_add (JsonBuilder *builder, const FirmwareEspFacts *facts)
{
  if (facts == NULL) {
    cli_json_add_null (builder, "image");
    return;
  }

  json_builder_set_member_name (builder, "image");
  json_builder_begin_object (builder);
  add_header (builder, facts);
  add_proofs (builder, &facts->extent);
  add_description (builder, facts);
  add_signature (builder, facts);
  json_builder_end_object (builder);
}
