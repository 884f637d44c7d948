/* wording-table-fault.c: what is wrong with a partition table, in the words of people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "wording-table-fault.h"

#include <glib/gi18n.h>

#include "firmware-esp-chip.h"
#include "firmware-esp-partitions.h"

/* People count from 1. */
static char *
describe (const FirmwareTableFault *fault)
{
  const guint entry = fault->first + 1;

  /* Translators, for all of these: what is wrong with a partition table, within a sentence and in
   * parentheses; an entry is one of its lines, numbered from 1 */
  switch (fault->kind) {
  case FIRMWARE_TABLE_FAULT_APP_MISALIGNED:
    return g_strdup_printf (_ ("entry %u is for an app at 0x%08x, which is no multiple of 0x%x"),
                            entry, fault->second, FIRMWARE_ESP_APP_ALIGNMENT);
  case FIRMWARE_TABLE_FAULT_SECOND_MD5:
    return g_strdup_printf (_ ("entry %u is a second checksum"), entry);
  case FIRMWARE_TABLE_FAULT_WRONG_MD5:
    return g_strdup_printf (_ ("the checksum in entry %u does not match the entries before it"),
                            entry);
  case FIRMWARE_TABLE_FAULT_NO_PARTITION:
    /* Translators: then two bytes in hexadecimal */
    return g_strdup_printf (_ ("entry %u is no partition: it begins with %02x %02x"), entry,
                            fault->second >> 8 & 0xff, fault->second & 0xff);
  case FIRMWARE_TABLE_FAULT_NO_END:
    return g_strdup_printf (_ ("it has no end within the 0x%x bytes that it may take"),
                            FIRMWARE_ESP_PARTITIONS_SIZE_MAX);
  case FIRMWARE_TABLE_FAULT_CUT:
    return g_strdup_printf (_ ("it ends in the middle of entry %u"), entry);
  case FIRMWARE_TABLE_FAULT_NO_LABEL:
    return g_strdup_printf (_ ("entry %u has no label"), entry);
  case FIRMWARE_TABLE_FAULT_LABEL:
    return g_strdup_printf (_ ("entry %u has a label that cannot be shown"), entry);
  case FIRMWARE_TABLE_FAULT_MISALIGNED:
    return g_strdup_printf (_ ("entry %u begins at 0x%08x, which is no multiple of 0x%x"), entry,
                            fault->second, FIRMWARE_ESP_SECTOR_SIZE);
  case FIRMWARE_TABLE_FAULT_NO_BYTES:
    return g_strdup_printf (_ ("entry %u is for a partition of 0 bytes"), entry);
  case FIRMWARE_TABLE_FAULT_BEHIND_MD5:
    return g_strdup_printf (_ ("entry %u stands behind the checksum, which does not cover it"),
                            entry);
  case FIRMWARE_TABLE_FAULT_OVERLAP:
    return g_strdup_printf (_ ("entries %u and %u overlap"), entry, fault->second + 1);
  }

  return NULL;
}

/**
 * wording_table_fault_dup_phrase:
 * @text: (nullable): the text of a #FirmwareTableFault
 *
 * Returns: (transfer full): a translated phrase for the middle of a sentence; @text itself when it
 *   is none of those, and “?” without one
 */
char *
wording_table_fault_dup_phrase (const char *text)
{
  FirmwareTableFault fault;

  if (firmware_table_fault_from_text (&fault, text))
    return describe (&fault);

  return g_strdup (text != NULL ? text : "?");
}
