/* bootlace-label.h: labels in rows, and rows in lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *bootlace_label_new (const char *text, const char *style);
GtkWidget *bootlace_label_new_wrapping (const char *text, const char *style);
char *bootlace_label_dup_fact (const char *name, const char *value);
void bootlace_label_attach_fact (GtkGrid *grid,
                                 int row,
                                 const char *name,
                                 const char *value,
                                 const char *style);
void bootlace_label_keep_options (GtkLabel *label);

void bootlace_list_clear (GtkListBox *list);

G_END_DECLS
