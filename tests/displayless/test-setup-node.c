/* test-setup-node.c: a device's node, and what udev noted about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-node.h"

#include <glib/gstdio.h>

#include "test-tree.h"

#define PERSON 1000

/* The fourth device of the second bus. */
#define BUS 2
#define ADDRESS 4
#define NODE "/dev/bus/usb/002/004"
#define RECORD "/run/udev/data/c189:131"

static void
test_nothing (void)
{
  char *root = test_tree_new ();
  g_auto (SetupNodeFacts) facts = { 0 };

  setup_node_look (&facts, root, BUS, ADDRESS, PERSON);

  g_assert_cmpstr (facts.path, ==, NODE);
  g_assert_cmphex (facts.mode, ==, 0);
  g_assert_false (facts.udev_runs);
  g_assert_false (facts.tagged);
  g_assert_null (facts.seat);

  test_tree_free (root);
}

static void
test_permissions (void)
{
  char *root = test_tree_new ();
  g_autofree char *path = g_strconcat (root, NODE, NULL);
  g_auto (SetupNodeFacts) facts = { 0 };
  GStatBuf info;

  test_tree_write (root, NODE, "");
  g_assert_no_errno (g_chmod (path, 0640));
  g_assert_no_errno (g_stat (path, &info));

  setup_node_look (&facts, root, BUS, ADDRESS, PERSON);

  g_assert_cmphex (facts.mode, ==, 0640);
  g_assert_cmpuint (facts.owner, ==, info.st_uid);
  g_assert_cmpuint (facts.group, ==, info.st_gid);
  g_assert_false (facts.is_listed);

  test_tree_free (root);
}

typedef struct {
  const char *name;
  const char *record;
  gboolean tagged;
  const char *seat;
} Record;

static const Record records[] = {
  { "untagged", "I:1\nE:ID_VENDOR_ID=303a\n", FALSE, NULL },
  { "before-247", "I:1\nG:uaccess\nG:seat\n", TRUE, NULL },
  { "tagged", "G:seat\nG:uaccess\nQ:seat\nQ:uaccess\nV:1\n", TRUE, NULL },
  { "not-any-more", "G:seat\nG:uaccess\nQ:seat\nV:1\n", FALSE, NULL },
  { "other-seat", "G:uaccess\nQ:uaccess\nV:1\nE:ID_SEAT=seat-usb-1\n", TRUE, "seat-usb-1" },
};

static void
test_record (gconstpointer data)
{
  const Record *record = data;
  char *root = test_tree_new ();
  g_auto (SetupNodeFacts) facts = { 0 };

  test_tree_write (root, "/run/udev/control", "");
  test_tree_write (root, RECORD, record->record);

  setup_node_look (&facts, root, BUS, ADDRESS, PERSON);

  g_assert_true (facts.udev_runs);
  g_assert_cmpint (facts.tagged, ==, record->tagged);
  g_assert_cmpstr (facts.seat, ==, record->seat);

  test_tree_free (root);
}

/* linux/posix_acl_xattr.h: version 2; user::rw-, user:1000:rw-, user:1001:r--, group::---,
 * mask::rw-, other::---. */
static void
test_access_list (void)
{
  static const guint8 list[] = {
    2, 0,    0,    0,    0x01, 0,    6,    0,    0xff, 0xff, 0xff, 0xff, 0x02,
    0, 6,    0,    0xe8, 0x03, 0,    0,    0x02, 0,    4,    0,    0xe9, 0x03,
    0, 0,    0x04, 0,    0,    0,    0xff, 0xff, 0xff, 0xff, 0x10, 0,    6,
    0, 0xff, 0xff, 0xff, 0xff, 0x20, 0,    0,    0,    0xff, 0xff, 0xff, 0xff,
  };
  guint8 other[sizeof list];

  g_assert_true (setup_node_access_list_names (list, sizeof list, 1000));
  g_assert_false (setup_node_access_list_names (list, sizeof list, 1001));
  g_assert_false (setup_node_access_list_names (list, sizeof list, 1002));

  /* Of another version nothing is known. */
  memcpy (other, list, sizeof list);
  other[0] = 3;
  g_assert_false (setup_node_access_list_names (other, sizeof other, 1000));

  /* Cut short, it is not read beyond its end. */
  for (gsize length = 0; length < 20; length++) {
    g_autofree guint8 *copy = g_memdup2 (list, length);

    g_assert_false (setup_node_access_list_names (copy, length, 1000));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/node/nothing", test_nothing);
  g_test_add_func ("/setup/node/permissions", test_permissions);
  g_test_add_func ("/setup/node/access-list", test_access_list);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/node/record/%s", records[i].name);

    g_test_add_data_func (path, &records[i], test_record);
  }

  return g_test_run ();
}
