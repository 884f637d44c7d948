/* setup-assistant.c: why a board cannot be used, kept true
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-assistant.h"

#include <glib/gi18n.h>

#include "setup-inquiry.h"
#include "setup-question.h"
#include "setup-rule-installer.h"

struct _SetupAssistant {
  GObject parent_instance;

  SetupInquiry *inquiry;
  GPtrArray *checks; /* of SetupCheck */

  gboolean asked;  /* whether somebody waits for answers */
  guint n_actions; /* being carried out */

  /* What was notified last. */
  gboolean ready;
  gboolean busy;
  SetupCheck *worst; /* not owned */
};

enum {
  PROP_READY = 1,
  PROP_BUSY,
  PROP_WORST,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SetupAssistant,
                               setup_assistant,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static SetupState
get_state (SetupAssistant *self, guint i)
{
  return setup_check_get_verdict (self->checks->pdata[i])->state;
}

static SetupCheck *
find_state (SetupAssistant *self, SetupState state)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (get_state (self, i) == state)
      return self->checks->pdata[i];

  return NULL;
}

static SetupCheck *
find_worst (SetupAssistant *self)
{
  static const SetupState order[] = { SETUP_STATE_BAD, SETUP_STATE_WAITING, SETUP_STATE_DOUBTFUL };
  SetupCheck *check = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (order) && check == NULL; i++)
    check = find_state (self, order[i]);

  return check;
}

static gboolean
find_ready (SetupAssistant *self)
{
  return find_state (self, SETUP_STATE_CHECKING) == NULL &&
         find_state (self, SETUP_STATE_WAITING) == NULL &&
         find_state (self, SETUP_STATE_BAD) == NULL;
}

static void
update (SetupAssistant *self)
{
  const gboolean ready = find_ready (self);
  const gboolean busy = self->asked || self->n_actions > 0;
  SetupCheck *worst = find_worst (self);
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->ready != ready)
    g_object_notify_by_pspec (object, properties[PROP_READY]);
  if (self->busy != busy)
    g_object_notify_by_pspec (object, properties[PROP_BUSY]);
  if (self->worst != worst)
    g_object_notify_by_pspec (object, properties[PROP_WORST]);
  self->ready = ready;
  self->busy = busy;
  self->worst = worst;
  g_object_thaw_notify (object);
}

static void
answered_cb (SetupAssistant *self, GPtrArray *verdicts)
{
  for (guint i = 0; i < self->checks->len; i++)
    setup_check_set_verdict (self->checks->pdata[i], verdicts->pdata[i]);

  self->asked = FALSE;
  update (self);
}

static void
wait_for_answers (SetupAssistant *self)
{
  self->asked = TRUE;
  update (self);
}

/**
 * setup_assistant_set_subject:
 * @self: an assistant
 * @port_path: (nullable): the port of the board to ask about; without one, whatever is nearest to
 *   a board in its bootloader
 * @error: (nullable): how the last attempt on that board failed; copied
 *
 * Asks about another board.
 */
void
setup_assistant_set_subject (SetupAssistant *self, const char *port_path, const GError *error)
{
  g_return_if_fail (SETUP_IS_ASSISTANT (self));

  setup_inquiry_set_subject (self->inquiry, port_path, error);
  wait_for_answers (self);
}

/**
 * setup_assistant_get_subject:
 * @self: an assistant
 *
 * Returns: (nullable): the port that setup_assistant_set_subject() named
 */
const char *
setup_assistant_get_subject (SetupAssistant *self)
{
  g_return_val_if_fail (SETUP_IS_ASSISTANT (self), NULL);

  return setup_inquiry_get_subject (self->inquiry);
}

/**
 * setup_assistant_is_ready:
 * @self: an assistant
 *
 * Returns: whether nothing is in the way of flashing: #SetupAssistant:ready
 */
gboolean
setup_assistant_is_ready (SetupAssistant *self)
{
  g_return_val_if_fail (SETUP_IS_ASSISTANT (self), FALSE);

  return self->ready;
}

/**
 * setup_assistant_is_busy:
 * @self: an assistant
 *
 * Returns: whether somebody waits for it: #SetupAssistant:busy
 */
gboolean
setup_assistant_is_busy (SetupAssistant *self)
{
  g_return_val_if_fail (SETUP_IS_ASSISTANT (self), FALSE);

  return self->busy;
}

/**
 * setup_assistant_get_worst:
 * @self: an assistant
 *
 * Returns: (transfer none) (nullable): the check to look at first: #SetupAssistant:worst
 */
SetupCheck *
setup_assistant_get_worst (SetupAssistant *self)
{
  g_return_val_if_fail (SETUP_IS_ASSISTANT (self), NULL);

  return self->worst;
}

/**
 * setup_assistant_find_check:
 * @self: an assistant
 * @id: such as "access"
 *
 * Returns: (transfer none) (nullable): the check, or %NULL where there is no such question
 */
