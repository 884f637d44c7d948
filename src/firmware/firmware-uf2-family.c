/* firmware-uf2-family.c: whom a UF2 file is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-uf2-family.h"

/* From the list that the format's authors keep, uf2families.json; Espressif's and Raspberry Pi's
 * latest are in their tools. Chips are called what their makers call them. */
static const struct {
  guint32 id;
  const char *name;
} families[] = {
  { 0x1c5f21b0, "ESP32" },
  { 0xbfdd4eee, "ESP32-S2" },
  { 0xc47e5767, "ESP32-S3" },
  { 0x3101f7c1, "ESP32-S31" },
  { 0xd42ba06c, "ESP32-C3" },
  { 0x2b88d29c, "ESP32-C2" },
  { 0x540ddf62, "ESP32-C6" },
  { 0xf71c0343, "ESP32-C5" },
  { 0x77d850c4, "ESP32-C61" },
  { 0x332726f6, "ESP32-H2" },
  { 0xb6dd00af, "ESP32-H21" },
  { 0x9e0baa8a, "ESP32-H4" },
  { 0x3d308e94, "ESP32-P4" },
  { 0x7eab61ed, "ESP8266" },
  { 0xe48bff56, "RP2040" },
  { 0xe48bff57, "RP2040 or RP2350, absolute addresses" },
  { 0xe48bff58, "RP2040 or RP2350, data" },
  { 0xe48bff59, "RP2350, Arm" },
  { 0xe48bff5a, "RP2350, RISC-V" },
  { 0xe48bff5b, "RP2350, Arm non-secure" },
  { 0x647824b6, "STM32F0" },
  { 0x5ee21072, "STM32F1" },
  { 0x5d1a0a2e, "STM32F2" },
  { 0x6b846188, "STM32F3" },
  { 0x57755a57, "STM32F4" },
  { 0x6d0922fa, "STM32F407" },
  { 0x8fb060fe, "STM32F407VG" },
  { 0x06d1097b, "STM32F411xC" },
  { 0x2dc309c5, "STM32F411xE" },
  { 0x53b80f00, "STM32F7" },
  { 0x300f5633, "STM32G0" },
  { 0x4c71240a, "STM32G4" },
  { 0x6db66082, "STM32H7" },
  { 0x202e3a91, "STM32L0" },
  { 0x1e1f432d, "STM32L1" },
  { 0x00ff6919, "STM32L4" },
  { 0x04240bdf, "STM32L5" },
  { 0x70d16653, "STM32WB" },
  { 0x21460ff0, "STM32WL" },
  { 0x16573617, "ATmega32" },
  { 0x68ed2b88, "SAMD21" },
  { 0x55114460, "SAMD51" },
  { 0x1851780a, "SAML21" },
  { 0x1b57745f, "nRF52" },
  { 0x72721d4e, "nRF52832xxAA" },
  { 0x6f752678, "nRF52832xxAB" },
  { 0x621e937a, "nRF52833" },
  { 0xada52840, "nRF52840" },
  { 0x4fb2d5bd, "i.MX RT10xx" },
  { 0x2abc77ec, "LPC55xx" },
  { 0x7f83e793, "KL32L2x" },
  { 0x31d228c6, "GD32F350" },
  { 0x9af03e33, "GD32VF103" },
  { 0xa0c97b8e, "AT32F415" },
  { 0x699b62ec, "CH32V" },
  { 0x5a18069b, "FX2" },
  { 0x9517422f, "RZ/A1LU" },
  { 0x4f6ace52, "CSK4" },
  { 0x6e7348a8, "CSK6" },
  { 0x11de784a, "BL702" },
  { 0x4b684d71, "BL618" },
};

/**
 * firmware_uf2_family_name:
 * @id: familyID of a UF2 block
 *
 * Looks up the chips of a family.
 *
 * Returns: (transfer none) (nullable): their name, such as "ESP32-S2", or %NULL for a family that
 * nobody has listed
 */
const char *
firmware_uf2_family_name (guint32 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    if (families[i].id == id)
      return families[i].name;
  }

  return NULL;
}

/**
 * firmware_uf2_family_is_name:
 * @name: what firmware is for
 *
 * Returns: whether @name is what firmware_uf2_family_name() calls the chips of some family
 */
gboolean
firmware_uf2_family_is_name (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    if (g_str_equal (families[i].name, name))
      return TRUE;
  }

  return FALSE;
}

/**
 * firmware_uf2_family_is_esp:
 * @id: familyID of a UF2 block
 *
 * Tells whether a family's chips are Espressif's.
 *
 * Returns: whether they are
 */
gboolean
firmware_uf2_family_is_esp (guint32 id)
{
  const char *name = firmware_uf2_family_name (id);

  return name != NULL && g_str_has_prefix (name, "ESP");
}
