/* bootlace-outcomes.h: how several jobs ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-job.h"

G_BEGIN_DECLS

/**
 * BootlaceOutcomes:
 * @n_verified: written, and the boards compared
 * @n_written: written, and nobody compared
 * @n_read: read into files
 * @n_blank: erased, and looked at
 * @n_erased: erased, and nobody looked
 * @n_failed: ended by errors
 * @n_cancelled: ended by the person
 * @n_waiting: those of the written ones that run the new program only after RESET
 * @deed: what was done to all of them
 *
 * Plain data.
 */
typedef struct {
  guint n_verified;
  guint n_written;
  guint n_read;
  guint n_blank;
  guint n_erased;
  guint n_failed;
  guint n_cancelled;
  guint n_waiting;
  BootlaceDeed deed;
} BootlaceOutcomes;

void bootlace_outcomes_add (BootlaceOutcomes *self, BootlaceJob *job);
guint bootlace_outcomes_count (const BootlaceOutcomes *self);
char *bootlace_outcomes_describe (const BootlaceOutcomes *self);
char *bootlace_outcomes_describe_next_step (const BootlaceOutcomes *self);

G_END_DECLS
