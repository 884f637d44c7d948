/* cli-address.h: a plain file or raw bytes, and the address at which they go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *cli_address_load (int argc, char **argv, const char *address, CliExit *status);
FirmwareImage *cli_address_load_raw (int argc, char **argv, const char *address, CliExit *status);

G_END_DECLS
