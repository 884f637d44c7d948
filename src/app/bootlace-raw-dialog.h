/* bootlace-raw-dialog.h: where the bytes of an unknown file go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "bootlace-source.h"

G_BEGIN_DECLS

/**
 * BootlaceRawDialog:
 *
 * A small modal window that lets a person take a file for raw bytes. Closing it leaves the file
 * alone.
 *
 * Signal "accepted": the person said where they go; carries the #BootlaceSource that is read so.
 * The window is gone after it.
 */
#define BOOTLACE_TYPE_RAW_DIALOG (bootlace_raw_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceRawDialog, bootlace_raw_dialog, BOOTLACE, RAW_DIALOG, GtkWindow)

GtkWidget *bootlace_raw_dialog_new (GtkWindow *parent, GFile *file, const BootlaceRawOffer *offer);

G_END_DECLS
