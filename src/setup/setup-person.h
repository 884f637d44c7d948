/* setup-person.h: who wants to use the board, and whether they sit at this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "setup-rule-text.h"

G_BEGIN_DECLS

/**
 * SetupPersonFacts:
 * @user: the user
 * @name: (nullable): the user's name
 * @logind: whether somebody knows who sits at the computer: systemd's logind, or elogind
 * @seated: whether this user's session is the one in front, at the seat that was asked for
 * @group_exists: whether there is a group %SETUP_RULE_GROUP_NAME
 * @group: its number
 * @in_group: whether this program runs with that group
 * @listed_in_group: whether the user is in that group from the next login on
 *
 * Who wants to use the board.
 */
typedef struct {
  guint user;
  char *name;
  gboolean logind;
  gboolean seated;
  gboolean group_exists;
  guint group;
  gboolean in_group;
  gboolean listed_in_group;
} SetupPersonFacts;

void setup_person_facts_clear (SetupPersonFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupPersonFacts, setup_person_facts_clear)

void setup_person_look (SetupPersonFacts *self,
                        const char *root,
                        guint user,
                        const char *name,
                        const char *seat);

G_END_DECLS
