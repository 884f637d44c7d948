/* bootlace-refusal.h: what is told of a file that was refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-source.h"
#include "wording-message.h"

G_BEGIN_DECLS

gboolean bootlace_refusal_is_question (const GError *error, const BootlaceRawOffer *offer);
WordingMessage *bootlace_refusal_new (const GError *error, const BootlaceRawOffer *offer);

G_END_DECLS
