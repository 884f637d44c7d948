/* firmware-esp-check-images.c: whether bootloader and applications are whole, and for this board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-checks.h"

#include "firmware-image-private.h"

static gboolean
is_bootloader (FirmwareSegment *segment)
{
  return firmware_segment_get_role (segment) == FIRMWARE_ROLE_BOOTLOADER;
}

static void
report (const FirmwareEspContext *context, FirmwareFindingKind kind, FirmwareSegment *segment)
{
  firmware_image_report (context->image, kind, firmware_segment_get_name (segment), NULL, NULL);
}

/* The ROM does not look at chip ids; the board would be written and then not start. */
static void
check_chip (const FirmwareEspContext *context,
            FirmwareSegment *segment,
            const FirmwareEspFacts *facts)
{
  g_autofree char *id = g_strdup_printf ("0x%04x", facts->header.chip_id);

  if (facts->chip == context->chip)
    return;

  firmware_image_report (context->image, FIRMWARE_FINDING_OTHER_CHIP,
                         firmware_segment_get_name (segment),
                         facts->chip != NULL ? facts->chip->name : id, context->chip->name);
}

static void
report_cut (const FirmwareEspContext *context,
            FirmwareSegment *segment,
            const FirmwareEspFacts *facts)
{
  g_autofree char *found =
    g_strdup_printf ("%" G_GUINT64_FORMAT, firmware_segment_get_size (segment));
  g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, facts->extent.size);

  firmware_image_report (context->image, FIRMWARE_FINDING_IMAGE_CUT,
                         firmware_segment_get_name (segment), found, expected);
}

/* ESP-IDF's bootloader starts no application with a wrong hash; the ROM starts a bootloader. */
static void
check_hash (const FirmwareEspContext *context,
            FirmwareSegment *segment,
            const FirmwareEspFacts *facts)
{
  switch (facts->extent.hash) {
  case FIRMWARE_ESP_PROOF_NONE:
    report (context, FIRMWARE_FINDING_NO_HASH, segment);
    break;
  case FIRMWARE_ESP_PROOF_WRONG:
    report (context,
            is_bootloader (segment) ? FIRMWARE_FINDING_BOOTLOADER_HASH
                                    : FIRMWARE_FINDING_IMAGE_HASH,
            segment);
    break;
  case FIRMWARE_ESP_PROOF_GOOD:
    break;
  }
}

/* Where the checksum is wrong, the hash is, too. */
static void
check_extent (const FirmwareEspContext *context,
              FirmwareSegment *segment,
              const FirmwareEspFacts *facts)
{
  if (!facts->extent.is_complete)
    report_cut (context, segment, facts);
  else if (facts->extent.checksum == FIRMWARE_ESP_PROOF_WRONG)
    report (context, FIRMWARE_FINDING_IMAGE_CHECKSUM, segment);
  else
    check_hash (context, segment, facts);
}

static void
check_signature (const FirmwareEspContext *context,
                 FirmwareSegment *segment,
                 const FirmwareEspFacts *facts)
{
  g_autoptr (GEnumClass) faults = g_type_class_ref (FIRMWARE_TYPE_ESP_SIGNATURE_FAULT);

  if (!facts->is_signed)
    return;

  report (context, FIRMWARE_FINDING_SIGNED, segment);
  if (facts->signature.fault != FIRMWARE_ESP_SIGNATURE_FAULT_NONE)
    firmware_image_report (context->image, FIRMWARE_FINDING_SIGNATURE_DAMAGED,
                           firmware_segment_get_name (segment),
                           g_enum_get_value (faults, (int) facts->signature.fault)->value_nick,
                           NULL);
}

/**
 * firmware_esp_check_image:
 * @context: a firmware
 * @segment: one of its parts
 *
 * Checks a bootloader or an application by itself. What the firmware takes for data may hold an
 * image for whomever it likes.
 */
void
firmware_esp_check_image (const FirmwareEspContext *context, FirmwareSegment *segment)
{
  const FirmwareEspFacts *facts = firmware_segment_get_facts (segment);
  FirmwareRole role = firmware_segment_get_role (segment);

  if (facts == NULL || (role != FIRMWARE_ROLE_BOOTLOADER && role != FIRMWARE_ROLE_APPLICATION))
    return;

  check_chip (context, segment, facts);
  check_extent (context, segment, facts);
  check_signature (context, segment, facts);
}

/* Both are built from one setting, so one sentence is enough when both are wrong. */
static void
check_flash_size (const FirmwareEspContext *context, FirmwareSegment *segment, guint64 *reported)
{
  const FirmwareEspFacts *facts = segment != NULL ? firmware_segment_get_facts (segment) : NULL;
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;

  if (facts == NULL || facts->header.flash_size <= context->flash_size ||
      facts->header.flash_size == *reported)
    return;

  *reported = facts->header.flash_size;
  found = g_strdup_printf ("%" G_GUINT64_FORMAT, *reported);
  expected = g_strdup_printf ("%" G_GUINT64_FORMAT, context->flash_size);
  firmware_image_report (context->image, FIRMWARE_FINDING_HEADER_FLASH_SIZE,
                         firmware_segment_get_name (segment), found, expected);
}

static void
check_versions (const FirmwareEspContext *context,
                FirmwareSegment *bootloader,
                FirmwareSegment *application)
{
  const FirmwareEspFacts *first = firmware_segment_get_facts (bootloader);
  const FirmwareEspFacts *second = firmware_segment_get_facts (application);
  const char *found = first != NULL ? firmware_esp_facts_get_idf_version (first) : NULL;
  const char *expected = second != NULL ? firmware_esp_facts_get_idf_version (second) : NULL;

  if (found == NULL || expected == NULL || g_str_equal (found, expected))
    return;

  firmware_image_report (context->image, FIRMWARE_FINDING_IDF_VERSIONS,
                         firmware_segment_get_name (bootloader), found, expected);
}

/**
 * firmware_esp_check_headers:
 * @context: a firmware
 *
 * Checks that bootloader and application were built for the same board and with the same tools.
 */
void
firmware_esp_check_headers (const FirmwareEspContext *context)
{
  FirmwareSegment *bootloader = firmware_esp_find_role (context->image, FIRMWARE_ROLE_BOOTLOADER);
  FirmwareSegment *application = firmware_esp_find_role (context->image, FIRMWARE_ROLE_APPLICATION);
  guint64 reported = 0;

  if (context->flash_size != 0) {
    check_flash_size (context, bootloader, &reported);
    check_flash_size (context, application, &reported);
  }

  if (bootloader != NULL && application != NULL)
    check_versions (context, bootloader, application);
}
