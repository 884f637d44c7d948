/* wording-table-fault.h: what is wrong with a partition table, in the words of people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wording_table_fault_dup_phrase (const char *text);

G_END_DECLS
