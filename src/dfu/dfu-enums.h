/* dfu-enums.h: requests, states and statuses, DFU 1.1 tables 3.2, 6.1.2 and A.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The nicks of all enumerations here are the names that the specification prints. */

typedef enum {
  DFU_REQUEST_DETACH = 0,
  DFU_REQUEST_DNLOAD = 1,
  DFU_REQUEST_UPLOAD = 2,
  DFU_REQUEST_GETSTATUS = 3,
  DFU_REQUEST_CLRSTATUS = 4,
  DFU_REQUEST_GETSTATE = 5,
  DFU_REQUEST_ABORT = 6,
} DfuRequest;

typedef enum {
  DFU_STATE_APP_IDLE = 0,
  DFU_STATE_APP_DETACH = 1,
  DFU_STATE_DFU_IDLE = 2,
  DFU_STATE_DNLOAD_SYNC = 3,
  DFU_STATE_DNBUSY = 4,
  DFU_STATE_DNLOAD_IDLE = 5,
  DFU_STATE_MANIFEST_SYNC = 6,
  DFU_STATE_MANIFEST = 7,
  DFU_STATE_MANIFEST_WAIT_RESET = 8,
  DFU_STATE_UPLOAD_IDLE = 9,
  DFU_STATE_ERROR = 10,
} DfuState;

typedef enum {
  DFU_STATUS_OK = 0x00,
  DFU_STATUS_ERR_TARGET = 0x01,
  DFU_STATUS_ERR_FILE = 0x02,
  DFU_STATUS_ERR_WRITE = 0x03,
  DFU_STATUS_ERR_ERASE = 0x04,
  DFU_STATUS_ERR_CHECK_ERASED = 0x05,
  DFU_STATUS_ERR_PROG = 0x06,
  DFU_STATUS_ERR_VERIFY = 0x07,
  DFU_STATUS_ERR_ADDRESS = 0x08,
  DFU_STATUS_ERR_NOTDONE = 0x09,
  DFU_STATUS_ERR_FIRMWARE = 0x0a,
  DFU_STATUS_ERR_VENDOR = 0x0b,
  DFU_STATUS_ERR_USBR = 0x0c,
  DFU_STATUS_ERR_POR = 0x0d,
  DFU_STATUS_ERR_UNKNOWN = 0x0e,
  DFU_STATUS_ERR_STALLEDPKT = 0x0f,
} DfuStatusCode;

/**
 * DfuMode:
 * @DFU_MODE_RUNTIME: the device runs an application (or a ROM that wants a DETACH first)
 * @DFU_MODE_DFU: the device takes downloads
 *
 * bInterfaceProtocol of the DFU interface, DFU 1.1 tables 4.1 and 4.4.
 */
typedef enum {
  DFU_MODE_RUNTIME = 1,
  DFU_MODE_DFU = 2,
} DfuMode;

/**
 * DfuPhase:
 * @DFU_PHASE_WAITING: not started
 * @DFU_PHASE_OPENING: opening and claiming the device, bringing it to dfuIDLE
 * @DFU_PHASE_DETACHING: asking the run-time device to leave for DFU mode
 * @DFU_PHASE_RETURNING: waiting for it to come back in DFU mode
 * @DFU_PHASE_READING: reading what the device holds, block by block
 * @DFU_PHASE_ERASING: erasing what will be written, for devices that are told to
 * @DFU_PHASE_WRITING: writing, block by block; other devices erase by themselves meanwhile
 * @DFU_PHASE_MANIFESTING: the device finishes, and checks if it can
 * @DFU_PHASE_VERIFYING: reading back what was written
 * @DFU_PHASE_RESTARTING: making the device run what was written
 * @DFU_PHASE_DONE: over, see the outcome
 *
 * Where the work on a device is. The nicks are the names in lower case.
 */
typedef enum {
  DFU_PHASE_WAITING,
  DFU_PHASE_OPENING,
  DFU_PHASE_DETACHING,
  DFU_PHASE_RETURNING,
  DFU_PHASE_READING,
  DFU_PHASE_ERASING,
  DFU_PHASE_WRITING,
  DFU_PHASE_MANIFESTING,
  DFU_PHASE_VERIFYING,
  DFU_PHASE_RESTARTING,
  DFU_PHASE_DONE,
} DfuPhase;

/**
 * DfuRestart:
 * @DFU_RESTART_NONE: nobody asked it to, and it did not do so by itself
 * @DFU_RESTART_ASKED: it took the request to start what was written, or left for that, and nobody
 *   looked whether it did
 * @DFU_RESTART_DONE: it left the bootloader, to run what was written
 * @DFU_RESTART_BOOTLOADER: it left, and came back in its bootloader
 * @DFU_RESTART_STAYED: it stays in its bootloader, although it was asked to, or as it was asked to
 * @DFU_RESTART_CALLED: it ran what was written, and is on its way back to its bootloader, where
 *   nobody waits for it any more
 *
 * What became of a device at the end. The nicks are the names in lower case.
 */
typedef enum {
  DFU_RESTART_NONE,
  DFU_RESTART_ASKED,
  DFU_RESTART_DONE,
  DFU_RESTART_BOOTLOADER,
  DFU_RESTART_STAYED,
  DFU_RESTART_CALLED,
} DfuRestart;

/**
 * DfuOutcome:
 * @DFU_OUTCOME_NONE: not over yet
 * @DFU_OUTCOME_VERIFIED: written, and either the device compared its memory with the image's
 *   digests or it was read back
 * @DFU_OUTCOME_WRITTEN: written, and the device reported no error, but nobody compared
 * @DFU_OUTCOME_READ: read
 * @DFU_OUTCOME_ERASED: erased, and nothing was written
 * @DFU_OUTCOME_RESTARTED: asked to restart; see #DfuRestart
 * @DFU_OUTCOME_FAILED: an error ended it
 * @DFU_OUTCOME_CANCELLED: the person ended it
 *
 * How the work on a device ended. The nicks are the names in lower case.
 */
typedef enum {
  DFU_OUTCOME_NONE,
  DFU_OUTCOME_VERIFIED,
  DFU_OUTCOME_WRITTEN,
  DFU_OUTCOME_READ,
  DFU_OUTCOME_ERASED,
  DFU_OUTCOME_RESTARTED,
  DFU_OUTCOME_FAILED,
  DFU_OUTCOME_CANCELLED,
} DfuOutcome;

#define DFU_TYPE_REQUEST (dfu_request_get_type ())
#define DFU_TYPE_STATE (dfu_state_get_type ())
#define DFU_TYPE_STATUS_CODE (dfu_status_code_get_type ())
#define DFU_TYPE_MODE (dfu_mode_get_type ())
#define DFU_TYPE_PHASE (dfu_phase_get_type ())
#define DFU_TYPE_RESTART (dfu_restart_get_type ())
#define DFU_TYPE_OUTCOME (dfu_outcome_get_type ())

GType dfu_request_get_type (void);
GType dfu_state_get_type (void);
GType dfu_status_code_get_type (void);
GType dfu_mode_get_type (void);
GType dfu_phase_get_type (void);
GType dfu_restart_get_type (void);
GType dfu_outcome_get_type (void);

const char *dfu_enum_nick (GType type, int value);

G_END_DECLS
