/* cli-doctor-fix.c: what bootlace-cli doctor --fix does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-doctor.h"
#include "setup-rule-error.h"
#include "setup-rule-installer.h"
#include "wording-message.h"

static gboolean
has_action (GPtrArray *boards, SetupAction action)
{
  for (guint i = 0; i < boards->len; i++) {
    const CliDoctorBoard *board = boards->pdata[i];

    for (guint j = 0; j < board->verdicts->len; j++) {
      const SetupVerdict *verdict = board->verdicts->pdata[j];

      if (setup_action_simplify (verdict->action) == action)
        return TRUE;
    }
  }

  return FALSE;
}

/**
 * cli_doctor_fix_find:
 * @boards: (element-type CliDoctorBoard): what was found out
 * @all_devices: whether the person wants the rule for whatever has a DFU interface
 *
 * Chooses what can be done about it, as the window's button would. The rule for all devices gives
 * away more than that for boards, so it is never chosen without being asked for.
 *
 * Returns: that, or %SETUP_ACTION_NONE
 */
SetupAction
cli_doctor_fix_find (GPtrArray *boards, gboolean all_devices)
{
  const gboolean wide = has_action (boards, SETUP_ACTION_INSTALL_RULE_FOR_ALL);
  const gboolean narrow = has_action (boards, SETUP_ACTION_INSTALL_RULE);

  if (has_action (boards, SETUP_ACTION_INSTALL_DRIVER))
    return SETUP_ACTION_INSTALL_DRIVER;
  if (all_devices && (wide || narrow || setup_rule_installer_is_open_to_root ()))
    return SETUP_ACTION_INSTALL_RULE_FOR_ALL;
  if (narrow || (!wide && setup_rule_installer_is_wanted_by_root ()))
    return SETUP_ACTION_INSTALL_RULE;

  return SETUP_ACTION_NONE;
}

/* A good answer may offer an action too, such as a newer rule in the place of an older one. */
static gboolean
is_bad_with (GPtrArray *boards, SetupAction action)
{
  for (guint i = 0; i < boards->len; i++) {
    const CliDoctorBoard *board = boards->pdata[i];

    for (guint j = 0; j < board->verdicts->len; j++) {
      const SetupVerdict *verdict = board->verdicts->pdata[j];

      if (verdict->state == SETUP_STATE_BAD && setup_action_simplify (verdict->action) == action)
        return TRUE;
    }
  }

  return FALSE;
}

/**
 * cli_doctor_fix_get_hint:
 * @boards: (element-type CliDoctorBoard): what was found out
 *
 * Returns: (nullable): which options take something out of the way, in a sentence
 */
const char *
cli_doctor_fix_get_hint (GPtrArray *boards)
{
  if (is_bad_with (boards, SETUP_ACTION_INSTALL_RULE) ||
      is_bad_with (boards, SETUP_ACTION_INSTALL_DRIVER))
    return _ ("“bootlace-cli doctor --fix” repairs this.");

  if (is_bad_with (boards, SETUP_ACTION_INSTALL_RULE_FOR_ALL))
    return _ ("“bootlace-cli doctor --fix --all-devices” repairs this; read above what "
              "that means.");

  return NULL;
}

/**
 * cli_doctor_fix_dup_problem:
 * @self: what was done
 *
 * Returns: (transfer full) (nullable): what #CliDoctorFix.error means, in sentences, or %NULL
 */
char *
cli_doctor_fix_dup_problem (const CliDoctorFix *self)
{
  g_autoptr (WordingMessage) message = NULL;

  if (self->error == NULL)
    return NULL;

  if (self->action == SETUP_ACTION_INSTALL_DRIVER)
    return g_strdup (self->error->message);

  message = wording_message_new_for_rule (self->error);

  return wording_message_dup_text (message);
}

/**
 * cli_doctor_fix_is_done:
 * @self: what was done
 *
 * Returns: whether it was, even if there is more to say about it
 */
gboolean
cli_doctor_fix_is_done (const CliDoctorFix *self)
{
  return self->error == NULL ||
         g_error_matches (self->error, SETUP_RULE_ERROR, SETUP_RULE_ERROR_NO_UDEV);
}

static void
tell_problem (const CliDoctorFix *self)
{
  g_autofree char *problem = cli_doctor_fix_dup_problem (self);

  g_info ("%s", self->error->message);
  if (cli_doctor_fix_is_done (self))
    g_printerr ("%s", problem);
  else
    /* Translators: %s is a sentence */
    g_printerr (_ ("The udev rule was not installed: %s"), problem);
  g_printerr ("\n");
}

/**
 * cli_doctor_fix_tell:
 * @self: what was done
 * @boards: (element-type CliDoctorBoard): what had been found out before
 *
 * Says on standard error what was done, or why nothing was.
 */
void
cli_doctor_fix_tell (const CliDoctorFix *self, GPtrArray *boards)
{
  /* That has told already what there is to do. */
  if (self->action == SETUP_ACTION_INSTALL_DRIVER)
    return;

  if (self->error != NULL)
    tell_problem (self);
  else if (self->action == SETUP_ACTION_INSTALL_RULE_FOR_ALL)
    g_printerr ("%s\n", _ ("The udev rule for all devices with DFU was installed."));
  else if (self->action == SETUP_ACTION_INSTALL_RULE)
    g_printerr ("%s\n", _ ("The udev rule was installed."));
  else if (has_action (boards, SETUP_ACTION_INSTALL_RULE_FOR_ALL))
    g_printerr ("%s\n", _ ("Only a rule for all devices with DFU would do. Read below what that "
                           "means; “--all-devices” installs it."));
  else if (!cli_doctor_is_ready (boards))
    g_printerr ("%s\n", _ ("There is nothing here that a program could repair."));
}
