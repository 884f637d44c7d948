/* setup-situation.h: what the questions of the setup assistant are asked about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-interface.h"
#include "setup-board-id.h"
#include "setup-verdict.h"

G_BEGIN_DECLS

/**
 * SetupSituation:
 * @root: what every path of a gatherer begins with: "" for this computer, or a folder of a test
 * @devices: (element-type UsbDevice): what is connected, in the order of the ports
 * @port_path: (nullable): the port that was asked for
 * @subject: (nullable): the device that the questions are about: what is at @port_path, or else
 *   whatever is nearest to a board in its bootloader
 * @board: (nullable): what is known about the ids of @subject
 * @dfu: the DFU interface of @subject; without meaning when @speaks_dfu is %FALSE
 * @speaks_dfu: whether @subject has a DFU interface, and means it
 * @error: (nullable): how the last attempt on it failed
 * @blind: whether there is no bus to look at; %FALSE unless its maker says so
 *
 * What is known when the questions are asked. It does not change, and any thread may read it.
 */
typedef struct {
  char *root;
  GPtrArray *devices;
  char *port_path;
  UsbDevice *subject;
  const SetupBoardId *board;
  DfuInterface dfu;
  gboolean speaks_dfu;
  GError *error;
  gboolean blind;
} SetupSituation;

SetupSituation *setup_situation_new (const char *root,
                                     GPtrArray *devices,
                                     const char *port_path,
                                     const GError *error);
void setup_situation_free (SetupSituation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SetupSituation, setup_situation_free)

SetupBoardKind setup_situation_get_kind (const SetupSituation *self);
gboolean setup_situation_has_bootloader (const SetupSituation *self);
char *setup_situation_dup_name (const SetupSituation *self);
char *setup_situation_dup_label (const SetupSituation *self);

G_END_DECLS
