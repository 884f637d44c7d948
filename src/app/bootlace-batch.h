/* bootlace-batch.h: how far several jobs are, taken together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-outcomes.h"

G_BEGIN_DECLS

BootlaceDeed bootlace_batch_get_deed (GPtrArray *jobs);
gboolean bootlace_batch_is_measured (GPtrArray *jobs);
double bootlace_batch_get_fraction (GPtrArray *jobs);
double bootlace_batch_get_time_left (GPtrArray *jobs);
BootlaceOutcomes bootlace_batch_get_outcomes (GPtrArray *jobs);
char *bootlace_batch_describe (GPtrArray *jobs);

G_END_DECLS
