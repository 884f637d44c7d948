/* dfuse.h: the inside of the virtual microcontrollers that speak ST's DfuSe dialect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dfuse-parts.c    how the parts differ
 * dfuse-memory.c   what they do to their memories
 * dfuse-requests.c what they answer in which state
 * dfuse-program.c  what the program on one answers
 * board-dfuse.c    what they are on the bus
 */

#pragma once

#include "board-dfuse.h"

#include "board-descriptors.h"

G_BEGIN_DECLS

#define DFUSE_MEMORIES_MAX 4
#define DFUSE_SECTORS_MAX 4
#define DFUSE_CONFIGURATION_MAX (9 + 18 * DFUSE_MEMORIES_MAX)

/* bState, DFU 1.1 section 6.1.2 */
typedef enum {
  DFUSE_IDLE = 2,
  DFUSE_DNLOAD_SYNC = 3,
  DFUSE_DNBUSY = 4,
  DFUSE_DNLOAD_IDLE = 5,
  DFUSE_MANIFEST_SYNC = 6,
  DFUSE_MANIFEST = 7,
  DFUSE_UPLOAD_IDLE = 9,
  DFUSE_ERROR = 10,
} DfuseState;

/* bStatus */
enum {
  DFUSE_OK = 0x00,
  DFUSE_ERR_TARGET = 0x01,
  DFUSE_ERR_VENDOR = 0x0b,
  DFUSE_ERR_UNKNOWN = 0x0e,
  DFUSE_ERR_STALLEDPKT = 0x0f,
};

/* The first byte of a block 0, AN3156 section 3 */
enum {
  DFUSE_GET_COMMANDS = 0x00,
  DFUSE_SET_ADDRESS = 0x21,
  DFUSE_ERASE = 0x41,
  DFUSE_READ_UNPROTECT = 0x92,
};

/* What a part does that others do not. */
typedef enum {
  DFUSE_MANNER_NONE = 0,
  DFUSE_MANNER_STALLS_BUSY = 1 << 0, /* stalls who asks early, and asks for too little time */
  DFUSE_MANNER_STUCK_BUSY = 1 << 1,  /* after an erase beyond stuck_from, until CLRSTATUS twice */
  DFUSE_MANNER_LEAVES_AT_ONCE = 1 << 2, /* inside the empty block */
  DFUSE_MANNER_BYTE_STRINGS = 1 << 3,   /* the serial number is not UTF-16 */
} DfuseManner;

typedef struct {
  guint32 size; /* of each sector, in bytes */
  guint count;  /* 0 ends the list */
} DfuseSectors;

/* The memory behind an alternate setting, as it is and as it says it is. */
typedef struct {
  const char *name;
  guint32 address;
  DfuseSectors sectors[DFUSE_SECTORS_MAX];
  gboolean is_flash; /* erased by sector; the others are written as they are */
} DfuseMemory;

struct _DfusePart {
  const char *kind;
  guint16 vendor;
  guint16 product;
  guint16 release;
  guint16 transfer_size;
  const char *strings[3];   /* manufacturer, product, serial number */
  guint page_size;          /* the smallest sector of its flash */
  guint mass_erase_poll_ms; /* what it asks for */
  DfuseManner manner;
  guint32 stuck_from;
  DfuseMemory memories[DFUSE_MEMORIES_MAX]; /* the flash first; one without a name ends the list */
};

typedef struct {
  Board parent;
  BoardDfuseOptions options;
  NorFlash *flash;
  GByteArray *others[DFUSE_MEMORIES_MAX]; /* contents of memories that are not the flash */
  gboolean is_protected;
  gboolean is_application; /* runs what was written */

  DfuseState state;
  guint8 status;
  guint8 pending_status; /* of what is being done */
  guint8 configuration;
  guint8 alternate;
  guint32 address; /* the address pointer */
  guint32 start;
  gint64 busy_until_us;
  gboolean is_stuck;

  guint16 block_number; /* of the block that was taken and not looked at */
  guint16 block_length;
  guint8 block[4096];

  guint8 device_descriptor[BOARD_DEVICE_DESCRIPTOR_LENGTH];
  guint8 configuration_descriptor[DFUSE_CONFIGURATION_MAX];
  const char *strings[3 + DFUSE_MEMORIES_MAX + 1];
} BoardDfuse;

guint dfuse_part_count_memories (const DfusePart *part);
gsize dfuse_memory_get_size (const DfuseMemory *memory);

void dfuse_memory_init (BoardDfuse *self);
void dfuse_memory_clear (BoardDfuse *self);

/* All of these are for the memory of the present alternate setting, and return a bStatus. */
guint8 dfuse_memory_check (BoardDfuse *self, guint32 address, gsize length);
guint8 dfuse_memory_erase (BoardDfuse *self, guint32 address);
guint8 dfuse_memory_erase_all (BoardDfuse *self);
guint8 dfuse_memory_write (BoardDfuse *self, guint32 address, const guint8 *data, gsize length);
guint8 dfuse_memory_read (BoardDfuse *self, guint32 address, guint8 *data, gsize length);

BoardDeparture dfuse_start (BoardDfuse *self, gboolean is_application);
BoardDeparture dfuse_restart (BoardDfuse *self);
void
dfuse_program_control (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);
void
dfuse_class_request (BoardDfuse *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);

G_END_DECLS
