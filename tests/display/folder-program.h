/* folder-program.h: the program that shows folders on the computer of a test
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One that cannot be started, whatever else is installed. Before anybody has asked for one. */
void folder_program_break (void);

/* One that only leaves a mark. Answers where. */
char *folder_program_install (void);

G_END_DECLS
