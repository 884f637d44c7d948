/* main.c: bootlace-setup-helper, all that ever runs as root
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started through polkit's pkexec by the setup assistant. It takes one word, writes or removes one
 * file whose place and text are its own, and asks udev to look at it. Nothing that the caller
 * controls has a say in what is written or where: not the arguments, not the environment, not the
 * working folder, the open files, the umask or the limits.
 */

#include "helper-rule-file.h"

#include "setup-helper.h"
#include "setup-rule-text.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* logind keeps it from its start; without logind nothing acts upon "uaccess". The folder alone may
 * be there without it. */
#define FIRST_SEAT "/run/systemd/seats/seat0"

/* Where only root can put a file. */
#define LOCK_FOLDER "/run"
#define LOCK_NAME "bootlace-setup-helper.lock"

static const char *const udevadm_paths[] = { "/usr/bin/udevadm", "/bin/udevadm",
                                             "/usr/sbin/udevadm", "/sbin/udevadm" };

static const char *const no_environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };

/* A descriptor that is closed would be given to the file that we write, and messages would go into
 * it. */
static bool
have_standard_files (void)
{
  int file;

  do
    file = open ("/dev/null", O_RDWR);
  while (file >= 0 && file <= STDERR_FILENO);

  return file >= 0 && close (file) == 0;
}

/* What a caller may have left for us: a umask, a folder, signals that are ignored or blocked. A
 * limit on the size of files then ends in an error, not in a signal. */
static bool
shed_inheritance (void)
{
  sigset_t none;

  clearenv ();
  umask (022);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  signal (SIGCHLD, SIG_DFL);
  signal (SIGXFSZ, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);

  return have_standard_files () && chdir ("/") == 0;
}

/* Two that write at once would take each other's half of a file for their own. Nobody but root can
 * open the lock, so nobody else can hold it; it ends with this process. */
static bool
wait_for_others (void)
{
  int folder = helper_rule_file_open_folder (LOCK_FOLDER);
  int lock = -1;
  int status;

  if (folder < 0)
    return false;

  lock = openat (folder, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  close (folder);
  if (lock < 0)
    return false;

  do
    status = flock (lock, LOCK_EX);
  while (status != 0 && errno == EINTR);

  return status == 0;
}

static bool
run_udevadm (const char *const arguments[])
{
  pid_t child = -1;
  int status = 0;

  for (size_t i = 0; i < sizeof udevadm_paths / sizeof udevadm_paths[0]; i++) {
    if (posix_spawn (&child, udevadm_paths[i], NULL, NULL, (char *const *) arguments,
                     (char *const *) no_environment) == 0)
      break;
    child = -1;
  }

  if (child < 0)
    return false;

  while (waitpid (child, &status, 0) < 0) {
    if (errno != EINTR)
      return false;
  }

  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

/* Boards that are plugged in already get their access now; nobody has to plug them in again. */
static bool
tell_udev (void)
{
  const char *const reload[] = { "udevadm", "control", "--reload", NULL };
  const char *const trigger[] = { "udevadm",
                                  "trigger",
                                  "--action=change",
                                  "--subsystem-match=usb",
                                  "--property-match=DEVTYPE=usb_device",
                                  NULL };
  const char *const settle[] = { "udevadm", "settle", "--timeout=10", NULL };

  return run_udevadm (reload) && run_udevadm (trigger) && run_udevadm (settle);
}

static int
report (const char *what)
{
  int problem = errno;

  fprintf (stderr, "bootlace-setup-helper: %s: %s\n", what, strerror (problem));

  switch (problem) {
  case EEXIST:
    return SETUP_HELPER_EXIT_NOT_OURS;
  case EALREADY:
    return SETUP_HELPER_EXIT_NEWER;
  case EROFS:
    return SETUP_HELPER_EXIT_READ_ONLY;
  default:
    return SETUP_HELPER_EXIT_FAILED;
  }
}

static int
install (int folder, unsigned int flags)
{
  char *text = NULL;
  int status = 0;

  if (access (FIRST_SEAT, F_OK) != 0 && getgrnam (SETUP_RULE_GROUP_NAME) != NULL)
    flags |= SETUP_RULE_GROUP;

  text = setup_rule_text_new (flags);
  if (text == NULL)
    return report ("the rule");

  status = helper_rule_file_install (folder, text);
  free (text);

  return status == 0 ? SETUP_HELPER_EXIT_DONE : report (SETUP_RULE_NAME);
}

/* Exactly one word, and nothing but these. */
static int
act (int folder, const char *verb)
{
  if (strcmp (verb, SETUP_HELPER_VERB_INSTALL) == 0)
    return install (folder, 0);
  if (strcmp (verb, SETUP_HELPER_VERB_INSTALL_ALL) == 0)
    return install (folder, SETUP_RULE_ALL_DEVICES);

  return helper_rule_file_remove (folder) == 0 ? SETUP_HELPER_EXIT_DONE : report (SETUP_RULE_NAME);
}

static bool
is_verb (const char *word)
{
  return strcmp (word, SETUP_HELPER_VERB_INSTALL) == 0 ||
         strcmp (word, SETUP_HELPER_VERB_INSTALL_ALL) == 0 ||
         strcmp (word, SETUP_HELPER_VERB_REMOVE) == 0;
}

int
main (int argc, char **argv)
{
  int folder = -1;
  int status;

  if (!shed_inheritance ())
    return SETUP_HELPER_EXIT_FAILED;

  if (argc != 2 || !is_verb (argv[1])) {
    fputs ("bootlace-setup-helper: give one word: install, install-all or remove\n", stderr);
    return SETUP_HELPER_EXIT_USAGE;
  }

  /* Nor is it to be of use to others if somebody makes it setuid. */
  if (geteuid () != 0 || getuid () != 0) {
    fputs ("bootlace-setup-helper: only root can do this\n", stderr);
    return SETUP_HELPER_EXIT_NOT_ROOT;
  }

  if (!wait_for_others ())
    return report (LOCK_FOLDER "/" LOCK_NAME);

  folder = helper_rule_file_open_folder (SETUP_RULE_FOLDER);
  if (folder < 0)
    return report (SETUP_RULE_FOLDER);

  status = act (folder, argv[1]);
  close (folder);
  if (status != SETUP_HELPER_EXIT_DONE || tell_udev ())
    return status;

  fputs ("bootlace-setup-helper: udev did not take notice\n", stderr);
  return SETUP_HELPER_EXIT_NO_UDEV;
}
