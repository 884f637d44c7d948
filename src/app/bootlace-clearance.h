/* bootlace-clearance.h: whether the chosen firmware may be flashed at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-image.h"

G_BEGIN_DECLS

/**
 * BootlaceVerdict:
 * @BOOTLACE_VERDICT_NOTHING: there is no firmware
 * @BOOTLACE_VERDICT_REFUSED: the firmware has errors; no board would start with it
 * @BOOTLACE_VERDICT_NEEDS_CONSENT: the firmware has warnings that nobody agreed to yet
 * @BOOTLACE_VERDICT_CLEAR: it may be flashed
 *
 * What comes of a look into the firmware.
 */
typedef enum {
  BOOTLACE_VERDICT_NOTHING,
  BOOTLACE_VERDICT_REFUSED,
  BOOTLACE_VERDICT_NEEDS_CONSENT,
  BOOTLACE_VERDICT_CLEAR,
} BootlaceVerdict;

#define BOOTLACE_TYPE_VERDICT (bootlace_verdict_get_type ())
GType bootlace_verdict_get_type (void);

/**
 * BootlaceClearance:
 *
 * The one place that decides whether flashing may start, as far as the firmware is concerned; which
 * board may take it is told by the board.
 *
 * Properties: "image" (#FirmwareImage or %NULL), "consent" (whether a person agreed to the
 * warnings; other firmware takes it back), "written-beside" (whether the boards that are selected
 * write an application beside the one that runs, and leave everything else as it is: then it does
 * not matter what the firmware lacks), "verdict".
 */
#define BOOTLACE_TYPE_CLEARANCE (bootlace_clearance_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceClearance, bootlace_clearance, BOOTLACE, CLEARANCE, GObject)

BootlaceClearance *bootlace_clearance_new (void);

BootlaceVerdict bootlace_clearance_get_verdict (BootlaceClearance *self);
gboolean bootlace_clearance_get_consent (BootlaceClearance *self);
gboolean bootlace_clearance_matters (BootlaceClearance *self, FirmwareFinding *finding);
guint bootlace_clearance_count (BootlaceClearance *self, FirmwareSeverity severity);

void bootlace_clearance_set_image (BootlaceClearance *self, FirmwareImage *image);
void bootlace_clearance_set_consent (BootlaceClearance *self, gboolean consent);
void bootlace_clearance_set_written_beside (BootlaceClearance *self, gboolean written_beside);

G_END_DECLS
