/* bootlace-ending-windows.c: being asked to end, on Windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program with a window has no console that could ask. When the session ends, Windows asks the
 * windows; GTK answers for them, and names what is inhibited while a board is being flashed.
 */

#include "bootlace-ending.h"

struct _BootlaceEnding {
  char nothing;
};

BootlaceEnding *
bootlace_ending_new (GSourceFunc func, gpointer user_data)
{
  return g_new0 (BootlaceEnding, 1);
}

void
bootlace_ending_free (BootlaceEnding *self)
{
  g_free (self);
}
