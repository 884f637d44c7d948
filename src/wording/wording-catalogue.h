/* wording-catalogue.h: where the translations are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wording_catalogue_use (void);
char *wording_catalogue_dup_folder (void);

G_END_DECLS
