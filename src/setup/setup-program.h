/* setup-program.h: programs that are known to take boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SetupProgram:
 * @name: how what it calls itself begins
 * @advice: what to do about it, English, marked for translation
 * @command: (nullable): what to type into a terminal to that end
 *
 * A program.
 */
typedef struct {
  const char *name;
  const char *advice;
  const char *command;
} SetupProgram;

const SetupProgram *setup_program_find (const char *name);
const char *setup_program_get_advice (const char *name);

G_END_DECLS
