/* bootlace-sign.h: what keeps people from using a board, to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceSign:
 *
 * A row of the table of symptoms: its sentences behind an icon, or below each other.
 *
 * Properties: "sign" (construct-only), a #SetupSign whose texts name nothing; "section"
 * (construct-only), whether the sentences stand below each other.
 */
#define BOOTLACE_TYPE_SIGN (bootlace_sign_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceSign, bootlace_sign, BOOTLACE, SIGN, GtkWidget)

G_END_DECLS
