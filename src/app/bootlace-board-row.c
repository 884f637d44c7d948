/* bootlace-board-row.c: one board in the list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-row.h"

#include <glib/gi18n.h>

#include "bootlace-board-menu.h"
#include "bootlace-board-text.h"
#include "bootlace-drop-down.h"
#include "bootlace-label.h"
#include "bootlace-report-view.h"
#include "bootlace-wrap-box.h"
#include "wording-format.h"

struct _BootlaceBoardRow {
  GtkListBoxRow parent_instance;

  BootlaceBoard *board;
  GSignalGroup *operation_signals;

  GtkCheckButton *check;
  GtkDropDown *memory;
  GtkListItemFactory *memory_factory;
  GtkProgressBar *progress;
  GtkLabel *hint_label;
  BootlaceBoardMenu *menu;
  GtkWidget *past_report_button; /* instead of the other where there is nothing else to say */
  GtkWidget *report_button;
  BootlaceReportView *report;
};

enum {
  PROP_0,
  PROP_BOARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  DISMISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceBoardRow, bootlace_board_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
negate_cb (BootlaceBoardRow *self, gboolean value)
{
  return !value;
}

static gboolean
has_job_cb (BootlaceBoardRow *self, BootlaceJob *job)
{
  return job != NULL;
}

/* Of a board that is ready again there is nothing to say but what happened before. */
static gboolean
has_only_report_cb (BootlaceBoardRow *self,
                    const char *hint,
                    BootlaceJob *job,
                    gboolean absent,
                    gboolean active)
{
  return job != NULL && hint == NULL && !absent && !active;
}

static gboolean
has_more_cb (BootlaceBoardRow *self,
             const char *hint,
             BootlaceJob *job,
             gboolean absent,
             gboolean active)
{
  return hint != NULL || (job != NULL && !has_only_report_cb (self, hint, job, absent, active));
}

/* The memories stay known while there is nothing to be done with them. Firmware that has no place
 * in any of them does not keep them from being read or erased. */
static gboolean
has_memory_cb (BootlaceBoardRow *self,
               gboolean offered,
               gboolean absent,
               gboolean active,
               BootlaceBoardState state)
{
  const gboolean is_of_use =
    state != BOOTLACE_BOARD_UNSUITABLE || bootlace_board_offers_memories (self->board);

  return offered && (active || !absent) && is_of_use && state != BOOTLACE_BOARD_NO_ACCESS;
}

/* The setup assistant looks into what keeps a board from being opened. */
static gboolean
is_fixable_cb (BootlaceBoardRow *self, BootlaceBoardState state)
{
  return state == BOOTLACE_BOARD_NO_ACCESS;
}

static gboolean
has_file_cb (BootlaceBoardRow *self, BootlaceBoardState state)
{
  return state == BOOTLACE_BOARD_READ;
}

static gboolean
is_dismissible_cb (BootlaceBoardRow *self, gboolean absent, gboolean active, BootlaceJob *job)
{
  return absent && !active && job != NULL;
}

/* What is told of a board that left stays, and it need not have been unplugged. */
static char *
format_port_cb (BootlaceBoardRow *self, const char *port, gboolean absent, gboolean active)
{
  const char *left = absent && !active ? _ ("no longer there") : NULL;

  return wording_format_join ((const char *[]){ port, left }, 2);
}

static char *
format_state_cb (BootlaceBoardRow *self, BootlaceBoardState state)
{
  return g_strdup (bootlace_board_state_get_label (state));
}

static char *
choose_icon_cb (BootlaceBoardRow *self, BootlaceBoardState state)
{
  return g_strdup (bootlace_board_state_get_icon (state));
}

static char **
choose_classes_cb (BootlaceBoardRow *self, BootlaceBoardState state)
{
  const char *classes[] = { "chip", bootlace_board_state_get_style (state), NULL };

  return g_strdupv ((char **) classes);
}

static char *
format_cancel_cb (BootlaceBoardRow *self, gboolean stopping)
{
  return g_strdup (stopping ? _ ("Cancelling…") : _ ("Cancel"));
}

/* The values only say when; how far a job is belongs together. */
static char *
format_phase_cb (BootlaceBoardRow *self,
                 BootlaceBoardState state,
                 guint64 bytes_done,
                 FirmwareSegment *segment,
                 gboolean stopping)
{
  BootlaceJob *job = bootlace_board_get_job (self->board);
  DfuProgress progress;

  if (stopping)
    return g_strdup (_ ("Stopping as soon as the board answers"));
  if (job == NULL)
    return NULL;

  progress = bootlace_job_get_progress (job);
  return bootlace_board_text_describe_phase (state, &progress);
}

static char *
format_speed_cb (BootlaceBoardRow *self,
                 BootlaceBoardState state,
                 double rate,
                 double time_left,
                 int work_elapsed,
                 double work_expected,
                 int silence)
{
  BootlaceJob *job = bootlace_board_get_job (self->board);
  DfuProgress progress;

  if (job == NULL)
    return NULL;

  progress = bootlace_job_get_progress (job);
  return bootlace_board_text_describe_speed (state, &progress);
}

/* Of which nobody knows how long it takes shows that it goes on. */
static void
beat_cb (BootlaceBoardRow *self)
{
  BootlaceJob *job = bootlace_board_get_job (self->board);

  if (job != NULL && bootlace_job_get_deed (job) != BOOTLACE_DEED_FLASH &&
      bootlace_job_get_progress (job).bytes_total == 0)
    gtk_progress_bar_pulse (self->progress);
}

static void
job_cb (BootlaceBoardRow *self)
{
  BootlaceJob *job = bootlace_board_get_job (self->board);

  g_signal_group_set_target (self->operation_signals,
                             job != NULL ? bootlace_job_get_operation (job) : NULL);
}

static void
set_accessible_label (gpointer widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
describe_memory_cb (BootlaceBoardRow *self)
{
  /* Translators: what a list is for, like "Memory of ESP32-S2 on USB port 1-10" */
  g_autofree char *label =
    g_strdup_printf (_ ("Memory of %s on %s"), bootlace_board_get_name (self->board),
                     bootlace_board_get_port (self->board));

  bootlace_drop_down_describe (self->memory, label);
}

static void
describe_cb (BootlaceBoardRow *self)
{
  const char *name = bootlace_board_get_name (self->board);
  const char *port = bootlace_board_get_port (self->board);
  const char *state = bootlace_board_state_get_label (bootlace_board_get_state (self->board));
  const char *hint = bootlace_board_get_hint (self->board);
  g_autofree char *about = wording_format_join ((const char *[]){ state, hint }, 2);
  const gboolean left =
    bootlace_board_is_absent (self->board) && !bootlace_board_is_active (self->board);
  g_autofree char *row = g_strdup_printf ("%s, %s, %s%s%s", name, port, state, left ? ", " : "",
                                          left ? _ ("no longer there") : "");
  /* Translators: what a check box does, like "Flash ESP32-S2 on USB port 1-10" */
  g_autofree char *check = g_strdup_printf (_ ("Flash %s on %s"), name, port);
  /* Translators: what a progress bar shows, like "Progress of ESP32-S2 on USB port 1-10" */
  g_autofree char *progress = g_strdup_printf (_ ("Progress of %s on %s"), name, port);

  set_accessible_label (self, row);
  set_accessible_label (self->check, check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  about, -1);
  set_accessible_label (self->progress, progress);
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceJob *job = bootlace_board_get_job (BOOTLACE_BOARD_ROW (widget)->board);

  if (job != NULL)
    bootlace_job_cancel (job);
}

static void
stopping_cb (BootlaceBoardRow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.cancel",
                                 !bootlace_board_is_stopping (self->board));
}

static void
fix_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DfuDevice *device = bootlace_board_get_device (BOOTLACE_BOARD_ROW (widget)->board);

