/* cli-file.h: the file that a command works on, or the files of one firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli-exit.h"
#include "firmware-image.h"

G_BEGIN_DECLS

char *cli_file_dup_names (int n_paths, char **paths);
GPtrArray *cli_file_list (int n_paths, char **paths);
GBytes *cli_file_read (const char *path, GError **error);
FirmwareImage *cli_file_load_or_raw (const char *path, GError **error);
FirmwareImage *cli_file_load_raw (const char *path, GError **error);
FirmwareImage *cli_file_load (int argc, char **argv, CliExit *status);
FirmwareImage *cli_file_look (int argc, char **argv, CliExit *status);

G_END_DECLS
