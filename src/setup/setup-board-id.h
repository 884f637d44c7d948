/* setup-board-id.h: which board this is, by its USB ids
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "setup-board-table.h"
#include "setup-sign.h"

G_BEGIN_DECLS

#define SETUP_TYPE_BOARD_KIND (setup_board_kind_get_type ())
GType setup_board_kind_get_type (void);

const SetupBoardId *setup_board_id_find (guint16 vendor, guint16 product);
const char *setup_board_id_get_title (const SetupBoardId *self);
gboolean setup_board_kind_is_beside (SetupBoardKind kind);
const char *setup_board_kind_get_label (SetupBoardKind kind);
gboolean setup_board_kind_find_sign (SetupBoardKind kind, SetupSign *sign);
char *setup_board_kind_dup_hint (SetupBoardKind kind);

G_END_DECLS