  gtk_widget_activate_action (widget, "win.setup-board", "s", dfu_device_get_port_path (device));
}

static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_board_menu_popup (BOOTLACE_BOARD_ROW (widget)->menu);
}

static void
right_click_cb (BootlaceBoardRow *self, int n_presses, double x, double y, GtkGesture *gesture)
{
  if (bootlace_board_menu_popup (self->menu))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
show_file_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bootlace_report_view_show_folder (BOOTLACE_BOARD_ROW (widget)->report);
}

/* What the report has to tell must be seen. */
static void
details_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceBoardRow *self = BOOTLACE_BOARD_ROW (widget);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->report_button), TRUE);
}

static void
dismiss_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BootlaceBoardRow *self = BOOTLACE_BOARD_ROW (widget);

  g_signal_emit (self, signals[DISMISSED], 0, self->board);
}

static void
set_board (BootlaceBoardRow *self, BootlaceBoard *board)
{
  self->board = g_object_ref (board);

  g_signal_connect_object (board, "notify::state", G_CALLBACK (describe_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::stopping", G_CALLBACK (stopping_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::absent", G_CALLBACK (describe_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::hint", G_CALLBACK (describe_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::name", G_CALLBACK (describe_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::job", G_CALLBACK (job_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (board, "selected", self->check, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (bootlace_board_get_memory (board), "labels", self->memory, "model",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (bootlace_board_get_memory (board), "selected", self->memory, "selected",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);

  g_signal_connect_object (self->memory, "notify::selected-item", G_CALLBACK (describe_memory_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::name", G_CALLBACK (describe_memory_cb), self,
                           G_CONNECT_SWAPPED);

  describe_cb (self);
  describe_memory_cb (self);
  stopping_cb (self);
  job_cb (self);
}

static void
bootlace_board_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBoardRow *self = BOOTLACE_BOARD_ROW (object);

  switch (id) {
  case PROP_BOARD:
    g_value_set_object (value, self->board);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BOARD:
    set_board (BOOTLACE_BOARD_ROW (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_row_dispose (GObject *object)
{
  BootlaceBoardRow *self = BOOTLACE_BOARD_ROW (object);

  g_clear_object (&self->operation_signals);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (bootlace_board_row_parent_class)->dispose (object);
}

static GtkWidget *
find_next (GtkWidget *widget, GtkDirectionType direction)
{
  switch (direction) {
  case GTK_DIR_TAB_FORWARD:
  case GTK_DIR_DOWN:
    return gtk_widget_get_next_sibling (widget);
  case GTK_DIR_TAB_BACKWARD:
  case GTK_DIR_UP:
    return gtk_widget_get_prev_sibling (widget);
  case GTK_DIR_LEFT:
  case GTK_DIR_RIGHT:
    break;
  }

  return NULL;
}

/* A list ends where the next row has nothing for the focus. That is so of a board that cannot be
 * flashed, and there may be others behind it. */
static gboolean
bootlace_board_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *next = NULL;

  if (GTK_WIDGET_CLASS (bootlace_board_row_parent_class)->focus (widget, direction))
    return TRUE;

  next = find_next (widget, direction);

  return next != NULL && gtk_widget_child_focus (next, direction);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-board-row.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, check);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, memory);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, memory_factory);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, progress);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, menu);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, past_report_button);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, report_button);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardRow, report);

  gtk_widget_class_bind_template_callback (widget_class, choose_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_phase_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_port_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_speed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_state_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_job_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_memory_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_only_report_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_dismissible_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_fixable_cb);
  gtk_widget_class_bind_template_callback (widget_class, negate_cb);
  gtk_widget_class_bind_template_callback (widget_class, right_click_cb);
}

