/* firmware-esp-memory.c: where an ESP chip has flash and RAM in its address space
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-memory.h"

/* The mapped flash is where esptool takes it to be (IROM_MAP and DROM_MAP of its targets), RAM
 * where soc.h of ESP-IDF's components/soc says. The ESP32 is here so that its programs are
 * recognised. */
static const FirmwareEspMemory memories[] = {
  { 0x0000, 0x3f400000, 0x3f800000, TRUE },
  { 0x0000, 0x3ff80000, 0x3ff82000, FALSE }, /* RTC fast memory, as data */
  { 0x0000, 0x3ffae000, 0x40000000, FALSE },
  { 0x0000, 0x40070000, 0x400a0000, FALSE },
  { 0x0000, 0x400c0000, 0x400c2000, FALSE }, /* RTC fast memory, as code */
  { 0x0000, 0x400d0000, 0x40400000, TRUE },
  { 0x0000, 0x50000000, 0x50002000, FALSE }, /* RTC slow memory */

  { 0x0002, 0x3f000000, 0x3f3f0000, TRUE },
  { 0x0002, 0x3ff9e000, 0x3ffa0000, FALSE }, /* RTC fast memory, as data */
  { 0x0002, 0x3ffb0000, 0x40000000, FALSE },
  { 0x0002, 0x40020000, 0x40070000, FALSE },
  { 0x0002, 0x40070000, 0x40072000, FALSE }, /* RTC fast memory, as code */
  { 0x0002, 0x40080000, 0x40b80000, TRUE },
  { 0x0002, 0x50000000, 0x50002000, FALSE }, /* RTC slow memory */

  { 0x0009, 0x3c000000, 0x3e000000, TRUE },
  { 0x0009, 0x3fc88000, 0x3fd00000, FALSE },
  { 0x0009, 0x40370000, 0x403e0000, FALSE },
  { 0x0009, 0x42000000, 0x44000000, TRUE },
  { 0x0009, 0x50000000, 0x50002000, FALSE }, /* RTC slow memory */
  { 0x0009, 0x600fe000, 0x60100000, FALSE }, /* RTC fast memory */

  { 0x0012, 0x30100000, 0x30102000, FALSE }, /* tightly coupled memory */
  { 0x0012, 0x40000000, 0x4c000000, TRUE },
  { 0x0012, 0x4ff00000, 0x4ffc0000, FALSE },
  { 0x0012, 0x50108000, 0x50110000, FALSE }, /* low-power memory */

  { 0x0020, 0x2e000000, 0x2e008000, FALSE }, /* low-power memory */
  { 0x0020, 0x2f000000, 0x2f080000, FALSE },
  { 0x0020, 0x40000000, 0x54000000, TRUE },
};

/**
 * firmware_esp_memory_find:
 * @chip: a chip
 * @address: the first address
 * @size: how many bytes there are
 *
 * Finds the memory that holds some bytes of a program, all of them.
 *
 * Returns: (transfer none) (nullable): the memory
 */
const FirmwareEspMemory *
firmware_esp_memory_find (const FirmwareEspChip *chip, guint32 address, guint32 size)
{
  g_return_val_if_fail (chip != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (memories); i++) {
    const FirmwareEspMemory *memory = &memories[i];

    if (memory->chip_id == chip->id && address >= memory->start && address < memory->end &&
        size <= memory->end - address)
      return memory;
  }

  return NULL;
}
