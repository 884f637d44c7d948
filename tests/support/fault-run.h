/* fault-run.h: one kind of board, which is given work again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fault-tables.h"
#include "firmware-image.h"

G_BEGIN_DECLS

typedef struct _FaultRun FaultRun;

/* What else must be so after each try. @error: (nullable): why it failed */
typedef void (*FaultCheck) (FaultRun *self,
                            const FaultWork *work,
                            DfuOperation *operation,
                            const GError *error);

/**
 * FaultRun:
 * @kind: what the board is
 * @check: (nullable): what else must be so
 * @bus: one for all tries
 * @image: what is written to it
 * @backup: (nullable): where what it holds is saved
 *
 * What tries with one kind of board share.
 */
struct _FaultRun {
  const FaultKind *kind;
  FaultCheck check;
  UsbBus *bus;
  FirmwareImage *image;
  GFile *backup;
  char *folder;
};

void fault_run_init (FaultRun *self, const FaultKind *kind, FaultCheck check);
void fault_run_clear (FaultRun *self);

/* On the board that is in the world. Returns whether it was a success; the test fails if that is
 * not true, if a failure has no reason, or if a wait has no end. */
gboolean fault_run_try (FaultRun *self, const FaultWork *work, GError **error);

/* How many transfers the work takes on a new board when nothing goes wrong. */
guint fault_run_count_transfers (FaultRun *self, const FaultWork *work);

/* A board that still answers is usable as it is; others are plugged in again. */
void fault_run_help (void);

/* First thing in main(); and then what adds a test, or several, for each kind of board and all that
 * it can do. */
void fault_run_init_tests (int *argc, char ***argv);
void fault_run_add_tests (void (*add) (const FaultKind *kind, const FaultWork *work));

G_END_DECLS
