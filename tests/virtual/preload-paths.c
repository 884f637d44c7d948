/* preload-paths.c: which paths are the virtual bus's, and where they really are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "preload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define USB_MAJOR 189
#define NODE_DIRECTORY "/dev/bus/usb"

/* Everything below these is the bus's. The rest of /sys is the machine's: toolkits look there for
 * their own reasons. */
static const char *const trees[] = {
  "/sys/bus/usb",
  "/sys/devices/platform/virtual-usb.0",
  NODE_DIRECTORY,
  "/run/udev",
};

static bool
is_below (const char *path, const char *directory)
{
  size_t length = strlen (directory);

  return strncmp (path, directory, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static bool
is_ours (const char *path)
{
  static const char numbers[] = "/sys/dev/char/189:";

  /* These two themselves lead to the bus, so that whoever walks from there finds it. */
  if (strcmp (path, "/sys") == 0 || strcmp (path, "/sys/bus") == 0)
    return true;
  if (strncmp (path, numbers, sizeof numbers - 1) == 0)
    return true;

  for (size_t i = 0; i < sizeof trees / sizeof trees[0]; i++) {
    if (is_below (path, trees[i]))
      return true;
  }

  return false;
}

static bool
is_root_directory (int directory)
{
  char link[40], target[4];

  snprintf (link, sizeof link, "/proc/self/fd/%d", directory);

  return REAL (readlink) (link, target, sizeof target) == 1 && target[0] == '/';
}

void *
preload_find_real (void **slot, const char *name)
{
  void *function = __atomic_load_n (slot, __ATOMIC_RELAXED);

  if (function == NULL) {
    function = dlsym (RTLD_NEXT, name);
    __atomic_store_n (slot, function, __ATOMIC_RELAXED);
  }

  return function;
}

/* Asked for once: a program may change its environment while other threads open files. */
const char *
preload_get_root (void)
{
  static char root[PATH_MAX];
  static int state; /* 0 unknown, 1 set, 2 not set */
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

  if (__atomic_load_n (&state, __ATOMIC_ACQUIRE) == 0) {
    pthread_mutex_lock (&lock);
    if (state == 0) {
      const char *value = getenv ("VIRTUAL_BUS_DIR");
      bool is_set = value != NULL && strlen (value) < sizeof root;

      if (is_set)
        strcpy (root, value);
      __atomic_store_n (&state, is_set ? 1 : 2, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock (&lock);
  }

  return state == 1 ? root : NULL;
}

const char *
preload_map (const char *path, char buffer[PATH_MAX])
{
  const char *root;

  if (path == NULL || path[0] != '/' || !is_ours (path))
    return path;

  root = preload_get_root ();
  if (root == NULL || snprintf (buffer, PATH_MAX, "%s%s", root, path) >= PATH_MAX)
    return path;

  return buffer;
}

/* libudev walks from "/", component by component, so its first step is "sys" alone. */
const char *
preload_map_at (int directory, const char *path, char buffer[PATH_MAX])
{
  const char *root;

  if (path == NULL || directory < 0 ||
      (!is_below (path, "sys") && !is_below (path, "run/udev") && !is_below (path, "dev/bus/usb")))
    return preload_map (path, buffer);

  root = preload_get_root ();
  if (root == NULL || !is_root_directory (directory) ||
      snprintf (buffer, PATH_MAX, "%s/%s", root, path) >= PATH_MAX)
    return path;

  return buffer;
}

size_t
preload_unmap (char *text, size_t length)
{
  const char *root = preload_get_root ();
  size_t root_length = root != NULL ? strlen (root) : 0;

  if (root_length == 0 || length <= root_length || text[root_length] != '/' ||
      memcmp (text, root, root_length) != 0)
    return length;

  memmove (text, text + root_length, length - root_length);

  return length - root_length;
}

bool
preload_parse_node (const char *path, unsigned *bus_number, unsigned *address)
{
  char rest;

  return sscanf (path, NODE_DIRECTORY "/%u/%u%c", bus_number, address, &rest) == 2;
}

bool
preload_may_access (mode_t mode, bool reading, bool writing)
{
  return (!reading || (mode & S_IROTH) != 0) && (!writing || (mode & S_IWOTH) != 0);
}

void
preload_dress_up (struct stat *status, const char *path)
{
  unsigned bus_number, address;

  if (!S_ISREG (status->st_mode) || !preload_parse_node (path, &bus_number, &address))
    return;

  status->st_mode = S_IFCHR | (status->st_mode & 07777);
  status->st_rdev = makedev (USB_MAJOR, (bus_number - 1) * 128 + address - 1);
  status->st_size = 0;
}
