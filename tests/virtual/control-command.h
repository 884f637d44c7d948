/* control-command.h: one line on its way to the virtual bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "control-verbs.h"

G_BEGIN_DECLS

typedef struct {
  ControlContext *context;
  VirtualPort *port; /* NULL for verbs that are about the whole bus */
  char **arguments;  /* without the verb and the port */
  GString *answer;
  ControlWait *wait;
} ControlCommand;

/* Sets an error; always FALSE, so that it can be returned. */
gboolean control_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean control_parse_number (const char *text, guint64 max, guint64 *number, GError **error);

/* Verbs about faults */
gboolean control_stall_at (ControlCommand *self, GError **error);
gboolean control_drop_at (ControlCommand *self, GError **error);
gboolean control_garbage_at (ControlCommand *self, GError **error);
gboolean control_short_at (ControlCommand *self, GError **error);
gboolean control_hang_at (ControlCommand *self, GError **error);
gboolean control_error_at (ControlCommand *self, GError **error);
gboolean control_stall_at_block (ControlCommand *self, GError **error);
gboolean control_drop_at_block (ControlCommand *self, GError **error);
gboolean control_hang_at_block (ControlCommand *self, GError **error);
gboolean control_error_at_block (ControlCommand *self, GError **error);
gboolean control_corrupt_at_block (ControlCommand *self, GError **error);
gboolean control_clear_faults (ControlCommand *self, GError **error);

/* Verbs about counters */
gboolean control_print_stats (ControlCommand *self, GError **error);
gboolean control_reset_stats (ControlCommand *self, GError **error);

G_END_DECLS
