/* setup-person.c: who wants to use the board, and whether they sit at this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-person.h"

#include <string.h>
#include <unistd.h>

/* Where logind and elogind keep seats, for sd_seat_get_active(), by which udev decides whom
 * "uaccess" lets in. There is always this one. */
#define SEATS "/run/systemd/seats"
#define FIRST_SEAT "seat0"

/* The value of NAME=value. */
static char *
dup_value (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && lines[i][length] == '=')
      return g_strdup (lines[i] + length + 1);

  return NULL;
}

static gboolean
parse_id (const char *text, guint *id)
{
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;

  *id = (guint) value;
  return TRUE;
}

static void
look_at_seat (SetupPersonFacts *self, const char *root, const char *seat)
{
  g_autofree char *first = g_strconcat (root, SEATS "/" FIRST_SEAT, NULL);
  g_autofree char *path = g_strdup_printf ("%s" SEATS "/%s", root, seat);
  g_autofree char *text = NULL;
  g_autofree char *active = NULL;
  guint user = 0;

  self->logind = g_file_test (first, G_FILE_TEST_EXISTS);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  active = dup_value (text, "ACTIVE_UID");
  self->seated = parse_id (active, &user) && user == self->user;
}

static gboolean
has_group (guint group)
{
  g_autofree gid_t *groups = NULL;
  const int n_groups = getgroups (0, NULL);

  if (getegid () == group)
    return TRUE;

  if (n_groups <= 0)
    return FALSE;

  groups = g_new (gid_t, n_groups);
  for (int i = getgroups (n_groups, groups) - 1; i >= 0; i--)
    if (groups[i] == group)
      return TRUE;

  return FALSE;
}

/* group(5): name, password, number and members, parted by colons. */
static void
look_at_group (SetupPersonFacts *self, const char *root)
{
  g_autofree char *path = g_strconcat (root, "/etc/group", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], ":", 4);
    g_auto (GStrv) members = NULL;

    if (g_strv_length (fields) != 4 || !g_str_equal (fields[0], SETUP_RULE_GROUP_NAME) ||
        !parse_id (fields[2], &self->group))
      continue;

    members = g_strsplit (fields[3], ",", -1);
    self->group_exists = TRUE;
    self->in_group = has_group (self->group);
    self->listed_in_group =
      self->name != NULL && g_strv_contains ((const char *const *) members, self->name);
    return;
  }
}

/**
 * setup_person_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_person_facts_clear (SetupPersonFacts *self)
{
  g_clear_pointer (&self->name, g_free);
}

/**
 * setup_person_look:
 * @self: (out caller-allocates): what is seen
 * @root: what every path begins with
 * @user: the user
 * @name: (nullable): the user's name
 * @seat: (nullable): the seat that the device belongs to; without one, the first
 *
 * Looks at who somebody is. Blocks on files.
 */
void
setup_person_look (SetupPersonFacts *self,
                   const char *root,
                   guint user,
                   const char *name,
                   const char *seat)
{
  *self = (SetupPersonFacts){ .user = user, .name = g_strdup (name) };

  look_at_seat (self, root, seat != NULL ? seat : FIRST_SEAT);
  look_at_group (self, root);
}
