/* setup-check.c: one question of the setup assistant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-check.h"

struct _SetupCheck {
  GObject parent_instance;

  char *id;
  char *title;
  SetupVerdict *verdict;
};

enum {
  PROP_ID = 1,
  PROP_TITLE,
  PROP_STATE,
  PROP_SUMMARY,
  PROP_ADVICE,
  PROP_ACTION,
  PROP_COMMAND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SetupCheck, setup_check, G_TYPE_OBJECT)

/**
 * setup_check_get_id:
 * @self: a check
 *
 * Returns: (transfer none): the word that names it in logs, tests and JSON
 */
const char *
setup_check_get_id (SetupCheck *self)
{
  g_return_val_if_fail (SETUP_IS_CHECK (self), NULL);

  return self->id;
}

/**
 * setup_check_get_title:
 * @self: a check
 *
 * Returns: (transfer none): the question, translated
 */
const char *
setup_check_get_title (SetupCheck *self)
{
  g_return_val_if_fail (SETUP_IS_CHECK (self), NULL);

  return self->title;
}

/**
 * setup_check_get_verdict:
 * @self: a check
 *
 * Returns: (transfer none): the answer, until the next one is set
 */
const SetupVerdict *
setup_check_get_verdict (SetupCheck *self)
{
  g_return_val_if_fail (SETUP_IS_CHECK (self), NULL);

  return self->verdict;
}

/**
 * setup_check_set_verdict:
 * @self: a check
 * @verdict: the answer
 *
 * Answers the question anew. Nothing is notified when the answer is the same.
 */
void
setup_check_set_verdict (SetupCheck *self, const SetupVerdict *verdict)
{
  g_autoptr (SetupVerdict) old = NULL;

  g_return_if_fail (SETUP_IS_CHECK (self));
  g_return_if_fail (verdict != NULL);

  if (setup_verdict_equal (self->verdict, verdict))
    return;

  old = self->verdict;
  self->verdict = setup_verdict_copy (verdict);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_STATE; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
setup_check_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  SetupCheck *self = SETUP_CHECK (object);

  switch (property) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->verdict->state);
    break;
  case PROP_SUMMARY:
    g_value_set_string (value, self->verdict->summary);
    break;
  case PROP_ADVICE:
    g_value_set_string (value, self->verdict->advice);
    break;
  case PROP_ACTION:
    g_value_set_enum (value, self->verdict->action);
    break;
  case PROP_COMMAND:
    g_value_set_string (value, self->verdict->command);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
setup_check_finalize (GObject *object)
{
  SetupCheck *self = SETUP_CHECK (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->verdict, setup_verdict_free);

  G_OBJECT_CLASS (setup_check_parent_class)->finalize (object);
}

static GParamSpec *
spec_string (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
setup_check_class_init (SetupCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = setup_check_get_property;
  object_class->finalize = setup_check_finalize;

  /**
   * SetupCheck:id:
   *
   * The word that names it in logs, tests and JSON.
   */
  properties[PROP_ID] = spec_string ("id");

  /**
   * SetupCheck:title:
   *
   * The question.
   */
  properties[PROP_TITLE] = spec_string ("title");

  /**
   * SetupCheck:state:
   *
   * How the question is answered.
   */
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SETUP_TYPE_STATE, SETUP_STATE_CHECKING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SetupCheck:summary:
   *
   * The answer.
   */
  properties[PROP_SUMMARY] = spec_string ("summary");

  /**
   * SetupCheck:advice:
   *
   * What to do, or %NULL.
   */
  properties[PROP_ADVICE] = spec_string ("advice");

  /**
   * SetupCheck:action:
   *
   * What a button can do about it.
   */
  properties[PROP_ACTION] =
    g_param_spec_enum ("action", NULL, NULL, SETUP_TYPE_ACTION, SETUP_ACTION_NONE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SetupCheck:command:
   *
   * What to type into a terminal, or %NULL.
   */
  properties[PROP_COMMAND] = spec_string ("command");

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
setup_check_init (SetupCheck *self)
{
  self->verdict = setup_verdict_new (SETUP_STATE_CHECKING, "", NULL, SETUP_ACTION_NONE, NULL);
}

/**
 * setup_check_new:
 * @id: the word that names it
 * @title: the question, translated
 *
 * Creates a question whose answer is being found.
 *
 * Returns: (transfer full): a check
 */
SetupCheck *
setup_check_new (const char *id, const char *title)
{
  SetupCheck *self = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (SETUP_TYPE_CHECK, NULL);
  self->id = g_strdup (id);
  self->title = g_strdup (title);

  return self;
}
