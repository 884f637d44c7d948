/* fuzz-target.c: libFuzzer's entry, and a watch over what a target allocates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-target.h"

#include "fuzz-repair.h"

#include <sanitizer/allocator_interface.h>
#include <stdint.h>

/* What a target may have allocated at one time: so many times its input, and a little more for
 * the objects that hold it. */
#define ALLOCATION_FACTOR 64
#define ALLOCATION_BASE ((size_t) 1024 * 1024)

/* One thread runs one input at a time. */
static gboolean watching;
static size_t allocated;
static size_t peak;

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t max_size, unsigned int seed);

static void
note_allocation (const volatile void *memory, size_t size)
{
  if (!watching)
    return;

  allocated += size;
  peak = MAX (peak, allocated);
}

static void
note_free (const volatile void *memory)
{
  size_t size;

  if (!watching || memory == NULL)
    return;

  size = __sanitizer_get_allocated_size (memory);
  allocated -= MIN (size, allocated);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  __sanitizer_install_malloc_and_free_hooks (note_allocation, note_free);

  return 0;
}

/* Every other change is left as it is: wrong checksums must be tried too. */
size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
  size_t changed = LLVMFuzzerMutate (data, size, max_size);

  if (changed > 0 && seed % 2 == 0)
    fuzz_repair (data, changed);

  return changed;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) input = NULL;

  if (size == 0)
    return 0;

  input = g_bytes_new (data, size);

  allocated = 0;
  peak = 0;
  watching = TRUE;
  fuzz_target_run (input);
  watching = FALSE;

  if (peak > ALLOCATION_BASE + ALLOCATION_FACTOR * size)
    g_error ("%zu bytes of input had %zu bytes allocated at one time", size, peak);

  return 0;
}
