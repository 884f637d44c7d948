/* dfu-error.h: what can go wrong between the request and the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DFU_ERROR (dfu_error_quark ())

/**
 * DfuError:
 * @DFU_ERROR_PROTOCOL: the device answered what the specification does not allow
 * @DFU_ERROR_DEVICE: the device reports an error status that no other code names
 * @DFU_ERROR_CORRUPT: the device found its memory to differ from the image (errFIRMWARE, errVERIFY)
 * @DFU_ERROR_REFUSED: the device does not take this file (errTARGET, errFILE, errADDRESS)
 * @DFU_ERROR_NOT_RETURNED: the device left, for DFU mode or to erase itself, and did not come back
 *   in DFU mode in time
 * @DFU_ERROR_WRONG_DEVICE: the image is made for another device
 * @DFU_ERROR_ADDRESSED_IMAGE: the image says where each byte goes, the device takes plain bytes
 * @DFU_ERROR_UNSAFE_IMAGE: the device would write this image blindly; nothing was sent
 * @DFU_ERROR_UNFIT_IMAGE: a look into the image found what would keep the device from starting;
 *   nothing was sent
 * @DFU_ERROR_NOT_SUPPORTED: the device cannot be written by DFU
 * @DFU_ERROR_NOT_READABLE: the device cannot be read by DFU
 * @DFU_ERROR_NOT_ERASABLE: the device has no request to erase what is meant
 * @DFU_ERROR_DIFFERS: what was read back is not what was written
 * @DFU_ERROR_NO_SUCH_MEMORY: the device has not the interface or memory that is meant, or several
 * @DFU_ERROR_SEVERAL_MEMORIES: the device has several memories, and nobody said which is meant
 * @DFU_ERROR_SEVERAL_INTERFACES: the device has several DFU interfaces, and nobody said which is
 *   meant
 * @DFU_ERROR_NO_SUCH_PLACE: the image has bytes where the device has no memory that may be written;
 *   nothing was erased
 * @DFU_ERROR_NO_ADDRESS: the image does not say where its bytes go, and the device must be told
 * @DFU_ERROR_PROTECTED: the device lets nobody read, write or erase
 * @DFU_ERROR_NOT_MEANT: what came back in DFU mode is not the device that is meant
 * @DFU_ERROR_NOT_ALONE: the image is for the right chip, but the device takes an application alone
 * @DFU_ERROR_LEFT: the device left after the last block instead of saying how manifestation went,
 *   and it is not known whether it was done or was unplugged
 *
 * Errors of the protocol. A transfer's failure stays in %USB_ERROR, a cancelled operation is
 * always %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  DFU_ERROR_PROTOCOL,
  DFU_ERROR_DEVICE,
  DFU_ERROR_CORRUPT,
  DFU_ERROR_REFUSED,
  DFU_ERROR_NOT_RETURNED,
  DFU_ERROR_WRONG_DEVICE,
  DFU_ERROR_ADDRESSED_IMAGE,
  DFU_ERROR_UNSAFE_IMAGE,
  DFU_ERROR_UNFIT_IMAGE,
  DFU_ERROR_NOT_SUPPORTED,
  DFU_ERROR_NOT_READABLE,
  DFU_ERROR_NOT_ERASABLE,
  DFU_ERROR_DIFFERS,
  DFU_ERROR_NO_SUCH_MEMORY,
  DFU_ERROR_SEVERAL_MEMORIES,
  DFU_ERROR_SEVERAL_INTERFACES,
  DFU_ERROR_NO_SUCH_PLACE,
  DFU_ERROR_NO_ADDRESS,
  DFU_ERROR_PROTECTED,
  DFU_ERROR_NOT_MEANT,
  DFU_ERROR_NOT_ALONE,
  DFU_ERROR_LEFT,
} DfuError;

GQuark dfu_error_quark (void);

G_END_DECLS
