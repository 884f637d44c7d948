/* setup-question.h: what the setup assistant asks, in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-situation.h"

G_BEGIN_DECLS

/**
 * SetupAnswerFunc:
 * @situation: what is known
 *
 * Gathers facts and decides. Called in a worker thread: it may block on files, for milliseconds.
 *
 * Returns: (transfer full): the answer
 */
typedef SetupVerdict *(*SetupAnswerFunc) (const SetupSituation *situation);

/**
 * SetupUntold:
 * @SETUP_UNTOLD_NEVER: the bus tells of all that changes the answer
 * @SETUP_UNTOLD_WHEN_ASKED: not of all, as long as the question is asked at all
 * @SETUP_UNTOLD_ALWAYS: not of all
 *
 * When an answer may change and nothing tells, so that somebody has to look.
 */
typedef enum {
  SETUP_UNTOLD_NEVER,
  SETUP_UNTOLD_WHEN_ASKED,
  SETUP_UNTOLD_ALWAYS,
} SetupUntold;

/**
 * SetupQuestion:
 * @id: the word that names it in logs, tests and JSON
 * @title: the question, English, marked for translation
 * @answer: what finds the answer
 * @untold: when nothing tells of a change
 * @gate: (nullable): what is said instead of asking the questions behind it while its answer is
 * bad, English, marked for translation; %NULL where they are worth asking all the same
 *
 * A question.
 */
typedef struct {
  const char *id;
  const char *title;
  SetupAnswerFunc answer;
  SetupUntold untold;
  const char *gate;
} SetupQuestion;

const SetupQuestion *setup_question_get (guint i);
gboolean setup_question_may_change_untold (const SetupQuestion *self, SetupState state);
GPtrArray *setup_question_answer_all (const SetupSituation *situation);

G_END_DECLS
