/* control-server.h: the socket by which the virtual bus is told what to do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line is one command, and one line comes back: "ok …" or "error …".
 */

#pragma once

#include "control-verbs.h"

G_BEGIN_DECLS

typedef struct _ControlServer ControlServer;

ControlServer *
control_server_new (ControlContext *verbs, const char *path, GMainContext *context, GError **error);
void control_server_free (ControlServer *self);

G_END_DECLS
