/* cli-facts-text.c: what an ESP bootloader or application tells, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-facts.h"

#include <glib/gi18n.h>

#include "wording-format.h"

#define SIGNATURE_RSA 2
#define REVISION_NO_LIMIT 0xffff

static void
append_line (GString *text, const char *indent, const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s%s\n", indent, line);
}

static const char *
get_date (const FirmwareEspFacts *facts)
{
  return facts->is_described ? facts->application.date : facts->bootloader.date;
}

/* Who made it, when and with what. */
static char *
describe_origin (const FirmwareEspFacts *facts)
{
  const char *idf_version = firmware_esp_facts_get_idf_version (facts);
  g_autofree char *title = firmware_esp_description_dup_title (&facts->application);
  g_autofree char *idf = idf_version != NULL ? g_strdup_printf ("ESP-IDF %s", idf_version) : NULL;
  g_autofree char *date = wording_format_build_date (get_date (facts));
  const char *const texts[] = { title, idf, date };

  return wording_format_join (texts, G_N_ELEMENTS (texts));
}

static char *
describe_revisions (const FirmwareEspImage *header)
{
  const guint min = header->min_revision;
  const guint max = header->max_revision;

  if (max != 0 && max != REVISION_NO_LIMIT)
    /* Translators: which revisions of a chip a program runs on, such as 0.0 to 1.99 */
    return g_strdup_printf (_ ("chip revision %u.%u to %u.%u"), min / 100, min % 100, max / 100,
                            max % 100);

  if (min != 0)
    /* Translators: which revisions of a chip a program runs on */
    return g_strdup_printf (_ ("chip revision %u.%u or newer"), min / 100, min % 100);

  return NULL;
}

static void
add_known (GStrvBuilder *builder, const char *text)
{
  if (text != NULL)
    g_strv_builder_add (builder, text);
}

static char *
describe_flash (const FirmwareEspImage *header)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *mode = NULL;
  g_autofree char *frequency = NULL;
  g_autofree char *size = NULL;
  g_autofree char *joined = NULL;
  g_auto (GStrv) texts = NULL;

  if (header->flash_mode != NULL)
    mode = g_ascii_strup (header->flash_mode, -1);
  if (header->flash_frequency != 0)
    frequency = g_strdup_printf ("%u MHz", header->flash_frequency);
  if (header->flash_size != 0)
    size = wording_format_flash_size (header->flash_size);

  add_known (builder, mode);
  add_known (builder, frequency);
  add_known (builder, size);
  texts = g_strv_builder_end (builder);
  if (*texts == NULL)
    return NULL;

  joined = g_strjoinv (", ", texts);
  /* Translators: how a flash chip is used, such as “flash: DIO, 80 MHz, 4 MB” */
  return g_strdup_printf (_ ("flash: %s"), joined);
}

/* Which board it is for. */
static char *
describe_target (const FirmwareEspFacts *facts)
{
  g_autofree char *revisions = describe_revisions (&facts->header);
  g_autofree char *flash = describe_flash (&facts->header);
  const char *const texts[] = { facts->chip != NULL ? facts->chip->name : NULL, revisions, flash };

  return wording_format_join (texts, G_N_ELEMENTS (texts));
}

static const char *
describe_hash (FirmwareEspProof hash)
{
  switch (hash) {
  case FIRMWARE_ESP_PROOF_GOOD:
    return _ ("checksum and SHA-256 verified");
  case FIRMWARE_ESP_PROOF_WRONG:
    return _ ("checksum verified, SHA-256 wrong");
  case FIRMWARE_ESP_PROOF_NONE:
    break;
  }

  return _ ("checksum verified, no SHA-256");
}

static const char *
describe_proof (const FirmwareEspExtent *extent)
{
  if (!extent->is_complete)
    return _ ("incomplete, so nothing could be verified");
  if (extent->checksum != FIRMWARE_ESP_PROOF_GOOD)
    return _ ("checksum wrong");

  return describe_hash (extent->hash);
}

static char *
describe_signature (const FirmwareEspFacts *facts)
{
  const FirmwareEspSignature *signature = &facts->signature;

  if (!facts->is_signed)
    return NULL;

  if (!signature->has_good_crc)
    return g_strdup (_ ("signed for Secure Boot, but the signature is damaged"));

  /* Translators: %s is how it is signed, “RSA” or “ECDSA”; then how many signatures there are */
  return g_strdup_printf (_ ("signed for Secure Boot (%s, %u×)"),
                          signature->version == SIGNATURE_RSA ? "RSA" : "ECDSA",
                          signature->n_blocks);
}

/**
 * cli_facts_dup_text:
 * @facts: what is known of a bootloader or an application
 * @indent: what every line begins with
 *
 * Returns: (transfer full): lines that say it
 */
char *
cli_facts_dup_text (const FirmwareEspFacts *facts, const char *indent)
{
  GString *text = g_string_new (NULL);
  g_autofree char *origin = describe_origin (facts);
  g_autofree char *target = describe_target (facts);
  g_autofree char *signature = describe_signature (facts);

  append_line (text, indent, origin);
  append_line (text, indent, target);
  append_line (text, indent, describe_proof (&facts->extent));
  append_line (text, indent, signature);
  if (facts->application.elf_sha256 != NULL)
    g_string_append_printf (text, "%sELF SHA-256 %s\n", indent, facts->application.elf_sha256);

  return g_string_free (text, FALSE);
}
