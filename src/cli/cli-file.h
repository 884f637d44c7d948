/* cli-file.h: the one file that a command works on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

FirmwareImage *cli_file_load (int argc, char **argv, CliExit *status);

G_END_DECLS
