/* helper-rule-file.c: puts the udev rule into its folder, and takes it out again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "helper-rule-file.h"

#include "setup-rule-text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* udev reads only what ends in ".rules". */
#define NEW_NAME SETUP_RULE_NAME ".new"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* Only who runs us may be able to change a folder on the way, or somebody else decides what we
 * write, and where. */
static bool
is_safe_folder (int folder)
{
  struct stat info;

  if (fstat (folder, &info) != 0)
    return false;

  if (info.st_uid == geteuid () && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0)
    return true;

  errno = EPERM;
  return false;
}

/* A folder that is missing is made, as udev's packages make it. */
static int
open_inner (int folder, const char *name)
{
  int inner = openat (folder, name, FOLDER_FLAGS);

  if (inner >= 0 || errno != ENOENT)
    return inner;

  if (mkdirat (folder, name, 0755) != 0 && errno != EEXIST)
    return -1;

  return openat (folder, name, FOLDER_FLAGS);
}

/* Takes over @folder. */
static int
step_into (int folder, const char *name)
{
  int inner = open_inner (folder, name);
  int problem = errno;

  close (folder);
  errno = problem;
  if (inner < 0 || is_safe_folder (inner))
    return inner;

  problem = errno;
  close (inner);
  errno = problem;
  return -1;
}

/**
 * helper_rule_file_open_folder:
 * @path: an absolute path
 *
 * Opens a folder without following a link anywhere on the way, and makes sure that nobody but who
 * runs this can change it or a folder that it is in.
 *
 * Returns: a descriptor, or -1 with errno: EPERM for a folder that others can change, ELOOP or
 * ENOTDIR for a link
 */
int
helper_rule_file_open_folder (const char *path)
{
  char copy[256];
  char *rest = NULL;
  char *name = NULL;
  int folder = -1;

  if (path[0] != '/' || strlen (path) >= sizeof copy) {
    errno = EINVAL;
    return -1;
  }

  memcpy (copy, path, strlen (path) + 1);
  folder = open ("/", FOLDER_FLAGS);
  if (folder >= 0 && !is_safe_folder (folder)) {
    close (folder);
    errno = EPERM;
    return -1;
  }

  for (name = strtok_r (copy, "/", &rest); name != NULL && folder >= 0;
       name = strtok_r (NULL, "/", &rest))
    folder = step_into (folder, name);

  return folder;
}

/* Returns the version of a file that is ours to replace, an ordinary one that begins as ours do, or
 * 0 for any other. */
static unsigned int
read_version (int file)
{
  char beginning[64] = { 0 };
  struct stat info;

  if (fstat (file, &info) != 0 || !S_ISREG (info.st_mode) ||
      pread (file, beginning, sizeof beginning - 1, 0) <= 0)
    return 0;

  return setup_rule_text_get_version (beginning);
}

/* Returns the version of the file that is there, 0 when there is none, -1 with errno when there is
 * something else than a file of ours. Opening what is no ordinary file must not wait. */
static int
look (int folder)
{
  int file = openat (folder, SETUP_RULE_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  unsigned int version = 0;

  if (file < 0 && errno == ENOENT)
    return 0;

  /* Links and sockets cannot be opened; all else that goes wrong says nothing about the file. */
  if (file < 0 && errno != ELOOP && errno != ENXIO)
    return -1;

  if (file >= 0) {
    version = read_version (file);
    close (file);
  }
  if (version > 0)
    return (int) version;

  errno = EEXIST;
  return -1;
}

static bool
write_all (int file, const char *text)
{
  size_t rest = strlen (text);

  while (rest > 0) {
    ssize_t written = write (file, text, rest);

    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;

    text += written;
    rest -= (size_t) written;
  }

  return true;
}

/* What was begun earlier and never finished has this name; nothing that is in use has it. */
static int
create_new (int folder)
{
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

  if (unlinkat (folder, NEW_NAME, 0) != 0 && errno != ENOENT)
    return -1;

  return openat (folder, NEW_NAME, flags, 0644);
}

static bool
fill_new (int folder, const char *text)
{
  int file = create_new (folder);
  bool good = false;
  int problem;

  if (file < 0)
    return false;

  good = fchmod (file, 0644) == 0 && write_all (file, text) && fsync (file) == 0;
  problem = errno;
  if (close (file) != 0 && good) {
    problem = errno;
    good = false;
  }
  errno = problem;
  return good;
}

/**
 * helper_rule_file_install:
 * @folder: an open folder
 * @text: what the file is to hold
 *
 * Writes the rule, or replaces one of ours that is not newer, in one go: at no moment is there half
 * a rule.
 *
 * Returns: 0, or -1 with errno: EEXIST when a file of that name is not ours, EALREADY when a newer
 * version of this program wrote it
 */
int
helper_rule_file_install (int folder, const char *text)
{
  int version = look (folder);
  int problem;

  if (version < 0)
    return -1;

  if ((unsigned int) version > setup_rule_text_get_version (text)) {
    errno = EALREADY;
    return -1;
  }

  if (fill_new (folder, text) && renameat (folder, NEW_NAME, folder, SETUP_RULE_NAME) == 0)
    return fsync (folder);

  problem = errno;
  unlinkat (folder, NEW_NAME, 0);
  errno = problem;
  return -1;
}

/**
 * helper_rule_file_remove:
 * @folder: an open folder
 *
 * Removes the rule, if there is one.
 *
 * Returns: 0, or -1 with errno: EEXIST when a file of that name is not ours
 */
int
helper_rule_file_remove (int folder)
{
  int found = look (folder);

  if (found <= 0)
    return found;

  if (unlinkat (folder, SETUP_RULE_NAME, 0) != 0)
    return -1;

  return fsync (folder);
}
