/* bootlace-announce.c: says something to people who cannot see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-announce.h"

/**
 * bootlace_announce:
 * @widget: what it is about
 * @text: what to say
 *
 * Lets a screen reader say @text. GTK before 4.14 has no announcements; there @text becomes the
 * description of @widget, which a screen reader says when it comes to it.
 */
void
bootlace_announce (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#else
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
#endif
}
