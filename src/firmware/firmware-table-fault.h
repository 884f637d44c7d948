/* firmware-table-fault.h: what can be wrong with an ESP partition table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FirmwareTableFaultKind:
 * @FIRMWARE_TABLE_FAULT_APP_MISALIGNED: entry "first" is for an application at address "second",
 *   where the chip cannot map one into memory
 * @FIRMWARE_TABLE_FAULT_SECOND_MD5: entry "first" is a second MD5
 * @FIRMWARE_TABLE_FAULT_WRONG_MD5: the MD5 in entry "first" is not that of the entries before it
 * @FIRMWARE_TABLE_FAULT_NO_PARTITION: entry "first" begins with the two bytes of "second", in the
 *   order in which they stand there, which are no partition's
 * @FIRMWARE_TABLE_FAULT_NO_END: the table goes on to the end of the room that it may take
 * @FIRMWARE_TABLE_FAULT_CUT: the table ends in the middle of entry "first"
 * @FIRMWARE_TABLE_FAULT_NO_LABEL: entry "first" has an empty label
 * @FIRMWARE_TABLE_FAULT_LABEL: entry "first" has a label that cannot be shown
 * @FIRMWARE_TABLE_FAULT_MISALIGNED: entry "first" begins at address "second", in the middle of a
 *   sector
 * @FIRMWARE_TABLE_FAULT_NO_BYTES: entry "first" is for a partition of 0 bytes
 * @FIRMWARE_TABLE_FAULT_BEHIND_MD5: entry "first" stands behind the MD5, which does not cover it
 * @FIRMWARE_TABLE_FAULT_OVERLAP: entries "first" and "second" overlap
 *
 * What can be wrong. ESP-IDF's bootloader does not take a table with one of those up to
 * %FIRMWARE_TABLE_FAULT_CUT. Entries are counted from 0. The nicks are the words behind
 * FIRMWARE_TABLE_FAULT_ in lower case with hyphens.
 */
typedef enum {
  FIRMWARE_TABLE_FAULT_APP_MISALIGNED,
  FIRMWARE_TABLE_FAULT_SECOND_MD5,
  FIRMWARE_TABLE_FAULT_WRONG_MD5,
  FIRMWARE_TABLE_FAULT_NO_PARTITION,
  FIRMWARE_TABLE_FAULT_NO_END,
  FIRMWARE_TABLE_FAULT_CUT,
  FIRMWARE_TABLE_FAULT_NO_LABEL,
  FIRMWARE_TABLE_FAULT_LABEL,
  FIRMWARE_TABLE_FAULT_MISALIGNED,
  FIRMWARE_TABLE_FAULT_NO_BYTES,
  FIRMWARE_TABLE_FAULT_BEHIND_MD5,
  FIRMWARE_TABLE_FAULT_OVERLAP,
} FirmwareTableFaultKind;

#define FIRMWARE_TYPE_TABLE_FAULT_KIND (firmware_table_fault_kind_get_type ())
GType firmware_table_fault_kind_get_type (void);

/**
 * FirmwareTableFault:
 * @kind: what is wrong
 * @first: the first number that belongs to it, or 0
 * @second: the second one, or 0
 *
 * One thing that is wrong with a partition table.
 */
typedef struct {
  FirmwareTableFaultKind kind;
  guint32 first;
  guint32 second;
} FirmwareTableFault;

gboolean firmware_table_fault_is_fatal (const FirmwareTableFault *self);
char *firmware_table_fault_to_text (const FirmwareTableFault *self);
gboolean firmware_table_fault_from_text (FirmwareTableFault *self, const char *text);

G_END_DECLS
