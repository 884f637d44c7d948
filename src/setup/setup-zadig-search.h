/* setup-zadig-search.h: where Zadig is on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **setup_zadig_list_folders (void);
char *setup_zadig_find (const char *const *folders);

G_END_DECLS
