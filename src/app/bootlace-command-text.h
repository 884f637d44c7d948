/* bootlace-command-text.h: how a command is broken into lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

PangoAttrList *bootlace_command_text_new_attributes (const char *command);

G_END_DECLS
