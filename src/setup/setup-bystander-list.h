/* setup-bystander-list.h: the boards that are connected and cannot be flashed as they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-device-list.h"
#include "setup-bystander.h"

G_BEGIN_DECLS

/**
 * SetupBystanderList:
 *
 * A #GListModel of #SetupBystander over a #UsbBus, in the order of the ports. A port at which there
 * is a #DfuDevice, or was one that is still remembered, has no bystander: what comes there is the
 * same board again. Main thread only.
 *
 * Property: "n-items".
 */
#define SETUP_TYPE_BYSTANDER_LIST (setup_bystander_list_get_type ())
G_DECLARE_FINAL_TYPE (SetupBystanderList, setup_bystander_list, SETUP, BYSTANDER_LIST, GObject)

SetupBystanderList *setup_bystander_list_new (DfuDeviceList *devices);

G_END_DECLS
