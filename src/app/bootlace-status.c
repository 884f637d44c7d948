/* bootlace-status.c: what can be done next, and how it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-status.h"

#include <glib/gi18n.h>

#include "bootlace-batch.h"
#include "wording-format.h"

struct _BootlaceStatus {
  GObject parent_instance;

  BootlaceBoardList *boards;
  BootlaceJobList *jobs;

  char *title;
  char *detail;
  char *flash_label;
  const char *cancel_label;
  gboolean can_flash;
  gboolean busy;
  gboolean stopping;
};

enum {
  PROP_0,
  PROP_BOARDS,
  PROP_TITLE,
  PROP_DETAIL,
  PROP_FLASH_LABEL,
  PROP_CANCEL_LABEL,
  PROP_CAN_FLASH,
  PROP_BUSY,
  PROP_STOPPING,
  PROP_FRACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceStatus, bootlace_status, G_TYPE_OBJECT)

static char *
describe_selected (BootlaceStatus *self, guint n_selected)
{
  BootlaceBoard *board = bootlace_board_list_find_selected (self->boards);

  if (n_selected == 1)
    /* Translators: a board and where it is, like "ESP32-S2 on USB port 1-10" */
    return g_strdup_printf (_ ("%s on %s"), bootlace_board_get_name (board),
                            bootlace_board_get_port (board));

  return g_strdup_printf (ngettext ("%u board selected", "%u boards selected", n_selected),
                          n_selected);
}

static BootlaceVerdict
get_verdict (BootlaceStatus *self)
{
  return bootlace_clearance_get_verdict (bootlace_board_list_get_clearance (self->boards));
}

static char *
describe_idle (BootlaceStatus *self, const BootlaceBoardCounts *counts)
{
  gboolean has_image = get_verdict (self) != BOOTLACE_VERDICT_NOTHING;

  if (!has_image && counts->n_present == 0)
    return g_strdup (_ ("Choose firmware and connect a board"));
  if (!has_image)
    return g_strdup (_ ("Choose firmware to flash"));
  if (get_verdict (self) == BOOTLACE_VERDICT_REFUSED)
    return g_strdup (_ ("This firmware has errors and is not flashed"));
  if (counts->n_present == 0)
    return g_strdup (_ ("Connect a board"));
  if (counts->n_accessible == 0)
    return g_strdup (_ ("No access to any connected board yet"));
  if (counts->n_suitable == 0 && counts->n_undecided > 0)
    return g_strdup (_ ("Choose a memory of the board"));
  if (counts->n_suitable == 0)
    return g_strdup (_ ("No connected board can take this firmware"));
  if (counts->n_selected == 0)
    return g_strdup (_ ("Select a board to flash"));

  return describe_selected (self, counts->n_selected);
}

static char *
describe_busy (BootlaceStatus *self)
{
  guint n_total = bootlace_job_list_get_n_total (self->jobs);
  guint n_over = bootlace_job_list_get_n_over (self->jobs);
  g_autofree char *percent = bootlace_batch_is_measured (bootlace_job_list_get_batch (self->jobs))
                               ? wording_format_percent (bootlace_batch_get_fraction (
                                   bootlace_job_list_get_batch (self->jobs)))
                               : NULL;
  g_autofree char *boards = NULL;

  if (n_over == 0)
    boards = bootlace_deed_describe_boards (bootlace_batch_get_deed (
                                              bootlace_job_list_get_batch (self->jobs)),
                                            n_total);
  else
    /* Translators: how many boards of how many are finished */
    boards = g_strdup_printf (ngettext ("%u of %u board done", "%u of %u boards done", n_total),
                              n_over, n_total);

  return wording_format_join ((const char *[]){ boards, percent }, 2);
}

/* Below what became of some boards, it must be plain that these are others. */
static char *
describe_next_boards (BootlaceStatus *self, guint n_selected)
{
  BootlaceBoard *board = bootlace_board_list_find_selected (self->boards);

  if (n_selected == 1)
    /* Translators: the board to be flashed next, like "Next: ESP32-S2 on USB port 1-10" */
    return g_strdup_printf (_ ("Next: %s on %s"), bootlace_board_get_name (board),
                            bootlace_board_get_port (board));

  return g_strdup_printf (ngettext ("Next: %u board", "Next: %u boards", n_selected), n_selected);
}

