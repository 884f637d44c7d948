/* firmware-memory.h: bytes at addresses, with gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Firmware has some dozens; a file of single bytes would turn into a hundred times its size. */
#define FIRMWARE_MEMORY_RUNS_MAX 4096

/**
 * FirmwareRun:
 * @address: where the first byte goes
 * @data: at least one byte
 *
 * Bytes without a gap between them.
 */
typedef struct {
  guint64 address;
  GBytes *data;
} FirmwareRun;

/**
 * FirmwareMemory:
 *
 * What formats that give every record its own address add up to: Intel HEX, UF2, ELF. Records may
 * come in any order. Not thread-safe.
 */
typedef struct _FirmwareMemory FirmwareMemory;

GArray *firmware_runs_new (void);

FirmwareMemory *firmware_memory_new (guint64 limit);
void firmware_memory_free (FirmwareMemory *self);

gboolean firmware_memory_add (FirmwareMemory *self,
                              guint64 address,
                              const guint8 *data,
                              gsize size,
                              guint place,
                              GError **error);
GArray *firmware_memory_join (FirmwareMemory *self, const char *noun, guint *fault, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FirmwareMemory, firmware_memory_free)

G_END_DECLS
