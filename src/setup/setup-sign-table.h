/* setup-sign-table.h: the part of the table of symptoms that is about what is no error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For setup_symptom_get() alone, which has all rows.
 */

#pragma once

#include "setup-symptom.h"

G_BEGIN_DECLS

const SetupSymptom *setup_sign_table_get (gsize i);
gsize setup_sign_table_count (void);

G_END_DECLS
