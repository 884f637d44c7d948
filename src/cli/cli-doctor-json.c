/* cli-doctor-json.c: the setup assistant's answers, for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-doctor.h"
#include "cli-json.h"
#include "dfu-enums.h"

static void
add_check (JsonBuilder *builder, SetupCheck *check, const SetupVerdict *verdict)
{
  const SetupAction action = setup_action_simplify (verdict->action);

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "id", setup_check_get_id (check));
  cli_json_add_string (builder, "state", dfu_enum_nick (SETUP_TYPE_STATE, (int) verdict->state));
  cli_json_add_string (builder, "question", setup_check_get_title (check));
  cli_json_add_string (builder, "summary", verdict->summary);
  cli_json_add_string (builder, "advice", verdict->advice);
  cli_json_add_string (builder, "action", dfu_enum_nick (SETUP_TYPE_ACTION, (int) action));
  cli_json_add_string (builder, "command", verdict->command);
  json_builder_end_object (builder);
}

static void
add_board (JsonBuilder *builder, const CliDoctorBoard *board)
{
  json_builder_begin_object (builder);
  cli_json_add_string (builder, "path", board->port_path);
  cli_json_add_string (builder, "name", board->name);
  cli_json_add_boolean (builder, "ready", board->ready);

  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < board->checks->len; i++)
    add_check (builder, board->checks->pdata[i], board->verdicts->pdata[i]);
  json_builder_end_array (builder);

  json_builder_end_object (builder);
}

static void
add_fix (JsonBuilder *builder, const CliDoctorFix *fix)
{
  g_autofree char *problem = cli_doctor_fix_dup_problem (fix);

  if (fix->action == SETUP_ACTION_NONE) {
    cli_json_add_null (builder, "fix");
    return;
  }

  json_builder_set_member_name (builder, "fix");
  json_builder_begin_object (builder);
  cli_json_add_string (builder, "action", dfu_enum_nick (SETUP_TYPE_ACTION, (int) fix->action));
  cli_json_add_boolean (builder, "done", cli_doctor_fix_is_done (fix));
  cli_json_add_string (builder, "error", problem);
  json_builder_end_object (builder);
}

/**
 * cli_doctor_print_json:
 * @boards: (element-type CliDoctorBoard): what was found out
 * @fix: what was done about it
 *
 * Prints it to standard output.
 */
void
cli_doctor_print_json (GPtrArray *boards, const CliDoctorFix *fix)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_json_add_boolean (builder, "ready", cli_doctor_is_ready (boards));
  add_fix (builder, fix);
  json_builder_set_member_name (builder, "boards");
  json_builder_begin_array (builder);
  for (guint i = 0; i < boards->len; i++)
    add_board (builder, boards->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  cli_json_print (builder);
}
