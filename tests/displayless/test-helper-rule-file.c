/* test-helper-rule-file.c: the one file that is ever written as root
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "helper-rule-file.h"
#include "setup-rule-text.h"
#include "test-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLD SETUP_RULE_MARK "1\n# old\n"
#define NEW SETUP_RULE_MARK "2\n# new\n"
#define FOREIGN "# somebody's own rule\n"

/* A folder, and a file outside it that must never change. */
typedef struct {
  char *root;
  char *path;
  char *rule;
  char *victim;
  int folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("bootlace-helper-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->root, "rules.d", NULL);
  fixture->rule = g_build_filename (fixture->path, SETUP_RULE_NAME, NULL);
  fixture->victim = g_build_filename (fixture->root, "victim", NULL);
  g_assert_no_errno (g_mkdir (fixture->path, 0755));
  g_file_set_contents (fixture->victim, FOREIGN, -1, &error);
  g_assert_no_error (error);
  fixture->folder = open (fixture->path, O_RDONLY | O_DIRECTORY);
  g_assert_no_errno (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  close (fixture->folder);
  test_folder_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->path);
  g_free (fixture->rule);
  g_free (fixture->victim);
}

static void
put (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* Nothing but the rule is in the folder, or nothing at all. */
static void
assert_tidy (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->path, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_cmpstr (name, ==, SETUP_RULE_NAME);
}

static void
assert_fails (int status, int code)
{
  int problem = errno;

  g_assert_cmpint (status, ==, -1);
  g_assert_cmpint (problem, ==, code);
}

static void
test_install (Fixture *fixture, gconstpointer user_data)
{
  struct stat info;

  umask (077);
  g_assert_no_errno (helper_rule_file_install (fixture->folder, OLD));
  assert_text (fixture->rule, OLD);
  g_assert_no_errno (helper_rule_file_install (fixture->folder, NEW));
  assert_text (fixture->rule, NEW);

  g_assert_no_errno (stat (fixture->rule, &info));
  g_assert_cmpint (info.st_mode & 07777, ==, 0644);
  assert_tidy (fixture);
}

/* Of what is not newer, the person decides: it may be made to cover more or less. */
static void
test_newer (Fixture *fixture, gconstpointer user_data)
{
  put (fixture->rule, NEW);
  assert_fails (helper_rule_file_install (fixture->folder, OLD), EALREADY);
  assert_text (fixture->rule, NEW);
  assert_tidy (fixture);

  g_assert_no_errno (helper_rule_file_install (fixture->folder, NEW "# for all\n"));
  assert_text (fixture->rule, NEW "# for all\n");
  g_assert_no_errno (helper_rule_file_remove (fixture->folder));
  g_assert_no_errno (helper_rule_file_install (fixture->folder, OLD));
  assert_text (fixture->rule, OLD);
}

static void
test_remove (Fixture *fixture, gconstpointer user_data)
{
  g_assert_no_errno (helper_rule_file_remove (fixture->folder));
  put (fixture->rule, OLD);
  g_assert_no_errno (helper_rule_file_remove (fixture->folder));
  g_assert_false (g_file_test (fixture->rule, G_FILE_TEST_EXISTS));
}

static void
test_foreign (Fixture *fixture, gconstpointer user_data)
{
  put (fixture->rule, FOREIGN);
  assert_fails (helper_rule_file_install (fixture->folder, NEW), EEXIST);
  assert_fails (helper_rule_file_remove (fixture->folder), EEXIST);
  assert_text (fixture->rule, FOREIGN);

  put (fixture->rule, "");
  assert_fails (helper_rule_file_install (fixture->folder, NEW), EEXIST);
  assert_text (fixture->rule, "");
  assert_tidy (fixture);
}

/* Even a link to a file of ours is not ours. */
static void
test_link (Fixture *fixture, gconstpointer user_data)
{
  put (fixture->victim, OLD);
  g_assert_no_errno (symlink (fixture->victim, fixture->rule));

  assert_fails (helper_rule_file_install (fixture->folder, NEW), EEXIST);
  assert_fails (helper_rule_file_remove (fixture->folder), EEXIST);
  assert_text (fixture->victim, OLD);
  g_assert_true (g_file_test (fixture->rule, G_FILE_TEST_IS_SYMLINK));
}

/* What has two names loses one of them, and keeps what is in it. */
static void
test_hard_link (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *left = g_strconcat (fixture->rule, ".new", NULL);

  put (fixture->victim, OLD);
  g_assert_no_errno (link (fixture->victim, fixture->rule));
  g_assert_no_errno (link (fixture->victim, left));
  g_assert_no_errno (helper_rule_file_install (fixture->folder, NEW));
  assert_text (fixture->rule, NEW);
  assert_text (fixture->victim, OLD);
  assert_tidy (fixture);

  g_assert_no_errno (g_remove (fixture->rule));
  g_assert_no_errno (link (fixture->victim, fixture->rule));
  g_assert_no_errno (helper_rule_file_remove (fixture->folder));
  assert_text (fixture->victim, OLD);
}

/* A pipe that nobody writes into must not be waited for. */
static void
test_no_file (Fixture *fixture, gconstpointer user_data)
{
  g_assert_no_errno (mkfifo (fixture->rule, 0644));
  assert_fails (helper_rule_file_install (fixture->folder, NEW), EEXIST);
  g_assert_no_errno (g_remove (fixture->rule));

  g_assert_no_errno (g_mkdir (fixture->rule, 0755));
  assert_fails (helper_rule_file_install (fixture->folder, NEW), EEXIST);
  assert_fails (helper_rule_file_remove (fixture->folder), EEXIST);
}

/* What an attempt that was killed has left behind, or somebody has put there to be written to. */
static void
test_left_over (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *left = g_strconcat (fixture->rule, ".new", NULL);

  g_assert_no_errno (symlink (fixture->victim, left));
  g_assert_no_errno (helper_rule_file_install (fixture->folder, OLD));
  assert_text (fixture->victim, FOREIGN);
  assert_text (fixture->rule, OLD);

  put (left, SETUP_RULE_MARK);
  g_assert_no_errno (helper_rule_file_install (fixture->folder, NEW));
  assert_text (fixture->rule, NEW);
  assert_tidy (fixture);
}

/* A write that ends early, as on a full disk, leaves the older rule as it was. */
static void
test_write_fails (Fixture *fixture, gconstpointer user_data)
{
  struct rlimit limit;
  struct rlimit tight;
  int status;

  put (fixture->rule, OLD);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  tight = limit;
  tight.rlim_cur = 10;

  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &tight));
  status = helper_rule_file_install (fixture->folder, NEW);
  assert_fails (status, EFBIG);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));

  assert_text (fixture->rule, OLD);
  assert_tidy (fixture);
}

