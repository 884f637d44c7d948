/* test-setup-person.c: who wants to use the board, and whether they sit at this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-person.h"

#include <unistd.h>

#include "test-tree.h"

#define PERSON 1000

#define SEATS "/run/systemd/seats/"

/* As logind writes them. */
#define ACTIVE(user)                                                                               \
  "# This is private data. Do not parse.\nIS_SEAT0=1\nCAN_MULTI_SESSION=1\nCAN_TTY=1\n"            \
  "CAN_GRAPHICAL=1\nACTIVE=2\nACTIVE_UID=" user "\nSESSIONS=2 c1\nUIDS=1000 117\n"
#define EMPTY "# This is private data. Do not parse.\nIS_SEAT0=1\nCAN_TTY=1\n"

typedef struct {
  const char *name;
  const char *first;  /* seat0 */
  const char *second; /* seat1 */
  const char *seat;
  gboolean logind;
  gboolean seated;
} Case;

static const Case cases[] = {
  { "no-logind", NULL, NULL, NULL, FALSE, FALSE },
  { "in-front", ACTIVE ("1000"), NULL, NULL, TRUE, TRUE },
  { "somebody-else-in-front", ACTIVE ("117"), NULL, NULL, TRUE, FALSE },
  { "similar-number", ACTIVE ("10001"), NULL, NULL, TRUE, FALSE },
  { "nobody", EMPTY, NULL, NULL, TRUE, FALSE },
  { "at-the-other-seat", ACTIVE ("1001"), ACTIVE ("1000"), "seat1", TRUE, TRUE },
  { "board-of-the-other-seat", ACTIVE ("1000"), ACTIVE ("1001"), "seat1", TRUE, FALSE },
  { "seat-that-is-gone", ACTIVE ("1000"), NULL, "seat1", TRUE, FALSE },
};

static void
test_seat (gconstpointer data)
{
  const Case *c = data;
  char *root = test_tree_new ();
  g_auto (SetupPersonFacts) facts = { 0 };

  /* Packages of systemd make this where no logind runs. */
  test_tree_make_folder (root, SEATS);
  if (c->first != NULL)
    test_tree_write (root, SEATS "seat0", c->first);
  if (c->second != NULL)
    test_tree_write (root, SEATS "seat1", c->second);

  setup_person_look (&facts, root, PERSON, "ada", c->seat);

  g_assert_cmpuint (facts.user, ==, PERSON);
  g_assert_cmpstr (facts.name, ==, "ada");
  g_assert_cmpint (facts.logind, ==, c->logind);
  g_assert_cmpint (facts.seated, ==, c->seated);

  test_tree_free (root);
}

typedef struct {
  const char *name;
  const char *groups;
  gboolean exists;
  gboolean listed;
} Group;

static const Group groups[] = {
  { "none", "root:x:0:\n", FALSE, FALSE },
  { "similar", "plugdevs:x:46:ada\n", FALSE, FALSE },
  { "empty", "root:x:0:\nplugdev:x:4000000:\n", TRUE, FALSE },
  { "others", "plugdev:x:4000000:adam,bad\n", TRUE, FALSE },
  { "listed", "plugdev:x:4000000:grace,ada\n", TRUE, TRUE },
  { "broken", "plugdev:x:\n:::\nplugdev:x:what:ada\n", FALSE, FALSE },
};

static void
test_group (gconstpointer data)
{
  const Group *group = data;
  char *root = test_tree_new ();
  g_auto (SetupPersonFacts) facts = { 0 };

  test_tree_write (root, "/etc/group", group->groups);
  setup_person_look (&facts, root, PERSON, "ada", NULL);

  g_assert_cmpint (facts.group_exists, ==, group->exists);
  g_assert_cmpint (facts.listed_in_group, ==, group->listed);
  g_assert_false (facts.in_group);
  if (facts.group_exists)
    g_assert_cmpuint (facts.group, ==, 4000000);

  test_tree_free (root);
}

static void
test_own_group (void)
{
  char *root = test_tree_new ();
  g_autofree char *text = g_strdup_printf ("plugdev:x:%u:\n", getegid ());
  g_auto (SetupPersonFacts) facts = { 0 };

  test_tree_write (root, "/etc/group", text);
  setup_person_look (&facts, root, PERSON, "ada", NULL);
  g_assert_true (facts.in_group);

  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/person/seat/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_seat);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/person/group/%s", groups[i].name);

    g_test_add_data_func (path, &groups[i], test_group);
  }
  g_test_add_func ("/setup/person/group/own", test_own_group);

  return g_test_run ();
}
