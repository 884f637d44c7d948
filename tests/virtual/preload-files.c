/* preload-files.c: the calls of the C library that take a path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only calls that libusb, libudev, lsusb, dfu-util and GLib make are here.
 */

#include "preload.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <unistd.h>

/* What the compiler calls when it checks the flags of open(). */
int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
int __openat_2 (int directory, const char *path, int flags);
int __openat64_2 (int directory, const char *path, int flags);

static bool
takes_mode (int flags)
{
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

static int
open_mapped (const char *path, int flags, mode_t mode)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);
  unsigned bus_number, address;

  if (real_path != path && preload_parse_node (path, &bus_number, &address))
    return preload_open_node (path, real_path, flags);

  return REAL (open64) (real_path, flags, mode);
}

static int
open_mapped_at (int directory, const char *path, int flags, mode_t mode)
{
  char buffer[PATH_MAX];

  if (path != NULL && path[0] == '/')
    return open_mapped (path, flags, mode);

  return REAL (openat64) (directory, preload_map_at (directory, path, buffer), flags, mode);
}

PRELOAD_EXPORT int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (takes_mode (flags))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return open_mapped (path, flags, mode);
}

PRELOAD_EXPORT int
open64 (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (takes_mode (flags))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return open_mapped (path, flags, mode);
}

PRELOAD_EXPORT int
openat (int directory, const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (takes_mode (flags))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return open_mapped_at (directory, path, flags, mode);
}

PRELOAD_EXPORT int
openat64 (int directory, const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (takes_mode (flags))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return open_mapped_at (directory, path, flags, mode);
}

PRELOAD_EXPORT int
__open_2 (const char *path, int flags)
{
  return open_mapped (path, flags, 0);
}

PRELOAD_EXPORT int
__open64_2 (const char *path, int flags)
{
  return open_mapped (path, flags, 0);
}

PRELOAD_EXPORT int
__openat_2 (int directory, const char *path, int flags)
{
  return open_mapped_at (directory, path, flags, 0);
}

PRELOAD_EXPORT int
__openat64_2 (int directory, const char *path, int flags)
{
  return open_mapped_at (directory, path, flags, 0);
}

PRELOAD_EXPORT FILE *
fopen (const char *path, const char *mode)
{
  char buffer[PATH_MAX];

  return REAL (fopen) (preload_map (path, buffer), mode);
}

PRELOAD_EXPORT FILE *
fopen64 (const char *path, const char *mode)
{
  char buffer[PATH_MAX];

  return REAL (fopen64) (preload_map (path, buffer), mode);
}

PRELOAD_EXPORT DIR *
opendir (const char *path)
{
  char buffer[PATH_MAX];

  return REAL (opendir) (preload_map (path, buffer));
}

PRELOAD_EXPORT int
scandir (const char *path,
         struct dirent ***names,
         int (*filter) (const struct dirent *),
         int (*compare) (const struct dirent **, const struct dirent **))
{
  char buffer[PATH_MAX];

  return REAL (scandir) (preload_map (path, buffer), names, filter, compare);
}

PRELOAD_EXPORT int
inotify_add_watch (int fd, const char *path, uint32_t mask)
{
  char buffer[PATH_MAX];

  return REAL (inotify_add_watch) (fd, preload_map (path, buffer), mask);
}

/* Permissions */

/* Device nodes are judged as for an ordinary person, although the tests may run as root. */
static bool
is_denied (const char *path, const char *real_path, int mode)
{
  unsigned bus_number, address;
  struct stat status;

  if (real_path == path || !preload_parse_node (path, &bus_number, &address) ||
      REAL (stat) (real_path, &status) < 0 ||
      preload_may_access (status.st_mode, (mode & R_OK) != 0, (mode & W_OK) != 0))
    return false;

  errno = EACCES;

  return true;
}

PRELOAD_EXPORT int
access (const char *path, int mode)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);

  return is_denied (path, real_path, mode) ? -1 : REAL (access) (real_path, mode);
}

PRELOAD_EXPORT int
eaccess (const char *path, int mode)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);

  return is_denied (path, real_path, mode) ? -1 : REAL (eaccess) (real_path, mode);
}

PRELOAD_EXPORT int
euidaccess (const char *path, int mode)
{
  return eaccess (path, mode);
}

PRELOAD_EXPORT int
faccessat (int directory, const char *path, int mode, int flags)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map_at (directory, path, buffer);

  return is_denied (path, real_path, mode) ? -1
                                           : REAL (faccessat) (directory, real_path, mode, flags);
}

