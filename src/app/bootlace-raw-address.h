/* bootlace-raw-address.h: what a person typed for an address
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bootlace_raw_address_parse (const char *text, guint64 size, gint64 *address);

G_END_DECLS
