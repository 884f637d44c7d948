/* cli-progress.c: an operation's progress on a terminal, or as plain lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-progress.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli-terminal.h"
#include "wording-format.h"

#define WIDTH_UNKNOWN 80
#define BAR_MIN 10
#define BAR_MAX 40
#define BYTES_A_STEP (1024 * 1024) /* where nobody knows how many there will be */
#define NUMBERS_MAX 36             /* "100 % · 999.9 kB/s · 59 min 59 s left" */

struct _CliProgress {
  GObject parent_instance;

  DfuOperation *operation;
  gboolean is_terminal;
  gboolean line_open; /* the cursor stands behind a line that will be drawn again */
  DfuPhase phase;     /* the last that was told */
  guint64 step;       /* the last that was told: a tenth, or a mebibyte of who knows how many */
  int work_told;      /* how long the present work had taken when it was told; -1 before */
  gboolean has_erased;
};

G_DEFINE_FINAL_TYPE (CliProgress, cli_progress, G_TYPE_OBJECT)

/* A board that was told what to erase does not do it while it is written. */
static const char *
describe_phase (const CliProgress *self, DfuPhase phase)
{
  switch (phase) {
  case DFU_PHASE_OPENING:
    return _ ("Opening the board");
  case DFU_PHASE_DETACHING:
    return _ ("Switching the board to its bootloader");
  case DFU_PHASE_RETURNING:
    return _ ("Waiting for the board to come back");
  case DFU_PHASE_READING:
    return _ ("Reading");
  case DFU_PHASE_ERASING:
    return _ ("Erasing");
  case DFU_PHASE_WRITING:
    return self->has_erased ? _ ("Writing") : _ ("Erasing and writing");
  case DFU_PHASE_MANIFESTING:
    return _ ("Checking");
  case DFU_PHASE_VERIFYING:
    return _ ("Reading back");
  case DFU_PHASE_RESTARTING:
    return _ ("Restarting the board");
  case DFU_PHASE_WAITING:
  case DFU_PHASE_DONE:
    break;
  }

  return NULL;
}

static void
append_bar (GString *line, double fraction, int width)
{
  const int filled = (int) (fraction * width);

  for (int i = 0; i < width; i++)
    g_string_append (line, i < filled ? "█" : "░");
}

/* What is heard of a board that is at work of which it says nothing until the end. */
static char *
format_work (const DfuProgress *progress)
{
  return progress->phase == DFU_PHASE_MANIFESTING
           ? wording_format_check (progress->work_elapsed, progress->work_expected)
           : wording_format_erase (progress->work_elapsed, progress->work_expected);
}

/* NULL where there are none. */
static char *
format_numbers (const DfuProgress *progress)
{
  g_autofree char *done = progress->bytes_total > 0
                            ? wording_format_percent (dfu_progress_get_fraction (progress))
                            : wording_format_size (progress->bytes_done);
  g_autofree char *rate = wording_format_rate (progress->rate);
  g_autofree char *time_left = wording_format_time_left (progress->time_left);
  g_autofree char *silence = wording_format_silence (progress->silence);
  g_autofree char *work = format_work (progress);
  const char *const moving[] = { done, rate, time_left, silence };
  const char *const erasing[] = { done, work };

  if (!dfu_progress_counts_bytes (progress->phase))
    return g_steal_pointer (&work);

  return work != NULL ? wording_format_join (erasing, G_N_ELEMENTS (erasing))
                      : wording_format_join (moving, G_N_ELEMENTS (moving));
}