static void
bootlace_board_row_class_init (BootlaceBoardRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_board_row_get_property;
  object_class->set_property = bootlace_board_row_set_property;
  object_class->dispose = bootlace_board_row_dispose;

  widget_class->focus = bootlace_board_row_focus;

  properties[PROP_BOARD] =
    g_param_spec_object ("board", NULL, NULL, BOOTLACE_TYPE_BOARD,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DISMISSED] = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, BOOTLACE_TYPE_BOARD);

  g_type_ensure (BOOTLACE_TYPE_BOARD_MENU);
  g_type_ensure (BOOTLACE_TYPE_REPORT_VIEW);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "board.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "board.details", NULL, details_cb);
  gtk_widget_class_install_action (widget_class, "board.dismiss", NULL, dismiss_cb);
  gtk_widget_class_install_action (widget_class, "board.fix", NULL, fix_cb);
  gtk_widget_class_install_action (widget_class, "board.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "board.show-file", NULL, show_file_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "board.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "board.menu",
                                       NULL);
}

static void
bootlace_board_row_init (BootlaceBoardRow *self)
{
  self->operation_signals = g_signal_group_new (DFU_TYPE_OPERATION);
  g_signal_group_connect_swapped (self->operation_signals, "notify::bytes-done",
                                  G_CALLBACK (beat_cb), self);
  g_signal_group_connect_swapped (self->operation_signals, "notify::work-elapsed",
                                  G_CALLBACK (beat_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  bootlace_label_keep_options (self->hint_label);
  bootlace_drop_down_name_items (self->memory, self->memory_factory);
}

/**
 * bootlace_board_row_rest_focus:
 * @self: a row
 *
 * Gives the keyboard's focus to the row's details, where a key pressed once more does no harm.
 */
void
bootlace_board_row_rest_focus (BootlaceBoardRow *self)
{
  g_return_if_fail (BOOTLACE_IS_BOARD_ROW (self));

  gtk_widget_grab_focus (gtk_widget_get_mapped (self->past_report_button) ? self->past_report_button
                                                                          : self->report_button);
}

/**
 * bootlace_board_row_new:
 * @board: a board
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
bootlace_board_row_new (BootlaceBoard *board)
{
  return g_object_new (BOOTLACE_TYPE_BOARD_ROW, "board", board, NULL);
}
