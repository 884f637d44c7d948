/* cli-doctor.h: what bootlace-cli doctor prints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-assistant.h"
#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * CliDoctorFix:
 * @action: what was tried, %SETUP_ACTION_NONE when there was nothing to do
 * @error: (nullable): why it could not be done, or does not show yet
 *
 * What `--fix` did.
 */
typedef struct {
  SetupAction action;
  GError *error;
} CliDoctorFix;

/**
 * CliDoctorBoard:
 * @port_path: (nullable): where the board is; %NULL when there is none
 * @name: (nullable): what it is called
 * @label: (nullable): the same for people, translated
 * @ready: whether nothing is in the way of flashing it
 * @checks: (element-type SetupCheck): the questions
 * @verdicts: (element-type SetupVerdict): the answers, in the same order
 *
 * What was found out about a board.
 */
typedef struct {
  char *port_path;
  char *name;
  char *label;
  gboolean ready;
  GPtrArray *checks;
  GPtrArray *verdicts;
} CliDoctorBoard;

CliDoctorBoard *cli_doctor_board_new (SetupAssistant *assistant, const SetupSituation *situation);
void cli_doctor_board_free (CliDoctorBoard *self);

void cli_doctor_install_driver (GError **error);
gboolean cli_doctor_is_ready (GPtrArray *boards);

const char *cli_doctor_fix_get_hint (GPtrArray *boards);
SetupAction cli_doctor_fix_find (GPtrArray *boards, gboolean all_devices);
gboolean cli_doctor_fix_is_done (const CliDoctorFix *self);
char *cli_doctor_fix_dup_problem (const CliDoctorFix *self);
void cli_doctor_fix_tell (const CliDoctorFix *self, GPtrArray *boards);

void cli_doctor_print_text (GPtrArray *boards);
void cli_doctor_print_json (GPtrArray *boards, const CliDoctorFix *fix);

G_END_DECLS
