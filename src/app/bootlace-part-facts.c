/* bootlace-part-facts.c: what a bootloader or an application tells of itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-part-facts.h"

#include <glib/gi18n.h>

#include "wording-facts.h"
#include "wording-format.h"

static const char *
describe_checksum (const FirmwareEspExtent *extent)
{
  if (!extent->is_complete)
    /* Translators: of an image that is cut off */
    return _ ("cannot be checked: the end is missing");

  return extent->checksum == FIRMWARE_ESP_PROOF_GOOD ? _ ("verified") : _ ("wrong");
}

/* The digits that stand behind the image, which is_complete says are there. */
static char *
dup_hash (const FirmwareEspFacts *facts, GBytes *data)
{
  const gsize length = (gsize) g_checksum_type_get_length (G_CHECKSUM_SHA256);
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  GString *digits;

  if (facts->extent.size < length || facts->extent.size > size)
    return NULL;

  digits = g_string_sized_new (2 * length);
  for (gsize i = facts->extent.size - length; i < facts->extent.size; i++)
    g_string_append_printf (digits, "%02x", bytes[i]);

  return g_string_free (digits, FALSE);
}

static void
add_hash (BootlacePartRow *row, const FirmwareEspFacts *facts, GBytes *data)
{
  g_autofree char *digits = NULL;

  if (facts->extent.hash == FIRMWARE_ESP_PROOF_NONE) {
    if (facts->extent.is_complete)
      /* Translators: of a fingerprint that an image does not have */
      bootlace_part_row_add_fact (row, "SHA-256", C_ ("fingerprint", "none"));
    return;
  }

  digits = dup_hash (facts, data);
  bootlace_part_row_add_code (row, "SHA-256", digits);
  bootlace_part_row_add_fact (row, digits != NULL ? "" : "SHA-256",
                              facts->extent.hash == FIRMWARE_ESP_PROOF_GOOD ? _ ("verified")
                                                                            : _ ("wrong"));
}

/**
 * bootlace_part_facts_add_md5:
 * @row: the row of a part
 * @segment: that part
 *
 * Adds the MD5 of the part, and whether a partition table agrees with its own.
 */
void
bootlace_part_facts_add_md5 (BootlacePartRow *row, FirmwareSegment *segment)
{
  FirmwareEspProof md5;

  g_return_if_fail (BOOTLACE_IS_PART_ROW (row));
  g_return_if_fail (FIRMWARE_IS_SEGMENT (segment));

  if (firmware_segment_find_table_md5 (segment, &md5))
    bootlace_part_row_add_fact (row, _ ("Checksum"), wording_format_table_md5 (md5));
  bootlace_part_row_add_code (row, "MD5", firmware_segment_get_md5 (segment));
}

/**
 * bootlace_part_facts_add:
 * @row: the row of a bootloader or an application
 * @segment: that part
 *
 * Adds what its header and its description tell, and whether its checksums are right. Does nothing
 * for parts that are neither.
 */
void
bootlace_part_facts_add (BootlacePartRow *row, FirmwareSegment *segment)
{
  const FirmwareEspFacts *facts;
  g_autofree char *title = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *target = NULL;
  g_autofree char *flash = NULL;
  g_autofree char *signature = NULL;

  g_return_if_fail (BOOTLACE_IS_PART_ROW (row));
  g_return_if_fail (FIRMWARE_IS_SEGMENT (segment));

  facts = firmware_segment_get_facts (segment);
  if (facts == NULL)
    return;

  title = firmware_esp_description_dup_title (&facts->application);
  origin = wording_facts_dup_origin (facts);
  target = wording_facts_dup_target (facts);
  flash = wording_facts_dup_flash (facts);
  signature = wording_facts_dup_signature (facts);

  bootlace_part_row_add_fact (row, _ ("Project"), title);
  bootlace_part_row_add_fact (row, _ ("Built"), origin);
  bootlace_part_row_add_fact (row, _ ("Chip"), target);
  /* Translators: the flash memory of a chip, not what one does to a board */
  bootlace_part_row_add_fact (row, C_ ("memory", "Flash"), flash);
  bootlace_part_row_add_fact (row, _ ("Checksum"), describe_checksum (&facts->extent));
  add_hash (row, facts, firmware_segment_get_data (segment));
  bootlace_part_row_add_code (row, "ELF SHA-256", facts->application.elf_sha256);
  bootlace_part_row_add_fact (row, _ ("Signature"), signature);
}
