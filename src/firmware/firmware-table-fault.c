/* firmware-table-fault.c: what can be wrong with an ESP partition table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-table-fault.h"

G_DEFINE_ENUM_TYPE (FirmwareTableFaultKind,
                    firmware_table_fault_kind,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_APP_MISALIGNED, "app-misaligned"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_SECOND_MD5, "second-md5"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_WRONG_MD5, "wrong-md5"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_NO_PARTITION, "no-partition"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_NO_END, "no-end"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_CUT, "cut"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_NO_LABEL, "no-label"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_LABEL, "label"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_MISALIGNED, "misaligned"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_NO_BYTES, "no-bytes"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_BEHIND_MD5, "behind-md5"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_TABLE_FAULT_OVERLAP, "overlap"))

static guint32
read_number (const char *word)
{
  return (guint32) g_ascii_strtoull (word, NULL, g_str_has_prefix (word, "0x") ? 16 : 10);
}

/**
 * firmware_table_fault_is_fatal:
 * @self: a fault
 *
 * Returns: whether ESP-IDF's bootloader does not take a table that has it
 */
gboolean
firmware_table_fault_is_fatal (const FirmwareTableFault *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind <= FIRMWARE_TABLE_FAULT_CUT;
}

/**
 * firmware_table_fault_to_text:
 * @self: a fault
 *
 * Writes a fault down for findings and for programs: its nick and its numbers, the first one in
 * decimal and an address as in "misaligned 2 0x0000f004".
 *
 * Returns: (transfer full): the text
 */
char *
firmware_table_fault_to_text (const FirmwareTableFault *self)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_TABLE_FAULT_KIND);
  const char *nick = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  nick = g_enum_get_value (kinds, (int) self->kind)->value_nick;
  switch (self->kind) {
  case FIRMWARE_TABLE_FAULT_APP_MISALIGNED:
  case FIRMWARE_TABLE_FAULT_MISALIGNED:
    return g_strdup_printf ("%s %u 0x%08x", nick, self->first, self->second);
  case FIRMWARE_TABLE_FAULT_NO_PARTITION:
    return g_strdup_printf ("%s %u 0x%04x", nick, self->first, self->second);
  case FIRMWARE_TABLE_FAULT_OVERLAP:
    return g_strdup_printf ("%s %u %u", nick, self->first, self->second);
  case FIRMWARE_TABLE_FAULT_NO_END:
    return g_strdup (nick);
  case FIRMWARE_TABLE_FAULT_SECOND_MD5:
  case FIRMWARE_TABLE_FAULT_WRONG_MD5:
  case FIRMWARE_TABLE_FAULT_CUT:
  case FIRMWARE_TABLE_FAULT_NO_LABEL:
  case FIRMWARE_TABLE_FAULT_LABEL:
  case FIRMWARE_TABLE_FAULT_NO_BYTES:
  case FIRMWARE_TABLE_FAULT_BEHIND_MD5:
    break;
  }

  return g_strdup_printf ("%s %u", nick, self->first);
}

/**
 * firmware_table_fault_from_text:
 * @self: (out caller-allocates): the fault to fill
 * @text: (nullable): what firmware_table_fault_to_text() has written
 *
 * Reads a fault from its text.
 *
 * Returns: whether it is one
 */
gboolean
firmware_table_fault_from_text (FirmwareTableFault *self, const char *text)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FIRMWARE_TYPE_TABLE_FAULT_KIND);
  g_auto (GStrv) words = NULL;
  const GEnumValue *value = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  words = g_strsplit (text != NULL ? text : "", " ", 3);
  value = words[0] != NULL ? g_enum_get_value_by_nick (kinds, words[0]) : NULL;
  if (value == NULL)
    return FALSE;

  *self = (FirmwareTableFault){
    .kind = (FirmwareTableFaultKind) value->value,
    .first = words[1] != NULL ? read_number (words[1]) : 0,
    .second = words[1] != NULL && words[2] != NULL ? read_number (words[2]) : 0,
  };
  return TRUE;
}
