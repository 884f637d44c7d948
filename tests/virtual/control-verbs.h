/* control-verbs.h: what can be done to the virtual bus while it runs, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board-spec.h"
#include "virtual-bus.h"

G_BEGIN_DECLS

/* What somebody waits for. */
typedef struct {
  VirtualPort *port;
  char *state;
} ControlWait;

typedef struct {
  VirtualBus *bus;
  BoardTiming timing; /* of boards that are plugged from now on */
} ControlContext;

/**
 * control_plug:
 * @context: the bus and its timing
 * @text: a board as board_spec_parse() reads it
 * @error: return location for an error
 *
 * Plugs a new board in.
 */
gboolean control_plug (ControlContext *context, const char *text, GError **error);

/**
 * control_run:
 * @context: the bus and its timing
 * @line: a verb and its arguments
 * @wait: (out): what the answer has to wait for, if it has to
 *
 * Does what a line says.
 *
 * Returns: (transfer full) (nullable): "ok …" or "error …", or %NULL when it has to wait
 */
char *control_run (ControlContext *context, const char *line, ControlWait *wait);

/**
 * control_wait_is_over:
 * @wait: what somebody waits for
 *
 * Returns: whether it is so
 */
gboolean control_wait_is_over (const ControlWait *wait);
void control_wait_clear (ControlWait *wait);

G_END_DECLS