SetupCheck *
setup_assistant_find_check (SetupAssistant *self, const char *id)
{
  g_return_val_if_fail (SETUP_IS_ASSISTANT (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->checks->len; i++)
    if (g_str_equal (setup_check_get_id (self->checks->pdata[i]), id))
      return self->checks->pdata[i];

  return NULL;
}

/**
 * setup_assistant_check_again:
 * @self: an assistant
 *
 * Looks at everything once more. The answers come later, as always.
 */
void
setup_assistant_check_again (SetupAssistant *self)
{
  g_return_if_fail (SETUP_IS_ASSISTANT (self));

  setup_inquiry_rescan (self->inquiry);
  setup_inquiry_ask (self->inquiry);
  wait_for_answers (self);
}

static void
installed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SetupAssistant *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->n_actions--;
  setup_assistant_check_again (self);

  if (setup_rule_installer_run_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * setup_assistant_act_async:
 * @self: an assistant
 * @action: %SETUP_ACTION_CHECK_AGAIN, %SETUP_ACTION_INSTALL_RULE,
 *   %SETUP_ACTION_INSTALL_RULE_FOR_ALL or %SETUP_ACTION_REMOVE_RULE; all others are for whoever
 *   shows something
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main context when it is over
 * @user_data: data for @callback
 *
 * Does what a button promises, and looks at everything once more.
 */
void
setup_assistant_act_async (SetupAssistant *self,
                           SetupAction action,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SetupSituation) situation = NULL;

  g_return_if_fail (SETUP_IS_ASSISTANT (self));
  g_return_if_fail (action == SETUP_ACTION_CHECK_AGAIN || action == SETUP_ACTION_INSTALL_RULE ||
                    action == SETUP_ACTION_INSTALL_RULE_FOR_ALL ||
                    action == SETUP_ACTION_REMOVE_RULE);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, setup_assistant_act_async);

  if (action == SETUP_ACTION_CHECK_AGAIN) {
    setup_assistant_check_again (self);
    g_task_return_boolean (task, TRUE);
    return;
  }

  self->n_actions++;
  update (self);
  situation = setup_inquiry_new_situation (self->inquiry);
  setup_rule_installer_run_async (action, situation->subject, cancellable, installed_cb,
                                  g_steal_pointer (&task));
}

/**
 * setup_assistant_act_finish:
 * @self: an assistant
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it was done
 */
gboolean
setup_assistant_act_finish (SetupAssistant *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static GType
setup_assistant_get_item_type (GListModel *model)
{
  return SETUP_TYPE_CHECK;
}

static guint
setup_assistant_get_n_items (GListModel *model)
{
  return SETUP_ASSISTANT (model)->checks->len;
}

static gpointer
setup_assistant_get_item (GListModel *model, guint position)
{
  SetupAssistant *self = SETUP_ASSISTANT (model);

  return position < self->checks->len ? g_object_ref (self->checks->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = setup_assistant_get_item_type;
  iface->get_n_items = setup_assistant_get_n_items;
  iface->get_item = setup_assistant_get_item;
}

static void
setup_assistant_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  SetupAssistant *self = SETUP_ASSISTANT (object);

  switch (property) {
  case PROP_READY:
    g_value_set_boolean (value, self->ready);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_WORST:
    g_value_set_object (value, self->worst);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
setup_assistant_dispose (GObject *object)
{
  SetupAssistant *self = SETUP_ASSISTANT (object);

  if (self->inquiry != NULL)
    g_signal_handlers_disconnect_by_data (self->inquiry, self);
  g_clear_object (&self->inquiry);

  G_OBJECT_CLASS (setup_assistant_parent_class)->dispose (object);
}

static void
setup_assistant_finalize (GObject *object)
{
  SetupAssistant *self = SETUP_ASSISTANT (object);

  g_ptr_array_unref (self->checks);

  G_OBJECT_CLASS (setup_assistant_parent_class)->finalize (object);
}

static void
setup_assistant_class_init (SetupAssistantClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = setup_assistant_get_property;
  object_class->dispose = setup_assistant_dispose;
  object_class->finalize = setup_assistant_finalize;

  /**
   * SetupAssistant:ready:
   *
   * Whether nothing is in the way of flashing.
   */
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, flags);

  /**
   * SetupAssistant:busy:
   *
   * Whether somebody waits for its answers, or for the end of an action.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);

  /**
   * SetupAssistant:worst:
   *
   * The check to look at first: the first that is bad, else the first that waits, else the first
   * that is doubtful.
   */
  properties[PROP_WORST] = g_param_spec_object ("worst", NULL, NULL, SETUP_TYPE_CHECK, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
setup_assistant_init (SetupAssistant *self)
{
  const SetupQuestion *question = NULL;

  self->checks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; (question = setup_question_get (i)) != NULL; i++)
    g_ptr_array_add (self->checks, setup_check_new (question->id, _ (question->title)));
}

/**
 * setup_assistant_new:
 * @bus: (nullable): the bus, or %NULL where there is none
 *
 * Begins to ask. All checks are %SETUP_STATE_CHECKING, and the assistant is busy, until the main
 * loop has run for some milliseconds.
 *
 * Returns: (transfer full): an assistant
 */
SetupAssistant *
setup_assistant_new (UsbBus *bus)
{
  return setup_assistant_new_for_root (bus, "");
}

/**
 * setup_assistant_new_for_root:
 * @bus: (nullable): the bus
 * @root: what the path of every file that is read begins with
 *
 * Begins to ask about another file system.
 *
 * Returns: (transfer full): an assistant
 */
SetupAssistant *
setup_assistant_new_for_root (UsbBus *bus, const char *root)
{
  SetupAssistant *self = NULL;

  g_return_val_if_fail (bus == NULL || USB_IS_BUS (bus), NULL);
  g_return_val_if_fail (root != NULL, NULL);

  self = g_object_new (SETUP_TYPE_ASSISTANT, NULL);
  self->inquiry = setup_inquiry_new (bus, root);
  g_signal_connect_swapped (self->inquiry, "answered", G_CALLBACK (answered_cb), self);
  wait_for_answers (self);

  return self;
}
