/* wording-symptom.c: for every error what happened, why, and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wording-symptom.h"

static gboolean
fits (const WordingSymptom *row, const GError *error, WordingMoment moment)
{
  return (row->get_domain == NULL || row->get_domain () == error->domain) &&
         (row->code == WORDING_SYMPTOM_ANY_CODE || row->code == error->code) &&
         (row->moment == WORDING_MOMENT_ANY || row->moment == moment);
}

/**
 * wording_symptom_find: (skip)
 * @error: what went wrong
 * @moment: when it did
 *
 * Returns: (transfer none): the first row that fits; the last one fits always
 */
const WordingSymptom *
wording_symptom_find (const GError *error, WordingMoment moment)
{
  const WordingSymptom *row = NULL;
  gsize i = 0;

  do
    row = wording_symptom_get (i++);
  while (!fits (row, error, moment));

  return row;
}

/**
 * wording_moment_from_phase:
 * @phase: of an operation
 *
 * Returns: when that is
 */
WordingMoment
wording_moment_from_phase (DfuPhase phase)
{
  switch (phase) {
  case DFU_PHASE_DETACHING:
  case DFU_PHASE_RETURNING:
    return WORDING_MOMENT_SWITCHING;
  case DFU_PHASE_READING:
    return WORDING_MOMENT_READING;
  case DFU_PHASE_ERASING:
  case DFU_PHASE_WRITING:
    return WORDING_MOMENT_WRITING;
  case DFU_PHASE_MANIFESTING:
  case DFU_PHASE_VERIFYING:
    return WORDING_MOMENT_CHECKING;
  case DFU_PHASE_RESTARTING:
    return WORDING_MOMENT_RESTARTING;
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DONE:
    break;
  }

  return WORDING_MOMENT_ANY;
}
