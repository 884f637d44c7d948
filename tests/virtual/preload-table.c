/* preload-table.c: which descriptors are device nodes or udev monitors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "preload.h"

#include <stdlib.h>
#include <unistd.h>

#define N_CHUNKS 1024
#define CHUNK_LENGTH 1024

typedef struct {
  PreloadFile *files[CHUNK_LENGTH];
} Chunk;

/* Read without the lock, to be quick about the descriptors that are none of ours. */
static Chunk *chunks[N_CHUNKS];
static int n_tracked;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

static PreloadFile **
find_slot (int fd)
{
  Chunk *chunk;

  if (fd < 0 || fd >= N_CHUNKS * CHUNK_LENGTH)
    return NULL;

  chunk = __atomic_load_n (&chunks[fd / CHUNK_LENGTH], __ATOMIC_ACQUIRE);

  return chunk != NULL ? &chunk->files[fd % CHUNK_LENGTH] : NULL;
}

static PreloadFile *
swap (int fd, PreloadFile *file)
{
  PreloadFile **slot;
  PreloadFile *old;

  pthread_mutex_lock (&table_lock);

  if (file != NULL && find_slot (fd) == NULL)
    __atomic_store_n (&chunks[fd / CHUNK_LENGTH], calloc (1, sizeof (Chunk)), __ATOMIC_RELEASE);

  slot = find_slot (fd);
  old = *slot;
  __atomic_store_n (slot, file, __ATOMIC_RELEASE);
  __atomic_add_fetch (&n_tracked, (file != NULL) - (old != NULL), __ATOMIC_RELEASE);

  pthread_mutex_unlock (&table_lock);

  return old;
}

static void
lock_before_fork (void)
{
  pthread_mutex_lock (&table_lock);
}

static void
unlock_after_fork (void)
{
  pthread_mutex_unlock (&table_lock);
}

__attribute__ ((constructor)) static void
survive_forks (void)
{
  pthread_atfork (lock_before_fork, unlock_after_fork, unlock_after_fork);
}

void
preload_track (int fd, PreloadFile *file)
{
  PreloadFile *old = swap (fd, file);

  if (old != NULL)
    preload_put (old);
}

void
preload_untrack (int fd)
{
  PreloadFile **slot = find_slot (fd);
  PreloadFile *old;

  if (slot == NULL || __atomic_load_n (slot, __ATOMIC_ACQUIRE) == NULL)
    return;

  old = swap (fd, NULL);
  if (old != NULL)
    preload_put (old);
}

PreloadFile *
preload_get (int fd, PreloadKind kind)
{
  PreloadFile **slot;
  PreloadFile *file;

  if (__atomic_load_n (&n_tracked, __ATOMIC_ACQUIRE) == 0)
    return NULL;

  slot = find_slot (fd);
  if (slot == NULL || __atomic_load_n (slot, __ATOMIC_ACQUIRE) == NULL)
    return NULL;

  pthread_mutex_lock (&table_lock);
  file = *slot;
  if (file != NULL && file->kind == kind)
    file->n_references++;
  else
    file = NULL;
  pthread_mutex_unlock (&table_lock);

  return file;
}

void
preload_put (PreloadFile *file)
{
  bool is_last;

  pthread_mutex_lock (&table_lock);
  is_last = --file->n_references == 0;
  pthread_mutex_unlock (&table_lock);

  if (!is_last)
    return;

  if (file->kind == PRELOAD_NODE) {
    REAL (close) (file->connection);
    REAL (close) (file->node);
    pthread_mutex_destroy (&file->lock);
  }
  free (file);
}
