/* bootlace-step.h: a drawing with what it shows below it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceStep:
 *
 * One of the steps that lead to something.
 *
 * Properties: "icon-name" (the drawing), "description" (of the drawing, for people who cannot see
 * it), "title", "text", "current" (whether this is what to do now), "done" (whether that was
 * noticed), "beside" (whether the text stands beside the drawing and not below it).
 */
#define BOOTLACE_TYPE_STEP (bootlace_step_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceStep, bootlace_step, BOOTLACE, STEP, GtkWidget)

G_END_DECLS
