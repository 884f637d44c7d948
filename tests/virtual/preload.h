/* preload.h: the parts of the preload library, which shows a program the virtual bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * preload-paths.c    which paths are the bus's, and where they really are
 * preload-files.c    the calls of the C library that take a path
 * preload-table.c    which descriptors are device nodes or udev monitors
 * preload-usbfs.c    device nodes: open, ioctl, read
 * preload-monitor.c  the udev monitor's socket
 *
 * It is inert unless VIRTUAL_BUS_DIR is set. It uses nothing but the C library, and may be called
 * by any thread of any program.
 */

#pragma once

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "usbfs-wire.h"

#define PRELOAD_EXPORT __attribute__ ((visibility ("default")))

/* The C library's own function behind one of our wrappers. */
#define REAL(name)                                                                                 \
  ({                                                                                               \
    static void *slot;                                                                             \
    (__typeof__ (&name)) preload_find_real (&slot, #name);                                         \
  })

typedef enum {
  PRELOAD_NODE = 1,
  PRELOAD_MONITOR,
} PreloadKind;

/* What we know of one of the program's descriptors. */
typedef struct {
  PreloadKind kind;
  unsigned n_references;

  /* Of a device node */
  int connection;       /* to the host */
  int node;             /* the file that stands for it: its descriptors are read from there */
  pthread_mutex_t lock; /* for the connection and the data */
  unsigned char data[USBFS_WIRE_MAX_DATA];
} PreloadFile;

void *preload_find_real (void **slot, const char *name);

/* Paths */

const char *preload_get_root (void);

/* The place where PATH really is: in BUFFER, or PATH itself when it is none of the bus's. */
const char *preload_map (const char *path, char buffer[PATH_MAX]);
const char *preload_map_at (int directory, const char *path, char buffer[PATH_MAX]);

/* The inverse, in place. LENGTH is the text's, which need not end in a zero. */
size_t preload_unmap (char *text, size_t length);

/* "/dev/bus/usb/001/004" */
bool preload_parse_node (const char *path, unsigned *bus_number, unsigned *address);

/* Whether an ordinary person may open a file of that mode: what root may is not the question. */
bool preload_may_access (mode_t mode, bool reading, bool writing);

/* Makes the file that stands for a device node look like one. */
void preload_dress_up (struct stat *status, const char *path);

/* Table */

void preload_track (int fd, PreloadFile *file);
void preload_untrack (int fd);
PreloadFile *preload_get (int fd, PreloadKind kind); /* to be put back, or NULL */
void preload_put (PreloadFile *file);

/* Device nodes */

int preload_open_node (const char *path, const char *real_path, int flags);
