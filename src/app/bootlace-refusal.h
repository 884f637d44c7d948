/* bootlace-refusal.h: a file that was refused, and what is told of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-source.h"
#include "wording-message.h"

G_BEGIN_DECLS

/**
 * BootlaceRefusal:
 * @message: what to tell in a window
 * @is_question: whether the file only does not say what it is, so that somebody else has to
 * @source: what was refused
 * @name: of @source
 * @raw_offer: whether a person may take it for raw bytes
 *
 * Why a file was refused, and what can be done about it.
 */
typedef struct {
  WordingMessage *message;
  gboolean is_question;
  BootlaceSource *source;
  char *name;
  BootlaceRawOffer raw_offer;
} BootlaceRefusal;

BootlaceRefusal *
bootlace_refusal_new (BootlaceSource *source, const GError *error, const BootlaceRawOffer *offer);
void bootlace_refusal_free (BootlaceRefusal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceRefusal, bootlace_refusal_free)

G_END_DECLS
