/* setup-inquiry.c: asks the setup assistant's questions whenever an answer may have changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-inquiry.h"

#include "setup-question.h"
#include "setup-surroundings.h"

/* How often it looks by itself, in seconds, where setup_question_may_change_untold(): while
 * something is in the way, and otherwise. */
#define INTERVAL_WHEN_BAD 1
#define INTERVAL 5

struct _SetupInquiry {
  GObject parent_instance;

  SetupSurroundings *surroundings;
  char *port_path;
  GError *error;

  guint round_id;    /* the source that will begin a round of questions */
  guint retry_id;    /* the source that will ask by itself */
  gboolean asking;   /* whether a round is under way */
  gboolean outdated; /* whether something changed since it began */
};

enum {
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupInquiry, setup_inquiry, G_TYPE_OBJECT)

/* Worker thread. */
static void
answer_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, setup_question_answer_all (task_data),
                         (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
retry_cb (gpointer user_data)
{
  SetupInquiry *self = user_data;

  self->retry_id = 0;
  setup_inquiry_ask (self);

  return G_SOURCE_REMOVE;
}

/* Without a board that speaks DFU that is never: then the bus tells of all that counts. */
static guint
find_interval (GPtrArray *verdicts)
{
  guint interval = 0;

  for (guint i = 0; i < verdicts->len; i++) {
    const SetupState state = ((const SetupVerdict *) verdicts->pdata[i])->state;

    if (state == SETUP_STATE_BAD)
      return INTERVAL_WHEN_BAD;
    if (setup_question_may_change_untold (setup_question_get (i), state))
      interval = INTERVAL;
  }

  return interval;
}

static void
tell_answers (SetupInquiry *self, GPtrArray *verdicts)
{
  const guint interval = find_interval (verdicts);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (interval > 0)
    self->retry_id = g_timeout_add_seconds (interval, retry_cb, self);

  g_signal_emit (self, signals[ANSWERED], 0, verdicts);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak_ref = user_data;
  g_autoptr (SetupInquiry) self = g_weak_ref_get (weak_ref);
  g_autoptr (GPtrArray) verdicts = g_task_propagate_pointer (G_TASK (result), NULL);

  g_weak_ref_clear (weak_ref);
  if (self == NULL)
    return;

  self->asking = FALSE;

  /* These answers may be about another board than the one that is asked about now. */
  if (self->outdated)
    setup_inquiry_ask (self);
  else
    tell_answers (self, verdicts);
}

static gboolean
begin_round_cb (gpointer user_data)
{
  SetupInquiry *self = user_data;
  g_autoptr (GTask) task = NULL;
  GWeakRef *weak_ref = NULL;

  /* What this notifies of is in the situation already. */
  setup_surroundings_check_access (self->surroundings);

  self->round_id = 0;
  self->outdated = FALSE;
  self->asking = TRUE;

  weak_ref = g_new (GWeakRef, 1);
  g_weak_ref_init (weak_ref, self);
  task = g_task_new (NULL, NULL, answered_cb, weak_ref);
  g_task_set_source_tag (task, begin_round_cb);
  g_task_set_task_data (task, setup_inquiry_new_situation (self),
                        (GDestroyNotify) setup_situation_free);
  g_task_run_in_thread (task, answer_in_thread);

  return G_SOURCE_REMOVE;
}

/**
 * setup_inquiry_ask:
 * @self: an inquiry
 *
 * Asks all questions. Whatever is asked more than once before the main loop comes round is asked
 * once.
 */
void
setup_inquiry_ask (SetupInquiry *self)
{
  g_return_if_fail (SETUP_IS_INQUIRY (self));

  self->outdated = TRUE;

  if (!self->asking && self->round_id == 0)
    self->round_id = g_idle_add_full (G_PRIORITY_DEFAULT, begin_round_cb, self, NULL);
}

/**
 * setup_inquiry_rescan:
 * @self: an inquiry
 *
 * Has the bus look for devices of which nothing was told.
 */
void
setup_inquiry_rescan (SetupInquiry *self)
{
  g_return_if_fail (SETUP_IS_INQUIRY (self));

  setup_surroundings_rescan (self->surroundings);
}

/**
 * setup_inquiry_set_subject:
 * @self: an inquiry
 * @port_path: (nullable): the port of the board to ask about; without one, whatever is nearest to
 *   a board in its bootloader
 * @error: (nullable): how the last attempt on that board failed; copied
 *
 * Asks about another board.
 */
void
setup_inquiry_set_subject (SetupInquiry *self, const char *port_path, const GError *error)
{
  g_autofree char *new_path = g_strdup (port_path);
  g_autoptr (GError) new_error = error != NULL ? g_error_copy (error) : NULL;

  g_return_if_fail (SETUP_IS_INQUIRY (self));

  g_free (self->port_path);
  self->port_path = g_steal_pointer (&new_path);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&new_error);
  setup_inquiry_ask (self);
}

/**
 * setup_inquiry_get_subject:
 * @self: an inquiry
 *
 * Returns: (nullable): the port that setup_inquiry_set_subject() named
 */
const char *
setup_inquiry_get_subject (SetupInquiry *self)
{
  g_return_val_if_fail (SETUP_IS_INQUIRY (self), NULL);

  return self->port_path;
}

/**
 * setup_inquiry_new_situation:
 * @self: an inquiry
 *
 * Returns: (transfer full): what the questions would be asked about now
 */
SetupSituation *
setup_inquiry_new_situation (SetupInquiry *self)
{
  SetupSituation *situation = NULL;

  g_return_val_if_fail (SETUP_IS_INQUIRY (self), NULL);

  situation = setup_situation_new (setup_surroundings_get_root (self->surroundings),
                                   setup_surroundings_get_devices (self->surroundings),
                                   self->port_path, self->error);
  situation->blind = !setup_surroundings_has_bus (self->surroundings);

  return situation;
}

static void
setup_inquiry_dispose (GObject *object)
{
  SetupInquiry *self = SETUP_INQUIRY (object);

  g_clear_handle_id (&self->round_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);

  if (self->surroundings != NULL)
    g_signal_handlers_disconnect_by_data (self->surroundings, self);
  g_clear_object (&self->surroundings);

  G_OBJECT_CLASS (setup_inquiry_parent_class)->dispose (object);
}

static void
setup_inquiry_finalize (GObject *object)
{
  SetupInquiry *self = SETUP_INQUIRY (object);

  g_free (self->port_path);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (setup_inquiry_parent_class)->finalize (object);
}

static void
setup_inquiry_class_init (SetupInquiryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = setup_inquiry_dispose;
  object_class->finalize = setup_inquiry_finalize;

  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
setup_inquiry_init (SetupInquiry *self)
{
}

/**
 * setup_inquiry_new:
 * @bus: (nullable): the bus, or %NULL where there is none
 * @root: what the path of every file that is read begins with
 *
 * Begins to ask.
 *
 * Returns: (transfer full): an inquiry
 */
SetupInquiry *
setup_inquiry_new (UsbBus *bus, const char *root)
{
  SetupInquiry *self = NULL;

  g_return_val_if_fail (bus == NULL || USB_IS_BUS (bus), NULL);
  g_return_val_if_fail (root != NULL, NULL);

  self = g_object_new (SETUP_TYPE_INQUIRY, NULL);
  self->surroundings = setup_surroundings_new (bus, root);
  g_signal_connect_swapped (self->surroundings, "changed", G_CALLBACK (setup_inquiry_ask), self);
  setup_inquiry_ask (self);

  return self;
}
