/* bootlace-farewell.h: windows that go let go of their surfaces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bootlace_farewell_use (void);

G_END_DECLS
