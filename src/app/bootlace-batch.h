/* bootlace-batch.h: how far several jobs are, taken together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-outcomes.h"

G_BEGIN_DECLS

double bootlace_batch_get_fraction (GPtrArray *jobs);
double bootlace_batch_get_time_left (GPtrArray *jobs);
BootlaceOutcomes bootlace_batch_get_outcomes (GPtrArray *jobs);
char *bootlace_batch_describe (GPtrArray *jobs);

G_END_DECLS
