/* test-setup-rule-copy.c: our udev rule as a file, for somebody else to install
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-copy.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "setup-rule-text.h"
#include "test-tree.h"

#define RULE SETUP_RULE_FOLDER "/" SETUP_RULE_NAME
#define SEAT "/run/systemd/seats/seat0"
#define NEWER SETUP_RULE_MARK "9999\n"
#define WIDE "ENV{ID_USB_INTERFACES}==\"*:fe0101:*|*:fe0102:*\", TAG+=\"uaccess\"\n"

typedef struct {
  const char *name;
  struct {
    const char *path;
    const char *text;
  } files[3];
  guint flags;
  gboolean outdated;
} Case;

static const Case cases[] = {
  { "desktop", { { SEAT, "" } }, 0 },
  { "nobody-knows-who-sits-there", { { NULL } }, SETUP_RULE_GROUP },
  { "sandbox", { { "/.flatpak-info", "" } }, 0 },
  { "older", { { SEAT, "" }, { RULE, SETUP_RULE_MARK "1\n" } }, 0 },
  { "older-for-all",
    { { SEAT, "" }, { RULE, SETUP_RULE_MARK "1\n" WIDE } },
    SETUP_RULE_ALL_DEVICES },
  { "for-all-by-group",
    { { RULE, SETUP_RULE_MARK "1\n" WIDE } },
    SETUP_RULE_ALL_DEVICES | SETUP_RULE_GROUP },
  { "newer", { { SEAT, "" }, { RULE, NEWER } }, 0, TRUE },
  { "newer-for-all", { { SEAT, "" }, { RULE, NEWER WIDE } }, SETUP_RULE_ALL_DEVICES, TRUE },
  { "somebody-elses", { { SEAT, "" }, { RULE, "# mine\n" WIDE } }, 0 },
};

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
save (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (full);
  GAsyncResult *result = NULL;

  setup_rule_copy_save_async (file, root, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static void
test_save (gconstpointer data)
{
  const Case *c = data;
  char *root = test_tree_new ();
  g_autofree char *path = g_strconcat (root, "/saved", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *expected = setup_rule_text_new (c->flags);
  gboolean outdated = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (c->files) && c->files[i].path != NULL; i++)
    test_tree_write (root, c->files[i].path, c->files[i].text);

  result = save (root, "/saved");
  setup_rule_copy_save_finish (result, &outdated, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outdated, ==, c->outdated);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);

  free (expected);
  test_tree_free (root);
}

static void
test_nowhere (void)
{
  char *root = test_tree_new ();
  g_autoptr (GAsyncResult) result = save (root, "/missing/saved");
  g_autoptr (GError) error = NULL;
  gboolean outdated = FALSE;

  g_assert_false (setup_rule_copy_save_finish (result, &outdated, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  test_tree_free (root);
}

/* As on a disk that is full, but for the number of the error. */
static void
test_no_room (void)
{
  char *root = test_tree_new ();
  g_autofree char *path = g_strconcat (root, "/saved", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old;
  struct rlimit small;
  gboolean outdated = FALSE;

  test_tree_write (root, "/saved", "older");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = (struct rlimit){ .rlim_cur = 100, .rlim_max = old.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  result = save (root, "/saved");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_false (setup_rule_copy_save_finish (result, &outdated, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/rule-copy/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_save);
  }
  g_test_add_func ("/setup/rule-copy/nowhere", test_nowhere);
  g_test_add_func ("/setup/rule-copy/no-room", test_no_room);

  return g_test_run ();
}