/* Why the button is insensitive, where the firmware is the reason. */
static char *
describe_verdict (BootlaceStatus *self, const BootlaceBoardCounts *counts)
{
  switch (get_verdict (self)) {
  case BOOTLACE_VERDICT_REFUSED:
    return g_strdup (_ ("What is wrong is told above; choose other firmware"));
  case BOOTLACE_VERDICT_NEEDS_CONSENT:
    if (counts->n_selected == 0)
      return NULL;
    /* Translators: “Flash anyway” is the box to tick below the warnings */
    return g_strdup (_ ("To flash it all the same, tick “Flash anyway” above"));
  case BOOTLACE_VERDICT_NOTHING:
  case BOOTLACE_VERDICT_CLEAR:
    break;
  }

  return NULL;
}

/* A board that is done is not selected any more, so that nobody flashes it twice by accident; nor
 * is one that the firmware may not be for. */
static char *
describe_once_more (const BootlaceBoardCounts *counts)
{
  const guint n_waiting = counts->outcomes.n_waiting;

  if (n_waiting > 0)
    return g_strdup (
      ngettext ("Press RESET on the board to start it, or tick it to flash it again",
                "Press RESET on each board to start it, or tick it to flash it again", n_waiting));
  if (counts->n_fresh > 0)
    return g_strdup (_ ("Tick a board to flash it"));

  return g_strdup (ngettext ("To flash the board again, tick it", "To flash a board again, tick it",
                             counts->n_suitable));
}

static char *
describe_next_step (BootlaceStatus *self, const BootlaceBoardCounts *counts)
{
  g_autofree char *verdict = describe_verdict (self, counts);

  if (verdict != NULL)
    return g_steal_pointer (&verdict);
  if (counts->n_selected > 0 && counts->outcomes.n_failed == 0)
    return describe_next_boards (self, counts->n_selected);
  if (counts->n_suitable > 0 && counts->outcomes.n_failed == 0)
    return describe_once_more (counts);

  return bootlace_outcomes_describe_next_step (&counts->outcomes);
}

/* While boards are being flashed and no other is selected, the button keeps the words it had. */
static char *
describe_flash (BootlaceStatus *self, const BootlaceBoardCounts *counts)
{
  const gboolean is_flashing =
    self->busy &&
    bootlace_batch_get_deed (bootlace_job_list_get_batch (self->jobs)) == BOOTLACE_DEED_FLASH;
  const guint n_boards = is_flashing && counts->n_selected == 0
                           ? bootlace_job_list_get_n_total (self->jobs)
                           : counts->n_selected;

  if (n_boards < 2)
    return g_strdup (_ ("Flash"));

  /* Translators: the label of a button */
  return g_strdup_printf (ngettext ("Flash %u board", "Flash %u boards", n_boards), n_boards);
}

