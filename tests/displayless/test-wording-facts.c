/* test-wording-facts.c: what an ESP image tells of itself, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wording-facts.h"

#include <locale.h>

static const FirmwareEspFacts nothing = { .chip = NULL };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_origin (void)
{
  FirmwareEspFacts facts = {
    .is_described = TRUE,
    .application = { .idf_version = (char *) "v5.2.1", .date = (char *) "May  3 2026" },
  };

  assert_text (wording_facts_dup_origin (&facts), "ESP-IDF v5.2.1 · 3 May 2026");
  facts.application.date = NULL;
  assert_text (wording_facts_dup_origin (&facts), "ESP-IDF v5.2.1");
  assert_text (wording_facts_dup_origin (&nothing), "");
}

static void
test_target (void)
{
  static const struct {
    guint16 min;
    guint16 max;
    const char *text;
  } cases[] = {
    { 0, 0, "ESP32-S2" },
    { 0, 199, "ESP32-S2 · chip revision 0.0 to 1.99" },
    { 102, 0, "ESP32-S2 · chip revision 1.2 or newer" },
  };
  FirmwareEspFacts facts = { .chip = firmware_esp_chip_find_by_product (0x0002) };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    facts.header.min_revision = cases[i].min;
    facts.header.max_revision = cases[i].max;
    assert_text (wording_facts_dup_target (&facts), cases[i].text);
  }

  assert_text (wording_facts_dup_target (&nothing), "");
}

static void
test_flash (void)
{
  FirmwareEspFacts facts = {
    .header = { .flash_mode = "dio", .flash_frequency = 80, .flash_size = 4 * 1024 * 1024 },
  };

  assert_text (wording_facts_dup_flash (&facts), "DIO · 80 MHz · 4 MB");
  facts.header.flash_frequency = 0;
  assert_text (wording_facts_dup_flash (&facts), "DIO · 4 MB");
  assert_text (wording_facts_dup_flash (&nothing), "");
}

static void
test_signature (void)
{
  FirmwareEspFacts facts = {
    .is_signed = TRUE,
    .signature = { .version = 2, .n_blocks = 3 },
  };

  assert_text (wording_facts_dup_signature (&facts), "signed for Secure Boot (RSA, 3×)");
  facts.signature.version = 3;
  assert_text (wording_facts_dup_signature (&facts), "signed for Secure Boot (ECDSA, 3×)");
  facts.signature.fault = FIRMWARE_ESP_SIGNATURE_FAULT_DIGEST;
  assert_text (wording_facts_dup_signature (&facts),
               "signed for Secure Boot, but the signature is damaged");
  assert_text (wording_facts_dup_signature (&nothing), NULL);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wording/facts/origin", test_origin);
  g_test_add_func ("/wording/facts/target", test_target);
  g_test_add_func ("/wording/facts/flash", test_flash);
  g_test_add_func ("/wording/facts/signature", test_signature);

  return g_test_run ();
}
