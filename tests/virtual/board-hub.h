/* board-hub.h: the hubs between the host and the boards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

#define BOARD_HUB_N_PORTS 15

/**
 * board_hub_new:
 * @is_root: whether it is the host controller's own
 *
 * Returns: a high-speed hub that says what hubs say; what is plugged into it, it does not know
 */
Board *board_hub_new (gboolean is_root);

G_END_DECLS
