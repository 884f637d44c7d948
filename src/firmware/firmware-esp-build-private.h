/* firmware-esp-build-private.h: what a build is made of, for those who put it together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-esp-build.h"
#include "firmware-esp-facts.h"

G_BEGIN_DECLS

/**
 * FirmwareEspBuildPart:
 * @address: where it goes in the flash
 * @file: (nullable): its file, or %NULL when there are only data
 * @name: base name, in the encoding of file names
 * @display: the same for people
 * @data: (nullable): its bytes, or %NULL until they were read
 * @facts: (nullable): what they tell, if they are an image and were written
 *
 * One file of a build.
 */
typedef struct {
  guint32 address;
  GFile *file;
  char *name;
  char *display;
  GBytes *data;
  FirmwareEspFacts *facts;
} FirmwareEspBuildPart;

struct _FirmwareEspBuild {
  GArray *parts;        /* of FirmwareEspBuildPart, by address once they are written */
  GPtrArray *inputs;    /* of GFile: the parts' files, and what named them or held them */
  GListStore *findings; /* of FirmwareFinding */
  const FirmwareEspChip *chip;
  guint32 flash_size;
  guint32 part_size;
};

GArray *firmware_esp_build_list_inputs (FirmwareEspBuild *self);

G_END_DECLS
