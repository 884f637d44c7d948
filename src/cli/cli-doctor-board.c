/* cli-doctor-board.c: what was found out about a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-doctor.h"

/**
 * cli_doctor_board_new:
 * @assistant: an assistant that has answered
 * @situation: what it was asked about
 *
 * Keeps the answers, for the assistant may be asked about another board next.
 *
 * Returns: (transfer full): what was found out
 */
CliDoctorBoard *
cli_doctor_board_new (SetupAssistant *assistant, const SetupSituation *situation)
{
  GListModel *model = G_LIST_MODEL (assistant);
  CliDoctorBoard *self = g_new0 (CliDoctorBoard, 1);

  self->port_path = g_strdup (setup_assistant_get_subject (assistant));
  self->name = setup_situation_dup_name (situation);
  self->label = setup_situation_dup_label (situation);
  self->ready = setup_assistant_is_ready (assistant);
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) setup_verdict_free);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    SetupCheck *check = g_list_model_get_item (model, i);

    g_ptr_array_add (self->checks, check);
    g_ptr_array_add (self->verdicts, setup_verdict_copy (setup_check_get_verdict (check)));
  }

  return self;
}

/**
 * cli_doctor_board_free:
 * @self: (transfer full): what was found out
 *
 * Frees it.
 */
void
cli_doctor_board_free (CliDoctorBoard *self)
{
  g_free (self->port_path);
  g_free (self->name);
  g_free (self->label);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->verdicts);
  g_free (self);
}

/**
 * cli_doctor_is_ready:
 * @boards: (element-type CliDoctorBoard): what was found out
 *
 * Returns: whether nothing is in the way of flashing any of them
 */
gboolean
cli_doctor_is_ready (GPtrArray *boards)
{
  for (guint i = 0; i < boards->len; i++)
    if (!((const CliDoctorBoard *) boards->pdata[i])->ready)
      return FALSE;

  return TRUE;
}
