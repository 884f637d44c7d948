/* setup-bystander.h: a board that is connected and cannot be flashed as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-board-id.h"
#include "usb-device.h"

G_BEGIN_DECLS

/**
 * SetupBystander:
 *
 * A device without a DFU interface that is recognisably a board, or belongs to one: the serial
 * bridge on its other socket, its application, a bootloader of another kind. It lasts as long as
 * its stay on the bus, and does not change.
 *
 * Properties: "title" (what people call it, translated), "port-path", "kind", "label" (what it is
 * in a word or two, translated), "hint" (the one thing that helps, translated).
 */
#define SETUP_TYPE_BYSTANDER (setup_bystander_get_type ())
G_DECLARE_FINAL_TYPE (SetupBystander, setup_bystander, SETUP, BYSTANDER, GObject)

SetupBystander *setup_bystander_new_for_device (UsbDevice *device);

UsbDevice *setup_bystander_get_device (SetupBystander *self);
const char *setup_bystander_get_name (SetupBystander *self);
const char *setup_bystander_get_title (SetupBystander *self);
const char *setup_bystander_get_port_path (SetupBystander *self);
SetupBoardKind setup_bystander_get_kind (SetupBystander *self);
const char *setup_bystander_get_label (SetupBystander *self);
const char *setup_bystander_get_hint (SetupBystander *self);

G_END_DECLS
