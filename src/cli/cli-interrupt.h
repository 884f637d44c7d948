/* cli-interrupt.h: being asked to stop, by Ctrl+C or by the system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliInterrupt:
 *
 * As long as there is one, the program is told instead of being ended. One at a time.
 */
typedef struct _CliInterrupt CliInterrupt;

void cli_interrupt_outlive_reader (void);

CliInterrupt *cli_interrupt_new (GSourceFunc func, gpointer user_data);
void cli_interrupt_free (CliInterrupt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliInterrupt, cli_interrupt_free)

G_END_DECLS
