/* bootlace-focus-guide.h: where the keyboard's focus goes in the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"

G_BEGIN_DECLS

/**
 * BootlaceFocusGuide:
 *
 * Gives the focus to where the person goes on: when the window appears, when the first firmware is
 * read, and when what had it is gone.
 */
#define BOOTLACE_TYPE_FOCUS_GUIDE (bootlace_focus_guide_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceFocusGuide, bootlace_focus_guide, BOOTLACE, FOCUS_GUIDE, GObject)

/**
 * BootlaceFocusPlaces:
 * @firmware_panel: a #BootlaceFirmwarePanel
 * @boards_panel: a #BootlaceBoardsPanel
 * @bottom_bar: a #BootlaceBottomBar
 *
 * What there is in the window, from top to bottom.
 */
typedef struct {
  GtkWidget *firmware_panel;
  GtkWidget *boards_panel;
  GtkWidget *bottom_bar;
} BootlaceFocusPlaces;

BootlaceFocusGuide *bootlace_focus_guide_new (BootlaceWindow *window,
                                              const BootlaceFocusPlaces *places);
void bootlace_focus_guide_start (BootlaceFocusGuide *self);

G_END_DECLS
