/* bootlace-question.h: a yes or no that must be answered first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BootlaceQuestion:
 *
 * A small modal window. Closing it is a no.
 *
 * Properties: "heading", "body", "yes-label" (of the button that loses something), "no-label".
 *
 * Signal "accepted": the person said yes; the window is gone after it.
 */
#define BOOTLACE_TYPE_QUESTION (bootlace_question_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceQuestion, bootlace_question, BOOTLACE, QUESTION, GtkWindow)

GtkWidget *bootlace_question_new (GtkWindow *parent,
                                  const char *heading,
                                  const char *body,
                                  const char *yes_label,
                                  const char *no_label);

G_END_DECLS
