/* wording-finding-table.h: the sentence and the advice for each kind of finding
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "firmware-finding.h"

G_BEGIN_DECLS

/**
 * WordingFindingWords:
 * @sentence: what was found
 * @advice: (nullable): what to do; %NULL where there is nothing to do
 * @found: (nullable): how to show the number that was found; %NULL where it is a word
 * @expected: (nullable): the same of the number that was expected
 * @found_text: (nullable): how to show the word that was found; %NULL where it stands as it is
 *
 * A row of the table: untranslated sentences, in which {part}, {found} and {expected} stand for the
 * finding's values. All of it is static; what the functions return is the caller's.
 */
typedef struct {
  const char *sentence;
  const char *advice;
  char *(*found) (guint64 number);
  char *(*expected) (guint64 number);
  char *(*found_text) (const char *text);
} WordingFindingWords;

const WordingFindingWords *wording_finding_table_find (FirmwareFindingKind kind);
const char *wording_finding_table_choose_sentence (FirmwareFinding *finding);

G_END_DECLS
