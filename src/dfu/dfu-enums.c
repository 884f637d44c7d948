/* dfu-enums.c: requests, states and statuses, DFU 1.1 tables 3.2, 6.1.2 and A.1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-enums.h"

G_DEFINE_ENUM_TYPE (DfuRequest,
                    dfu_request,
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_DETACH, "DFU_DETACH"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_DNLOAD, "DFU_DNLOAD"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_UPLOAD, "DFU_UPLOAD"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_GETSTATUS, "DFU_GETSTATUS"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_CLRSTATUS, "DFU_CLRSTATUS"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_GETSTATE, "DFU_GETSTATE"),
                    G_DEFINE_ENUM_VALUE (DFU_REQUEST_ABORT, "DFU_ABORT"))

G_DEFINE_ENUM_TYPE (DfuState,
                    dfu_state,
                    G_DEFINE_ENUM_VALUE (DFU_STATE_APP_IDLE, "appIDLE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_APP_DETACH, "appDETACH"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_DFU_IDLE, "dfuIDLE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_DNLOAD_SYNC, "dfuDNLOAD-SYNC"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_DNBUSY, "dfuDNBUSY"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_DNLOAD_IDLE, "dfuDNLOAD-IDLE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_MANIFEST_SYNC, "dfuMANIFEST-SYNC"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_MANIFEST, "dfuMANIFEST"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_MANIFEST_WAIT_RESET, "dfuMANIFEST-WAIT-RESET"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_UPLOAD_IDLE, "dfuUPLOAD-IDLE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATE_ERROR, "dfuERROR"))

G_DEFINE_ENUM_TYPE (DfuStatusCode,
                    dfu_status_code,
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_OK, "OK"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_TARGET, "errTARGET"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_FILE, "errFILE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_WRITE, "errWRITE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_ERASE, "errERASE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_CHECK_ERASED, "errCHECK_ERASED"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_PROG, "errPROG"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_VERIFY, "errVERIFY"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_ADDRESS, "errADDRESS"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_NOTDONE, "errNOTDONE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_FIRMWARE, "errFIRMWARE"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_VENDOR, "errVENDOR"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_USBR, "errUSBR"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_POR, "errPOR"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_UNKNOWN, "errUNKNOWN"),
                    G_DEFINE_ENUM_VALUE (DFU_STATUS_ERR_STALLEDPKT, "errSTALLEDPKT"))

G_DEFINE_ENUM_TYPE (DfuMode,
                    dfu_mode,
                    G_DEFINE_ENUM_VALUE (DFU_MODE_RUNTIME, "run-time"),
                    G_DEFINE_ENUM_VALUE (DFU_MODE_DFU, "DFU"))

G_DEFINE_ENUM_TYPE (DfuPhase,
                    dfu_phase,
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_DETACHING, "detaching"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_RETURNING, "returning"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_ERASING, "erasing"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_WRITING, "writing"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_MANIFESTING, "manifesting"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_VERIFYING, "verifying"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_RESTARTING, "restarting"),
                    G_DEFINE_ENUM_VALUE (DFU_PHASE_DONE, "done"))

G_DEFINE_ENUM_TYPE (DfuRestart,
                    dfu_restart,
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_ASKED, "asked"),
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_BOOTLOADER, "bootloader"),
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_STAYED, "stayed"),
                    G_DEFINE_ENUM_VALUE (DFU_RESTART_CALLED, "called"))

G_DEFINE_ENUM_TYPE (DfuOutcome,
                    dfu_outcome,
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_WRITTEN, "written"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_READ, "read"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_ERASED, "erased"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_RESTARTED, "restarted"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (DFU_OUTCOME_CANCELLED, "cancelled"))

/**
 * dfu_enum_nick:
 * @type: one of the enumeration types above
 * @value: a value, perhaps one that a device made up
 *
 * Looks up the name that the specification prints for a value.
 *
 * Returns: a static string, "unknown" for a value outside the enumeration
 */
const char *
dfu_enum_nick (GType type, int value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (enum_class, value);

  return found != NULL ? found->value_nick : "unknown";
}
