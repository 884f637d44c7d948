/* bootlace-setup-work.c: what the buttons of the setup window do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-setup-work.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-file-picker.h"
#include "setup-rule-copy.h"
#include "setup-rule-text.h"
#include "wording-message.h"

struct _BootlaceSetupWork {
  GObject parent_instance;

  SetupAssistant *assistant;
  GtkWindow *window; /* borrowed: it outlives its question; NULL when it is going */

  GCancellable *picking; /* nullable: of the question that is open */
  char *message;         /* nullable */
  gboolean acting;
};

enum {
  PROP_0,
  PROP_ACTING,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceSetupWork, bootlace_setup_work, G_TYPE_OBJECT)

/* Takes the message. */
static void
set_message (BootlaceSetupWork *self, char *message)
{
  g_free (self->message);
  self->message = message;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  if (message != NULL && self->window != NULL)
    bootlace_announce (GTK_WIDGET (self->window), message);
}

static void
set_acting (BootlaceSetupWork *self, gboolean acting)
{
  if (self->acting == acting)
    return;

  self->acting = acting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTING]);
}

static void
act_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceSetupWork) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;

  set_acting (self, FALSE);

  /* What worked shows in the answers. */
  if (setup_assistant_act_finish (SETUP_ASSISTANT (object), result, &error))
    return;

  g_info ("%s", error->message);
  message = wording_message_new_for_rule (error);
  set_message (self, wording_message_dup_text (message));
}

static void
save_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceSetupWork) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WordingMessage) message = NULL;
  gboolean outdated = FALSE;

  if (!setup_rule_copy_save_finish (result, &outdated, &error)) {
    message = wording_message_new_for_saving (error);
    set_message (self, wording_message_dup_text (message));
    return;
  }

  if (outdated)
    set_message (self,
                 g_strdup (_ ("The rule is saved. On this computer a newer Bootlace’s rule is "
                              "installed: leave that one in its place.")));
  else
    set_message (self, g_strdup_printf (_ ("The rule is saved. An administrator puts it into the "
                                           "folder %s."),
                                        SETUP_RULE_FOLDER));
}

static void
pick_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceSetupWork) self = user_data;
  g_autoptr (GPtrArray) files = bootlace_file_picker_finish (result, NULL);

  g_clear_object (&self->picking);
  if (files != NULL)
    bootlace_setup_work_save_rule_as (self, files->pdata[0]);
}

/**
 * bootlace_setup_work_is_acting:
 * @self: a work
 *
 * Returns: whether something is being done that takes its time
 */
gboolean
bootlace_setup_work_is_acting (BootlaceSetupWork *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SETUP_WORK (self), FALSE);

  return self->acting;
}

/**
 * bootlace_setup_work_hide_message:
 * @self: a work
 *
 * Takes the message away.
 */
void
bootlace_setup_work_hide_message (BootlaceSetupWork *self)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));

  set_message (self, NULL);
}

/**
 * bootlace_setup_work_act:
 * @self: a work
 * @action: something that the assistant does
 *
 * Lets the assistant do it.
 */
void
bootlace_setup_work_act (BootlaceSetupWork *self, SetupAction action)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));

  if (self->acting)
    return;

  set_message (self, NULL);
  set_acting (self, action != SETUP_ACTION_CHECK_AGAIN);
  setup_assistant_act_async (self->assistant, action, NULL, act_cb, g_object_ref (self));
}

/**
 * bootlace_setup_work_copy:
 * @self: a work
 * @command: something to type into a terminal
 *
 * Puts @command on the clipboard.
 */
void
bootlace_setup_work_copy (BootlaceSetupWork *self, const char *command)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));
  g_return_if_fail (command != NULL);

  if (self->window == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), command);
  set_message (self, g_strdup (_ ("Copied. Paste it into a terminal and press Enter.")));
}

/**
 * bootlace_setup_work_save_rule:
 * @self: a work
 *
 * Asks where, and saves the rule's file there.
 */
void
bootlace_setup_work_save_rule (BootlaceSetupWork *self)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));

  if (self->picking != NULL || self->window == NULL)
    return;

  self->picking = g_cancellable_new ();
  bootlace_file_picker_save_async (self->window, _ ("Save Rule"), NULL, SETUP_RULE_NAME,
                                   self->picking, pick_cb, g_object_ref (self));
}

/**
 * bootlace_setup_work_save_rule_as:
 * @self: a work
 * @file: where to save it
 *
 * Saves the rule's file, and says how it went.
 */
void
bootlace_setup_work_save_rule_as (BootlaceSetupWork *self, GFile *file)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));

  setup_rule_copy_save_async (file, "", NULL, save_cb, g_object_ref (self));
}

/**
 * bootlace_setup_work_close:
 * @self: a work
 *
 * Its window goes: so does its question.
 */
void
bootlace_setup_work_close (BootlaceSetupWork *self)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_WORK (self));

  self->window = NULL;
  g_cancellable_cancel (self->picking);
}

static void
bootlace_setup_work_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceSetupWork *self = BOOTLACE_SETUP_WORK (object);

  switch (id) {
  case PROP_ACTING:
    g_value_set_boolean (value, self->acting);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_setup_work_dispose (GObject *object)
{
  BootlaceSetupWork *self = BOOTLACE_SETUP_WORK (object);

  g_clear_object (&self->picking);
  g_clear_object (&self->assistant);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (bootlace_setup_work_parent_class)->dispose (object);
}

static void
bootlace_setup_work_class_init (BootlaceSetupWorkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_setup_work_get_property;
  object_class->dispose = bootlace_setup_work_dispose;

  properties[PROP_ACTING] = g_param_spec_boolean ("acting", NULL, NULL, FALSE, shown);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_setup_work_init (BootlaceSetupWork *self)
{
}

/* What was to be done is done, one way or another. */
static void
ready_cb (BootlaceSetupWork *self)
{
  if (self->message != NULL && setup_assistant_is_ready (self->assistant))
    set_message (self, NULL);
}

/**
 * bootlace_setup_work_new:
 * @assistant: who repairs things
 * @window: the window that has the buttons; it calls bootlace_setup_work_close() when it goes
 *
 * Returns: (transfer full): somebody to do what the buttons say
 */
BootlaceSetupWork *
bootlace_setup_work_new (SetupAssistant *assistant, GtkWindow *window)
{
  BootlaceSetupWork *self = NULL;

  g_return_val_if_fail (SETUP_IS_ASSISTANT (assistant), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (BOOTLACE_TYPE_SETUP_WORK, NULL);
  self->assistant = g_object_ref (assistant);
  self->window = window;
  g_signal_connect_object (assistant, "notify::ready", G_CALLBACK (ready_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
