/* wording-symptom.h: for every error what happened, why, and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dfu-enums.h"

G_BEGIN_DECLS

/**
 * WordingMoment:
 * @WORDING_MOMENT_ANY: at any other time
 * @WORDING_MOMENT_SWITCHING: a board was asked for its bootloader
 * @WORDING_MOMENT_READING: a board was being read
 * @WORDING_MOMENT_WRITING: a board was being written
 * @WORDING_MOMENT_CHECKING: a board was comparing what was written, or being read back
 * @WORDING_MOMENT_RESTARTING: a board was asked to start its program
 * @WORDING_MOMENT_SAVING: a file was being written
 * @WORDING_MOMENT_ALLOWING: udev's rule was being installed or removed
 * @WORDING_MOMENT_BUS: USB was being looked for on this computer
 *
 * When something went wrong, as far as that makes another thing of it.
 */
typedef enum {
  WORDING_MOMENT_ANY,
  WORDING_MOMENT_SWITCHING,
  WORDING_MOMENT_READING,
  WORDING_MOMENT_WRITING,
  WORDING_MOMENT_CHECKING,
  WORDING_MOMENT_RESTARTING,
  WORDING_MOMENT_SAVING,
  WORDING_MOMENT_ALLOWING,
  WORDING_MOMENT_BUS,
} WordingMoment;

/* For every code that has no row of its own. */
#define WORDING_SYMPTOM_ANY_CODE (-1)

/**
 * WordingSymptom:
 * @get_domain: (nullable): the domain of the errors; %NULL for every domain
 * @code: a code of it, or %WORDING_SYMPTOM_ANY_CODE
 * @moment: when; %WORDING_MOMENT_ANY whenever it was
 * @summary: what happened, one sentence
 * @cause: why, mostly, one sentence
 * @advice: what to do, one sentence or two
 * @help: (nullable): what of the setup assistant helps: the word of one of its checks, or "wiring"
 *
 * A row of the table. Texts are marked for translation and not translated yet; all of it is static.
 */
typedef struct {
  GQuark (*get_domain) (void);
  int code;
  WordingMoment moment;
  const char *summary;
  const char *cause;
  const char *advice;
  const char *help;
} WordingSymptom;

const WordingSymptom *wording_symptom_get (gsize i);
const WordingSymptom *wording_symptom_find (const GError *error, WordingMoment moment);
WordingMoment wording_moment_from_phase (DfuPhase phase);

G_END_DECLS
