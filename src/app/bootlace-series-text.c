/* bootlace-series-text.c: what the banner says while boards are flashed by themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-series-text.h"

#include <glib/gi18n.h>

static char *
describe_running (const char *title)
{
  /* Translators: %s is the name of a firmware */
  return g_strdup_printf (_ ("Every board that you connect now is flashed with %s at once."),
                          title);
}

static const char *
find_reason (BootlaceSeriesPause pause)
{
  switch (pause) {
  case BOOTLACE_SERIES_EMPTY:
    return _ ("No board is flashed by itself yet: choose firmware.");
  case BOOTLACE_SERIES_REFUSED:
    return _ ("No board is flashed by itself, because this firmware has errors.");
  case BOOTLACE_SERIES_ASKS:
    /* Translators: “Flash anyway” is the box to tick below the warnings */
    return _ ("No board is flashed by itself, because this firmware has warnings. Tick “Flash "
              "anyway”, and the boards that you connect after that are flashed.");
  case BOOTLACE_SERIES_NAMELESS:
    return _ ("No board is flashed by itself, because this firmware does not say which board it "
              "is for. Tick the boards and press “Flash”.");
  case BOOTLACE_SERIES_OFFERS:
    return _ ("No board is flashed by itself while another build is offered. Load it, or hide "
              "that message.");
  case BOOTLACE_SERIES_PROBLEM:
    return _ ("No board is flashed by itself while the message about the refused file is shown. "
              "Escape hides it.");
  case BOOTLACE_SERIES_RUNS:
    break;
  }

  g_return_val_if_reached (NULL);
}

/**
 * bootlace_series_text_describe:
 * @pause: what keeps boards from being flashed
 * @title: (nullable): what the firmware is called, if there is one
 *
 * Returns: (transfer full): what happens to a board that is connected now
 */
char *
bootlace_series_text_describe (BootlaceSeriesPause pause, const char *title)
{
  return pause == BOOTLACE_SERIES_RUNS ? describe_running (title) : g_strdup (find_reason (pause));
}
