/* dfu-operation-private.h: how an operation's progress is changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-operation.h"

G_BEGIN_DECLS

DfuProgress *dfu_operation_lock (DfuOperation *self);
void dfu_operation_unlock (DfuOperation *self);

G_END_DECLS
