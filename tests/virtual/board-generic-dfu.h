/* board-generic-dfu.h: a device that follows DFU 1.1's state diagram to the letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is what the ESP32-S2's loader is not: busy for as long as it says, with another idProduct in
 * DFU mode, two alternate settings, blocks of 4 KiB, and no patience with requests out of order.
 */

#pragma once

#include "board.h"

G_BEGIN_DECLS

#define BOARD_GENERIC_DFU_TRANSFER_SIZE 4096
#define BOARD_GENERIC_DFU_MEMORY_SIZE (512 * 1024) /* of each of the two alternate settings */

/* Whether the board leaves the bus instead of saying how manifestation went. */
typedef enum {
  BOARD_GENERIC_DFU_STAYS,
  BOARD_GENERIC_DFU_LEAVES_INSIDE, /* the empty block, which it does not acknowledge any more */
  BOARD_GENERIC_DFU_LEAVES_AFTER,  /* the empty block, which it does acknowledge */
  BOARD_GENERIC_DFU_LEAVES_STATUS, /* inside the first GETSTATUS after it */
  BOARD_GENERIC_DFU_LEAVES_DONE,   /* inside the GETSTATUS that would say that it is done */
  BOARD_GENERIC_DFU_LEAVES_IDLE,   /* behind the GETSTATUS that says that it is done */
} BoardGenericDfuLeaves;

/* What the board is when it comes back. */
typedef enum {
  BOARD_GENERIC_DFU_RETURNS_RUNTIME,
  BOARD_GENERIC_DFU_RETURNS_DFU, /* still in DFU mode: its firmware does not start */
  BOARD_GENERIC_DFU_RETURNS_NEVER,
} BoardGenericDfuReturns;

/* What UPLOAD does. */
typedef enum {
  BOARD_GENERIC_DFU_UPLOADS,
  BOARD_GENERIC_DFU_UPLOADS_UNOFFERED, /* it is refused, and bitCanUpload says so */
  BOARD_GENERIC_DFU_UPLOADS_REFUSED,   /* it is refused, and bitCanUpload says otherwise */
  BOARD_GENERIC_DFU_UPLOADS_NOTHING,   /* the first block is empty */
  BOARD_GENERIC_DFU_UPLOADS_ENDLESS,   /* from the end it begins anew */
} BoardGenericDfuUploads;

/* A real device that follows DFU 1.1 too, but says something else of itself. It knows DFU mode
 * only. */
typedef struct {
  const char *kind;
  guint16 vendor;
  guint16 product;
  guint16 release;
  guint8 protocol; /* bInterfaceProtocol */
  guint16 version; /* bcdDFUVersion */
  gboolean has_bogus_poll_timeout;
} BoardGenericDfuPersona;

/**
 * board_generic_dfu_find_persona:
 * @kind: "maple", "lpc43xx" or "freerunner"
 *
 * Returns: (nullable): that device
 */
const BoardGenericDfuPersona *board_generic_dfu_find_persona (const char *kind);

typedef struct {
  const BoardGenericDfuPersona *persona; /* NULL: it is nobody else */
  gboolean starts_in_dfu_mode;
  gboolean waits_for_reset;    /* after DETACH, instead of leaving the bus by itself */
  gboolean is_intolerant;      /* of manifestation: it wants a bus reset in the end */
  gboolean wants_reset;        /* in the end all the same, and says so */
  gboolean has_one_memory;     /* of two */
  gboolean has_two_interfaces; /* one for each memory, instead of an alternate setting for each */
  gboolean has_comma;          /* in its serial number */
  BoardGenericDfuLeaves leaves;
  BoardGenericDfuReturns returns;
  BoardGenericDfuUploads uploads;
  guint busy_ms; /* for each block, beyond what the flash takes */
  guint manifest_ms;
  NorFlashTiming flash_timing;
  gint64 (*get_time) (void); /* microseconds; g_get_monotonic_time() if NULL */
} BoardGenericDfuOptions;

Board *board_generic_dfu_new (const BoardGenericDfuOptions *options);

G_END_DECLS
