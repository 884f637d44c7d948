/* cli-convert-options.h: what bootlace-cli convert is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-convert.h"

G_BEGIN_DECLS

/**
 * CliConvertOptions:
 * @output: the file to write
 * @format: its format
 * @device: the ids of the device
 * @address: the address of the first byte
 * @alternate: the alternate setting
 * @name: the target's name
 * @fill: the byte for gaps
 * @raw: whether to take the input for raw bytes
 *
 * Options as they stand on the command line; what is missing is %NULL.
 */
typedef struct {
  char *output;
  char *format;
  char *device;
  char *address;
  char *alternate;
  char *name;
  char *fill;
  gboolean raw;
} CliConvertOptions;

void cli_convert_options_clear (CliConvertOptions *self);

gboolean cli_convert_options_parse (CliConvertOptions *self, int *argc, char ***argv);
gboolean cli_convert_options_read (const CliConvertOptions *self,
                                   FirmwareImage *image,
                                   FirmwareConversion *conversion,
                                   FirmwareDfuSuffix *ids);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliConvertOptions, cli_convert_options_clear)

G_END_DECLS
