/* bootlace-board-text.c: how far the work on a board is, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-text.h"

#include <glib/gi18n.h>

#include "bootlace-part-text.h"
#include "wording-format.h"

static gboolean
counts_bytes (BootlaceBoardState state)
{
  return state == BOOTLACE_BOARD_SAVING || state == BOOTLACE_BOARD_READING ||
         state == BOOTLACE_BOARD_WRITING || state == BOOTLACE_BOARD_READING_BACK;
}

static gboolean
has_percent (BootlaceBoardState state, const DfuProgress *progress)
{
  return counts_bytes (state) && (state != BOOTLACE_BOARD_READING || progress->bytes_total > 0);
}

static char *
describe_bytes (const DfuProgress *progress)
{
  g_autofree char *done = wording_format_size (progress->bytes_done);
  g_autofree char *total = wording_format_size (progress->bytes_total);

  if (progress->bytes_total == 0)
    return progress->bytes_done > 0 ? g_steal_pointer (&done) : NULL;

  /* Translators: how much of how much, like "1.2 MB of 4.2 MB" */
  return g_strdup_printf (_ ("%s of %s"), done, total);
}

/* The part that is written, or how much is read. */
static char *
describe_place (BootlaceBoardState state, const DfuProgress *progress)
{
  if (state == BOOTLACE_BOARD_READING)
    return describe_bytes (progress);

  return progress->segment != NULL ? bootlace_part_dup_label (progress->segment) : NULL;
}

/**
 * bootlace_board_text_describe_phase:
 * @state: a board's state
 * @progress: of its job
 *
 * Returns: (transfer full): what it does, and how much of that is done
 */
char *
bootlace_board_text_describe_phase (BootlaceBoardState state, const DfuProgress *progress)
{
  const char *label = bootlace_board_state_get_label (state);
  g_autofree char *percent = wording_format_percent (dfu_progress_get_fraction (progress));
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  if (!counts_bytes (state))
    return g_strdup (label);

  if (has_percent (state, progress))
    /* Translators: what a board does and how much of it is done, like "Erasing and writing 43 %" */
    text = g_strdup_printf (C_ ("state of a board", "%s %s"), label, percent);
  place = describe_place (state, progress);

  return wording_format_join ((const char *[]){ text != NULL ? text : label, place }, 2);
}

/**
 * bootlace_board_text_describe_speed:
 * @state: a board's state
 * @progress: of its job
 *
 * While a board erases or checks nothing comes from it, and the rate says nothing. Without an
 * answer there is no rate and no time left.
 *
 * Returns: (transfer full) (nullable): how fast it is and how long it takes
 */
char *
bootlace_board_text_describe_speed (BootlaceBoardState state, const DfuProgress *progress)
{
  g_autofree char *erase = wording_format_erase (progress->work_elapsed, progress->work_expected);
  g_autofree char *rate = erase == NULL ? wording_format_rate (progress->rate) : NULL;
  g_autofree char *time = wording_format_time_left (progress->time_left);
  g_autofree char *silence = wording_format_silence (progress->silence);

  if (state == BOOTLACE_BOARD_CHECKING)
    return wording_format_check (progress->work_elapsed, progress->work_expected);
  if (state == BOOTLACE_BOARD_ERASING)
    return g_steal_pointer (&erase);
  if (!counts_bytes (state))
    return NULL;

  return wording_format_join ((const char *[]){ erase, rate, time, silence }, 4);
}