/* Status: where files are 64 bits wide anyway, each pair of calls fills the same structure. */

_Static_assert(sizeof (struct stat) == sizeof (struct stat64), "two kinds of struct stat");

static int
finish_stat (int result, const char *path, const char *real_path, struct stat *status)
{
  if (result == 0 && real_path != path)
    preload_dress_up (status, path);

  return result;
}

PRELOAD_EXPORT int
stat (const char *path, struct stat *status)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);

  return finish_stat (REAL (stat) (real_path, status), path, real_path, status);
}

PRELOAD_EXPORT int
stat64 (const char *path, struct stat64 *status)
{
  return stat (path, (struct stat *) status);
}

PRELOAD_EXPORT int
lstat (const char *path, struct stat *status)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);

  return finish_stat (REAL (lstat) (real_path, status), path, real_path, status);
}

PRELOAD_EXPORT int
lstat64 (const char *path, struct stat64 *status)
{
  return lstat (path, (struct stat *) status);
}

PRELOAD_EXPORT int
fstatat (int directory, const char *path, struct stat *status, int flags)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map_at (directory, path, buffer);
  int result = REAL (fstatat) (directory, real_path, status, flags);

  return finish_stat (result, path, real_path, status);
}

PRELOAD_EXPORT int
fstatat64 (int directory, const char *path, struct stat64 *status, int flags)
{
  return fstatat (directory, path, (struct stat *) status, flags);
}

PRELOAD_EXPORT int
statx (int directory, const char *path, int flags, unsigned mask, struct statx *status)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map_at (directory, path, buffer);
  int result = REAL (statx) (directory, real_path, flags, mask, status);
  unsigned bus_number, address;

  if (result == 0 && real_path != path && preload_parse_node (path, &bus_number, &address))
    status->stx_mode = S_IFCHR | (status->stx_mode & 07777);

  return result;
}

/* Links */

PRELOAD_EXPORT ssize_t
readlink (const char *path, char *target, size_t size)
{
  char buffer[PATH_MAX];
  ssize_t length = REAL (readlink) (preload_map (path, buffer), target, size);

  /* Who looks into /proc for those that have a node open sees the node's own name. */
  return length > 0 ? (ssize_t) preload_unmap (target, length) : length;
}

PRELOAD_EXPORT ssize_t
readlinkat (int directory, const char *path, char *target, size_t size)
{
  char buffer[PATH_MAX];
  ssize_t length =
    REAL (readlinkat) (directory, preload_map_at (directory, path, buffer), target, size);

  return length > 0 ? (ssize_t) preload_unmap (target, length) : length;
}

PRELOAD_EXPORT char *
realpath (const char *path, char *resolved)
{
  char buffer[PATH_MAX];
  char *result = REAL (realpath) (preload_map (path, buffer), resolved);

  if (result != NULL)
    result[preload_unmap (result, strlen (result))] = '\0';

  return result;
}

/* File systems: libusb and libudev look only where there is a sysfs. */

static bool
is_in_sysfs (int fd)
{
  char link[40], target[PATH_MAX];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, target, sizeof target - 1);
  if (length <= 0)
    return false;

  target[length] = '\0';

  return strncmp (target, "/sys", 4) == 0 && (target[4] == '\0' || target[4] == '/');
}

_Static_assert(sizeof (struct statfs) == sizeof (struct statfs64), "two kinds of struct statfs");

PRELOAD_EXPORT int
statfs (const char *path, struct statfs *status)
{
  char buffer[PATH_MAX];
  const char *real_path = preload_map (path, buffer);
  int result = REAL (statfs) (real_path, status);

  if (result == 0 && real_path != path && strncmp (path, "/sys", 4) == 0)
    status->f_type = SYSFS_MAGIC;

  return result;
}

PRELOAD_EXPORT int
statfs64 (const char *path, struct statfs64 *status)
{
  return statfs (path, (struct statfs *) status);
}

PRELOAD_EXPORT int
fstatfs (int fd, struct statfs *status)
{
  int result = REAL (fstatfs) (fd, status);

  if (result == 0 && preload_get_root () != NULL && is_in_sysfs (fd))
    status->f_type = SYSFS_MAGIC;

  return result;
}

PRELOAD_EXPORT int
fstatfs64 (int fd, struct statfs64 *status)
{
  return fstatfs (fd, (struct statfs *) status);
}