static void
take_text (BootlaceStatus *self, char **text, char *value, guint property)
{
  g_autofree char *old = *text;

  *text = value;
  if (g_strcmp0 (old, value) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_flag (BootlaceStatus *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
derive_texts (BootlaceStatus *self, const BootlaceBoardCounts *counts)
{
  char *title;
  char *detail = NULL;

  if (self->busy) {
    title = describe_busy (self);
    detail = wording_format_time_left (
      bootlace_batch_get_time_left (bootlace_job_list_get_batch (self->jobs)));
  } else if (bootlace_outcomes_count (&counts->outcomes) > 0) {
    title = bootlace_outcomes_describe (&counts->outcomes);
    detail = describe_next_step (self, counts);
  } else {
    title = describe_idle (self, counts);
    detail = describe_verdict (self, counts);
  }

  take_text (self, &self->detail, detail, PROP_DETAIL);
  take_text (self, &self->title, title, PROP_TITLE);
}

static const char *
describe_cancel (BootlaceStatus *self)
{
  if (self->stopping)
    /* Translators: the label of a button that was pressed, until what it does is done */
    return _ ("Cancelling…");

  return bootlace_job_list_get_n_running (self->jobs) > 1 ? _ ("Cancel All") : _ ("Cancel");
}

static void
set_cancel_label (BootlaceStatus *self)
{
  const char *label = describe_cancel (self);

  if (self->cancel_label == label)
    return;

  self->cancel_label = label;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANCEL_LABEL]);
}

/* Derives what is shown from the boards and the jobs. */
static void
derive (BootlaceStatus *self)
{
  BootlaceBoardCounts counts;

  bootlace_board_list_count (self->boards, &counts);

  set_flag (self, &self->busy, bootlace_job_list_get_n_running (self->jobs) > 0, PROP_BUSY);
  set_flag (self, &self->stopping, bootlace_job_list_is_stopping (self->jobs), PROP_STOPPING);
  take_text (self, &self->flash_label, describe_flash (self, &counts), PROP_FLASH_LABEL);
  set_cancel_label (self);
  set_flag (self, &self->can_flash, bootlace_board_list_can_flash (self->boards), PROP_CAN_FLASH);
  derive_texts (self, &counts);
}

static void
progress_cb (BootlaceStatus *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  derive (self);
}

/**
 * bootlace_status_can_flash:
 * @self: a status
 *
 * Returns: whether there is firmware that may be flashed and a selected board for it
 */
gboolean
bootlace_status_can_flash (BootlaceStatus *self)
{
  g_return_val_if_fail (BOOTLACE_IS_STATUS (self), FALSE);

  return self->can_flash;
}

/**
 * bootlace_status_is_busy:
 * @self: a status
 *
 * Returns: whether a board is being worked on
 */
gboolean
bootlace_status_is_busy (BootlaceStatus *self)
{
  g_return_val_if_fail (BOOTLACE_IS_STATUS (self), FALSE);

  return self->busy;
}

/**
 * bootlace_status_is_stopping:
 * @self: a status
 *
 * Returns: whether all that was being worked on is cancelled, and not over yet
 */
gboolean
bootlace_status_is_stopping (BootlaceStatus *self)
{
  g_return_val_if_fail (BOOTLACE_IS_STATUS (self), FALSE);

  return self->stopping;
}

static void
bootlace_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceStatus *self = BOOTLACE_STATUS (object);

  switch (id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_DETAIL:
    g_value_set_string (value, self->detail);
    break;
  case PROP_FLASH_LABEL:
    g_value_set_string (value, self->flash_label);
    break;
  case PROP_CANCEL_LABEL:
    g_value_set_static_string (value, self->cancel_label);
    break;
  case PROP_CAN_FLASH:
    g_value_set_boolean (value, self->can_flash);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_STOPPING:
    g_value_set_boolean (value, self->stopping);
    break;
  case PROP_FRACTION:
    g_value_set_double (value,
                        bootlace_batch_get_fraction (bootlace_job_list_get_batch (self->jobs)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_status_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceStatus *self = BOOTLACE_STATUS (object);

  switch (id) {
  case PROP_BOARDS:
    self->boards = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_status_constructed (GObject *object)
{
  BootlaceStatus *self = BOOTLACE_STATUS (object);

  G_OBJECT_CLASS (bootlace_status_parent_class)->constructed (object);

  self->jobs = g_object_ref (bootlace_board_list_get_jobs (self->boards));

  g_signal_connect_object (self->boards, "changed", G_CALLBACK (derive), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "notify::n-running", G_CALLBACK (derive), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "notify::stopping", G_CALLBACK (derive), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "notify::fraction", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);

  derive (self);
}

static void
bootlace_status_dispose (GObject *object)
{
  BootlaceStatus *self = BOOTLACE_STATUS (object);

  g_clear_object (&self->boards);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (bootlace_status_parent_class)->dispose (object);
}

static void
bootlace_status_finalize (GObject *object)
{
  BootlaceStatus *self = BOOTLACE_STATUS (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->flash_label);

  G_OBJECT_CLASS (bootlace_status_parent_class)->finalize (object);
}

static void
bootlace_status_class_init (BootlaceStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_status_get_property;
  object_class->set_property = bootlace_status_set_property;
  object_class->constructed = bootlace_status_constructed;
  object_class->dispose = bootlace_status_dispose;
  object_class->finalize = bootlace_status_finalize;

  properties[PROP_BOARDS] =
    g_param_spec_object ("boards", NULL, NULL, BOOTLACE_TYPE_BOARD_LIST, given);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, shown);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, shown);
  properties[PROP_FLASH_LABEL] = g_param_spec_string ("flash-label", NULL, NULL, NULL, shown);
  properties[PROP_CANCEL_LABEL] = g_param_spec_string ("cancel-label", NULL, NULL, NULL, shown);
  properties[PROP_CAN_FLASH] = g_param_spec_boolean ("can-flash", NULL, NULL, FALSE, shown);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, shown);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, shown);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_status_init (BootlaceStatus *self)
{
}

/**
 * bootlace_status_new:
 * @boards: the boards of a window
 *
 * Returns: (transfer full): how it stands with them
 */
BootlaceStatus *
bootlace_status_new (BootlaceBoardList *boards)
{
  return g_object_new (BOOTLACE_TYPE_STATUS, "boards", boards, NULL);
}
