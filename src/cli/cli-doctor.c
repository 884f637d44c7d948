/* cli-doctor.c: bootlace-cli doctor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-choice.h"
#include "cli-command.h"
#include "cli-doctor.h"
#include "setup-situation.h"

/* How long answers may take, and how long a repair may need to show, in seconds. The system sets
 * permissions some moments after it was told to. */
#define PATIENCE 10

typedef struct {
  gboolean fix;
  gboolean all_devices;
  gboolean json;
} Options;

typedef struct {
  UsbBus *bus; /* NULL where there is none */
  SetupAssistant *assistant;
  GPtrArray *boards; /* of CliDoctorBoard */
  CliDoctorFix fix;
  gboolean acting;
  gboolean out_of_time;
} Doctor;

static void
doctor_clear (Doctor *self)
{
  g_clear_object (&self->assistant);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->boards, g_ptr_array_unref);
  g_clear_error (&self->fix.error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doctor, doctor_clear)

typedef gboolean (*Condition) (Doctor *self);

static gboolean
has_answers (Doctor *self)
{
  return !setup_assistant_is_busy (self->assistant);
}

static gboolean
is_repaired (Doctor *self)
{
  const gboolean driver = self->fix.action == SETUP_ACTION_INSTALL_DRIVER;
  SetupCheck *check = setup_assistant_find_check (self->assistant, driver ? "driver" : "access");

  return has_answers (self) &&
         (check == NULL || setup_check_get_verdict (check)->state != SETUP_STATE_BAD);
}

static gboolean
give_up_cb (gpointer user_data)
{
  Doctor *self = user_data;

  self->out_of_time = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Doctor *self, Condition condition)
{
  guint timeout_id = g_timeout_add_seconds (PATIENCE, give_up_cb, self);

  self->out_of_time = FALSE;
  while (!condition (self) && !self->out_of_time)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (timeout_id);
}

static GPtrArray *
list_devices (Doctor *self)
{
  return self->bus != NULL ? usb_bus_list_devices (self->bus)
                           : g_ptr_array_new_with_free_func (g_object_unref);
}

static void
ask_about (Doctor *self, GPtrArray *devices, const char *port_path, Condition condition)
{
  g_autoptr (SetupSituation) situation = setup_situation_new ("", devices, port_path, NULL);

  if (port_path == NULL && situation->subject != NULL)
    port_path = usb_device_get_port_path (situation->subject);

  setup_assistant_set_subject (self->assistant, port_path, NULL);
  wait_until (self, condition);
  g_ptr_array_add (self->boards, cli_doctor_board_new (self->assistant, situation));
}

/* Every board that speaks DFU; without one, whatever is nearest to that. */
static void
ask_about_all (Doctor *self, Condition condition)
{
  g_autoptr (GPtrArray) devices = list_devices (self);
  DfuInterface interface;

  for (guint i = 0; i < devices->len; i++)
    if (dfu_interface_find (&interface, devices->pdata[i]))
      ask_about (self, devices, usb_device_get_port_path (devices->pdata[i]), condition);

  if (self->boards->len == 0)
    ask_about (self, devices, NULL, condition);
}

static void
ask (Doctor *self, const char *port_path, Condition condition)
{
  g_autoptr (GPtrArray) devices = NULL;

  g_ptr_array_set_size (self->boards, 0);
  if (port_path == NULL) {
    ask_about_all (self, condition);
    return;
  }

  devices = list_devices (self);
  ask_about (self, devices, port_path, condition);
}

static void
acted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Doctor *self = user_data;

  setup_assistant_act_finish (SETUP_ASSISTANT (object), result, &self->fix.error);
  self->acting = FALSE;
}

/* However long somebody thinks about a password. */
static void
install_rule (Doctor *self)
{
  self->acting = TRUE;
  setup_assistant_act_async (self->assistant, self->fix.action, NULL, acted_cb, self);
  while (self->acting)
    g_main_context_iteration (NULL, TRUE);
}

static void
repair (Doctor *self, gboolean all_devices)
{
  self->fix.action = cli_doctor_fix_find (self->boards, all_devices);
  if (self->fix.action == SETUP_ACTION_NONE)
    return;

  if (self->fix.action == SETUP_ACTION_INSTALL_DRIVER)
    cli_doctor_install_driver (&self->fix.error);
  else
    install_rule (self);
}

static gboolean
has_problem (Doctor *self)
{
  for (guint i = 0; i < self->boards->len; i++) {
    const CliDoctorBoard *board = self->boards->pdata[i];

    for (guint j = 0; j < board->verdicts->len; j++)
      if (((const SetupVerdict *) board->verdicts->pdata[j])->state == SETUP_STATE_BAD)
        return TRUE;
  }

  return FALSE;
}

static void
print_conclusion (Doctor *self)
{
  const char *hint = cli_doctor_fix_get_hint (self->boards);

  g_print ("\n");
  if (cli_doctor_is_ready (self->boards))
    g_print ("%s\n", _ ("Nothing is in the way of flashing."));
  else if (!has_problem (self))
    g_print ("%s\n", _ ("Something is left for you to do first."));
  else if (self->fix.action == SETUP_ACTION_NONE && hint != NULL)
    g_print ("%s\n", hint);
  else
    g_print ("%s\n", _ ("Something is in the way of flashing."));
}

static CliExit
examine (const char *port_path, const Options *options)
{
  g_auto (Doctor) self = { .bus = usb_bus_new (NULL) };

  self.assistant = setup_assistant_new (self.bus);
  self.boards = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_doctor_board_free);
  ask (&self, port_path, has_answers);

  if (options->fix) {
    repair (&self, options->all_devices);
    cli_doctor_fix_tell (&self.fix, self.boards);
    if (self.fix.action != SETUP_ACTION_NONE)
      ask (&self, port_path, self.fix.error == NULL ? is_repaired : has_answers);
  }

  if (options->json) {
    cli_doctor_print_json (self.boards, &self.fix);
  } else {
    cli_doctor_print_text (self.boards);
    print_conclusion (&self);
  }

  return cli_doctor_is_ready (self.boards) ? CLI_EXIT_SUCCESS : CLI_EXIT_NOT_READY;
}

static CliExit
run (int argc, char **argv)
{
  g_autofree char *port_path = NULL;
  Options options = { FALSE };
  const GOptionEntry entries[] = {
    { "path", 'p', 0, G_OPTION_ARG_STRING, &port_path, N_ ("The board at this USB port"), "1-10" },
    { "fix", 0, 0, G_OPTION_ARG_NONE, &options.fix, N_ ("Repair what a program can repair"), NULL },
    { "all-devices", 0, 0, G_OPTION_ARG_NONE, &options.all_devices,
      N_ ("With --fix: a rule for whatever has a DFU interface"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON"), NULL },
    { 0 },
  };

  if (!cli_parse_options (&cli_command_doctor, entries, &argc, &argv) ||
      !cli_takes_no_arguments (&cli_command_doctor, argc))
    return CLI_EXIT_USAGE;

  if (options.all_devices && !options.fix) {
    g_printerr ("%s\n", _ ("“--all-devices” says what “--fix” is to do, and needs it."));
    return CLI_EXIT_USAGE;
  }

  if (!cli_choice_check_path (port_path))
    return CLI_EXIT_USAGE;

  return examine (port_path, &options);
}

const CliCommand cli_command_doctor = {
  .name = "doctor",
  .arguments = "[--fix] [--path PATH]",
  .summary = N_ ("find out why a board cannot be flashed, and repair it"),
  .prints = TRUE,
  .run = run,
};
