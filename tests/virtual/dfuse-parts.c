/* dfuse-parts.c: how the microcontrollers that speak DfuSe differ
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfuse.h"

#define KIB 1024

/* The strings are those that "dfu-util -l" shows of such parts. It asks for 100 ms for everything,
 * a mass erase among it, which takes up to half a minute; but it lets the host wait meanwhile. */
static const DfusePart stm32f4 = {
  .kind = "stm32f4",
  .vendor = 0x0483,
  .product = 0xdf11,
  .release = 0x2200,
  .transfer_size = 2048,
  .strings = { "STMicroelectronics", "STM32  BOOTLOADER", "357236543131" },
  .page_size = 16 * KIB,
  .mass_erase_poll_ms = 100,
  .memories = {
    { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
      0x08000000,
      { { 16 * KIB, 4 }, { 64 * KIB, 1 }, { 128 * KIB, 7 } },
      TRUE },
    { "@Option Bytes  /0x1FFFC000/01*016 e", 0x1fffc000, { { 16, 1 } }, FALSE },
    { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e", 0x1fff7800, { { 512, 1 }, { 16, 1 } }, FALSE },
    { "@Device Feature/0xFFFF0000/01*004 e", 0xffff0000, { { 4, 1 } }, FALSE },
  },
};

/* The second bank's sectors stay busy for ever once they are erased: STM32H743 Rev.V, told by
 * Betaflight's configurator, with the way out that ST's own programmer takes. */
static const DfusePart stm32h7 = {
  .kind = "stm32h7",
  .vendor = 0x0483,
  .product = 0xdf11,
  .release = 0x0200,
  .transfer_size = 1024,
  .strings = { "STMicroelectronics", "DFU in FS Mode", "200364500000" },
  .page_size = 128 * KIB,
  .mass_erase_poll_ms = 100,
  .manner = DFUSE_MANNER_STUCK_BUSY,
  .stuck_from = 0x08100000,
  .memories = {
    { "@Internal Flash   /0x08000000/16*128Kg", 0x08000000, { { 128 * KIB, 16 } }, TRUE },
    { "@Option Bytes   /0x5200201C/01*128 e", 0x5200201c, { { 128, 1 } }, FALSE },
  },
};

/* Asks for less time than it needs, and stalls who comes then: told by dfu-util. */
static const DfusePart stm32l4 = {
  .kind = "stm32l4",
  .vendor = 0x0483,
  .product = 0xdf11,
  .release = 0x2200,
  .transfer_size = 2048,
  .strings = { "STMicroelectronics", "STM32  BOOTLOADER", "207D34683036" },
  .page_size = 2 * KIB,
  .mass_erase_poll_ms = 100,
  .manner = DFUSE_MANNER_STALLS_BUSY,
  .memories = {
    { "@Internal Flash   /0x08000000/512*0002Kg", 0x08000000, { { 2 * KIB, 512 } }, TRUE },
    { "@Option Bytes   /0x1FFF7800/01*040 e", 0x1fff7800, { { 40, 1 } }, FALSE },
    { "@OTP Memory   /0x1FFF7000/01*0001Ke", 0x1fff7000, { { KIB, 1 } }, FALSE },
  },
};

/* As bought today: the layout is true, option bytes cannot be reached. */
static const DfusePart gd32vf103 = {
  .kind = "gd32vf103",
  .vendor = 0x28e9,
  .product = 0x0189,
  .release = 0x0100,
  .transfer_size = 2048,
  .strings = { "GDMicroelectronics", "GD32 DFU", "3CBJ" },
  .page_size = KIB,
  .mass_erase_poll_ms = 100,
  .manner = DFUSE_MANNER_LEAVES_AT_ONCE | DFUSE_MANNER_BYTE_STRINGS,
  .memories = {
    { "@Internal Flash  /0x08000000/128*001Kg", 0x08000000, { { KIB, 128 } }, TRUE },
  },
};

/* As on the Longan Nano: it speaks of a flash eight times as large, with pages twice as large. */
static const DfusePart gd32vf103_old = {
  .kind = "gd32vf103-old",
  .vendor = 0x28e9,
  .product = 0x0189,
  .release = 0x1000,
  .transfer_size = 2048,
  .strings = { "GDMicroelectronics", "GD32 DFU", "3CBJ" },
  .page_size = KIB,
  .mass_erase_poll_ms = 100,
  .manner = DFUSE_MANNER_LEAVES_AT_ONCE | DFUSE_MANNER_BYTE_STRINGS,
  .memories = {
    { "@Internal Flash  /0x08000000/512*002Kg", 0x08000000, { { KIB, 128 } }, TRUE },
    { "@Option Bytes  /0x1FFFF800/01*016 g", 0x1ffff800, { { 16, 1 } }, FALSE },
  },
};

/* Nobody sells it: its flash cannot be read, only erased and written. */
static const DfusePart stm32f4_mute = {
  .kind = "stm32f4-mute",
  .vendor = 0x0483,
  .product = 0xdf11,
  .release = 0x2200,
  .transfer_size = 2048,
  .strings = { "STMicroelectronics", "STM32  BOOTLOADER", "357236543132" },
  .page_size = 16 * KIB,
  .mass_erase_poll_ms = 100,
  .memories = {
    { "@Internal Flash  /0x08000000/04*016Kf,01*064Kf,07*128Kf",
      0x08000000,
      { { 16 * KIB, 4 }, { 64 * KIB, 1 }, { 128 * KIB, 7 } },
      TRUE },
    { "@Option Bytes  /0x1FFFC000/01*016 e", 0x1fffc000, { { 16, 1 } }, FALSE },
  },
};

guint
dfuse_part_count_memories (const DfusePart *part)
{
  guint count = 0;

  while (count < DFUSE_MEMORIES_MAX && part->memories[count].name != NULL)
    count++;

  return count;
}

const DfusePart *
dfuse_part_find (const char *kind)
{
  static const DfusePart *const parts[] = { &stm32f4, &stm32f4_mute, &stm32h7,
                                            &stm32l4, &gd32vf103,    &gd32vf103_old };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (kind, parts[i]->kind))
      return parts[i];

  return NULL;
}
