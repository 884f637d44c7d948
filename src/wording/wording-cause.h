/* wording-cause.h: for every error what happened and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dfu-enums.h"

G_BEGIN_DECLS

/**
 * WordingCause:
 * @summary: what happened, one sentence, English
 * @advice: what to do, one sentence or two, English
 *
 * Marked for translation and not translated yet; static.
 */
typedef struct {
  const char *summary;
  const char *advice;
} WordingCause;

WordingCause wording_cause_find (const GError *error, DfuPhase phase);
WordingCause wording_cause_find_for_saving (const GError *error);

G_END_DECLS