/* A look that fails is no file of somebody else. */
static void
test_no_descriptors (Fixture *fixture, gconstpointer user_data)
{
  struct rlimit limit;
  struct rlimit tight;

  g_assert_no_errno (helper_rule_file_install (fixture->folder, OLD));
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  tight = limit;
  tight.rlim_cur = 0;
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &tight));
  assert_fails (helper_rule_file_install (fixture->folder, NEW), EMFILE);
  assert_fails (helper_rule_file_remove (fixture->folder), EMFILE);
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &limit));

  assert_text (fixture->rule, OLD);
  assert_tidy (fixture);
}

#define ATTACK_TIME (5 * G_TIME_SPAN_SECOND)

/* Somebody who may change the folder, and wants what is written to go elsewhere. */
typedef struct {
  const char *victim;
  char *place;
  gint over;
} Attack;

/* Whenever nothing is there, a link is: also between a look and an opening. */
static gpointer
attack_in_thread (gpointer data)
{
  Attack *attack = data;

  while (!g_atomic_int_get (&attack->over))
    if (symlink (attack->victim, attack->place) != 0 && errno != EEXIST)
      break;

  return NULL;
}

static void
run_under_attack (Fixture *fixture, const char *place)
{
  Attack attack = { .victim = fixture->victim, .place = g_strdup (place) };
  g_autoptr (GThread) thread = g_thread_new ("attack", attack_in_thread, &attack);
  const gint64 deadline = g_get_monotonic_time () + ATTACK_TIME;

  /* Each round waits for the disk, which a busy machine stretches. */
  for (guint i = 0; i < 5000 && g_get_monotonic_time () < deadline; i++) {
    helper_rule_file_install (fixture->folder, NEW);
    helper_rule_file_remove (fixture->folder);
    if (i % 10 == 0)
      g_remove (place);
    if (i % 10 == 5)
      g_remove (fixture->rule);
  }

  g_atomic_int_set (&attack.over, TRUE);
  g_thread_join (g_steal_pointer (&thread));
  g_free (attack.place);
}

static void
test_race (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *left = g_strconcat (fixture->rule, ".new", NULL);

  run_under_attack (fixture, left);
  g_remove (fixture->rule);
  run_under_attack (fixture, fixture->rule);
  assert_text (fixture->victim, FOREIGN);
}

/* The temporary folder is everybody's, so nothing below it is safe. */
static void
test_folder (Fixture *fixture, gconstpointer user_data)
{
  int folder = -1;

  assert_fails (helper_rule_file_open_folder (fixture->path), EPERM);
  assert_fails (helper_rule_file_open_folder ("etc"), EINVAL);

  if (geteuid () != 0) {
    g_test_skip ("only root has a folder that nobody else can change");
    return;
  }

  folder = helper_rule_file_open_folder ("/etc");
  g_assert_no_errno (folder);
  close (folder);

  /* A link of the system itself; files are no folders. */
  g_assert_cmpint (helper_rule_file_open_folder ("/proc/self/root/etc"), ==, -1);
  assert_fails (helper_rule_file_open_folder ("/etc/passwd"), ENOTDIR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/helper/rule-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("install", test_install);
  ADD ("newer", test_newer);
  ADD ("remove", test_remove);
  ADD ("foreign", test_foreign);
  ADD ("link", test_link);
  ADD ("hard-link", test_hard_link);
  ADD ("no-file", test_no_file);
  ADD ("left-over", test_left_over);
  ADD ("write-fails", test_write_fails);
  ADD ("no-descriptors", test_no_descriptors);
  ADD ("race", test_race);
  ADD ("folder", test_folder);

  return g_test_run ();
}
