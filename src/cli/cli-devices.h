/* cli-devices.h: the boards that are connected, and which one is meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-choice.h"
#include "cli-exit.h"
#include "dfu-device-list.h"
#include "firmware-image.h"

G_BEGIN_DECLS

DfuDeviceList *cli_devices_new (CliExit *status);
DfuDeviceList *cli_devices_new_still (CliExit *status);
void cli_devices_print_none (void);
DfuDevice *cli_devices_choose (DfuDeviceList *devices,
                               const CliChoice *choice,
                               FirmwareImage *image,
                               CliExit *status);

G_END_DECLS
