/* fault-tables.h: boards, work and faults, to be multiplied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board-world.h"
#include "dfu-upgrade.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  Board *(*create) (void);
  GBytes *(*create_file) (void);
  guint64 (*find_base) (Board *board); /* the address of the first byte of its flash */
  guint stride;                        /* of the transfers, behind those at the beginning */
  gboolean backs_up;                   /* which of a ROM is 65536 transfers */
  gboolean is_mute;                    /* there is nothing to read */
  gboolean compares;                   /* and stays to tell what came of it */
  gboolean leaves;                     /* by itself, to run what was written */
  gboolean wedges;                     /* when the host gives up on a transfer */
} FaultKind;

typedef struct {
  const char *name;
  DfuUpgradeFlags flags;
  gboolean backs_up;
  gboolean reads;  /* instead of writing */
  gboolean erases; /* instead of writing, for which a board must speak DfuSe */
  gboolean read_unprotect;
} FaultWork;

typedef struct {
  const char *name;
  BoardWorldFault fault;
  BoardWorldReturn comes_back;
} Fault;

extern const FaultKind fault_kinds[];
extern const FaultWork fault_works[];
extern const Fault faults[];

extern const guint n_fault_kinds;
extern const guint n_fault_works;
extern const guint n_faults;

gboolean fault_kind_can_do (const FaultKind *kind, const FaultWork *work);

G_END_DECLS
