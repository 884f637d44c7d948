/* dfu-dfuse.h: the commands of ST's dialect, AN3156
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-log.h"
#include "dfu-quirks.h"
#include "dfu-session.h"

G_BEGIN_DECLS

/* wBlockNum of the first block with data; 0 is for commands, 1 is not used. */
#define DFU_DFUSE_FIRST_BLOCK 2

/**
 * DfuDfuse:
 * @session: a session with a device in dfuIDLE or dfuDNLOAD-IDLE
 * @quirks: what is special about it
 * @timeout: for a block or a sector, in milliseconds
 * @mass_erase_timeout: for all sectors at once, in milliseconds
 * @log: where the steps are written
 *
 * What the commands need. Borrows everything.
 */
typedef struct {
  DfuSession *session;
  DfuQuirkFlags quirks;
  guint timeout;
  guint mass_erase_timeout;
  DfuLog *log;
} DfuDfuse;

gboolean dfu_dfuse_set_address (const DfuDfuse *self,
                                guint32 address,
                                GCancellable *cancellable,
                                GError **error);
gboolean dfu_dfuse_erase_sector (const DfuDfuse *self,
                                 guint32 address,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean dfu_dfuse_mass_erase (const DfuDfuse *self, GCancellable *cancellable, GError **error);
gboolean dfu_dfuse_read_unprotect (const DfuDfuse *self, GError **error);
gboolean dfu_dfuse_write (const DfuDfuse *self,
                          guint16 block_number,
                          const guint8 *data,
                          guint16 length,
                          GCancellable *cancellable,
                          GError **error);
gboolean dfu_dfuse_leave (const DfuDfuse *self, guint32 address, GError **error);

G_END_DECLS
