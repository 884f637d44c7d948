/* bootlace-setup-status.c: all answers of the setup assistant in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-setup-status.h"

#include <glib/gi18n.h>

struct _BootlaceSetupStatus {
  GObject parent_instance;

  SetupAssistant *assistant;
  BootlaceSetupWork *work;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_HEADING,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceSetupStatus, bootlace_setup_status, G_TYPE_OBJECT)

static guint
count_bad (GListModel *checks)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++) {
    g_autoptr (SetupCheck) check = g_list_model_get_item (checks, i);

    n += setup_check_get_verdict (check)->state == SETUP_STATE_BAD;
  }

  return n;
}

static SetupState
get_state (BootlaceSetupStatus *self)
{
  SetupCheck *worst = setup_assistant_get_worst (self->assistant);

  if (bootlace_setup_work_is_acting (self->work))
    return SETUP_STATE_CHECKING;
  if (worst != NULL)
    return setup_check_get_verdict (worst)->state;

  return setup_assistant_is_ready (self->assistant) ? SETUP_STATE_GOOD : SETUP_STATE_CHECKING;
}

static char *
format_heading (BootlaceSetupStatus *self)
{
  guint n_bad = count_bad (G_LIST_MODEL (self->assistant));

  switch (get_state (self)) {
  case SETUP_STATE_BAD:
    return g_strdup_printf (ngettext ("%u thing is in the way", "%u things are in the way", n_bad),
                            n_bad);
  case SETUP_STATE_CHECKING:
    return g_strdup (bootlace_setup_work_is_acting (self->work) ? _ ("One moment…")
                                                                : _ ("Looking…"));
  case SETUP_STATE_WAITING:
    return g_strdup (_ ("It is your turn"));
  case SETUP_STATE_DOUBTFUL:
    return g_strdup (_ ("It may work"));
  case SETUP_STATE_GOOD:
  case SETUP_STATE_SKIPPED:
    break;
  }

  return g_strdup (_ ("Ready"));
}

static const char *
get_text (BootlaceSetupStatus *self)
{
  switch (get_state (self)) {
  case SETUP_STATE_BAD:
    return _ ("The question that is open below says what to do.");
  case SETUP_STATE_CHECKING:
    return bootlace_setup_work_is_acting (self->work)
             ? _ ("You may be asked for an administrator’s password.")
             : _ ("This takes a moment.");
  case SETUP_STATE_WAITING:
    return _ ("Do what the open question says. This window notices by itself when it worked.");
  case SETUP_STATE_DOUBTFUL:
    return _ ("Nothing stops you, but something is not as it should be.");
  case SETUP_STATE_GOOD:
  case SETUP_STATE_SKIPPED:
    break;
  }

  return _ ("Nothing stands between you and your board. Go back and flash it.");
}

static void
changed_cb (BootlaceSetupStatus *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_STATE; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * bootlace_setup_status_dup_announcement:
 * @self: a status
 *
 * Returns: (transfer full): what somebody should be told who cannot see the window
 */
char *
bootlace_setup_status_dup_announcement (BootlaceSetupStatus *self)
{
  g_autofree char *heading = NULL;
  const SetupVerdict *verdict;
  SetupCheck *worst;

  g_return_val_if_fail (BOOTLACE_IS_SETUP_STATUS (self), NULL);

  heading = format_heading (self);
  if (get_state (self) == SETUP_STATE_CHECKING)
    return g_strjoin (" ", heading, get_text (self), NULL);

  worst = setup_assistant_get_worst (self->assistant);
  if (worst == NULL)
    return g_strjoin (". ", heading, get_text (self), NULL);

  verdict = setup_check_get_verdict (worst);

  return g_strconcat (heading, ". ", verdict->summary, verdict->advice != NULL ? " " : NULL,
                      verdict->advice, NULL);
}

static void
bootlace_setup_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceSetupStatus *self = BOOTLACE_SETUP_STATUS (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, get_state (self));
    break;
  case PROP_HEADING:
    g_value_take_string (value, format_heading (self));
    break;
  case PROP_TEXT:
    g_value_set_string (value, get_text (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_setup_status_dispose (GObject *object)
{
  BootlaceSetupStatus *self = BOOTLACE_SETUP_STATUS (object);

  g_clear_object (&self->work);
  g_clear_object (&self->assistant);

  G_OBJECT_CLASS (bootlace_setup_status_parent_class)->dispose (object);
}

static void
bootlace_setup_status_class_init (BootlaceSetupStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_setup_status_get_property;
  object_class->dispose = bootlace_setup_status_dispose;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SETUP_TYPE_STATE, SETUP_STATE_CHECKING, shown);
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, shown);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bootlace_setup_status_init (BootlaceSetupStatus *self)
{
}

/* All that makes up an answer is notified at once, so one of it will do. */
static void
follow_checks (BootlaceSetupStatus *self)
{
  GListModel *checks = G_LIST_MODEL (self->assistant);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++) {
    g_autoptr (SetupCheck) check = g_list_model_get_item (checks, i);

    g_signal_connect_object (check, "notify::state", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  }
}

/**
 * bootlace_setup_status_new:
 * @assistant: the assistant
 * @work: what is done about its answers
 *
 * Returns: (transfer full): what they come to
 */
BootlaceSetupStatus *
bootlace_setup_status_new (SetupAssistant *assistant, BootlaceSetupWork *work)
{
  BootlaceSetupStatus *self = NULL;

  g_return_val_if_fail (SETUP_IS_ASSISTANT (assistant), NULL);
  g_return_val_if_fail (BOOTLACE_IS_SETUP_WORK (work), NULL);

  self = g_object_new (BOOTLACE_TYPE_SETUP_STATUS, NULL);
  self->assistant = g_object_ref (assistant);
  self->work = g_object_ref (work);
  follow_checks (self);
  g_signal_connect_object (assistant, "notify::worst", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (assistant, "notify::ready", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (work, "notify::acting", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
