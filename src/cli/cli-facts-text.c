/* cli-facts-text.c: what an ESP bootloader or application tells, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-facts.h"

#include <glib/gi18n.h>

#include "wording-facts.h"
#include "wording-format.h"

static void
append_line (GString *text, const char *indent, const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s%s\n", indent, line);
}

/* Who made it, when and with what. */
static char *
describe_origin (const FirmwareEspFacts *facts)
{
  g_autofree char *title = firmware_esp_description_dup_title (&facts->application);
  g_autofree char *origin = wording_facts_dup_origin (facts);

  return wording_format_join ((const char *[]){ title, origin }, 2);
}

/* Which board it is for. */
static char *
describe_target (const FirmwareEspFacts *facts)
{
  g_autofree char *target = wording_facts_dup_target (facts);
  g_autofree char *flash = wording_facts_dup_flash (facts);
  g_autofree char *use = NULL;

  if (*flash != '\0')
    /* Translators: how a flash chip is used, such as “flash: DIO · 80 MHz · 4 MB” */
    use = g_strdup_printf (_ ("flash: %s"), flash);

  return wording_format_join ((const char *[]){ target, use }, 2);
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
  g_autofree char *signature = wording_facts_dup_signature (facts);

  append_line (text, indent, origin);
  append_line (text, indent, target);
  append_line (text, indent, describe_proof (&facts->extent));
  append_line (text, indent, signature);
  if (facts->application.elf_sha256 != NULL)
    g_string_append_printf (text, "%sELF SHA-256 %s\n", indent, facts->application.elf_sha256);

  return g_string_free (text, FALSE);
}
