/* setup-symptom.h: for every error and every sign what happened, why, and what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdarg.h>

#include "dfu-enums.h"

G_BEGIN_DECLS

/**
 * SetupMoment:
 * @SETUP_MOMENT_ANY: at any other time
 * @SETUP_MOMENT_SWITCHING: a board was asked for its bootloader
 * @SETUP_MOMENT_READING: a board was being read
 * @SETUP_MOMENT_ERASING: a board was being erased
 * @SETUP_MOMENT_WRITING: a board was being written
 * @SETUP_MOMENT_CHECKING: a board was comparing what was written, or being read back
 * @SETUP_MOMENT_RESTARTING: a board was asked to start its program
 * @SETUP_MOMENT_SAVING: a file was being written
 * @SETUP_MOMENT_ALLOWING: udev's rule was being installed or removed
 * @SETUP_MOMENT_BUS: USB was being looked for on this computer
 *
 * When something went wrong, as far as that makes another thing of it.
 */
typedef enum {
  SETUP_MOMENT_ANY,
  SETUP_MOMENT_SWITCHING,
  SETUP_MOMENT_READING,
  SETUP_MOMENT_ERASING,
  SETUP_MOMENT_WRITING,
  SETUP_MOMENT_CHECKING,
  SETUP_MOMENT_RESTARTING,
  SETUP_MOMENT_SAVING,
  SETUP_MOMENT_ALLOWING,
  SETUP_MOMENT_BUS,
} SetupMoment;

/* For every code that has no row of its own. */
#define SETUP_SYMPTOM_ANY_CODE (-1)

/**
 * SetupSymptom:
 * @get_domain: (nullable): the domain of the errors, or setup_sign_quark() for what is none; %NULL
 *   for every domain
 * @code: a code of it, or %SETUP_SYMPTOM_ANY_CODE
 * @moment: when; %SETUP_MOMENT_ANY whenever it was
 * @summary: what happened, one sentence
 * @cause: why, mostly, one sentence
 * @advice: what to do, one sentence or two
 * @help: (nullable): what of the setup assistant helps: the word of one of its checks, or "wiring"
 * @terminal_advice: (nullable): what to do on the command line, where the window has another way
 *
 * A row of the table. Texts are marked for translation and not translated yet; all of it is static.
 * Those of signs have places in {braces} for what is known where it is told.
 */
typedef struct {
  GQuark (*get_domain) (void);
  int code;
  SetupMoment moment;
  const char *summary;
  const char *cause;
  const char *advice;
  const char *help;
  const char *terminal_advice;
} SetupSymptom;

const SetupSymptom *setup_symptom_get (gsize i);
const SetupSymptom *setup_symptom_find (const GError *error, SetupMoment moment);
const SetupSymptom *setup_symptom_find_code (GQuark domain, int code, SetupMoment moment);
void setup_symptom_speak_to_terminal (gboolean is_terminal);
const char *setup_symptom_get_advice (const SetupSymptom *self);
char *setup_symptom_dup_hint (const SetupSymptom *self);
char *setup_symptom_fill_in (const char *text, ...) G_GNUC_NULL_TERMINATED;
char *setup_symptom_fill_in_valist (const char *text, va_list names);
SetupMoment setup_moment_from_phase (DfuPhase phase);
SetupMoment setup_moment_find (const GError *error, DfuPhase phase);

G_END_DECLS
