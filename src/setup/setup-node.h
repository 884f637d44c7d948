/* setup-node.h: a device's node, and what udev noted about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SetupNodeFacts:
 * @path: (nullable): where the node is, without the root
 * @mode: its permissions, such as 0660; those of the group are the mask of its access list, if any
 * @owner: the user that it belongs to
 * @group: the group that it belongs to
 * @is_listed: whether its access list lets the person read and write
 * @udev_runs: whether udev is there to act upon rules
 * @tagged: whether the rules that udev read when it last looked gave the device to whoever sits at
 *   the computer
 * @seat: (nullable): the seat that the device belongs to, such as "seat0"
 *
 * What is to be seen of a device's node.
 */
typedef struct {
  char *path;
  guint mode;
  guint owner;
  guint group;
  gboolean is_listed;
  gboolean udev_runs;
  gboolean tagged;
  char *seat;
} SetupNodeFacts;

void setup_node_facts_clear (SetupNodeFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupNodeFacts, setup_node_facts_clear)

void setup_node_look (SetupNodeFacts *self,
                      const char *root,
                      guint bus_number,
                      guint address,
                      guint person);

gboolean setup_node_access_list_names (const guint8 *data, gsize length, guint person);

G_END_DECLS
