/* setup-symptom.c: for every error what happened, why, and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-symptom.h"

#include <gio/gio.h>

static gboolean
fits (const SetupSymptom *row, GQuark domain, int code, SetupMoment moment)
{
  return (row->get_domain == NULL || row->get_domain () == domain) &&
         (row->code == SETUP_SYMPTOM_ANY_CODE || row->code == code) &&
         (row->moment == SETUP_MOMENT_ANY || row->moment == moment);
}

/**
 * setup_symptom_find_code: (skip)
 * @domain: a domain of errors
 * @code: one of its codes
 * @moment: when it would be
 *
 * Finds what there is to say where the cause of an error is seen, and nothing has failed yet.
 *
 * Returns: (transfer none): the first row that fits; the last one fits always
 */
const SetupSymptom *
setup_symptom_find_code (GQuark domain, int code, SetupMoment moment)
{
  const SetupSymptom *row = NULL;
  gsize i = 0;

  do
    row = setup_symptom_get (i++);
  while (!fits (row, domain, code, moment));

  return row;
}

/**
 * setup_symptom_find: (skip)
 * @error: what went wrong
 * @moment: when it did
 *
 * Returns: (transfer none): the first row that fits; the last one fits always
 */
const SetupSymptom *
setup_symptom_find (const GError *error, SetupMoment moment)
{
  return setup_symptom_find_code (error->domain, error->code, moment);
}

/**
 * setup_moment_from_phase:
 * @phase: of an operation
 *
 * Returns: when that is
 */
SetupMoment
setup_moment_from_phase (DfuPhase phase)
{
  switch (phase) {
  case DFU_PHASE_DETACHING:
  case DFU_PHASE_RETURNING:
    return SETUP_MOMENT_SWITCHING;
  case DFU_PHASE_READING:
    return SETUP_MOMENT_READING;
  case DFU_PHASE_ERASING:
  case DFU_PHASE_WRITING:
    return SETUP_MOMENT_WRITING;
  case DFU_PHASE_MANIFESTING:
  case DFU_PHASE_VERIFYING:
    return SETUP_MOMENT_CHECKING;
  case DFU_PHASE_RESTARTING:
    return SETUP_MOMENT_RESTARTING;
  case DFU_PHASE_WAITING:
  case DFU_PHASE_OPENING:
  case DFU_PHASE_DONE:
    break;
  }

  return SETUP_MOMENT_ANY;
}

/**
 * setup_moment_find:
 * @error: what ended an operation
 * @phase: how far that had come
 *
 * The only file of an operation on a board is the one that it writes.
 *
 * Returns: when it went wrong
 */
SetupMoment
setup_moment_find (const GError *error, DfuPhase phase)
{
  g_return_val_if_fail (error != NULL, SETUP_MOMENT_ANY);

  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    return SETUP_MOMENT_SAVING;

  return setup_moment_from_phase (phase);
}
