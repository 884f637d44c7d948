/* wording-facts.c: what an ESP image tells of itself, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-facts.h"

#include <glib/gi18n.h>

#include "wording-format.h"

/**
 * wording_facts_dup_origin:
 * @facts: what an image tells
 *
 * Returns: (transfer full): with what it was built, and when: `ESP-IDF v5.2.1 · 3 May 2026`; empty
 * when it does not tell
 */
char *
wording_facts_dup_origin (const FirmwareEspFacts *facts)
{
  const char *version = NULL;
  const char *day = NULL;
  g_autofree char *framework = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  version = firmware_esp_facts_get_idf_version (facts);
  day = facts->is_described ? facts->application.date : facts->bootloader.date;
  framework = version != NULL ? g_strdup_printf ("ESP-IDF %s", version) : NULL;
  date = wording_format_build_date (day);

  return wording_format_join ((const char *[]){ framework, date }, 2);
}

static char *
describe_revisions (const FirmwareEspImage *header)
{
  guint min = header->min_revision;
  guint max = header->max_revision;

  if (max != 0)
    /* Translators: which revisions of a chip a program runs on, such as 0.0 to 1.99 */
    return g_strdup_printf (_ ("chip revision %u.%u to %u.%u"), min / 100, min % 100, max / 100,
                            max % 100);
  if (min != 0)
    /* Translators: which revisions of a chip a program runs on */
    return g_strdup_printf (_ ("chip revision %u.%u or newer"), min / 100, min % 100);

  return NULL;
}

/**
 * wording_facts_dup_target:
 * @facts: what an image tells
 *
 * Returns: (transfer full): which chips it runs on: `ESP32-S2 · chip revision 0.0 to 1.99`; empty
 * for an unknown chip without limits
 */
char *
wording_facts_dup_target (const FirmwareEspFacts *facts)
{
  g_autofree char *revisions = NULL;
  const char *chip = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  revisions = describe_revisions (&facts->header);
  chip = facts->chip != NULL ? facts->chip->name : NULL;

  return wording_format_join ((const char *[]){ chip, revisions }, 2);
}

/**
 * wording_facts_dup_flash:
 * @facts: what an image tells
 *
 * Returns: (transfer full): how the chip uses its flash: `DIO · 80 MHz · 4 MB`; without what the
 * header does not know
 */
char *
wording_facts_dup_flash (const FirmwareEspFacts *facts)
{
  const FirmwareEspImage *header = NULL;
  g_autofree char *mode = NULL;
  g_autofree char *frequency = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  header = &facts->header;
  if (header->flash_mode != NULL)
    mode = g_ascii_strup (header->flash_mode, -1);
  if (header->flash_frequency > 0)
    frequency = g_strdup_printf ("%u MHz", header->flash_frequency);
  if (header->flash_size > 0)
    size = wording_format_flash_size (header->flash_size);

  return wording_format_join ((const char *[]){ mode, frequency, size }, 3);
}

/**
 * wording_facts_dup_signature:
 * @facts: what an image tells
 *
 * Returns: (transfer full) (nullable): how it is signed for Secure Boot, or %NULL when it is not
 */
char *
wording_facts_dup_signature (const FirmwareEspFacts *facts)
{
  const FirmwareEspSignature *signature = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  signature = &facts->signature;
  if (!facts->is_signed)
    return NULL;
  if (signature->fault != FIRMWARE_ESP_SIGNATURE_FAULT_NONE)
    return g_strdup (_ ("signed for Secure Boot, but the signature is damaged"));

  /* Translators: %s is how it is signed, “RSA” or “ECDSA”; then how many signatures there are */
  return g_strdup_printf (_ ("signed for Secure Boot (%s, %u×)"),
                          signature->version == FIRMWARE_ESP_SIGNATURE_RSA ? "RSA" : "ECDSA",
                          signature->n_blocks);
}
