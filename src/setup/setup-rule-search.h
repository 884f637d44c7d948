/* setup-rule-search.h: which of udev's rules are about a device, our own and others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "setup-rule-text.h"

G_BEGIN_DECLS

/* The ids that every version of the rule is for. */
#define SETUP_RULE_VENDOR 0x303a
#define SETUP_RULE_PRODUCT 0x0002

/* udev(7): of files with the same name only the one in the first of these folders counts. All are
 * read in the order of their names, wherever they are. */
#define SETUP_RULE_FOLDERS                                                                         \
  SETUP_RULE_FOLDER, "/run/udev/rules.d", "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",  \
    "/lib/udev/rules.d"

/**
 * SetupRuleState:
 * @SETUP_RULE_STATE_ABSENT: there is no file of its name
 * @SETUP_RULE_STATE_OLDER: an older version of this program wrote it
 * @SETUP_RULE_STATE_SAME: it is what this program would write
 * @SETUP_RULE_STATE_NEWER: a newer version of this program wrote it
 * @SETUP_RULE_STATE_FOREIGN: a file of its name that is not ours counts instead
 * @SETUP_RULE_STATE_MASKED: a link to nothing, or an empty file, keeps it from counting
 *
 * What is found where our rule belongs.
 */
typedef enum {
  SETUP_RULE_STATE_ABSENT,
  SETUP_RULE_STATE_OLDER,
  SETUP_RULE_STATE_SAME,
  SETUP_RULE_STATE_NEWER,
  SETUP_RULE_STATE_FOREIGN,
  SETUP_RULE_STATE_MASKED,
} SetupRuleState;

/**
 * SetupRuleFacts:
 * @state: what is found where our rule belongs
 * @path: (nullable): the file of that name that counts
 * @covers_all: whether it is for whatever has a DFU interface
 * @covers_device: whether it names the device
 * @for_group: whether it is for the group as well
 * @undone_by: (nullable): a file that udev reads later and that takes the access away again
 * @other_path: (nullable): a file of somebody else's that is about the device
 * @other_is_open: whether that lets everybody use it: other people and every service too
 *
 * What udev's rules have to say about a device.
 */
typedef struct {
  SetupRuleState state;
  char *path;
  gboolean covers_all;
  gboolean covers_device;
  gboolean for_group;
  char *undone_by;
  char *other_path;
  gboolean other_is_open;
} SetupRuleFacts;

void setup_rule_facts_clear (SetupRuleFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupRuleFacts, setup_rule_facts_clear)

void setup_rule_search (SetupRuleFacts *self, const char *root, guint16 vendor, guint16 product);

G_END_DECLS
