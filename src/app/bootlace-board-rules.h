/* bootlace-board-rules.h: what a device, its job and the firmware come to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-board.h"

G_BEGIN_DECLS

gboolean bootlace_board_rules_names_device (FirmwareImage *image);
BootlaceBoardState bootlace_board_rules_find_state (DfuDevice *device,
                                                    BootlaceJob *job,
                                                    const GError *refusal,
                                                    gboolean undecided);
char *bootlace_board_rules_describe (DfuDevice *device,
                                     BootlaceJob *job,
                                     FirmwareImage *image,
                                     BootlaceBoardState state,
                                     const GError *refusal);

G_END_DECLS
