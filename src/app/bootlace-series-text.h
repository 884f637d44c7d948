/* bootlace-series-text.h: what the banner says while boards are flashed by themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BootlaceSeriesPause:
 * @BOOTLACE_SERIES_RUNS: boards are flashed
 * @BOOTLACE_SERIES_EMPTY: there is no firmware
 * @BOOTLACE_SERIES_REFUSED: the firmware has errors
 * @BOOTLACE_SERIES_ASKS: the firmware has warnings that nobody agreed to
 * @BOOTLACE_SERIES_NAMELESS: the firmware does not say which board it is for
 * @BOOTLACE_SERIES_OFFERS: a new build is offered
 * @BOOTLACE_SERIES_PROBLEM: a file was refused, and somebody should read that
 *
 * Why the firmware keeps boards from being flashed by themselves.
 */
typedef enum {
  BOOTLACE_SERIES_RUNS,
  BOOTLACE_SERIES_EMPTY,
  BOOTLACE_SERIES_REFUSED,
  BOOTLACE_SERIES_ASKS,
  BOOTLACE_SERIES_NAMELESS,
  BOOTLACE_SERIES_OFFERS,
  BOOTLACE_SERIES_PROBLEM,
} BootlaceSeriesPause;

char *bootlace_series_text_describe (BootlaceSeriesPause pause, const char *title);

G_END_DECLS
