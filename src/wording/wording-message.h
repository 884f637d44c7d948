/* wording-message.h: a failure as a sentence for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dfu-progress.h"

G_BEGIN_DECLS

/**
 * WordingMessage:
 * @summary: what happened, one sentence
 * @place: (nullable): where in the file that is, one sentence
 * @cause: why, mostly, one sentence
 * @consequence: (nullable): what that means for the board, one sentence
 * @advice: what to do, one sentence or two
 * @details: (nullable): what an expert wants to read: the error as the engine worded it
 * @help: (nullable): what of the setup assistant helps: the word of one of its checks, or "wiring";
 *   static
 *
 * What a #GError means to somebody who never heard of DFU. Its sentences are translated.
 */
typedef struct {
  char *summary;
  char *place;
  char *cause;
  char *consequence;
  char *advice;
  char *details;
  const char *help;
} WordingMessage;

#define WORDING_TYPE_MESSAGE (wording_message_get_type ())
GType wording_message_get_type (void);

WordingMessage *wording_message_new (const GError *error);
WordingMessage *wording_message_new_for_saving (const GError *error);
WordingMessage *wording_message_new_for_rule (const GError *error);
WordingMessage *wording_message_new_for_bus (const GError *error);
WordingMessage *wording_message_new_for_refusal (const GError *error, const char *chip);
WordingMessage *wording_message_new_for_job (const GError *error, const DfuProgress *progress);

WordingMessage *wording_message_copy (const WordingMessage *self);
void wording_message_free (WordingMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WordingMessage, wording_message_free)

char *wording_message_dup_text (const WordingMessage *self);
char *wording_message_dup_remedy (const WordingMessage *self);

G_END_DECLS