/* The numbers grow and shrink, so the bar keeps clear of the longest and stays where it is. */
static char *
format_line (const CliProgress *self, const DfuProgress *progress, int width)
{
  const char *phase = describe_phase (self, progress->phase);
  const int left = width - (int) g_utf8_strlen (phase, -1) - NUMBERS_MAX - 2;
  g_autofree char *numbers = format_numbers (progress);
  g_autoptr (GString) line = g_string_new (phase);

  if (dfu_progress_counts_bytes (progress->phase) && left >= BAR_MIN && progress->bytes_total > 0) {
    g_string_append_c (line, ' ');
    append_bar (line, dfu_progress_get_fraction (progress), MIN (left, BAR_MAX));
  }

  if (numbers != NULL)
    g_string_append_printf (line, " %s", numbers);
  else
    g_string_append (line, "…");

  return g_utf8_substring (line->str, 0, MIN (width, g_utf8_strlen (line->str, -1)));
}

static void
draw_line (CliProgress *self, const DfuProgress *progress)
{
  const guint width = cli_terminal_get_width ();
  g_autofree char *line = format_line (self, progress, width > 0 ? (int) width : WIDTH_UNKNOWN);

  /* To the start of the line, the text, then the rest of an older and longer one erased. */
  g_print ("\r%s\033[K", line);
  self->line_open = TRUE;
}

static guint64
get_step (const DfuProgress *progress)
{
  if (progress->bytes_total > 0)
    return (guint64) (dfu_progress_get_fraction (progress) * 10.0);

  return progress->bytes_done / BYTES_A_STEP;
}

/* Remembers how long the present work takes; returns whether it is one that nobody was told of
 * yet. */
static gboolean
note_work (CliProgress *self, const DfuProgress *progress)
{
  g_autofree char *work = format_work (progress);
  const int told = self->work_told;

  self->work_told = work != NULL ? progress->work_elapsed : -1;
  return work != NULL && (told < 0 || progress->work_elapsed < told);
}

static void
print_lines (CliProgress *self, const DfuProgress *progress)
{
  const guint64 step = get_step (progress);
  const gboolean is_new_work = note_work (self, progress);

  if (progress->phase != self->phase) {
    g_print ("%s…\n", describe_phase (self, progress->phase));
    self->step = 0;
  }

  if (is_new_work || (dfu_progress_counts_bytes (progress->phase) && step > self->step)) {
    g_autofree char *numbers = format_numbers (progress);

    g_print ("  %s\n", numbers);
    self->step = step;
  }
}

static void
show (CliProgress *self)
{
  const DfuProgress progress = dfu_operation_get_progress (self->operation);

  if (describe_phase (self, progress.phase) == NULL)
    return;

  self->has_erased |= progress.phase == DFU_PHASE_ERASING;
  if (self->is_terminal)
    draw_line (self, &progress);
  else
    print_lines (self, &progress);

  self->phase = progress.phase;
}

/**
 * cli_progress_end:
 * @self: the progress of an operation that is over
 *
 * Takes the redrawn line away, so that the outcome can stand in its place.
 */
void
cli_progress_end (CliProgress *self)
{
  g_return_if_fail (CLI_IS_PROGRESS (self));

  g_signal_handlers_disconnect_by_func (self->operation, show, self);
  if (self->line_open)
    g_print ("\r\033[K");
  self->line_open = FALSE;
}

static void
cli_progress_dispose (GObject *object)
{
  g_clear_object (&CLI_PROGRESS (object)->operation);

  G_OBJECT_CLASS (cli_progress_parent_class)->dispose (object);
}

static void
cli_progress_class_init (CliProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cli_progress_dispose;
}

static void
cli_progress_init (CliProgress *self)
{
  self->is_terminal = isatty (STDOUT_FILENO);
  self->phase = DFU_PHASE_WAITING;
  self->work_told = -1;
}

/**
 * cli_progress_new:
 * @operation: an operation that has not started
 *
 * Returns: (transfer full): its progress, shown from now on
 */
CliProgress *
cli_progress_new (DfuOperation *operation)
{
  CliProgress *self;

  g_return_val_if_fail (DFU_IS_OPERATION (operation), NULL);

  self = g_object_new (CLI_TYPE_PROGRESS, NULL);
  self->operation = g_object_ref (operation);
  g_signal_connect_object (operation, "notify::phase", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::bytes-done", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::work-elapsed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::silence", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);

  return self;
}
