/* firmware-convert.h: one file of a firmware to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * FirmwareOutput:
 * @FIRMWARE_OUTPUT_DFU: what goes to the device with a DFU suffix behind it; of firmware for an ESP
 *   chip, that is the archive
 * @FIRMWARE_OUTPUT_DFUSE: ST's container
 * @FIRMWARE_OUTPUT_BIN: nothing but bytes
 * @FIRMWARE_OUTPUT_HEX: Intel HEX
 *
 * What can be written. The nicks are "dfu", "dfuse", "bin" and "hex".
 */
typedef enum {
  FIRMWARE_OUTPUT_DFU,
  FIRMWARE_OUTPUT_DFUSE,
  FIRMWARE_OUTPUT_BIN,
  FIRMWARE_OUTPUT_HEX,
} FirmwareOutput;

#define FIRMWARE_TYPE_OUTPUT (firmware_output_get_type ())
GType firmware_output_get_type (void);

#define FIRMWARE_CONVERSION_UNSET (-1)

/**
 * FirmwareConversion:
 * @output: what to write
 * @ids: (nullable): whom it is for, or %NULL for those whom the image is for
 * @address: where the first byte of an image without addresses goes, or %FIRMWARE_CONVERSION_UNSET
 * @alternate: of an image with alternate settings, the one to take; of any other, the one to write;
 *   or %FIRMWARE_CONVERSION_UNSET for all, or 0
 * @fill: the byte for gaps, or %FIRMWARE_CONVERSION_UNSET to leave them
 * @name: (nullable): what to call the target, or %NULL to leave names as they are
 *
 * How to turn an image into a file. What is not needed for @output is not looked at.
 */
typedef struct {
  FirmwareOutput output;
  const FirmwareDfuSuffix *ids;
  gint64 address;
  int alternate;
  int fill;
  const char *name;
} FirmwareConversion;

GBytes *
firmware_convert (FirmwareImage *image, const FirmwareConversion *conversion, GError **error);

G_END_DECLS
